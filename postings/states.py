"""Every legal move of a posting and of a revision, as data. Pure.

The lifecycle actions read these tables; the database enforces the same ones by triggers that are
made from them. A posting that is over by its date needs no move: `Posting.objects.published`
looks at the clock, and `expire` only writes down what is already true.
"""

from typing import Final, NamedTuple

from postings.enums import PostingState as P
from postings.enums import RevisionState as R


class Move(NamedTuple):
    verb: str
    source: str
    target: str


POSTING_MOVES: Final = (
    Move("submit", P.DRAFT, P.IN_REVIEW),
    Move("withdraw", P.IN_REVIEW, P.DRAFT),
    Move("approve", P.IN_REVIEW, P.PUBLISHED),
    Move("reject", P.IN_REVIEW, P.REJECTED),
    Move("retract", P.PUBLISHED, P.IN_REVIEW),
    Move("rework", P.REJECTED, P.DRAFT),
    Move("discard", P.DRAFT, P.CLOSED),
    Move("pause", P.PUBLISHED, P.PAUSED),
    Move("resume", P.PAUSED, P.PUBLISHED),
    Move("hold", P.PUBLISHED, P.PAUSED),
    Move("release", P.PAUSED, P.PUBLISHED),
    Move("fill", P.PUBLISHED, P.FILLED),
    Move("fill", P.PAUSED, P.FILLED),
    Move("close", P.PUBLISHED, P.CLOSED),
    Move("close", P.PAUSED, P.CLOSED),
    Move("expire", P.PUBLISHED, P.EXPIRED),
    Move("expire", P.PAUSED, P.EXPIRED),
    Move("suspend", P.PUBLISHED, P.SUSPENDED),
    Move("suspend", P.PAUSED, P.SUSPENDED),
    Move("reinstate", P.SUSPENDED, P.PUBLISHED),
    Move("close", P.SUSPENDED, P.CLOSED),
)

NOT_WHILE_HELD: Final = ("resume",)
"""Moves that wait for a moderator while a posting is held: paused because of reports."""

REVISION_MOVES: Final = (
    Move("submit", R.DRAFT, R.IN_REVIEW),
    Move("withdraw", R.IN_REVIEW, R.DRAFT),
    Move("approve", R.IN_REVIEW, R.APPROVED),
    Move("reject", R.IN_REVIEW, R.REJECTED),
    Move("rework", R.REJECTED, R.DRAFT),
    Move("discard", R.DRAFT, R.DISCARDED),
    Move("supersede", R.APPROVED, R.SUPERSEDED),
    Move("retract", R.APPROVED, R.IN_REVIEW),
    Move("restore", R.SUPERSEDED, R.APPROVED),
)

OPEN_REVISIONS: Final = (R.DRAFT, R.IN_REVIEW, R.REJECTED)
"""A posting has at most one revision in these states: the one being worked on."""

OVER_STATES: Final = (P.PAUSED, P.FILLED, P.CLOSED, P.EXPIRED, P.SUSPENDED)
"""Once public, and answered with 410 now."""
LIVE_STATES: Final = (P.PUBLISHED, P.PAUSED)
"""Public, or able to be so again by the employer's own will."""
ENDED_STATES: Final = (P.FILLED, P.CLOSED, P.EXPIRED)
"""Nothing follows."""


def pairs(moves: tuple[Move, ...]) -> list[tuple[str, str]]:
    """The (source, target) pairs of a table, each once, in its order."""
    return list(dict.fromkeys((str(move.source), str(move.target)) for move in moves))


def target(moves: tuple[Move, ...], verb: str, source: str) -> str | None:
    """Where `verb` leads from `source`; None when the move is not legal."""
    return next((m.target for m in moves if m.verb == verb and m.source == source), None)
