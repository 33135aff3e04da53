"""Words for the coded values of the hiring loop. Pure."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from postings.hiring.enums import (
    AlertEnd,
    AlertKind,
    Cadence,
    CloseReason,
    HandOffAnswer,
    RejectReason,
    ReminderKind,
    ReplyKind,
)
from postings.hiring.enums import ApplicationState as A
from postings.hiring.enums import TrackedStatus as T

ENDED: Final = "ended"

LABELS: Final[Mapping[type[StrEnum], Mapping[StrEnum, str]]] = {
    A: {
        A.NEW: "New",
        A.IN_REVIEW: "In review",
        A.INTERVIEW: "Interview",
        A.OFFER: "Offer",
        A.HIRED: "Hired",
        A.REJECTED: "Not chosen",
        A.WITHDRAWN: "Withdrawn",
        A.CLOSED: "Closed",
    },
    RejectReason: {
        RejectReason.REQUIREMENT: "A requirement of the job",
        RejectReason.OTHERS_CLOSER: "Others fit this job more closely",
        RejectReason.POSITION_FILLED: "The position is filled",
        RejectReason.POSITION_DROPPED: "The position is no longer open",
        RejectReason.PAY: "The pay does not fit",
        RejectReason.PLACE: "The place or way of working does not fit",
        RejectReason.START_DATE: "The start date does not fit",
        RejectReason.WORK_PERMIT: "No permit to work there",
        RejectReason.NOT_REACHED: "We could not reach you",
        RejectReason.INTERVIEW: "What came up in the interview",
        RejectReason.DUPLICATE: "You applied for this job already",
    },
    HandOffAnswer: {
        HandOffAnswer.APPLIED: "I applied",
        HandOffAnswer.NOT: "I did not apply",
    },
    T: {
        T.INTERESTED: "Interested",
        T.APPLIED: "Applied",
        T.INTERVIEWING: "Interviewing",
        T.OFFER: "Offer",
        T.ACCEPTED: "Accepted",
        T.DECLINED: "Declined",
        T.REJECTED: "Rejected",
        T.REJECTED_AFTER_INTERVIEW: "Rejected after interview",
        T.GHOSTED: "Ghosted",
        T.WITHDRAWN: "Withdrawn",
        T.CLOSED: "Closed",
    },
    CloseReason: {
        CloseReason.POSTING_FILLED: "The job is filled",
        CloseReason.POSTING_CLOSED: "The job was closed without a hire",
        CloseReason.POSTING_REMOVED: "We took the job off the board",
    },
    ReplyKind: {
        ReplyKind.INTERVIEW: "Invitation to an interview",
        ReplyKind.OFFER: "Offer",
        ReplyKind.REJECT: "No",
        ReplyKind.CLOSE: "The job is over",
    },
    ReminderKind: {
        ReminderKind.SOON: "Due soon",
        ReminderKind.TODAY: "Due today",
    },
    AlertKind: {
        AlertKind.SEARCH: "Search on the board",
        AlertKind.MATCH: "Your match",
    },
    Cadence: {
        Cadence.DAILY: "Every day",
        Cadence.WEEKLY: "Once a week",
    },
    AlertEnd: {
        AlertEnd.READER: "Stopped by its reader",
        AlertEnd.SILENT: "Ended after a year without a word",
    },
}

EVENT_WORDS: Final[Mapping[str, str]] = {
    "apply": "Applied",
    "review": "In review",
    "interview": "Invited to an interview",
    "offer": "Offer made",
    "hire": "Hired",
    "reject": "Not chosen",
    "withdraw": "Withdrawn by the candidate",
    "decline": "Offer declined by the candidate",
    "close": "Closed with the job",
}
"""What the history of an application says of each verb, to both sides."""

STAGES: Final[Mapping[str, str]] = {
    **{state: LABELS[A][state] for state in (A.NEW, A.IN_REVIEW, A.INTERVIEW, A.OFFER)},
    ENDED: "Ended",
}
"""The columns of an employer's board: the open states, and all ended ones together."""

VERB_WORDS: Final[Mapping[str, str]] = {
    "review": "In review",
    "interview": "Interview",
    "offer": "Offer",
    "hire": "Hired",
    "reject": "Reject, with a reason",
}
"""Where an employer can move an application to, by the verb that does it."""


def label(member: StrEnum) -> str:
    """The words that people read for `member`."""
    return LABELS[type(member)][member]


def reason_words(code: str) -> str:
    """A coded reason of an event as people read it."""
    enum = RejectReason if code in list(RejectReason) else CloseReason
    return label(enum(code))


def choices(enum: type[StrEnum]) -> list[tuple[str, str]]:
    """`(value, label)` of each member in the order of the enum: for forms and model fields."""
    return [(member.value, LABELS[enum][member]) for member in enum]
