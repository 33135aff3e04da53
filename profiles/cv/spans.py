"""Dates in a CV: "Mar 2019 – present", "03/2019 to 2021", "since 2020". Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from profiles.periods import BadDate, check_date, is_before

_MONTHS: Final[Mapping[str, int]] = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_YEAR: Final = r"(?:19[5-9]\d|20\d\d)"
_NAMED: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATE: Final = (
    rf"(?:(?:\d{{1,2}} )?{_NAMED},? {_YEAR}|(?:\d{{1,2}}[/.])?\d{{1,2}}[/.]{_YEAR}"
    rf"|{_YEAR}-(?:0[1-9]|1[0-2])(?:-\d\d)?(?!\d)|{_YEAR})"
)
_NOW: Final = r"(?:present|now|current(?:ly)?|today|ongoing|to date|date)\b"
_RANGE: Final = re.compile(
    rf"\(?(?<![\d/])(?:from )?(?P<started>{_DATE}) ?(?:[-–—]|to|until|till|through) ?"
    rf"(?P<ended>{_DATE}(?![\d/])|{_NOW})\)?",
    re.IGNORECASE,
)
_SINCE: Final = re.compile(rf"\(?\b(?:since|from) (?P<started>{_DATE})(?![\d/])\)?", re.IGNORECASE)
_ONE: Final = re.compile(rf"(?<![\d/+-]){_DATE}(?![\d/-])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dates:
    """What a line says of the time, at `start` to `end` in it; "" as an end goes on."""

    started: str
    ended: str
    start: int
    end: int


def dates_in(text: str, *, today: date) -> Dates | None:
    """The first stretch of time in a line; None without one that can be."""
    found = _RANGE.search(text) or _SINCE.search(text)
    if found is None:
        return None
    last = found.groupdict().get("ended") or ""
    started, ended = as_date(found["started"]), "" if _is_now(last) else as_date(last)
    if not started or is_before(today.isoformat(), started):
        return None
    if ended and is_before(ended, started):
        return None
    return Dates(started, ended, found.start(), found.end())


def last_date_in(text: str) -> str:
    """The last date in a line, as `profiles.periods` has it; empty without one."""
    found = [as_date(one[0]) for one in _ONE.finditer(text)]
    return found[-1] if found else ""


def as_date(words: str) -> str:
    """A date in words as ISO text, as exact as it was said; empty for none."""
    low = words.lower()
    year = re.search(_YEAR, low)
    if year is None:
        return ""
    month = None
    if name := re.search(r"[a-z]{3}", low):
        month = _MONTHS.get(name[0])
    elif iso := re.fullmatch(rf"{_YEAR}-(\d\d)(?:-\d\d)?", low):
        month = int(iso[1])
    elif number := re.fullmatch(rf"(\d{{1,2}})[/.]{_YEAR}", low):
        month = int(number[1])
    found = f"{year[0]}-{month:02}" if month else year[0]
    try:
        check_date(found)
    except BadDate:
        return year[0]
    return found


def _is_now(words: str) -> bool:
    return re.fullmatch(_NOW, words, re.IGNORECASE) is not None
