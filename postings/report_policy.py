"""The versions of the public page about reports, and the figures on it."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count

from postings.enums import ReportCategory, ReportStatus
from postings.labels import label
from postings.models import Report

VERSIONS: Final = (date(2026, 11, 22),)
"""Days since which a version holds, newest first. A text stays at its address when the next one
comes: `templates/postings/report/policy/<day>.html`. Three years after it ended it may go."""

FEWEST: Final = 10
"""Smaller figures are not shown: they could tell of single people. Larger ones are rounded down to
a multiple of it: from exact ones beside each other the small ones could be reckoned."""


@dataclass(frozen=True, slots=True)
class Line:
    """Reports of one category so far, rounded down; None stands for fewer than `FEWEST`."""

    category: str
    all: int | None
    waiting: int | None
    upheld: int | None
    dismissed: int | None


def figures() -> list[Line]:
    """A line for each category, and one for all together; one query."""
    counted: dict[tuple[str, str], int] = {}
    rows = Report.objects.values_list("category", "status").annotate(number=Count("pk"))
    for category, status, number in rows.order_by("category", "status"):
        counted[category, status] = number
    by_category = [(label(one), (one,)) for one in ReportCategory]
    groups = [*by_category, ("All together", tuple(ReportCategory))]
    return [_line(name, members, counted) for name, members in groups]


def _line(
    name: str, members: tuple[ReportCategory, ...], counted: dict[tuple[str, str], int]
) -> Line:
    by_status = {
        status: sum(counted.get((member.value, status.value), 0) for member in members)
        for status in ReportStatus
    }
    return Line(
        name,
        _shown(sum(by_status.values())),
        _shown(by_status[ReportStatus.OPEN]),
        _shown(by_status[ReportStatus.UPHELD]),
        _shown(by_status[ReportStatus.DISMISSED]),
    )


def _shown(number: int) -> int | None:
    return number // FEWEST * FEWEST if number == 0 or number >= FEWEST else None
