"""One shape for what goes into a profile and out of it: a fact, whose values have the names and
the limits of the columns that they are kept in. Pure.

Values are what JSON can hold; decimals are texts ("2.5"), so that nothing is rounded on its way.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, Final

from cscareers.core.coded import values as codes_of
from cscareers.core.currencies import is_currency
from cscareers.core.salary import PayPeriod
from profiles.cv.words import is_language, storable
from profiles.enums import (
    Cefr,
    EducationLevel,
    FactKind,
    Kpi,
    Level,
    Schedule,
    WorkKind,
    WorkMode,
)
from profiles.periods import check_date, is_before

Value = str | int | bool | None | list[str]
Reader = Callable[[Any], Value]
"""The value of a column, or ValueError with a reason for the person."""
LONGEST_QUOTE: Final = 400
MOST_HIGHLIGHTS: Final = 30
_SLUG: Final = re.compile(r"[-a-zA-Z0-9_]{1,100}")
_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_AREA: Final = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
_URL: Final = re.compile(r"https?://[\w.-]+\.[a-zA-Z]{2,}(:[0-9]{1,5})?([/?#]\S*)?")


@dataclass(frozen=True, slots=True)
class Fact:
    """Something about somebody. Columns without a value are not in `values`."""

    kind: FactKind
    values: Mapping[str, Value]

    def get(self, name: str) -> str:
        """The text of a column; empty when nothing is said."""
        value = self.values.get(name)
        return value if isinstance(value, str) else ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A fact, and the words that it was read from."""

    fact: Fact
    quote: str


@dataclass(frozen=True, slots=True)
class NotTaken:
    """Something in a document that no fact was made of. `where` in it, and why."""

    where: str
    why: str


class Cut(Exception):
    """A text that was too long; `value` is its beginning."""

    def __init__(self, value: Value, most: int) -> None:
        super().__init__(f"cut after {most:,} characters")
        self.value = value


# ---- readers of one column ----


def text(most: int, *, lines: bool = False) -> Reader:
    """A text of at most so many characters; raises Cut for a longer one."""

    def read(value: Any) -> Value:
        if not isinstance(value, str):
            raise ValueError("this is no text")
        found = storable(value) if lines else _CONTROL.sub(" ", storable(value)).strip()
        if len(found) > most:
            raise Cut(found[:most].rstrip(), most)
        return found or None

    return read


def _texts(value: Any) -> Value:
    found = []
    for one in value if isinstance(value, list) else [value]:
        try:
            found.append(text(500)(one))
        except Cut as cut:
            found.append(cut.value)
    kept = [one for one in found if isinstance(one, str)][:MOST_HIGHLIGHTS]
    return kept or None


def _code(enum: type[StrEnum]) -> Reader:
    known = set(codes_of(enum))

    def read(value: Any) -> Value:
        if value == "":
            return None
        if not isinstance(value, str) or value not in known:
            raise ValueError("this is none of the values that we know")
        return value

    return read


def _codes(allowed: Callable[[str], bool]) -> Reader:
    def read(value: Any) -> Value:
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise ValueError("this is no list of codes")
        if not all(allowed(one) for one in value):
            raise ValueError("not all of these are codes that we know")
        found: list[str] = list(dict.fromkeys(value))
        return found or None

    return read


def _matching(pattern: re.Pattern[str], why: str) -> Reader:
    def read(value: Any) -> Value:
        if value == "":
            return None
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise ValueError(why)
        return value

    return read


def _url(value: Any) -> Value:
    if not isinstance(value, str) or not value.strip():
        return None
    found = str(value).strip()
    if len(found) > 200 or not _URL.fullmatch(found) or found != storable(found):
        raise ValueError("this is no address of a page, or a very long one")
    return found


def _date(value: Any) -> Value:
    if value == "":
        return None
    check_date(str(value))
    return str(value)


def _day(value: Any) -> Value:
    try:
        return str(date.fromisoformat(str(value)))
    except ValueError as error:
        raise ValueError("this is no day like 2027-04-30") from error


def whole(least: int, most: int) -> Reader:
    """A whole number in a range."""

    def read(value: Any) -> Value:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise ValueError(f"this is no whole number from {least:,} to {most:,}")
        return int(value)

    return read


def number(least: int | Decimal, most: int, places: int) -> Reader:
    """A number in a range with at most so many decimals, as a text."""

    def read(value: Any) -> Value:
        try:
            found = Decimal(str(value))
        except InvalidOperation as error:
            raise ValueError("this is no number") from error
        if isinstance(value, bool) or not found.is_finite() or not least <= found <= most:
            raise ValueError(f"this is no number from {least:,} to {most:,}")
        return plain(round(found, places))

    return read


def plain(number: Decimal) -> str:
    """A number in figures, without zeros that say nothing: "2.5", "40000"."""
    figures = f"{number + 0:f}"
    return figures.rstrip("0").rstrip(".") if "." in figures else figures


def _yes(value: Any) -> Value:
    if not isinstance(value, bool):
        raise ValueError("this is neither true nor false")
    return value


def _currency(value: Any) -> Value:
    if value == "":
        return None
    if not isinstance(value, str) or not is_currency(value):
        raise ValueError("this is no currency")
    return value


def _language(value: Any) -> Value:
    if not isinstance(value, str) or not is_language(value):
        raise ValueError("this is no language that we know")
    return value


def _member(known: Collection[str]) -> Callable[[str], bool]:
    return frozenset(known).__contains__


_SLUGS: Final = _matching(_SLUG, "this is no term")
_SPAN: Final[Mapping[str, Reader]] = {"started": _date, "ended": _date}
_LARGEST: Final = 9_999_999_999

