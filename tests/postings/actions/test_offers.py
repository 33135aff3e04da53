"""What a member is offered, and that nothing else is carried out."""

from datetime import UTC, datetime, timedelta

import pytest

from postings.actions import lifecycle, moderation
from postings.actions.offers import MEMBER_VERBS, NotOffered, carry_out, offered
from postings.actions.postings import start_revision
from postings.enums import PostingState, RejectionReason, RevisionState
from postings.models import Posting, PostingRevision
from postings.policy import FRESH_FOR
from postings.states import OPEN_REVISIONS
from profiles.models import User
from tests.factories.people import make_user
from tests.factories.postings import draft_posting, published_posting, submitted_posting

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture
def actor() -> User:
    return make_user()


def open_revision(posting: Posting) -> PostingRevision | None:
    return posting.revisions.filter(state__in=OPEN_REVISIONS).first()


def verbs(posting: Posting, now: datetime = NOW) -> list[str]:
    return list(offered(posting, open_revision(posting), now=now))


def rejected(posting: Posting, actor: User) -> Posting:
    revision = posting.revisions.get(state=RevisionState.IN_REVIEW)
    reasons = [RejectionReason.OTHER]
    return moderation.reject(revision=revision, actor=actor, now=NOW, reasons=reasons)


def test_what_is_offered_in_each_state(actor: User) -> None:
    posting = draft_posting(now=NOW)
    assert verbs(posting) == ["submit", "discard", "duplicate"]
    posting = submitted_posting(now=NOW)
    assert verbs(posting) == ["withdraw", "duplicate"]
    assert verbs(rejected(posting, actor)) == ["rework", "discard", "duplicate"]

    posting = published_posting(now=NOW)
    running = ["confirm", "extend", "revise", "pause", "fill", "close", "duplicate"]
    assert verbs(posting) == running
    assert verbs(posting, NOW + FRESH_FOR) == ["fill", "close", "duplicate"]
    revision = start_revision(posting=posting, actor=actor, now=NOW)
    changing = [verb for verb in running if verb != "revise"]
    assert verbs(posting) == ["submit", "discard", *changing]
    lifecycle.submit_for_review(posting=posting, revision=revision, actor=actor, now=NOW)
    assert verbs(posting) == ["withdraw", *changing]
    lifecycle.withdraw(posting=posting, revision=revision, actor=actor, now=NOW)
    lifecycle.discard(posting=posting, revision=revision, actor=actor, now=NOW)

    lifecycle.pause(posting=posting, actor=actor, now=NOW)
    paused = ["confirm", "extend", "revise", "resume", "fill", "close", "duplicate"]
    assert verbs(posting) == paused
    assert verbs(posting, NOW + FRESH_FOR) == ["fill", "close", "duplicate"]
    moderation.suspend(posting=posting, actor=actor, now=NOW, note="Why.")
    assert verbs(posting) == ["close", "duplicate"]
    lifecycle.close(posting=posting, actor=actor, now=NOW)
    assert verbs(posting) == ["duplicate"]


@pytest.fixture(scope="module")
def standing(kept_rows: None) -> dict[str, int]:
    """The keys of a posting in each state."""
    actor = make_user()
    changing, paused = (published_posting(now=NOW) for _ in range(2))
    start_revision(posting=changing, actor=actor, now=NOW)
    lifecycle.pause(posting=paused, actor=actor, now=NOW)
    made = {
        "draft": draft_posting(now=NOW),
        "review": submitted_posting(now=NOW),
        "rejected": rejected(submitted_posting(now=NOW), actor),
        "live": published_posting(now=NOW),
        "changing": changing,
        "paused": paused,
    }
    return {state: posting.pk for state, posting in made.items()}


@pytest.mark.parametrize("state", ["draft", "review", "rejected", "live", "changing", "paused"])
@pytest.mark.parametrize("verb", MEMBER_VERBS)
def test_what_is_offered_can_be_done_and_nothing_else(
    verb: str, state: str, actor: User, standing: dict[str, int]
) -> None:
    posting = Posting.objects.get(pk=standing[state])
    revision = open_revision(posting)
    later = NOW + timedelta(days=1)
    arguments = {"posting": posting, "revision": revision, "actor": actor, "now": later}
    if verb not in offered(posting, revision, now=later):
        with pytest.raises(NotOffered):
            carry_out(verb, **arguments)
        return
    done = carry_out(verb, **arguments)
    event = done.posting.events.order_by("-pk")[0]
    assert (event.actor, event.at) == (actor, later)
    assert done.is_draft is (verb in ("withdraw", "rework", "revise", "duplicate"))
    assert (done.posting.pk == posting.pk) is (verb != "duplicate")


def test_a_duplicate_says_the_same_but_for_its_deadline(actor: User) -> None:
    posting = published_posting(now=NOW, apply_until=NOW.date() + timedelta(days=9))
    done = carry_out("duplicate", posting=posting, revision=None, actor=actor, now=NOW)
    content = done.posting.revisions.get().value
    assert done.posting.state == PostingState.DRAFT
    assert done.posting.copied_from == posting
    assert content == posting.live_content.with_(apply_until=None)
