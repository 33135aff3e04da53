"""Where somebody stands: worked out of an application, suggested without news, in which order."""

from datetime import UTC, date, datetime, timedelta

import pytest

from postings.hiring.actions import applications, decisions, tracker
from postings.hiring.engines.tracker import (
    COLUMNS,
    TrackerLine,
    answered_elsewhere,
    by_next_date,
    columns_of,
    lines_of,
    status_here,
)
from postings.hiring.enums import ApplicationState as A
from postings.hiring.enums import RejectReason
from postings.hiring.enums import TrackedStatus as T
from postings.hiring.models import Application
from postings.policy import NO_NEWS_AFTER_APPLYING, NO_NEWS_AFTER_PROMISE
from tests.factories.applications import make_application
from tests.factories.people import make_member, make_user

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("state", "history", "status"),
    [
        (A.NEW, (), T.APPLIED),
        (A.IN_REVIEW, (), T.APPLIED),
        (A.INTERVIEW, ("interview",), T.INTERVIEWING),
        (A.OFFER, ("offer",), T.OFFER),
        (A.HIRED, ("interview", "offer"), T.ACCEPTED),
        (A.REJECTED, (), T.REJECTED),
        (A.REJECTED, ("interview",), T.REJECTED_AFTER_INTERVIEW),
        (A.WITHDRAWN, ("interview",), T.WITHDRAWN),
        (A.WITHDRAWN, ("interview", "offer"), T.DECLINED),
        (A.CLOSED, (), T.CLOSED),
    ],
)
def test_an_application_says_where_its_candidate_stands(
    state: A, history: tuple[str, ...], status: T
) -> None:
    found = status_here(
        state,
        interviewed="interview" in history,
        offered="offer" in history,
        is_answered=False,
        said=T.OFFER,  # nobody gives themselves one
    )
    assert found is status


@pytest.mark.parametrize(
    ("state", "is_answered", "status"),
    [
        (A.NEW, False, T.GHOSTED),
        (A.IN_REVIEW, False, T.GHOSTED),
        (A.INTERVIEW, True, T.INTERVIEWING),
        (A.REJECTED, True, T.REJECTED),
    ],
)
def test_ghosted_lasts_until_there_is_an_answer(state: A, is_answered: bool, status: T) -> None:
    found = status_here(
        state, interviewed=False, offered=False, is_answered=is_answered, said=T.GHOSTED
    )
    assert found is status


def test_every_status_has_a_column_and_an_answer() -> None:
    assert [status for _, column in COLUMNS for status in column] == list(T)
    assert {status: answered_elsewhere(status) for status in T} == {
        T.INTERESTED: None,
        T.APPLIED: False,
        T.INTERVIEWING: True,
        T.OFFER: True,
        T.ACCEPTED: True,
        T.DECLINED: True,
        T.REJECTED: True,
        T.REJECTED_AFTER_INTERVIEW: True,
        T.GHOSTED: False,
        T.WITHDRAWN: None,
        T.CLOSED: True,
    }


def line(key: str, **fields: object) -> TrackerLine:
    values: dict[str, object] = {
        "posting": "", "application": "", "title": key, "employer": "", "url": "",
        "status": T.APPLIED, "answered": False, "applied_on": None, "promised_on": None,
        "is_late": False, "next_on": None, "next_what": "", "notes": "", "quiet_since": None,
        "at": NOW,
    }  # fmt: skip
    return TrackerLine(key=key, **{**values, **fields})  # type: ignore[arg-type]


def test_what_comes_next_stands_first_and_what_is_over_last() -> None:
    lines = [
        line("over", status=T.REJECTED, next_on=date(2026, 11, 21)),
        line("none, newer", at=NOW + timedelta(hours=1)),
        line("none"),
        line("third", next_on=date(2026, 11, 24)),
        line("second", next_on=date(2026, 11, 25), promised_on=date(2026, 11, 23)),
        line("first", next_on=date(2026, 11, 22)),
    ]
    order = ["first", "second", "third", "none, newer", "none", "over"]
    assert [one.key for one in by_next_date(lines)] == order
    counts = {title: len(column) for title, column in columns_of(lines)}
    assert counts == {"Interested": 0, "Applied": 5, "Interviewing": 0, "Offer": 0, "Over": 1}


