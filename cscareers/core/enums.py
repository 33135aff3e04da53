"""Closed lists of words of the shared kernel."""

from enum import StrEnum


class PeriodOutcome(StrEnum):
    """How periodic work ended."""

    OK = "ok"
    FAILED = "failed"
