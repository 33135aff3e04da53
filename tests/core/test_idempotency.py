"""A form that arrives twice: carried out once, and the same is said each time."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import INFO, SUCCESS, WARNING, get_messages
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils.safestring import mark_safe

from cscareers.core.idempotency import SAID_LENGTH, Done, answered, hush, once
from cscareers.core.models import FormSubmission

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, tzinfo=UTC)
KEY = uuid.UUID("6f0d7f0e-7a53-4ad0-8c2e-b2e5c5f1a0ff")
DONE = Done("/there/").saying("Ann is rejected.").saying("Ben was not moved.", WARNING)
SAID = [(SUCCESS, "Ann is rejected."), (WARNING, "Ben was not moved.")]


def click(user: int | None = 1) -> HttpRequest:
    """What a browser sends; of somebody who is signed in, or of nobody known."""
    request = RequestFactory().post("/")
    request.user = get_user_model()(pk=user) if user else AnonymousUser()
    request.session = SessionStore()
    MessageMiddleware(lambda request: HttpResponse()).process_request(request)
    return request


def said(request: HttpRequest) -> list[tuple[int, str]]:
    return [(message.level, str(message)) for message in get_messages(request)]


def never() -> Done:
    raise AssertionError("carried out twice")


def send(request: HttpRequest, perform: Callable[[], Done]) -> str:
    return once(request, key=KEY, now=NOW, perform=perform)


@pytest.mark.parametrize("user", [1, None], ids=["user", "anonymous"])
def test_each_click_is_told_the_same(user: int | None, django_assert_num_queries) -> None:
    first, second, third = (click(user) for _ in range(3))
    with django_assert_num_queries(4):  # a savepoint's two, the key, the answer
        assert send(first, lambda: DONE) == "/there/"
    with django_assert_num_queries(4):
        assert send(second, never) == "/there/"
    with django_assert_num_queries(1):
        assert answered(third, key=KEY) == "/there/"
    assert [said(request) for request in (first, second, third)] == [SAID, SAID, SAID]


def test_what_is_done_in_silence_stays_so() -> None:
    first, second = click(), click()
    assert (send(first, lambda: Done("/there/")), send(second, never)) == ("/there/", "/there/")
    assert said(first) + said(second) == []


def test_nobody_else_is_told() -> None:
    send(click(), lambda: DONE)
    for other in (click(2), click(None)):
        with pytest.raises(Http404):
            send(other, never)
        assert (answered(other, key=KEY), said(other)) == ("", [])
    own = click()
    assert (answered(own, key=uuid.uuid4()), said(own)) == ("", [])


def test_what_fails_says_nothing_and_is_carried_out_by_the_second() -> None:
    def fail() -> Done:
        raise ValueError("no room")

    first, second = click(), click()
    with pytest.raises(ValueError, match="no room"):
        send(first, fail)
    assert (answered(first, key=KEY), said(first)) == ("", [])
    assert send(second, lambda: DONE) == "/there/"
    assert said(second) == SAID


def test_what_is_said_is_plain_text_and_no_longer_than_a_page_needs() -> None:
    assert Done("/").saying("x" * SAID_LENGTH).said == ((SUCCESS, "x" * SAID_LENGTH),)
    assert Done("/").saying("x" * (SAID_LENGTH + 1)).said == (
        (SUCCESS, "x" * (SAID_LENGTH - 1) + "…"),
    )
    [(level, words)] = Done("/").saying(mark_safe("<b>Ann</b>"), INFO).said
    assert (level, words, type(words)) == (INFO, "<b>Ann</b>", str)


def test_what_was_said_is_forgotten_before_the_form_is() -> None:
    send(click(), lambda: DONE)
    assert hush(before=NOW) == 0
    later = NOW + timedelta(seconds=1)
    assert [hush(before=later), hush(before=later)] == [1, 0]
    again = click()
    assert (send(again, never), said(again)) == ("/there/", [])
    assert FormSubmission.objects.get().said == []
