"""A decision on one application: words, mail, once; and what happens when somebody was faster."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from cscareers.core.models import OutgoingMail
from postings.hiring.actions import applications, decisions, review
from postings.hiring.enums import ReplyKind
from postings.hiring.models import Application
from postings.models import Posting
from profiles.enums import MemberRole
from profiles.models import User
from tests.browserless import page_form, told
from tests.factories.applications import make_application, open_posting
from tests.factories.people import make_member
from tests.factories.postings import asks

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(kept_rows: None) -> dict[str, int]:
    """An application, and somebody in each role who reads it."""
    now = datetime.now(UTC)
    asked = (asks("complaint-handling", 1, min_level=3), asks("coaching", 2, min_level=2))
    posting = open_posting(now=now - timedelta(days=1), requirements=asked)
    one = make_application(posting, now=now - timedelta(minutes=1))
    people = {role: make_member(one.posting.employer, role=role).pk for role in MemberRole}
    return {"sent": one.pk, **people}


@pytest.fixture
def sent(made: dict[str, int]) -> Application:
    rows = Application.objects.select_related("posting__employer", "copy", "candidate")
    return rows.get(pk=made["sent"])


@pytest.fixture
def recruiter(made: dict[str, int], client: Client) -> User:
    found = User.objects.get(pk=made[MemberRole.RECRUITER])
    client.force_login(found)
    return found


def url(sent: Application, name: str = "application", **more: str) -> str:
    names = {"employer": sent.posting.employer.slug, "public_id": sent.posting.public_id}
    return reverse(f"hiring:{name}", kwargs={**names, "application": sent.public_id, **more})


def mails(sent: Application, verb: str) -> list[OutgoingMail]:
    key = f"application-{verb}:"
    return list(OutgoingMail.objects.filter(dedupe_key__startswith=key).order_by("pk"))


def fields(answer) -> dict:
    return page_form(answer.content).send()


def test_in_review_is_one_click_and_no_mail(client, sent, recruiter) -> None:
    page = f"{url(sent)}?from={'x' * 500}"
    asked = {"verb": "review", "seen": "new", "key": "6f0d7f0e-7a53-4ad0-8c2e-b2e5c5f1a001"}
    for _ in range(2):  # a double click
        answer = client.post(url(sent, "move"), {**asked, "next": page})
        assert (answer.status_code, answer["Location"]) == (302, page)
        words = f"{sent.shown_name} is in review, as their page says."
        assert told(client.get(page).content) == [words]
    sent.refresh_from_db()
    assert (sent.state, sent.answered_at) == ("in_review", None)
    assert [event.verb for event in sent.events.order_by("pk")] == ["apply", "review"]
    assert mails(sent, "review") == []


def test_a_rejection_is_read_before_it_is_sent(client, sent, recruiter) -> None:
    _, row = (one["requirement"] for one in json.loads(sent.copy.explanation)["rows"])
    first = client.post(url(sent, "move"), {"verb": "reject", "seen": "new"})
    compose = client.get(first["Location"])
    assert page_form(compose.content).options["reason"][:3] == ["", "row:r2", "others-closer"]
    assert f"{row['name']} (unknown)" in compose.content.decode()
    empty = client.post(url(sent, "decide", decision="reject"), fields(compose))
    assert "Choose why. The candidate reads it." in empty.content.decode()
    note = "Dear {candidate}, <b>no</b>."
    typed = {**fields(compose), "reason": f"row:{row['id']}", "note": note}
    preview = client.post(url(sent, "decide", decision="reject"), {**typed, "step": "preview"})
    told = preview.context["mail"]
    assert (preview.text.count("&lt;b&gt;no"), preview.text.count("<b>no")) == (2, 0)
    assert mails(sent, "reject") == []
    assert Application.objects.get(pk=sent.pk).state == "new"
    send = {**fields(preview), "step": "send"}
    for _ in range(2):
        assert client.post(url(sent, "decide", decision="reject"), send).status_code == 302
    [mail] = mails(sent, "reject")
    assert (mail.subject, mail.text) == (told.subject, told.text)
    event = sent.events.get(verb="reject")
    assert (event.actor, event.reasons) == (recruiter, ["requirement"])
    assert event.requirement == {"id": row["id"], "name": row["name"]}
    assert event.note == f"Dear {sent.copy.name or 'there'}, <b>no</b>."
    assert f"A requirement of the job: {row['name']}." in mail.text


def test_a_saved_reply_fills_the_words_in(client, sent, recruiter) -> None:
    saved = review.save_reply(
        employer=sent.posting.employer, kind=ReplyKind.INTERVIEW, name="Call",
        text="We call you about {title}.", now=datetime.now(UTC),
    )  # fmt: skip
    page = url(sent, "decide", decision="interview")
    typed = {**fields(client.get(page)), "reply": saved.public_id, "note": "Good day,"}
    filled = client.post(page, {**typed, "step": "fill"})
    assert fields(filled)["note"] == [f"Good day,\n\nWe call you about {sent.posting.title}."]
    slip = client.post(page, {**typed, "note": "Dear {name}", "step": "preview"})
    assert "We can’t fill in {name}." in slip.content.decode()
    other = page_form(client.get(url(sent, "decide", decision="reject")).content)
    assert set(other.options) == {"reason"}


def test_who_comes_late_sees_what_changed_and_keeps_the_words(
    client, made, sent, recruiter
) -> None:
    page = url(sent, "decide", decision="reject")
    typed = {**fields(client.get(page)), "reason": "pay", "note": "Sorry, no.", "step": "send"}
    other = User.objects.get(pk=made[MemberRole.OWNER])
    decisions.advance(application=sent, verb="interview", actor=other, now=datetime.now(UTC))
    late = client.post(page, typed)
    shown = late.content.decode()
    assert late.status_code == 409
    assert "invited to an interview" in shown
    assert other.label in shown
    again = fields(late)
    assert (again["note"], again["seen"], again["reason"]) == (
        ["Sorry, no."], ["interview"], ["pay"],
    )  # fmt: skip
    preview = client.post(page, {**again, "step": "preview"})
    client.post(page, {**fields(preview), "step": "send"})
    sent.refresh_from_db()
    assert sent.state == "rejected"
    assert len(mails(sent, "reject")) == 1


def test_what_a_candidate_withdrew_stays_so(client, sent, recruiter) -> None:
    page = url(sent, "decide", decision="interview")
    typed = {**fields(client.get(page)), "note": "Come by.", "step": "send"}
    assert sent.candidate
    applications.withdraw(application=sent, actor=sent.candidate, now=datetime.now(UTC))
    late = client.post(page, typed)
    assert late.status_code == 409
    assert "withdrawn by the candidate" in late.content.decode()
    assert '<textarea class="inp" id="typed" rows="8" readonly>Come by.</textarea>' in (
        late.content.decode()
    )
    assert mails(sent, "interview") == []
    assert client.get(page).status_code == 409


@pytest.mark.parametrize("state", ["expire", "close", "suspend"])
def test_decisions_stay_possible_when_the_job_is_over(client, sent, recruiter, state) -> None:
    if state == "suspend":
        type(sent.posting.employer).objects.update(suspended_at=datetime.now(UTC))
        Posting.objects.update(withheld=True)
    else:
        Posting.objects.update(closes_at=datetime.now(UTC))
    page = url(sent, "decide", decision="interview")
    preview = client.post(page, {**fields(client.get(page)), "step": "preview"})
    assert client.post(page, {**fields(preview), "step": "send"}).status_code == 302
    sent.refresh_from_db()
    assert sent.state == "interview"


@pytest.mark.parametrize("role", [MemberRole.VIEWER, MemberRole.INTERVIEWER])
def test_who_only_reads_is_offered_no_move(client, made, sent, role) -> None:
    client.force_login(User.objects.get(pk=made[role]))
    page = client.get(url(sent)).content.decode()
    assert url(sent, "move") not in page
    assert (url(sent, "note") in page) is (role == MemberRole.INTERVIEWER)


def test_who_was_hired_is_followed_by_the_end_of_the_job(client, sent, recruiter) -> None:
    now = datetime.now(UTC)
    for verb in ("interview", "offer"):
        decisions.advance(application=sent, verb=verb, actor=recruiter, now=now)
    page = url(sent, "decide", decision="hire")
    preview = client.post(page, {**fields(client.get(page)), "step": "preview"})
    assert "This can’t be undone." in preview.content.decode()
    client.post(page, {**fields(preview), "step": "send"})
    assert len(mails(sent, "hire")) == 1
    fill = f"/hire/{sent.posting.employer.slug}/postings/{sent.posting.public_id}/fill/"
    assert fill in client.get(url(sent)).content.decode()
