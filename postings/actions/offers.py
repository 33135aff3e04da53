"""What a member of the employer can do with a posting now, and the one door to doing it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from postings.actions import lifecycle
from postings.actions.postings import duplicate, start_revision
from postings.enums import PostingState, RevisionState
from postings.models import Posting, PostingRevision
from postings.states import NOT_WHILE_HELD, POSTING_MOVES, REVISION_MOVES, target
from profiles.models import User

_ON_POSTING: Final = ("pause", "resume", "fill", "close")
_ON_REVISION: Final = ("submit", "withdraw", "rework", "discard")
_ON_CLOCK: Final = ("confirm", "extend")
MEMBER_VERBS: Final = (*_ON_REVISION, *_ON_CLOCK, "revise", *_ON_POSTING, "duplicate")


class NotOffered(Exception):
    """The posting is in a state that this verb does not start from."""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a verb: the posting to look at next; a draft is to be worked on."""

    posting: Posting
    is_draft: bool = False


def offered(
    posting: Posting, revision: PostingRevision | None, *, now: datetime
) -> tuple[str, ...]:
    """The verbs that are legal for a member at `now`; `revision` is the open one.

    What is over by its date is neither paused, resumed, confirmed nor changed. What we hold because
    of reports is not resumed.
    """
    running = posting.closes_at is not None and posting.closes_at > now
    live = posting.state in (PostingState.PUBLISHED, PostingState.PAUSED) and running
    legal = {verb for verb in _ON_POSTING if target(POSTING_MOVES, verb, posting.state)}
    if not live:
        legal -= {"pause", "resume"}
    if posting.held_at is not None:
        legal -= set(NOT_WHILE_HELD)
    if live:
        legal |= set(_ON_CLOCK)
        legal |= {"revise"} if revision is None else set()
    if revision is not None:
        legal |= {v for v in _ON_REVISION if target(REVISION_MOVES, v, revision.state)}
        legal |= {"discard"} if revision.state == RevisionState.REJECTED else set()
    legal.add("duplicate")
    return tuple(verb for verb in MEMBER_VERBS if verb in legal)


def carry_out(
    verb: str,
    *,
    posting: Posting,
    revision: PostingRevision | None,
    actor: User,
    now: datetime,
    apply_until: date | None = None,
) -> Done:
    """Do `verb`. Raises NotOffered, and what the actions raise: IllegalMove, Incomplete,
    EmployerSuspended, DeadlineInvalid."""
    if verb not in offered(posting, revision, now=now):
        raise NotOffered(verb)
    if verb == "duplicate":
        return Done(duplicate(posting=posting, actor=actor, now=now), is_draft=True)
    if verb == "revise":
        start_revision(posting=posting, actor=actor, now=now)
        return Done(posting, is_draft=True)
    if verb == "extend":
        lifecycle.extend(posting=posting, actor=actor, now=now, apply_until=apply_until)
    elif verb in _ON_REVISION:
        assert revision is not None, "offered with an open revision only"  # noqa: S101
        _REVISION_ACTIONS[verb](posting=posting, revision=revision, actor=actor, now=now)
    else:
        _POSTING_ACTIONS[verb](posting=posting, actor=actor, now=now)
    return Done(posting, is_draft=verb in ("withdraw", "rework"))


_REVISION_ACTIONS: Final[Mapping[str, Callable[..., object]]] = {
    "submit": lifecycle.submit_for_review,
    "withdraw": lifecycle.withdraw,
    "rework": lifecycle.rework,
    "discard": lifecycle.discard,
}
_POSTING_ACTIONS: Final[Mapping[str, Callable[..., object]]] = {
    "pause": lifecycle.pause,
    "resume": lifecycle.resume,
    "fill": lifecycle.mark_filled,
    "close": lifecycle.close,
    "confirm": lifecycle.confirm,
}
