"""Every legal move of an application, as data. Pure.

`postings.hiring.actions.moves` reads this table; the database enforces the same one by triggers
that are made from it.
"""

from typing import Final

from postings.hiring.enums import ApplicationState as A
from postings.states import Move

APPLICATION_MOVES: Final = (
    Move("review", A.NEW, A.IN_REVIEW),
    Move("interview", A.NEW, A.INTERVIEW),
    Move("interview", A.IN_REVIEW, A.INTERVIEW),
    Move("offer", A.IN_REVIEW, A.OFFER),
    Move("offer", A.INTERVIEW, A.OFFER),
    Move("hire", A.OFFER, A.HIRED),
    Move("reject", A.NEW, A.REJECTED),
    Move("reject", A.IN_REVIEW, A.REJECTED),
    Move("reject", A.INTERVIEW, A.REJECTED),
    Move("reject", A.OFFER, A.REJECTED),
    Move("withdraw", A.NEW, A.WITHDRAWN),
    Move("withdraw", A.IN_REVIEW, A.WITHDRAWN),
    Move("withdraw", A.INTERVIEW, A.WITHDRAWN),
    Move("decline", A.OFFER, A.WITHDRAWN),
    Move("close", A.NEW, A.CLOSED),
    Move("close", A.IN_REVIEW, A.CLOSED),
    Move("close", A.INTERVIEW, A.CLOSED),
    Move("close", A.OFFER, A.CLOSED),
)

OPEN_STATES: Final = (A.NEW, A.IN_REVIEW, A.INTERVIEW, A.OFFER)
"""Still to be decided, by either side."""
ENDED_STATES: Final = (A.HIRED, A.REJECTED, A.WITHDRAWN, A.CLOSED)
"""Nothing follows."""

EMPLOYER_VERBS: Final = ("review", "interview", "offer", "hire", "reject")
CANDIDATE_VERBS: Final = ("withdraw", "decline")
ANSWERS: Final = ("interview", "offer", "reject", "close")
"""Moves that answer the candidate: the first of them keeps the promise. That somebody reads the
application is none."""
ANSWERED_STATES: Final = (A.INTERVIEW, A.OFFER, A.HIRED, A.REJECTED)
"""Nobody gets there without an answer."""
UNASKED_STATES: Final = (A.WITHDRAWN, A.CLOSED)
"""Whoever ended so before the day owes and is owed no answer."""


def employer_verbs(state: str) -> tuple[str, ...]:
    """The moves that an employer can make from `state`, in their order."""
    starts = {move.verb for move in APPLICATION_MOVES if move.source == state}
    return tuple(verb for verb in EMPLOYER_VERBS if verb in starts)
