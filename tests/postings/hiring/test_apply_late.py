"""A job that is over, or paused, while somebody writes: until when they may send, and what they
read after that."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from postings.actions import lifecycle
from postings.hiring.models import Application, ApplicationDraft
from postings.models import Posting
from postings.policy import DRAFT_GRACE
from profiles.models import User
from tests.browserless import page_form
from tests.factories.applications import make_draft, open_posting
from tests.factories.people import make_member, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def closing() -> Posting:
    """A job whose last day is over in an hour."""
    return open_posting(questions=("Why us?",))


@pytest.fixture
def draft(client: Client, closing: Posting) -> ApplicationDraft:
    person = make_user()
    client.force_login(person)
    replies = [{"question": "Why us?", "answer": "Because."}]
    return make_draft(closing, person, note="My words", replies=replies)


def close_before(posting: Posting, draft: ApplicationDraft, *, by: timedelta) -> datetime:
    """Move the end of the job to `by` ago, and the draft to before it; the end."""
    now = draft.updated_at
    ended = now - by
    Posting.objects.filter(pk=posting.pk).update(
        first_published_at=ended - timedelta(days=3),
        confirmed_at=ended - timedelta(days=2),
        closes_at=ended,
    )
    opened_at = ended - timedelta(hours=1)
    ApplicationDraft.objects.filter(pk=draft.pk).update(opened_at=opened_at)
    return ended


def url_of(posting: Posting, step: str = "") -> str:
    return f"{posting.get_absolute_url()}apply/{step}"


def test_what_was_begun_in_time_may_be_finished_for_48_hours(
    client: Client, closing: Posting, draft: ApplicationDraft
) -> None:
    ended = close_before(closing, draft, by=timedelta(hours=47))
    page = client.get(url_of(closing, "check/"))
    until = ended + DRAFT_GRACE
    assert f"{until:%Y-%m-%dT%H:%M}" in page.content.decode()
    answer = client.post(url_of(closing, "check/"), page_form(page.content).send())
    assert answer["Location"] == url_of(closing, "sent/")
    told = client.get(answer["Location"]).text  # a job that is over can't be paused
    assert ("it counts against them" in told, "the job is paused" in told) == (True, False)


def test_after_that_it_stays_to_be_read(
    client: Client, closing: Posting, draft: ApplicationDraft
) -> None:
    form = page_form(client.get(url_of(closing, "check/")).content).send()
    close_before(closing, draft, by=DRAFT_GRACE)
    for answer in (
        client.get(url_of(closing)),
        client.get(url_of(closing, "message/")),
        client.post(url_of(closing, "check/"), form),
    ):
        page = answer.content.decode()
        assert answer.status_code == 410
        for words in ("The last day to apply is over.", "My words", "Why us?", "Because."):
            assert words in page
    assert not Application.objects.exists()


def test_nobody_begins_when_it_is_over(client: Client, closing: Posting) -> None:
    draft = make_draft(closing, None)
    close_before(closing, draft, by=timedelta(hours=1))
    assert client.get(url_of(closing)).status_code == 410
    assert client.post(url_of(closing)).status_code == 410
    assert ApplicationDraft.objects.count() == 1


@pytest.mark.parametrize(
    ("verb", "words"),
    [
        ("pause", "paused"),
        ("mark_filled", "The employer has hired somebody."),
        ("close", "The employer has closed this job."),
    ],
)
def test_what_happened_meanwhile_is_said_and_what_is_typed_is_saved(
    client: Client, closing: Posting, draft: ApplicationDraft, verb: str, words: str
) -> None:
    form = page_form(client.get(url_of(closing, "message/")).content)
    check = page_form(client.get(url_of(closing, "check/")).content)
    owner: User = make_member(closing.employer)
    getattr(lifecycle, verb)(posting=closing, actor=owner, now=draft.updated_at)
    answer = client.post(
        url_of(closing, "message/"), form.send(note="Typed when it was over"), follow=True
    )
    page = answer.content.decode()
    assert answer.status_code == 410
    assert words in page
    assert "Typed when it was over" in page
    assert client.post(url_of(closing, "check/"), check.send()).status_code == 410
    assert not Application.objects.exists()


def test_a_job_that_opens_again_takes_it(
    client: Client, closing: Posting, draft: ApplicationDraft
) -> None:
    owner = make_member(closing.employer)
    lifecycle.pause(posting=closing, actor=owner, now=draft.updated_at)
    assert (
        "When the job opens again, you can go on." in client.get(url_of(closing)).content.decode()
    )
    closing.refresh_from_db()
    lifecycle.resume(posting=closing, actor=owner, now=draft.updated_at)
    assert client.get(url_of(closing))["Location"] == url_of(closing, "requirements/")
