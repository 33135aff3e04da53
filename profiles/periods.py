"""Dates as people remember them, and the years of work between them. Pure.

A date is a year, a month or a day in ISO 8601 ("2019", "2019-04", "2019-04-30"), as a JSON Resume
has it; kept as it was said, because a year is no first of January.
"""

import calendar
import re
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Final

DATE: Final = r"[12][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"
"""Of a whole date; also what PostgreSQL holds a column against."""
EARLIEST_YEAR: Final = 1940
LATEST_YEAR: Final = 2100
"""What people type into their profiles lies between these."""
_DATE: Final = re.compile(DATE)
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
# "2019-4", "2019/04/30"; "4/2019"; "Apr 2019"; "30 April 2019"; "April 30, 2019".
_NUMBERS: Final = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?")
_MONTH_FIRST: Final = re.compile(r"([0-9]{1,2})[-/.]([0-9]{4})")
_NAMED: Final = re.compile(
    r"(?:([0-9]{1,2})\.?\s+)?([a-z]{3,9})\.?,?\s+(?:([0-9]{1,2}),?\s+)?([0-9]{4})"
)


class BadDate(ValueError):
    """A date that can't be; its message is for the person who wrote it."""


def check_date(text: str) -> None:
    """Raises BadDate for what is no year, month or day."""
    if not _DATE.fullmatch(text):
        if re.fullmatch(r"[12][0-9]{3}-[0-9]{2}(-[0-9]{2})?", text):
            raise BadDate(f"There is no such {'day' if len(text) == 10 else 'month'}.")
        raise BadDate("Enter a year like 2019, a month like 2019-04 or a day like 2019-04-30.")
    if len(text) == 10:
        year, month, day = (int(part) for part in text.split("-"))
        if day > calendar.monthrange(year, month)[1]:
            raise BadDate("There is no such day.")


def read_date(text: str) -> str:
    """The date that people mean by "2019", "2019-04", "4/2019", "Apr 2019" or "30 April 2019"; ""
    for nothing typed.

    Raises BadDate; also for "3/4/2019", which is another day in another country.
    """
    bare = " ".join(text.split())
    if found := _NUMBERS.fullmatch(bare):
        bare = "-".join(part.zfill(2) for part in found.groups() if part)
    elif found := _MONTH_FIRST.fullmatch(bare):
        bare = f"{found[2]}-{found[1].zfill(2)}"
    elif found := _NAMED.fullmatch(bare.lower()):
        bare = _from_name(*found.groups()) or bare
    if bare:
        check_date(bare)
    return bare


def _from_name(before: str | None, name: str, after: str | None, year: str) -> str:
    number = next((n for n, m in enumerate(_MONTHS, 1) if m.lower().startswith(name)), 0)
    if not number or (before and after):
        return ""
    day = before or after
    return f"{year}-{number:02}" + (f"-{day.zfill(2)}" if day else "")


def write_date(text: str) -> str:
    """A date in words that `read_date` reads: "2019", "Apr 2019", "30 Apr 2019"; "" for ""."""
    if len(text) < 7:
        return text
    year, month, *day = text.split("-")
    return " ".join([*(str(int(part)) for part in day), _MONTHS[int(month) - 1][:3], year])


def last_day(text: str) -> date:
    """The last day of a year, a month or a day: 2027-02 is over on 28 February."""
    year, month, day = (int(part) for part in (f"{text}-00-00")[:10].split("-"))
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])


def write_period(started: str, ended: str) -> str:
    """From when to when in words: "Apr 2019 to 2021", "since Apr 2019", "until 2021", or ""."""
    if started and ended:
        same = started == ended
        return write_date(started) if same else f"{write_date(started)} to {write_date(ended)}"
    if started:
        return f"since {write_date(started)}"
    return f"until {write_date(ended)}" if ended else ""


def is_before(one: str, other: str) -> bool:
    """True when `one` lies before `other` as far as both are known: 2019 is not before 2019-04."""
    known = min(len(one), len(other))
    return one[:known] < other[:known]


def is_over(ended: str, *, today: date) -> bool:
    """True when what ended then is not going on any more; nothing said is going on."""
    return bool(ended) and not is_before(today.isoformat(), ended)


def years_of_work(periods: Iterable[tuple[str, str]], *, today: date) -> Fraction | None:
    """Years of all dated work, each month once; None when no period has a beginning.

    `periods`: beginning and end, both checked; "" as an end goes on today, "" as a beginning is
    left out. What lies after today is not counted.
    """
    now = _month(today.isoformat(), is_end=True)
    spans = []
    for started, ended in periods:
        if started:
            begun = min(_month(started, is_end=False), now)
            spans.append(
                (begun, max(begun, min(_month(ended, is_end=True) if ended else now, now)))
            )
    if not spans:
        return None
    months, reached = Fraction(0), Fraction(0)
    for begun, last in sorted(spans):
        months += max(Fraction(0), last - max(begun, reached))
        reached = max(reached, last)
    return months / 12


def _month(text: str, *, is_end: bool) -> Fraction:
    """A date in months since the year 0. A month that ends something is counted whole, a year is
    counted up to its beginning: "2019" to "2021" is two years."""
    year, month, day = (int(part) for part in (f"{text}-00-00")[:10].split("-"))
    if len(text) == 4:
        return Fraction(year * 12)
    if len(text) == 7:
        return Fraction(year * 12 + month - 1 + is_end)
    return year * 12 + month - 1 + Fraction(day - 1, calendar.monthrange(year, month)[1])
