"""The site's own views: the choice of colours and the pages for errors."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from cscareers import views
from cscareers.core.middleware import unavailable


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_chosen_theme_is_kept_and_drawn(client: Client, db: None, theme: str) -> None:
    answer = client.post("/theme/", {"theme": theme, "next": "/accounts/login/"})
    assert answer.status_code == 302
    assert answer["Location"] == "/accounts/login/"
    assert client.cookies["theme"].value == theme
    assert f'data-theme="{theme}"' in client.get("/accounts/login/").content.decode()


def test_auto_forgets_the_choice(client: Client, db: None) -> None:
    client.post("/theme/", {"theme": "dark"})
    client.post("/theme/", {"theme": "auto"})
    assert "data-theme" not in client.get("/accounts/login/").content.decode()


def test_an_unknown_theme_in_a_cookie_is_ignored(client: Client, db: None) -> None:
    client.cookies["theme"] = '"><script>'
    assert "data-theme" not in client.get("/accounts/login/").content.decode()


@pytest.mark.parametrize(
    "wanted", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", ""]
)
def test_the_switch_sends_nobody_elsewhere(client: Client, wanted: str) -> None:
    assert client.post("/theme/", {"theme": "dark", "next": wanted})["Location"] == "/"


def test_the_switch_is_no_link(client: Client) -> None:
    assert client.get("/theme/").status_code == 405


@pytest.mark.parametrize(
    ("answer", "status", "words"),
    [
        (lambda r: views.bad_request(r, SuspiciousOperation()), 400, "can’t read this request"),
        (lambda r: views.forbidden(r, PermissionDenied()), 403, "can’t open this page"),
        (lambda r: views.csrf_failure(r, "no cookie"), 403, "open too long"),
        (views.not_found, 404, "can’t find this page"),
        (views.too_many_requests, 429, "going too fast"),
        (views.server_error, 500, "broke on our side"),
        (unavailable, 503, "away for a moment"),
    ],
)
def test_errors_have_a_status_and_plain_words(
    rf: RequestFactory, answer: Callable[[HttpRequest], HttpResponse], status: int, words: str
) -> None:
    request = rf.get("/")
    request.user = AnonymousUser()
    response = answer(request)
    assert response.status_code == status
    assert words in response.content.decode()


def test_an_outage_says_when_to_come_back(rf: RequestFactory) -> None:
    assert unavailable(rf.get("/"))["Retry-After"] == "10"
