"""Applying: one live application, its frozen copy, who is told, and when it is too late."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.http import Http404

from cscareers.core.models import OutgoingMail
from postings.actions import lifecycle
from postings.enums import PostingState
from postings.hiring import permissions
from postings.hiring.access import get_application, get_file
from postings.hiring.actions import applications, decisions, moves
from postings.hiring.actions.moves import IllegalMove, Overtaken
from postings.hiring.enums import ApplicationState, RejectReason
from postings.hiring.models import Application, ApplicationDraft
from postings.models import Posting
from postings.policy import DRAFT_GRACE, answer_due_at
from profiles.enums import MemberRole
from tests.factories.applications import make_application, make_draft, open_posting
from tests.factories.candidates import make_candidate
from tests.factories.lives import put
from tests.factories.people import make_employer, make_member, make_user
from tests.factories.postings import asks

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def test_an_application_keeps_what_the_employer_got() -> None:
    posting = open_posting(now=NOW - timedelta(days=1), questions=("Why us?", "When?"))
    sent = make_application(
        posting, now=NOW, replies=[{"question": "Why us?", "answer": "Because."}], note="Hello",
        answers={"r1": {"held": False}, "gone": {"held": True}},
    )  # fmt: skip
    told = json.loads(sent.copy.explanation)
    assert (sent.state, sent.posting, sent.revision) == ("new", posting, posting.live_revision)
    assert told["posting"] == posting.public_id
    assert sent.score == pytest.approx(told["score"])
    assert sent.tier == told["tier"] == "one_gap"
    assert json.loads(sent.copy.resume)["skills"][0]["name"] == "Complaint handling"
    assert sent.copy.questions == [{"question": "Why us?", "answer": "Because."}]
    assert sent.copy.answers == [{"requirement": "r1", "name": "Complaint handling", "held": False}]
    assert sent.copy.note == "Hello"
    assert [event.verb for event in sent.events.all()] == ["apply"]
    assert not ApplicationDraft.objects.exists()


def test_the_copy_is_frozen_and_says_nothing_of_wishes() -> None:
    person = make_user()
    make_candidate(person, skills={"complaint-handling": 3}, pay_floor=90000, pay_currency="USD")
    sent = make_application(open_posting(), candidate=person)
    assert "90000" not in sent.copy.resume + sent.copy.explanation
    sent.copy.note = "Changed"
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        sent.copy.save()


def test_both_sides_are_told_once() -> None:
    employer = make_employer()
    owner, recruiter = (make_member(employer, role=role) for role in ("owner", "recruiter"))
    viewer = make_member(employer, role=MemberRole.VIEWER)
    sent = make_application(open_posting(employer=employer, author=owner))
    assert sent.candidate
    told = sorted(
        OutgoingMail.objects.filter(dedupe_key__startswith="application-").values_list(
            "recipient", flat=True
        )
    )
    assert told == sorted([sent.candidate.email, owner.email, recruiter.email])
    assert viewer.email not in told


def test_applying_again_is_the_same_application_until_it_is_withdrawn() -> None:
    posting = open_posting()
    sent = make_application(posting)
    assert make_application(posting, candidate=sent.candidate).pk == sent.pk
    assert sent.candidate
    applications.withdraw(application=sent, actor=sent.candidate, now=datetime.now(UTC))
    assert sent.state == ApplicationState.WITHDRAWN
    assert make_application(posting, candidate=sent.candidate).pk != sent.pk
    assert Application.objects.count() == 2


def test_the_slower_of_two_clicks_gets_the_application_of_the_faster(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    posting = open_posting()
    sent = make_application(posting)
    # The slower one looked before the faster one had committed.
    monkeypatch.setattr(applications, "standing", lambda *_: None)
    assert make_application(posting, candidate=sent.candidate).pk == sent.pk
    assert (Application.objects.count(), ApplicationDraft.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    ("state", "opened", "later", "taken"),
    [
        ("published", -1, timedelta(0), True),
        ("published", -1, timedelta(days=1), True),
        ("expired", -1, timedelta(days=1), True),
        ("published", -1, DRAFT_GRACE, False),
        ("published", 1, timedelta(days=1), False),
        ("filled", -1, timedelta(days=1), False),
        ("closed", -1, timedelta(days=1), False),
        ("suspended", -1, timedelta(days=1), False),
    ],
)
def test_a_draft_may_be_finished_for_a_while_after_the_last_day(
    state: str, opened: int, later: timedelta, taken: bool
) -> None:
    posting = open_posting(now=NOW - timedelta(days=20), apply_until=NOW.date())
    assert posting.closes_at
    if state != PostingState.PUBLISHED:
        put(posting, state)
    opened_at = posting.closes_at + timedelta(hours=opened)
    now = posting.closes_at + later
    found = applications.takes_applications(posting, opened_at=opened_at, now=now)
    assert found is taken


def test_nobody_applies_to_what_is_paused_elsewhere_or_their_own() -> None:
    posting = open_posting()
    owner = make_member(posting.employer, role=MemberRole.OWNER)
    draft = make_draft(posting, make_user())
    now = datetime.now(UTC)
    assert draft.user
    with pytest.raises(applications.OwnEmployer):
        applications.apply(draft=make_draft(posting, owner), candidate=owner, now=now)
    lifecycle.pause(posting=posting, actor=owner, now=now)
    with pytest.raises(applications.NotOpen):
        applications.apply(draft=draft, candidate=draft.user, now=now)
    elsewhere = make_draft(
        open_posting(apply_url="https://example.test", reply_days=None), draft.user
    )
    with pytest.raises(applications.AppliesElsewhere):
        applications.apply(draft=elsewhere, candidate=draft.user, now=now)
    assert ApplicationDraft.objects.filter(pk=draft.pk).exists()


def test_an_answer_is_due_at_the_end_of_the_employers_day() -> None:
    due = answer_due_at(
        applied_at=datetime(2026, 10, 20, 22, 30, tzinfo=UTC),
        reply_days=7,
        time_zone="Europe/Berlin",
    )
    assert due == datetime(2026, 10, 28, 23, tzinfo=UTC)  # 21 Oct in Berlin, then winter time


def test_a_rejection_names_the_requirement_and_answers() -> None:
    sent = make_application()
    row = sent.revision.value.requirements[0].id
    owner = make_member(sent.posting.employer)
    now = datetime.now(UTC)
    with pytest.raises(decisions.ReasonNeeded):
        decisions.reject(application=sent, actor=owner, now=now, reasons=[])
    reasons = [RejectReason.REQUIREMENT]
    with pytest.raises(decisions.RequirementUnknown):
        decisions.reject(
            application=sent, actor=owner, now=now, reasons=reasons, requirement="none"
        )
    event = decisions.reject(
        application=sent, actor=owner, now=now, reasons=reasons, requirement=row
    )
    assert (event.requirement or {})["name"] == "Complaint handling"
    assert (sent.state, sent.answered_at) == ("rejected", now)
    mail = OutgoingMail.objects.get(dedupe_key__startswith="application-reject")
    assert "A requirement of the job: Complaint handling." in mail.text


def test_a_rejection_names_an_alternative_that_the_explanation_does_not_draw() -> None:
    either = (asks("complaint-handling", 1, any_of="a"), asks("coaching", 2, any_of="a"))
    sent = make_application(open_posting(requirements=either))
    assert [row["requirement"]["id"] for row in json.loads(sent.copy.explanation)["rows"]] == ["r1"]
    event = decisions.reject(
        application=sent,
        actor=make_member(sent.posting.employer),
        now=datetime.now(UTC),
        reasons=[RejectReason.REQUIREMENT],
        requirement="r2",
    )
    assert event.requirement == {"id": "r2", "name": "Coaching"}


def test_a_rejection_without_a_reason_and_a_file_that_is_not_there() -> None:
    sent = make_application()
    owner = make_member(sent.posting.employer)
    with pytest.raises(IllegalMove):
        decisions.advance(application=sent, verb="reject", actor=owner, now=datetime.now(UTC))
    sent.refresh_from_db()
    assert (sent.state, sent.events.count()) == ("new", 1)
    with pytest.raises(Http404):
        get_file(sent)


def test_an_application_is_found_below_its_own_posting_alone() -> None:
    sent, other = make_application(), make_application()
    assert get_application(sent.posting, sent.public_id) == sent
    with pytest.raises(Http404):
        get_application(other.posting, sent.public_id)


@pytest.mark.parametrize(
    ("role", "notes", "decides"),
    [
        (MemberRole.OWNER, True, True),
        (MemberRole.RECRUITER, True, True),
        (MemberRole.INTERVIEWER, True, False),
        (MemberRole.VIEWER, False, False),
        (None, False, False),
    ],
)
def test_who_may_do_what_with_an_application(
    role: MemberRole | None, notes: bool, decides: bool
) -> None:
    sent = make_application()
    user = make_member(sent.posting.employer, role=role) if role else make_user()
    found = [permissions.can_note(user, sent), permissions.can_decide(user, sent)]
    assert found == [notes, decides]
    for person in (user, sent.candidate):
        assert person
        mine = Application.objects.of_candidate(person).filter(pk=sent.pk).exists()
        assert mine is (person == sent.candidate)


def test_who_comes_late_learns_what_happened() -> None:
    sent = make_application()
    owner = make_member(sent.posting.employer)
    now = datetime.now(UTC)
    stale = Application.objects.get(pk=sent.pk)
    decisions.advance(application=sent, verb="interview", actor=owner, now=now)
    with pytest.raises(Overtaken) as found:
        decisions.advance(application=stale, verb="review", actor=owner, now=now, seen="new")
    assert (found.value.event.verb, found.value.event.actor) == ("interview", owner)
    with pytest.raises(IllegalMove):
        decisions.advance(application=sent, verb="review", actor=owner, now=now)


def test_whoever_waited_for_a_row_that_is_younger_than_their_look_at_the_clock() -> None:
    sent = make_application(now=NOW)
    posting = Posting.objects.select_related("employer").get(pk=sent.posting_id)
    owner = make_member(posting.employer)
    lifecycle.close(posting=posting, actor=owner, now=NOW - timedelta(milliseconds=300))
    sent.refresh_from_db()
    assert (sent.state, sent.moved_at, sent.answered_at) == ("closed", NOW, NOW)


def test_a_paused_posting_opens_when_the_last_reason_is_gone() -> None:
    posting = open_posting()
    owner = make_member(posting.employer)
    now = datetime.now(UTC)
    why = lifecycle.PauseReason
    lifecycle.pause(posting=posting, actor=None, now=now, why=why.REPLIES)
    lifecycle.pause(posting=posting, actor=None, now=now, why=why.UNCONFIRMED)
    with pytest.raises(lifecycle.StillPaused) as found:
        lifecycle.resume(posting=posting, actor=owner, now=now)
    assert found.value.reasons == (why.REPLIES, why.UNCONFIRMED)
    lifecycle.resume(posting=posting, actor=None, now=now, why=why.REPLIES)
    assert (posting.state, posting.paused_for) == ("paused", ["unconfirmed"])
    lifecycle.confirm(posting=posting, actor=owner, now=now)
    assert Posting.objects.published(now=now).filter(pk=posting.pk).exists()
    assert posting.paused_for == []


def test_no_program_rejects() -> None:
    sent = make_application()
    with pytest.raises(DatabaseError, match="Cannot insert"), transaction.atomic():
        moves.record(application=sent, verb="reject", actor=None, now=datetime.now(UTC))
    assert [event.verb for event in sent.events.all()] == ["apply"]
