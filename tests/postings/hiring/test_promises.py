"""The promise of an answer: reminders, the pause when it is broken, and how it opens again."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.db import connection, transaction

from cscareers.core.models import OutgoingMail
from postings.actions import lifecycle, moderation
from postings.enums import PauseReason, PostingState
from postings.hiring import emails
from postings.hiring.actions import applications, decisions, promises
from postings.hiring.enums import RejectReason
from postings.hiring.models import AnswerReminder, Application
from postings.models import Posting
from postings.views.pauses import pauses_of
from profiles.actions.suspension import suspend_employer
from profiles.enums import MemberRole
from tests.factories.applications import make_application, open_posting
from tests.factories.people import make_employer, make_member, make_moderator

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
DUE = datetime(2026, 6, 9, 0, tzinfo=UTC)
"""When the answer to an application of NOW is due that was promised within 7 days."""


def team_posting(**fields: object) -> Posting:
    """An open posting of an employer with an owner, a recruiter and a viewer."""
    employer = make_employer()
    owner = make_member(employer)
    make_member(employer, role=MemberRole.RECRUITER)
    make_member(employer, role=MemberRole.VIEWER)
    begun = NOW - timedelta(days=1)
    return open_posting(employer=employer, author=owner, now=begun, reply_days=7, **fields)


def owner_of(posting: Posting):
    return posting.employer.memberships.get(role=MemberRole.OWNER).user


def mails(kind: str) -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(dedupe_key__startswith=f"{kind}:").order_by("pk"))


def reject(application: Application, now: datetime) -> None:
    fresh = Application.objects.get(pk=application.pk)
    decisions.reject(
        application=fresh,
        actor=owner_of(fresh.posting),
        now=now,
        reasons=[RejectReason.OTHERS_CLOSER],
    )


def test_reminders_come_days_ahead_and_on_the_day_each_once_and_one_mail_for_all() -> None:
    posting = team_posting()
    first, second = make_application(posting, now=NOW), make_application(posting, now=NOW)
    answered = make_application(posting, now=NOW)
    reject(answered, NOW + timedelta(hours=1))
    sent = []
    hour = NOW
    while hour < DUE + timedelta(days=2):  # a worker that sweeps twice each time
        if number := promises.remind_due(now=hour) + promises.remind_due(now=hour):
            sent.append((hour, number))
        hour += timedelta(hours=12)
    assert sent == [
        (datetime(2026, 6, 5, 12, tzinfo=UTC), 2),
        (datetime(2026, 6, 8, 12, tzinfo=UTC), 2),
    ]
    team = [m.user.email for m in posting.employer.memberships.exclude(role="viewer")]
    soon, today = mails("answers-due")[:2], mails("answers-due")[2:]
    assert [sorted(m.recipient for m in two) for two in (soon, today)] == [sorted(team)] * 2
    assert soon[0].subject == "2 answers are due soon: Customer Service Manager"
    assert today[0].subject == "2 answers are due today: Customer Service Manager"
    for application in (first, second):
        assert f"/applications/{application.public_id}/" in today[0].text
    assert answered.public_id not in soon[0].text + today[0].text
    assert AnswerReminder.objects.count() == 4


def test_a_worker_that_was_away_reminds_late_and_not_twice() -> None:
    make_application(team_posting(), now=NOW)
    assert promises.remind_due(now=datetime(2026, 6, 7, 9, tzinfo=UTC)) == 1
    assert promises.remind_due(now=datetime(2026, 6, 7, 18, tzinfo=UTC)) == 0
    assert mails("answers-due")[0].subject.startswith("An answer is due soon")
    assert "8 Jun 2026" in mails("answers-due")[0].text


def test_a_broken_promise_pauses_and_the_last_answer_opens_it_again() -> None:
    posting = team_posting()
    first, second = make_application(posting, now=NOW), make_application(posting, now=NOW)
    assert promises.break_promises(now=DUE - timedelta.resolution) == 0
    assert promises.break_promises(now=DUE) == 1
    assert promises.break_promises(now=DUE) == 0
    posting.refresh_from_db()
    assert (posting.state, posting.paused_for) == ("paused", ["replies"])
    event = posting.events.order_by("-pk")[0]
    assert (event.verb, event.reasons, event.actor) == ("pause", ["replies"], None)
    told = mails("promise-broken")
    assert len(told) == 2
    assert told[0].subject == "Paused until you answer: Customer Service Manager"
    assert all(a.public_id in told[0].text for a in (first, second))
    nameless = [f"Candidate {a.public_id[:4].upper()}" for a in (first, second)]
    assert all(f"\n{name}, applied on" in told[0].text for name in nameless)
    assert [one.name for one in pauses_of(posting, now=DUE)[0].waiting] == nameless
    assert [a.state for a in (first, second)] == ["new", "new"]

    reject(first, DUE + timedelta(hours=1))
    posting.refresh_from_db()
    assert posting.state == "paused"
    reject(second, DUE + timedelta(hours=2))
    posting.refresh_from_db()
    assert (posting.state, posting.paused_for) == ("published", [])
    assert posting.events.order_by("-pk")[0].verb == "resume"
    kept = mails("promise-kept")
    assert len(kept) == 2
    assert f"\n{settings.SITE_URL}{posting.get_absolute_url()}\n" in kept[0].text
    emails.promise_kept(posting=posting, event=event)  # of a job that did not open
    team_page = f"/hire/{posting.employer.slug}/postings/{posting.public_id}/"
    assert f"\n{settings.SITE_URL}{team_page}\n" in mails("promise-kept")[-1].text


def test_reading_is_no_answer_and_a_withdrawal_ends_the_wait() -> None:
    posting = team_posting()
    sent = make_application(posting, now=NOW)
    promises.break_promises(now=DUE)
    owner = owner_of(posting)
    decisions.advance(application=sent, verb="review", actor=owner, now=DUE)
    posting.refresh_from_db()
    assert posting.state == "paused"
    assert sent.candidate
    applications.withdraw(application=sent, actor=sent.candidate, now=DUE)
    posting.refresh_from_db()
    assert posting.state == "published"


def _paused(posting: Posting) -> None:
    lifecycle.pause(posting=posting, actor=owner_of(posting), now=NOW)


def _unconfirmed(posting: Posting) -> None:
    lifecycle.pause(posting=posting, actor=None, now=NOW, why=PauseReason.UNCONFIRMED)


def _held(posting: Posting) -> None:
    lifecycle.hold(posting=posting, actor=None, now=NOW)


def _suspended(posting: Posting) -> None:
    moderation.suspend(posting=posting, actor=make_moderator(), now=NOW, note="")


def _withheld(posting: Posting) -> None:
    suspend_employer(employer=posting.employer, actor=make_moderator(), now=NOW, note="")


def _run_out(posting: Posting) -> None:
    Posting.objects.filter(pk=posting.pk).update(closes_at=DUE)


def _expired(posting: Posting) -> None:
    _run_out(posting)
    lifecycle.expire_due(now=DUE)


def _nothing(posting: Posting) -> None:
    """It stays open."""


@pytest.mark.parametrize(
    ("before", "broken", "reasons", "after", "left"),
    [
        (_nothing, 1, ["replies"], "published", []),
        (_paused, 1, ["member", "replies"], "paused", ["member"]),
        (_unconfirmed, 1, ["unconfirmed", "replies"], "paused", ["unconfirmed"]),
        (_held, 1, ["replies"], "paused", []),  # we still hold it
        (_withheld, 1, ["replies"], "published", []),  # and hidden still
        (_suspended, 0, [], "suspended", []),  # paused by the sweep after it is reinstated
        (_run_out, 0, [], "published", []),  # over by its date, written down soon
        (_expired, 0, [], "expired", []),
    ],
)
def test_what_the_sweep_does_in_every_state(
    before: Callable[[Posting], None], broken: int, reasons: list, after: str, left: list
) -> None:
    posting = team_posting()
    sent = make_application(posting, now=NOW)
    before(posting)
    assert promises.break_promises(now=DUE) == broken
    posting.refresh_from_db()
    assert posting.paused_for == reasons
    assert Application.objects.overdue(now=DUE).get() == sent  # an answer is owed all the same
    reject(sent, DUE)
    posting.refresh_from_db()
    assert (posting.state, posting.paused_for) == (after, left)


def test_a_reinstated_posting_is_paused_while_answers_are_overdue() -> None:
    posting = team_posting()
    make_application(posting, now=NOW)
    _suspended(posting)
    moderation.reinstate(posting=posting, actor=make_moderator(), now=DUE, note="")
    assert promises.break_promises(now=DUE) == 1


def test_its_member_is_told_what_keeps_it_paused() -> None:
    posting = team_posting()
    make_application(posting, now=NOW)
    promises.break_promises(now=DUE)
    posting.refresh_from_db()
    with pytest.raises(lifecycle.StillPaused) as refused:
        lifecycle.resume(posting=posting, actor=owner_of(posting), now=DUE)
    assert refused.value.reasons == (PauseReason.REPLIES,)


def test_the_sweep_opens_what_has_no_overdue_answer_left() -> None:
    posting = team_posting()
    lifecycle.pause(posting=posting, actor=None, now=NOW, why=PauseReason.REPLIES)
    promises.break_promises(now=NOW)
    posting.refresh_from_db()
    assert posting.state == PostingState.PUBLISHED


def test_filling_answers_everybody_still_open_in_the_employers_words() -> None:
    posting = team_posting()
    waiting, gone = make_application(posting, now=NOW), make_application(posting, now=NOW)
    reject(gone, NOW)
    lifecycle.mark_filled(posting=posting, actor=owner_of(posting), now=NOW, note="Thank you all.")
    waiting.refresh_from_db()
    assert (waiting.state, waiting.answered_at) == ("closed", NOW)
    event = waiting.events.order_by("-pk")[0]
    assert (event.reasons, event.note) == (["posting-filled"], "Thank you all.")
    gone.refresh_from_db()
    assert gone.state == "rejected"


@pytest.mark.parametrize(
    ("end", "state", "reasons", "answered"),
    [
        ("close", "closed", ["posting-closed"], True),
        ("remove", "closed", ["posting-removed"], False),
        ("expire", "new", [], False),
    ],
)
def test_how_a_posting_ends_decides_who_is_answered(
    end: str, state: str, reasons: list, answered: bool
) -> None:
    posting = team_posting()
    sent = make_application(posting, now=NOW)
    if end == "expire":
        _expired(posting)
    else:
        verb = getattr(lifecycle, end)
        verb(posting=posting, actor=owner_of(posting), now=NOW, note="For the file.")
    sent.refresh_from_db()
    last = sent.events.order_by("-pk")[0]
    assert (sent.state, last.reasons) == (state, reasons)
    assert (sent.answered_at is not None) is answered
    assert last.note == ("For the file." if end == "close" else "")


def test_a_repost_answers_those_of_the_first_posting() -> None:
    posting = team_posting()
    sent = make_application(posting, now=NOW)
    new = open_posting(employer=posting.employer, author=owner_of(posting), now=NOW, title="Other")
    lifecycle.make_room(posting=posting, successor=new, actor=make_moderator(), now=NOW)
    sent.refresh_from_db()
    assert (sent.state, sent.answered_at) == ("closed", NOW)


@pytest.mark.django_db(transaction=True)
def test_the_sweep_and_the_last_answer_at_once_leave_it_open() -> None:
    """Whoever comes second sees what the first did: the pause does not outlive the answer."""
    posting = team_posting()
    sent = make_application(posting, now=NOW)

    def sweep() -> None:
        try:
            promises.break_promises(now=DUE)
        finally:
            connection.close()

    thread = threading.Thread(target=sweep)
    with transaction.atomic():
        reject(sent, DUE)
        thread.start()
        thread.join(0.2)
        assert thread.is_alive()  # it waits for the answer
    thread.join(10)
    posting.refresh_from_db()
    assert (posting.state, posting.paused_for) == ("published", [])
