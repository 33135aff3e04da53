"""Every verb from every state: what the table lists is done, and nothing else."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from postings.actions import lifecycle
from postings.actions.lifecycle import IllegalMove
from postings.actions.moves import move_postings
from postings.actions.postings import start_revision
from postings.enums import PostingState, RevisionState
from postings.models import Posting
from postings.states import POSTING_MOVES, REVISION_MOVES, target
from profiles.models import User
from tests.factories.lives import newest, put
from tests.factories.people import make_user
from tests.factories.postings import draft_posting, published_posting

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=10)
P, R = PostingState, RevisionState


@pytest.fixture
def actor() -> User:
    return make_user(name="Ada")


@pytest.fixture(scope="module")
def standing(kept_rows: None) -> dict[str, int]:
    """The keys of a draft and of a live posting, the same for all moves."""
    return {"draft": draft_posting(now=NOW).pk, "live": published_posting(now=NOW).pk}


ON_POSTING: dict[str, Callable[..., object]] = {
    "pause": lifecycle.pause,
    "resume": lifecycle.resume,
    "fill": lifecycle.mark_filled,
    "close": lifecycle.close,
}


@pytest.mark.parametrize("verb", ON_POSTING)
@pytest.mark.parametrize("source", PostingState)
def test_moves_of_a_posting(
    verb: str, source: PostingState, actor: User, standing: dict[str, int]
) -> None:
    posting = put(Posting.objects.get(pk=standing["live"]), source)
    goal = target(POSTING_MOVES, verb, source)
    count = posting.events.count()
    if goal is None:
        with pytest.raises(IllegalMove):
            ON_POSTING[verb](posting=posting, actor=actor, now=LATER)
        posting.refresh_from_db()
        assert (posting.state, posting.events.count()) == (source, count)
        return
    ON_POSTING[verb](posting=posting, actor=actor, now=LATER)
    event = newest(posting)
    assert (event.verb, event.from_state, event.to_state) == (verb, source, goal)
    assert (event.actor, event.actor_label, event.at) == (actor, "Ada", LATER)
    assert posting.state == goal
    assert posting.updated_at == LATER
    posting.refresh_from_db()
    assert (posting.state, posting.updated_at) == (goal, LATER)
    assert posting.events.count() == count + 1


ON_REVISION: dict[str, Callable[..., None]] = {
    "submit": lifecycle.submit_for_review,
    "withdraw": lifecycle.withdraw,
    "rework": lifecycle.rework,
    "discard": lifecycle.discard,
}
PAIRS = {R.DRAFT: P.DRAFT, R.IN_REVIEW: P.IN_REVIEW, R.REJECTED: P.REJECTED}


@pytest.mark.parametrize("verb", ON_REVISION)
@pytest.mark.parametrize("source", RevisionState)
@pytest.mark.parametrize("live", [False, True], ids=["first", "change"])
def test_moves_of_a_revision(
    verb: str, source: RevisionState, live: bool, actor: User, standing: dict[str, int]
) -> None:
    posting = Posting.objects.get(pk=standing["live" if live else "draft"])
    if live:
        revision = start_revision(posting=posting, actor=actor, now=NOW)
    else:
        revision = posting.revisions.get()
        put(posting, PAIRS.get(source, P.DRAFT))
    put(revision, source)
    before = posting.state
    goal = target(REVISION_MOVES, verb, source)
    if verb == "discard" and source == R.REJECTED:
        goal = R.DISCARDED  # by way of a draft
    if goal is None:
        with pytest.raises(IllegalMove):
            ON_REVISION[verb](posting=posting, revision=revision, actor=actor, now=LATER)
        posting.refresh_from_db()
        revision.refresh_from_db()
        assert (posting.state, revision.state) == (before, source)
        return
    ON_REVISION[verb](posting=posting, revision=revision, actor=actor, now=LATER)
    event = newest(posting)
    revision.refresh_from_db()
    posting.refresh_from_db()
    assert revision.state == goal
    if live:
        assert (event.verb, event.to_state) == (f"{verb}-revision", "")
        assert posting.state == P.PUBLISHED
    else:
        assert (event.verb, event.to_state) == (verb, posting.state)
        expected = {R.DISCARDED: P.CLOSED, R.IN_REVIEW: P.IN_REVIEW, R.DRAFT: P.DRAFT}
        assert posting.state == expected[goal]


def test_only_what_is_held_is_released(actor: User) -> None:
    posting = published_posting(now=NOW)
    with pytest.raises(IllegalMove, match="is not held"):
        lifecycle.release(posting=posting, actor=actor, now=LATER)


def test_many_move_together_from_one_state_only(actor: User) -> None:
    postings = [draft_posting(now=NOW), published_posting(now=NOW)]
    with pytest.raises(IllegalMove, match="stand in several states: draft, published"):
        move_postings(postings=postings, verb="pause", actor=actor, now=LATER, revisions={})
    assert {p.state for p in Posting.objects.all()} == {P.DRAFT, P.PUBLISHED}