COLUMNS: Final[Mapping[FactKind, Mapping[str, Reader]]] = {
    FactKind.ABOUT: {
        "headline": text(120),
        "summary": text(2000, lines=True),
        "level_now": _code(Level),
        "level_wanted": _code(Level),
    },
    FactKind.WISH: {
        "pay_floor": number(Decimal("0.01"), _LARGEST, 2),
        "pay_currency": _currency,
        "pay_period": _code(PayPeriod),
        "modes": _codes(_member(codes_of(WorkMode))),
        "work_countries": _codes(lambda code: _COUNTRY.fullmatch(code) is not None),
        "remote_from": _matching(_AREA, "this is no country or part of one"),
        "schedules": _codes(_member(codes_of(Schedule))),
        "visa_needed": _yes,
    },
    FactKind.SKILL: {
        "slug": _SLUGS,
        "level": whole(0, 4),
        "years": number(0, 60, 1),
        "last_used": _date,
    },
    FactKind.CERTIFICATE: {
        "slug": _SLUGS,
        "name": text(160),
        "issuer": text(120),
        "url": _url,
        "issued": _date,
        "expires": _day,
    },
    FactKind.LANGUAGE: {"code": _language, "cefr": _code(Cefr)},
    FactKind.EXPERIENCE: {
        "kind": _code(WorkKind),
        "position": text(160),
        "employer_name": text(160),
        "level": _code(Level),
        "location": text(160),
        "url": _url,
        **_SPAN,
        "summary": text(2000, lines=True),
        "highlights": _texts,
    },
    FactKind.EVIDENCE: {
        "what": text(160),
        "where": text(160),
        "slug": _SLUGS,
        "team_size": whole(0, 100_000),
        **_SPAN,
        "kpi": _code(Kpi),
        "before": number(-_LARGEST, _LARGEST, 2),
        "after": number(-_LARGEST, _LARGEST, 2),
        "unit": text(20),
        "how": text(600, lines=True),
    },
    FactKind.EDUCATION: {
        "level": _code(EducationLevel),
        "study_type": text(120),
        "area": text(120),
        "institution": text(160),
        **_SPAN,
    },
    FactKind.PLACE: {"city": whole(1, 2**31 - 1), "radius_km": whole(0, 500)},
}
"""The columns of each kind of fact. `slug` is a term of the taxonomy, `city` a GeoNames id."""

NEEDED: Final[Mapping[FactKind, tuple[tuple[str, ...], str]]] = {
    FactKind.SKILL: (("slug",), "it names no skill"),
    FactKind.CERTIFICATE: (("slug", "name"), "it names no certificate"),
    FactKind.LANGUAGE: (("code",), "it names no language that we know"),
    FactKind.EXPERIENCE: (("position",), "it names no position: add it by hand"),
    FactKind.EVIDENCE: (("what",), "it does not say what"),
    FactKind.EDUCATION: (
        ("level", "study_type", "area", "institution"),
        "it says neither what nor where",
    ),
    FactKind.PLACE: (("city",), "it names no city"),
}
"""Of these columns one has to be said."""


NO_KEYS: Final[Mapping[str, str]] = {}


def quoted(text: str) -> str:
    """The beginning of `text`, as much as is kept to show where a fact comes from."""
    return storable(text[:LONGEST_QUOTE])


def read_fact(
    kind: FactKind, raw: Mapping[str, Any], *, where: str, keys: Mapping[str, str] = NO_KEYS
) -> tuple[Fact | None, list[NotTaken]]:
    """A fact of what `raw` says under the names of the columns, and what can't be kept of it.

    None when too little is left. `keys`: what the columns are called where it stands.
    """
    found: dict[str, Value] = {}
    left: list[NotTaken] = []
    for name, reader in COLUMNS[kind].items():
        if raw.get(name) is None:
            continue
        try:
            value = reader(raw[name])
        except Cut as cut:
            value = cut.value
            left.append(NotTaken(f"{where}/{keys.get(name, name)}", str(cut)))
        except ValueError as error:
            value = None
            left.append(NotTaken(f"{where}/{keys.get(name, name)}", _small(str(error))))
        if value is not None:
            found[name] = value
    left += _mend(kind, found, where)
    wanted, why = NEEDED.get(kind, ((), ""))
    if wanted and not any(name in found for name in wanted):
        return None, [NotTaken(where, why)]
    if not found:
        return None, left or [NotTaken(where, "it says nothing that we can keep")]
    return Fact(kind, found), left


def _mend(kind: FactKind, found: dict[str, Value], where: str) -> Iterable[NotTaken]:
    """Take out what can't stand together, as the constraints of the tables say."""
    started, ended = found.get("started"), found.get("ended")
    if isinstance(started, str) and isinstance(ended, str) and is_before(ended, started):
        # Without an end it would go on until today.
        del found["started"], found["ended"]
        yield NotTaken(where, "it ends before it begins: add its dates by hand")
    if "pay_floor" in found and "pay_currency" not in found:
        del found["pay_floor"]
        yield NotTaken(f"{where}/pay_floor", "pay needs an amount and a currency")
    if kind is FactKind.EVIDENCE and "kpi" not in found and {"before", "after"} & found.keys():
        found.pop("before", None)
        found.pop("after", None)
        yield NotTaken(where, "figures need the name of what they measure")
    if kind is FactKind.CERTIFICATE and "slug" in found:
        # The term has its name.
        found.pop("name", None)


def _small(words: str) -> str:
    return words[:1].lower() + words[1:].rstrip(".")
