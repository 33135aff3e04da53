"""What candidates see of what they sent: list, history, frozen copy, withdrawing."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from postings.actions import lifecycle
from postings.enums import PauseReason
from postings.hiring.actions import applications, decisions
from postings.hiring.engines.own import standing_of
from postings.hiring.engines.sent import SentRow, resume_sections
from postings.hiring.enums import RejectReason
from postings.hiring.models import AnswerReminder, Application, ApplicationFile
from profiles.models import User
from tests.browserless import page_form
from tests.factories.applications import (
    make_application,
    make_draft,
    open_posting,
)
from tests.factories.full import make_full_candidate
from tests.factories.people import make_employer, make_member, make_user

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def candidate_of(sent: Application) -> User:
    assert sent.candidate
    return sent.candidate


def see(client: Client, sent: Application, name: str = "application") -> str:
    client.force_login(candidate_of(sent))
    return client.get(reverse(f"me:{name}", args=[sent.public_id])).content.decode()


def test_both_sides_get_the_same_bytes_of_the_match(client: Client) -> None:
    sent = make_application()
    owner = make_member(sent.posting.employer)
    employers = reverse(
        "hiring:explanation",
        args=[sent.posting.employer.slug, sent.posting.public_id, sent.public_id],
    )
    client.force_login(candidate_of(sent))
    mine = client.get(reverse("me:explanation", args=[sent.public_id]))
    client.force_login(owner)
    theirs = client.get(employers)
    assert mine.content == theirs.content == sent.copy.explanation.encode()
    assert mine["Content-Type"] == theirs["Content-Type"] == "application/json"


def test_the_page_tells_a_rejection_with_the_row_that_it_means(client: Client) -> None:
    sent = make_application(note="I would like to.")
    row = json.loads(sent.copy.explanation)["rows"][0]["requirement"]
    decisions.reject(
        application=sent,
        actor=make_member(sent.posting.employer, make_user(name="Rita Recruiter")),
        now=datetime.now(UTC),
        reasons=[RejectReason.REQUIREMENT, RejectReason.PLACE],
        requirement=row["id"],
        note="All the best",
    )
    body = see(client, sent)
    assert f'A requirement of the job: <a href="#row-{row["id"]}">{row["name"]}</a>' in body
    assert f'id="row-{row["id"]}"' in body
    assert "The place or way of working does not fit" in body
    assert "They wrote: All the best" in body
    assert "I would like to." in body
    assert "Rita Recruiter" not in body
    assert "Withdraw" not in body


def test_a_résumé_is_read_whole_from_the_copy() -> None:
    profile = make_full_candidate()
    sent = make_application(candidate=profile.user)
    sections = {one.title: one.rows for one in resume_sections(json.loads(sent.copy.resume))}
    assert list(sections) == [
        "About", "Work", "Voluntary work", "Evidence", "Skills and tools", "Languages",
        "Education", "Certificates",
    ]  # fmt: skip
    assert sections["About"] == (
        SentRow(
            "Team lead",
            ("Level now: Supervisor", "Level wanted: Manager"),
            ("I lead.\r\n\r\nAnd  I answer.",),
        ),
    )
    assert sections["Skills and tools"] == (
        SentRow("Coaching", ("Level 3, advanced", "2.5 years", "last used Apr 2026")),
        SentRow("Zendesk", ("No",)),
        SentRow("Excel", ("No level yet",)),
    )
    assert sections["Languages"] == (
        SentRow("Spanish", ("B2 – works in it independently",)),
        SentRow("Polish"),
    )
    assert sections["Certificates"][0] == SentRow(
        "Itil", ("Axelos", "since 2020", "valid until 30 Apr 2027"), url="https://example.com/itil"
    )


@pytest.mark.parametrize(
    ("day", "due", "late"), [(20, 27, 0), (27, 27, 0), (28, 27, 1), (30, 27, 3)]
)
def test_a_promise_is_late_by_the_days_of_the_employer(day: int, due: int, late: int) -> None:
    posting = open_posting(employer=make_employer(time_zone="Europe/Berlin"), reply_days=7, now=NOW)
    sent = make_application(posting, now=NOW)
    now = datetime(2026, 11, day, 22, tzinfo=UTC)
    found = standing_of(sent, now=now)
    assert found.due is not None
    assert (found.due.day, found.days_late) == (due, late)


def test_a_broken_promise_is_named_and_an_answer_ends_it(client: Client) -> None:
    sent = make_application(now=datetime.now(UTC) - timedelta(days=17))
    lifecycle.pause(
        posting=sent.posting, actor=None, now=datetime.now(UTC), why=PauseReason.REPLIES
    )
    client.force_login(candidate_of(sent))
    listed = client.get("/me/applications/").content.decode()
    assert "3 days late" in listed
    assert "The job is paused until you have an answer." in listed
    AnswerReminder.objects.create(application=sent, kind="today", sent_at=datetime.now(UTC))
    reminded = "The employer has been reminded, and the job is paused until you have an answer."
    assert reminded in client.get("/me/applications/").content.decode()
    assert reminded in see(client, sent)
    owner = make_member(sent.posting.employer)
    decisions.advance(application=sent, verb="interview", actor=owner, now=datetime.now(UTC))
    listed = client.get("/me/applications/").content.decode()
    assert "late" not in listed
    assert "First answer on" in listed


def test_drafts_say_until_when_they_can_be_finished(client: Client) -> None:
    person, now = make_user(), datetime.now(UTC)
    last = (now + timedelta(days=3)).date()
    draft = make_draft(open_posting(apply_until=last, title="Care lead"), person)
    assert draft.posting.closes_at
    paused = make_draft(open_posting(title="Paused one"), person)
    lifecycle.pause(posting=paused.posting, actor=None, now=now)
    client.force_login(person)
    body = client.get("/me/applications/").content.decode()
    until = draft.posting.closes_at + timedelta(hours=48)
    assert f'Finish it by <time datetime="{until.isoformat(timespec="minutes")}"' in body
    assert f'href="{draft.posting.get_absolute_url()}apply/"' in body
    assert body.count("The job takes no applications now") == 1
    assert f'href="{paused.posting.get_absolute_url()}apply/"' not in body


def test_the_file_that_went_along_is_named(client: Client) -> None:
    sent = make_application()
    assert "<h3>File</h3>" not in see(client, sent)
    ApplicationFile.objects.create(
        application=sent, name="cv.pdf", size=3, sha256="0" * 64, data=b"%PD",
        uploaded_at=datetime.now(UTC),
    )  # fmt: skip
    assert "cv.pdf" in see(client, sent)


def test_withdrawing_asks_first_tells_and_allows_another_one(client: Client) -> None:
    sent = make_application()
    url = reverse("me:withdraw", args=[sent.public_id])
    asked = see(client, sent, "withdraw")
    sent.refresh_from_db()
    assert (sent.state, "Withdraw this application?" in asked) == ("new", True)
    answer = client.post(url, page_form(asked).send(note="Found\nanother"))
    assert answer["Location"] == reverse("me:application", args=[sent.public_id])
    body = see(client, sent)
    assert "You wrote: Found\nanother" in body
    assert f'href="{sent.posting.get_absolute_url()}apply/"' in body
    assert client.post(url, {"seen": "new"}).status_code == 302  # pressed twice
    assert [event.verb for event in sent.events.order_by("pk")] == ["apply", "withdraw"]
    assert make_application(sent.posting, candidate=sent.candidate).pk != sent.pk


def test_who_withdraws_from_an_old_page_is_asked_again_and_keeps_the_text(client: Client) -> None:
    sent = make_application()
    owner = make_member(sent.posting.employer)
    old = page_form(see(client, sent, "withdraw")).send(note="No thanks")
    for verb in ("review", "offer"):
        decisions.advance(application=sent, verb=verb, actor=owner, now=datetime.now(UTC))
    url = reverse("me:withdraw", args=[sent.public_id])
    asked = client.post(url, old).content.decode()
    assert "It moved on while you were here: Offer made" in asked
    assert "Decline this offer?" in asked
    form = page_form(asked)
    assert (form.values["seen"], form.values["note"]) == (["offer"], ["No thanks"])
    client.post(url, form.send())
    assert sent.events.latest("pk").verb == "decline"


def test_what_is_over_can_not_be_taken_back(client: Client) -> None:
    sent = make_application()
    decisions.reject(
        application=sent,
        actor=make_member(sent.posting.employer),
        now=datetime.now(UTC),
        reasons=[RejectReason.PAY],
    )
    client.force_login(candidate_of(sent))
    url = reverse("me:withdraw", args=[sent.public_id])
    body = client.post(url, {"seen": "new"}, follow=True).content.decode()
    assert "There is nothing to take back: not chosen on" in body
    sent.refresh_from_db()
    assert sent.state == "rejected"


PAGE_QUERIES = 4
"""Session, person, application with its copy, events."""


def test_a_page_costs_the_same_whatever_happened(client: Client, django_assert_num_queries) -> None:
    sent = make_application()
    client.force_login(candidate_of(sent))
    for state in ("new", "withdrawn"):
        if state == "withdrawn":
            applications.withdraw(application=sent, actor=candidate_of(sent), now=datetime.now(UTC))
        with django_assert_num_queries(PAGE_QUERIES):
            client.get(reverse("me:application", args=[sent.public_id]))