@pytest.mark.django_db
def test_the_pipeline_moves_the_tracker_and_a_row_only_adds_notes() -> None:
    sent = make_application(now=NOW)
    assert sent.candidate
    owner = make_member(sent.posting.employer)
    job = tracker.track(user=sent.candidate, posting=sent.posting, now=NOW)
    with pytest.raises(tracker.SetByApplication):
        tracker.set_status(job=job, status=T.OFFER, now=NOW)
    found = []
    for verb in ("interview", "reject"):
        if verb == "reject":
            reasons = [RejectReason.PAY]
            decisions.reject(application=sent, actor=owner, now=NOW, reasons=reasons)
        else:
            decisions.advance(application=sent, verb=verb, actor=owner, now=NOW)
        [one] = lines_of(sent.candidate, now=NOW)
        found.append((one.status, one.answered, one.key, one.source))
    assert found == [
        (T.INTERVIEWING, True, job.public_id, "here"),
        (T.REJECTED_AFTER_INTERVIEW, True, job.public_id, "here"),
    ]
    tracker.remove(job=job)
    [one] = lines_of(sent.candidate, now=NOW)
    assert (one.key, one.status) == ("", T.REJECTED_AFTER_INTERVIEW)


@pytest.mark.django_db
def test_applying_again_follows_the_new_application() -> None:
    sent = make_application(now=NOW)
    assert sent.candidate
    applications.withdraw(application=sent, actor=sent.candidate, now=NOW)
    [one] = lines_of(sent.candidate, now=NOW)
    assert one.status is T.WITHDRAWN
    again = make_application(sent.posting, candidate=sent.candidate, now=NOW + timedelta(hours=1))
    [one] = lines_of(sent.candidate, now=NOW)
    assert (one.status, one.application) == (T.APPLIED, again.public_id)


@pytest.mark.django_db
def test_a_broken_promise_may_be_called_ghosted_after_a_while() -> None:
    sent = make_application(now=NOW)
    assert sent.candidate
    late = sent.answer_due_at + NO_NEWS_AFTER_PROMISE
    [before] = lines_of(sent.candidate, now=late - timedelta(seconds=1))
    [after] = lines_of(sent.candidate, now=late)
    assert (before.quiet_since, after.quiet_since) == (None, date(2026, 12, 4))
    job = tracker.track(user=sent.candidate, posting=sent.posting, now=late)
    tracker.still_wait(job=job, now=late)
    [waits] = lines_of(sent.candidate, now=late + timedelta(days=29))
    [asked] = lines_of(sent.candidate, now=late + timedelta(days=30))
    assert (waits.quiet_since, asked.quiet_since) == (None, date(2026, 12, 4))
    tracker.set_status(job=job, status=T.GHOSTED, now=late)
    [ghosted] = lines_of(sent.candidate, now=late)
    assert (ghosted.status, ghosted.quiet_since, ghosted.promised_on) == (T.GHOSTED, None, None)
    assert Application.objects.get().state == A.NEW


@pytest.mark.django_db
def test_elsewhere_no_news_is_asked_about_and_news_begin_it_anew() -> None:
    user, applied = make_user(), date(2026, 10, 1)
    fields = {"title": "Care lead", "status": T.APPLIED, "applied_on": applied}
    job = tracker.add(user=user, fields=fields, now=NOW)
    asked = datetime(2026, 10, 1, tzinfo=UTC) + NO_NEWS_AFTER_APPLYING
    quiet = [lines_of(user, now=now)[0].quiet_since for now in (asked - timedelta(hours=1), asked)]
    assert quiet == [None, applied]
    tracker.set_status(job=job, status=T.INTERVIEWING, now=asked)
    assert lines_of(user, now=asked)[0].quiet_since is None
    later = asked + NO_NEWS_AFTER_APPLYING
    assert lines_of(user, now=later)[0].quiet_since == asked.date()
    tracker.set_status(job=job, status=T.OFFER, now=later)
    assert lines_of(user, now=later + NO_NEWS_AFTER_APPLYING)[0].quiet_since is None
