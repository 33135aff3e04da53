"""Closed lists of words of the shared kernel."""

from enum import StrEnum


class PeriodOutcome(StrEnum):
    """How periodic work ended."""

    OK = "ok"
    FAILED = "failed"


class MailEnd(StrEnum):
    """What became of a mail; unclear where it was handed over and no answer is known."""

    WAITING = "waiting"
    SENT = "sent"
    REFUSED = "refused"
    UNCLEAR = "unclear"
