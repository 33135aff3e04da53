"""Reposts: a posting that follows another of the same employer, and the chain that they make."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from postings.actions import lifecycle
from postings.content import PostingContent
from postings.duplicates.query import LookAlike, Standing, look_alikes
from postings.models import Posting, PostingRevision
from postings.policy import FRESH_FOR
from postings.states import LIVE_STATES
from profiles.models import Employer, User

MOST_TOLD = 5


class HeldUp(Exception):
    """The draft looks like live postings, and its author has not said why it is none of them."""


class CannotFollow(Exception):
    """What this posting was to follow has a successor already, or we took it out of view."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an author says of a draft that looks like other postings: that it follows one of them
    (its public id), or why it is another job."""

    follows: str = ""
    explanation: str = ""


def likes_of(
    posting: Posting, content: PostingContent, *, employer: Employer, now: datetime
) -> tuple[LookAlike, ...]:
    """What the author is told that a draft looks like: live postings, and for a new posting the
    employer's own ended ones. What the approved version was already like is left out."""
    new = posting.first_published_at is None
    found = look_alikes(
        content, posting=posting, employer=employer, now=now, limit=MOST_TOLD, over=new
    )
    if not found or new:
        return found
    known = look_alikes(
        posting.live_content, posting=posting, employer=employer, now=now, limit=2 * MOST_TOLD
    )
    keys = {alike.posting_id for alike in known}
    return tuple(alike for alike in found if alike.posting_id not in keys)


def holds_up(alike: LookAlike) -> bool:
    """Whether a draft that looks like this waits for a word of its author."""
    return alike.standing is not Standing.OVER


@transaction.atomic
def submit(
    *, posting: Posting, revision: PostingRevision, actor: User, now: datetime, answer: Answer
) -> None:
    """Hand the draft to the moderators with what its author says of its look-alikes.

    Raises HeldUp when that is not enough, and what `lifecycle.submit_for_review` raises.
    """
    lifecycle.submit_for_review(posting=posting, revision=revision, actor=actor, now=now)
    found = likes_of(posting, revision.value, employer=posting.employer, now=now)
    mine = {alike.public_id: alike for alike in found if may_follow(posting, alike)}
    followed = mine.get(answer.follows)
    if answer.follows and followed is None:
        raise HeldUp
    if followed is None and not answer.explanation and any(map(holds_up, found)):
        raise HeldUp
    if posting.first_published_at is None:
        posting.successor_of_id = followed.posting_id if followed else None
        posting.save(update_fields=["successor_of"])
    revision.explanation = "" if followed else answer.explanation
    revision.save(update_fields=["explanation"])


def may_follow(posting: Posting, alike: LookAlike) -> bool:
    """Whether a draft can be the successor of this look-alike: only what was never public can,
    and only of a posting of its own employer that we don't hold back."""
    return posting.first_published_at is None and alike.same_employer and not alike.held


def follow(
    *, posting: Posting, revision: PostingRevision, actor: User | None, now: datetime
) -> None:
    """Put a posting that is about to be published for the first time into the chain of the one
    that it follows, and end that one.

    It follows what its author said, or without a word what it certainly repeats. Raises
    CannotFollow. The caller holds a transaction and locks the posting.
    """
    if posting.first_published_at is not None:
        return
    key = posting.successor_of_id
    if key is None and not revision.explanation:
        key = repeated(posting, revision.value, now=now)
    if key is None:
        return
    before = Posting.objects.select_for_update(no_key=True).get(pk=key)
    rows = Posting.objects.filter(pk=key, employer=posting.employer)
    fit = rows.live(now=now) | rows.ended(now=now)
    if before.held_at is not None or not fit.exists():
        raise CannotFollow
    if before.successors.filter(chain__isnull=False).exists():
        raise CannotFollow
    if before.state in LIVE_STATES:
        lifecycle.make_room(posting=before, successor=posting, actor=actor, now=now)
    if before.chain_id is None:
        before.chain_id, before.chain_began_at = before.pk, before.first_published_at
        before.save(update_fields=["chain", "chain_began_at"])
    posting.successor_of_id, posting.chain_id = before.pk, before.chain_id
    posting.chain_began_at, posting.times_posted = before.chain_began_at, before.times_posted + 1
    posting.save(update_fields=["successor_of", "chain", "chain_began_at", "times_posted"])


def repeated(posting: Posting, content: PostingContent, *, now: datetime) -> int | None:
    """The key of the employer's ended posting that `content` certainly posts again; None when
    there is none."""
    over = Posting.objects.ended(now=now).filter(employer=posting.employer)
    if not over.exclude(pk=posting.pk).exists():  # so it is for most: texts need no comparing
        return None
    found = look_alikes(
        content, posting=posting, employer=posting.employer, now=now, limit=MOST_TOLD, over=True
    )
    return next((a.posting_id for a in found if certainly_repeats(a, now=now)), None)


def certainly_repeats(alike: LookAlike, *, now: datetime) -> bool:
    """Whether what looks like this is the same posting again, whoever says otherwise: the same
    title and places, the text but for a word, of the same employer, not `FRESH_FOR` after the
    end of the other's time."""
    mine = alike.same_employer and alike.standing is Standing.OVER
    late = alike.closes_at is None or alike.closes_at <= now - FRESH_FOR
    return mine and alike.likeness.certain and not late
