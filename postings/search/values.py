"""Readers of single values of a query string. Each raises ValueError with words for the reader."""

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from cscareers.core.currencies import is_currency
from cscareers.core.places import country_names, subdivision_names
from postings.reading import LOCALE

INT32: Final = 2**31 - 1
MAX_TEXT: Final = 300
MAX_PLACE: Final = 200
MAX_AMOUNT: Final = Decimal(10_000_000_000)
_SHOWN: Final = 40
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")
_AMOUNT: Final = re.compile(r"([0-9]{1,3}(?:[, ][0-9]{3})+|[0-9]{1,12})(\.[0-9]{1,4})?( ?[kK])?")
_OFFSET: Final = re.compile(r"([+-]?)([0-9]{1,2})(?::([0-9]{2})|\.([05]|25|75))?")
_SLUG: Final = re.compile(r"[-a-zA-Z0-9_]{1,100}")
_QUARTERS: Final = {"0": 0, "25": 15, "5": 30, "75": 45}
_MOST_OFFSET: Final = 14 * 60


def tidy(value: Any) -> str:
    """The text of a raw value without control characters and outer blanks."""
    return _CONTROL.sub(" ", value).strip() if isinstance(value, str) else ""


def shown(text: str) -> str:
    """A value as a message may repeat it."""
    return f"“{text[:_SHOWN]}…”" if len(text) > _SHOWN else f"“{text}”"


def text(value: str) -> str:
    """Words to search for."""
    if len(value) > MAX_TEXT:
        raise ValueError(f"Shorten this to {MAX_TEXT} characters.")
    return value


def place(value: str) -> str:
    """A place in words."""
    if len(value) > MAX_PLACE:
        raise ValueError(f"Shorten this to {MAX_PLACE} characters.")
    return value


def yes(value: str) -> bool:
    """A switch: 1 is on."""
    match value.casefold():
        case "1" | "true" | "on" | "yes":
            return True
        case "0" | "false" | "off" | "no":
            return False
    raise ValueError("Use 1 for yes, or leave it out.")


def one_of(members: Iterable[StrEnum]) -> Callable[[str], StrEnum]:
    """A reader of one of `members`."""
    known = {member.value: member for member in members}

    def read(value: str) -> StrEnum:
        if value not in known:
            raise ValueError(f"{shown(value)} is not one of: {', '.join(known)}.")
        return known[value]

    return read


def member_of(enum: type[StrEnum], fold: Callable[[str], str] = str.lower) -> Callable[[str], str]:
    """A reader of a coded value, whatever its case."""
    read_member = one_of(enum)
    return lambda value: str(read_member(fold(value)))


def whole(message: str, least: int, most: int) -> Callable[[str], int]:
    """A reader of a whole number in a range."""

    def read(value: str) -> int:
        if not re.fullmatch(r"[0-9]{1,10}", value) or not least <= int(value) <= most:
            raise ValueError(message)
        return int(value)

    return read


def amount(value: str) -> Decimal:
    """An amount of money: `55000`, `55,000`, `31.50`, `55k`."""
    found = _AMOUNT.fullmatch(value)
    if found is None:
        raise ValueError("Enter an amount in figures, like 55000.")
    number = Decimal(re.sub("[, ]", "", found[1]) + (found[2] or ""))
    if found[3]:
        number *= 1000
    if number > MAX_AMOUNT:
        raise ValueError(f"Enter an amount of at most {MAX_AMOUNT:,}.")
    return number


def currency(value: str) -> str:
    """An ISO 4217 code."""
    code = value.upper()
    if not is_currency(code):
        raise ValueError(f"{shown(value)} is no currency: use three letters, like USD.")
    return code


def country(value: str) -> str:
    """An ISO 3166-1 alpha-2 code."""
    code = value.upper()
    if code not in country_names():
        raise ValueError(f"{shown(value)} is no country: use two letters, like US.")
    return code


def area(value: str) -> str:
    """An ISO 3166-1 alpha-2 code, or an ISO 3166-2 code of a part of a country."""
    code = value.upper()
    if code not in country_names() and code not in subdivision_names():
        raise ValueError(f"{shown(value)} is no country or state: use a code like US or US-OH.")
    return code


def language(value: str) -> str:
    """An ISO 639-1 code."""
    code = value.lower()
    if len(code) != 2 or code not in LOCALE.languages:
        raise ValueError(f"{shown(value)} is no language: use two letters, like es.")
    return code


def slug(value: str) -> str:
    """A slug, whether anything goes by it or not."""
    if not _SLUG.fullmatch(value):
        raise ValueError(f"{shown(value)} can’t be the name of anything here.")
    return value.lower()


def utc_offset(value: str) -> int:
    """Minutes east of UTC, of hours like `-5`, `5:30` or `5.5`."""
    found = _OFFSET.fullmatch(value)
    if found is not None:
        minutes = int(found[2]) * 60
        minutes += int(found[3] or 0) + _QUARTERS.get(found[4] or "0", 0)
        if minutes <= _MOST_OFFSET and int(found[3] or 0) < 60:
            return -minutes if found[1] == "-" else minutes
    raise ValueError("Enter your offset from UTC in hours, like -5 or 5:30.")
