"""Coded values of the hiring loop; their words stand in `postings.hiring.labels`. Pure."""

from enum import StrEnum


class ApplicationState(StrEnum):
    NEW = "new"
    IN_REVIEW = "in_review"
    INTERVIEW = "interview"
    OFFER = "offer"
    HIRED = "hired"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


class RejectReason(StrEnum):
    """Why somebody is rejected: a requirement row of the posting, which the event names, or
    something in the process. There is no free text alone."""

    REQUIREMENT = "requirement"
    OTHERS_CLOSER = "others-closer"
    POSITION_FILLED = "position-filled"
    POSITION_DROPPED = "position-dropped"
    PAY = "pay"
    PLACE = "place"
    START_DATE = "start-date"
    WORK_PERMIT = "work-permit"
    NOT_REACHED = "not-reached"
    INTERVIEW = "interview"
    DUPLICATE = "duplicate"


class HandOffAnswer(StrEnum):
    """What somebody says who left for another site to apply there."""

    APPLIED = "applied"
    NOT = "not"


class CloseReason(StrEnum):
    """Why an application ended with its posting."""

    POSTING_FILLED = "posting-filled"
    POSTING_CLOSED = "posting-closed"
    POSTING_REMOVED = "posting-removed"


class ReplyKind(StrEnum):
    """Which answer a saved reply is for: the verbs of `postings.hiring.states` that take words."""

    INTERVIEW = "interview"
    OFFER = "offer"
    REJECT = "reject"
    CLOSE = "close"


class ReminderKind(StrEnum):
    """Which reminder of an answer that is due: days ahead, or on its last day."""

    SOON = "soon"
    TODAY = "today"


class AlertKind(StrEnum):
    """What an alert follows: a search on the board, or one's own match."""

    SEARCH = "search"
    MATCH = "match"


class Cadence(StrEnum):
    DAILY = "daily"
    WEEKLY = "weekly"


class AlertEnd(StrEnum):
    """Why an alert ended."""

    READER = "reader"
    SILENT = "silent"


class TrackedStatus(StrEnum):
    """Where somebody stands with a job, as they see it themselves; in the order of the board."""

    INTERESTED = "interested"
    APPLIED = "applied"
    INTERVIEWING = "interviewing"
    OFFER = "offer"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    REJECTED = "rejected"
    REJECTED_AFTER_INTERVIEW = "rejected-after-interview"
    GHOSTED = "ghosted"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
