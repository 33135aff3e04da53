"""The one door of state: every legal move with its event, every illegal one refused."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from postings.actions import lifecycle, moderation
from postings.actions.lifecycle import DeadlineInvalid, EmployerSuspended, IllegalMove, Incomplete
from postings.actions.postings import save_draft, start_revision
from postings.enums import PostingState, RejectionReason, RevisionState
from postings.models import Posting, PostingRevision
from postings.policy import FRESH_FOR
from profiles.models import User
from tests.factories.lives import newest, put
from tests.factories.people import make_employer, make_user
from tests.factories.postings import draft_posting, published_posting, submitted_posting

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=10)
P, R = PostingState, RevisionState


@pytest.fixture
def actor() -> User:
    return make_user(name="Ada")


@pytest.mark.parametrize("verb", ["fill", "close"])
@pytest.mark.parametrize("waiting", [R.DRAFT, R.IN_REVIEW, R.REJECTED])
def test_a_change_that_waits_ends_with_its_posting(
    verb: str, waiting: RevisionState, actor: User
) -> None:
    posting = published_posting(now=NOW)
    revision = put(start_revision(posting=posting, actor=actor, now=NOW), waiting)
    end = {"fill": lifecycle.mark_filled, "close": lifecycle.close}[verb]
    end(posting=posting, actor=actor, now=LATER)
    revision.refresh_from_db()
    assert revision.state == R.DISCARDED


def test_a_submitted_draft_keeps_its_time(actor: User) -> None:
    posting = draft_posting(now=NOW)
    revision = posting.revisions.get()
    lifecycle.submit_for_review(posting=posting, revision=revision, actor=actor, now=LATER)
    revision.refresh_from_db()
    assert revision.submitted_at == LATER


def test_what_lacks_something_is_not_submitted(actor: User) -> None:
    posting = draft_posting(now=NOW, title="", pay_bands=())
    with pytest.raises(Incomplete) as caught:
        lifecycle.submit_for_review(
            posting=posting, revision=posting.revisions.get(), actor=actor, now=NOW
        )
    assert [problem.field for problem in caught.value.problems] == ["title", "pay_bands"]
    posting.refresh_from_db()
    assert posting.state == P.DRAFT


def test_the_employers_date_counts_for_the_last_day(actor: User) -> None:
    day = date(2026, 11, 21)
    late = datetime(2026, 11, 22, 3, tzinfo=UTC)
    for zone, fits in (("America/New_York", True), ("Europe/Berlin", False)):
        posting = draft_posting(now=NOW, employer=make_employer(time_zone=zone), apply_until=day)
        arguments = {"posting": posting, "revision": posting.revisions.get(), "actor": actor}
        if fits:
            lifecycle.submit_for_review(**arguments, now=late)
            continue
        with pytest.raises(Incomplete):
            lifecycle.submit_for_review(**arguments, now=late)


def test_a_suspended_employer_submits_nothing(actor: User) -> None:
    posting = draft_posting(now=NOW, employer=make_employer(suspended_at=NOW))
    with pytest.raises(EmployerSuspended):
        lifecycle.submit_for_review(
            posting=posting, revision=posting.revisions.get(), actor=actor, now=NOW
        )


def test_two_who_move_at_once_make_one_move(actor: User) -> None:
    posting = published_posting(now=NOW)
    stale = Posting.objects.get(pk=posting.pk)
    lifecycle.close(posting=posting, actor=actor, now=NOW)
    with pytest.raises(IllegalMove, match="no longer published"):
        lifecycle.mark_filled(posting=stale, actor=actor, now=NOW)
    posting.refresh_from_db()
    assert posting.state == P.CLOSED

    draft = draft_posting(now=NOW)
    revision = draft.revisions.get()
    other = PostingRevision.objects.get(pk=revision.pk)
    lifecycle.submit_for_review(posting=draft, revision=revision, actor=actor, now=NOW)
    with pytest.raises(IllegalMove, match="no longer draft"):
        lifecycle.move_revision(revision=other, verb="discard", now=NOW)


def test_what_somebody_saved_meanwhile_is_not_submitted_unseen(actor: User) -> None:
    posting = draft_posting(now=NOW)
    seen = posting.revisions.get()
    mine = PostingRevision.objects.get(pk=seen.pk)
    save_draft(
        revision=mine, actor=actor, now=NOW, version=1, content=mine.value.with_(title="Other")
    )
    with pytest.raises(IllegalMove, match="saved meanwhile"):
        lifecycle.submit_for_review(posting=posting, revision=seen, actor=actor, now=NOW)


# ---- the clock ----


def test_confirming_starts_the_clock_anew(actor: User) -> None:
    posting = published_posting(now=NOW)
    assert posting.closes_at == NOW + FRESH_FOR
    event = lifecycle.confirm(posting=posting, actor=actor, now=LATER)
    posting.refresh_from_db()
    assert (posting.confirmed_at, posting.closes_at) == (LATER, LATER + FRESH_FOR)
    assert (event.verb, event.from_state, event.to_state) == ("confirm", "", "")
    assert event.details == {
        "closes_from": (NOW + FRESH_FOR).isoformat(),
        "closes_to": (LATER + FRESH_FOR).isoformat(),
    }


def test_confirming_within_a_last_day_moves_no_deadline(actor: User) -> None:
    posting = published_posting(now=NOW, apply_until=date(2026, 12, 5))
    event = lifecycle.confirm(posting=posting, actor=actor, now=LATER)
    posting.refresh_from_db()
    assert posting.confirmed_at == LATER
    assert posting.closes_at == datetime(2026, 12, 6, tzinfo=UTC)
    assert event.details == {}


@pytest.mark.parametrize(
    ("zone", "day", "closes"),
    [
        ("America/New_York", date(2026, 12, 31), datetime(2027, 1, 1, 5, tzinfo=UTC)),
        ("Asia/Kolkata", date(2026, 12, 31), datetime(2026, 12, 31, 18, 30, tzinfo=UTC)),
        ("Europe/Berlin", date(2026, 12, 31), datetime(2026, 12, 31, 23, tzinfo=UTC)),
        ("UTC", None, LATER + FRESH_FOR),
        ("UTC", date(2027, 12, 31), LATER + FRESH_FOR),
    ],
)
def test_extending_ends_at_the_employers_midnight(
    actor: User, zone: str, day: date | None, closes: datetime
) -> None:
    posting = published_posting(now=NOW, employer=make_employer(time_zone=zone))
    event = lifecycle.extend(posting=posting, actor=actor, now=LATER, apply_until=day)
    posting.refresh_from_db()
    assert (posting.apply_until, posting.closes_at, posting.confirmed_at) == (day, closes, LATER)
    assert event.verb == "extend"
    assert event.details["closes_to"] == closes.isoformat()


def test_a_deadline_over_a_change_of_clocks(actor: User) -> None:
    now = datetime(2026, 3, 20, 12, tzinfo=UTC)
    posting = published_posting(now=now, employer=make_employer(time_zone="Europe/Berlin"))
    for day, closes in (
        (date(2026, 3, 28), datetime(2026, 3, 28, 23, tzinfo=UTC)),
        (date(2026, 3, 29), datetime(2026, 3, 29, 22, tzinfo=UTC)),
    ):
        lifecycle.extend(posting=posting, actor=actor, now=now, apply_until=day)
        posting.refresh_from_db()
        assert posting.closes_at == closes
        assert posting.is_public(now=closes - timedelta(seconds=1))
        assert not posting.is_public(now=closes)


def test_a_deadline_in_the_past_is_refused(actor: User) -> None:
    posting = published_posting(now=NOW)
    with pytest.raises(DeadlineInvalid):
        lifecycle.extend(
            posting=posting, actor=actor, now=NOW, apply_until=NOW.date() - timedelta(days=1)
        )


@pytest.mark.parametrize("state", [s for s in PostingState if s not in (P.PUBLISHED, P.PAUSED)])
def test_only_what_is_open_or_paused_can_be_confirmed(state: PostingState, actor: User) -> None:
    posting = put(published_posting(now=NOW), state)
    with pytest.raises(IllegalMove):
        lifecycle.confirm(posting=posting, actor=actor, now=LATER)


def test_what_is_over_can_neither_be_confirmed_nor_resumed(actor: User) -> None:
    posting = published_posting(now=NOW)
    over = NOW + FRESH_FOR
    with pytest.raises(IllegalMove):
        lifecycle.confirm(posting=posting, actor=actor, now=over)
    lifecycle.pause(posting=posting, actor=actor, now=LATER)
    with pytest.raises(IllegalMove, match="over"):
        lifecycle.resume(posting=posting, actor=actor, now=over)
    lifecycle.resume(posting=posting, actor=actor, now=over - timedelta(seconds=1))
    assert posting.state == P.PUBLISHED


def test_expiry_is_true_at_the_minute_and_written_down_later(actor: User) -> None:
    posting = published_posting(now=NOW)
    paused = published_posting(now=NOW)
    lifecycle.pause(posting=paused, actor=actor, now=NOW)
    fresh = published_posting(now=LATER)
    over = NOW + FRESH_FOR
    assert list(Posting.objects.published(now=over)) == [fresh]
    assert lifecycle.expire_due(now=over - timedelta(seconds=1)) == 0
    assert lifecycle.expire_due(now=over) == 2
    assert lifecycle.expire_due(now=over) == 0
    states = dict(Posting.objects.values_list("pk", "state"))
    assert states == {posting.pk: P.EXPIRED, paused.pk: P.EXPIRED, fresh.pk: P.PUBLISHED}
    event = newest(posting)
    assert (event.verb, event.actor, event.actor_label) == ("expire", None, "system")


def test_expiry_passes_over_what_moved_meanwhile(actor: User) -> None:
    first, second = (published_posting(now=NOW) for _ in range(2))
    over = NOW + FRESH_FOR
    closed: list[Posting] = []

    def closed_in_between(execute: Any, sql: str, *more: Any) -> Any:
        if sql.startswith('UPDATE "postings_posting"') and not closed:
            closed.append(Posting.objects.get(pk=first.pk))
            lifecycle.close(posting=closed[0], actor=actor, now=over)
        return execute(sql, *more)

    with connection.execute_wrapper(closed_in_between):
        assert lifecycle.expire_due(now=over) == 1
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (P.CLOSED, P.EXPIRED)


def test_from_draft_to_the_board_and_back_again(actor: User) -> None:
    posting = submitted_posting(now=NOW, author=actor)
    revision = posting.revisions.get()
    reasons = [RejectionReason.PAY_UNCLEAR]
    moderation.reject(revision=revision, actor=actor, now=NOW, reasons=reasons, note="Say more.")
    posting.refresh_from_db()
    assert posting.state == P.REJECTED
    revision.refresh_from_db()
    lifecycle.rework(posting=posting, revision=revision, actor=actor, now=NOW)
    lifecycle.submit_for_review(posting=posting, revision=revision, actor=actor, now=NOW)
    moderation.approve(revision=revision, actor=actor, now=timezone.now())
    verbs = list(posting.events.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["create", "submit", "reject", "rework", "submit", "approve"]
