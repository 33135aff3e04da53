"""What stands under `x-cscareers` of a JSON Resume: facts by our codes, and what somebody wants.

Keys that we don't know are not looked at; a value that we can't use is refused at its pointer.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, TypeVar

from cscareers.core.salary import PayPeriod
from postings.enums import Cefr, EducationLevel, Level, WorkMode
from postings.matching.inputs import Held, PayFloor, Preferences
from postings.search import values
from profiles.json_resume import Problem

MOST_YEARS: Final = 60
MOST_KM: Final = 500
USUAL_KM: Final = 25
"""The radius around a place that names none."""
MOST_ROWS: Final = 1_000
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Extras:
    """Skills and certificates still by the slugs that stand there."""

    skills: tuple[tuple[str, Held], ...] = ()
    languages: Mapping[str, Cefr | None] = field(default_factory=dict)
    certificates: tuple[tuple[str, date | None], ...] = ()
    education: EducationLevel | None = None
    preferences: Preferences = field(default_factory=Preferences)
    places: tuple[tuple[int, int], ...] = ()
    """GeoNames numbers of cities, each with a radius in kilometres."""


class Reader:
    """Reads values and keeps what is wrong with them, each at its pointer."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def one(
        self, row: Mapping[str, Any], name: str, pointer: str, read: Callable[[Any], T]
    ) -> T | None:
        """The value of a key; None where it is absent, null or wrong."""
        if row.get(name) is None:
            return None
        try:
            return read(row[name])
        except ValueError as error:
            self.problems.append(Problem(f"{pointer}/{name}", str(error)))
            return None

    def needed(
        self, row: Mapping[str, Any], name: str, pointer: str, read: Callable[[Any], T]
    ) -> T | None:
        """The same of a key that has to be there."""
        if row.get(name) is None:
            self.problems.append(Problem(f"{pointer}/{name}", "This is missing."))
        return self.one(row, name, pointer, read)

    def each(self, row: Mapping[str, Any], name: str, pointer: str) -> list[tuple[str, Any]]:
        """The items of a list, each with its pointer."""
        items = row.get(name)
        if items is None:
            return []
        if not isinstance(items, list) or len(items) > MOST_ROWS:
            message = f"This must be a list of at most {MOST_ROWS:,}."
            self.problems.append(Problem(f"{pointer}/{name}", message))
            return []
        return [(f"{pointer}/{name}/{number}", item) for number, item in enumerate(items)]

    def rows(self, row: Mapping[str, Any], name: str, pointer: str) -> list[tuple[str, Any]]:
        """The objects of a list, each with its pointer."""
        found = []
        for where, item in self.each(row, name, pointer):
            if isinstance(item, dict):
                found.append((where, item))
            else:
                self.problems.append(Problem(where, "This must be an object."))
        return found

    def codes(
        self, row: Mapping[str, Any], name: str, pointer: str, read: Callable[[Any], T]
    ) -> list[T]:
        """The values of a list, each once."""
        found: dict[T, None] = {}
        for where, item in self.each(row, name, pointer):
            try:
                found[read(item)] = None
            except ValueError as error:
                self.problems.append(Problem(where, str(error)))
        return list(found)


def read_extras(document: object, pointer: str) -> tuple[Extras, list[Problem]]:
    """What the extras say, and what is wrong with them."""
    if document is None:
        return Extras(), []
    if not isinstance(document, dict):
        return Extras(), [Problem(pointer, "This must be an object.")]
    reader = Reader()
    found = Extras(
        skills=_skills(reader, document, pointer),
        languages=_languages(reader, document, pointer),
        certificates=_certificates(reader, document, pointer),
        education=reader.one(document, "education", pointer, _member(EducationLevel)),
        preferences=_preferences(reader, document, pointer),
        places=_places(reader, document, pointer),
    )
    return found, reader.problems


def _skills(reader: Reader, document: Any, pointer: str) -> tuple[tuple[str, Held], ...]:
    found = []
    for where, row in reader.rows(document, "skills", pointer):
        slug = reader.needed(row, "slug", where, _text)
        level = reader.one(row, "level", where, _level)
        years = reader.one(row, "years", where, _years)
        reader.one(row, "last_used", where, _text)  # no rule reads it yet
        if slug:
            found.append((slug, Held(level, years)))
    return tuple(found)


def _languages(reader: Reader, document: Any, pointer: str) -> dict[str, Cefr | None]:
    found: dict[str, Cefr | None] = {}
    for where, row in reader.rows(document, "languages", pointer):
        code = reader.needed(row, "code", where, lambda value: values.language(_text(value)))
        level = reader.one(row, "cefr", where, _member(Cefr, str.upper))
        if code:
            found[code] = max((one for one in (found.get(code), level) if one), default=None)
    return found


def _certificates(
    reader: Reader, document: Any, pointer: str
) -> tuple[tuple[str, date | None], ...]:
    found = []
    for where, row in reader.rows(document, "certificates", pointer):
        slug = reader.needed(row, "slug", where, _text)
        expires = reader.one(row, "expires", where, _day)
        if slug:
            found.append((slug, expires))
    return tuple(found)


def _preferences(reader: Reader, document: Any, pointer: str) -> Preferences:
    return Preferences(
        countries=tuple(
            reader.codes(document, "countries", pointer, lambda v: values.country(_text(v)))
        ),
        remote_from=reader.one(document, "remote_from", pointer, lambda v: values.area(_text(v)))
        or "",
        modes=frozenset(reader.codes(document, "modes", pointer, _member(WorkMode))),
        pay_floor=_pay_floor(reader, document, pointer),
        visa_needed=reader.one(document, "visa_needed", pointer, _yes_or_no),
        level_wanted=reader.one(document, "level_wanted", pointer, _member(Level)),
        level_now=reader.one(document, "level_now", pointer, _member(Level)),
    )


def _places(reader: Reader, document: Any, pointer: str) -> tuple[tuple[int, int], ...]:
    found = []
    for where, row in reader.rows(document, "places", pointer):
        city = reader.needed(row, "city", where, _city)
        radius_km = reader.one(row, "radius_km", where, _radius)
        if city is not None:
            found.append((city, USUAL_KM if radius_km is None else radius_km))
    return tuple(found)


def _pay_floor(reader: Reader, document: Any, pointer: str) -> PayFloor | None:
    row = document.get("pay_floor")
    if row is None:
        return None
    where = f"{pointer}/pay_floor"
    if not isinstance(row, dict):
        reader.problems.append(Problem(where, "This must be an object."))
        return None
    amount = reader.needed(row, "amount", where, _amount)
    currency = reader.needed(row, "currency", where, lambda v: values.currency(_text(v)))
    period = reader.one(row, "period", where, _member(PayPeriod)) or PayPeriod.YEAR
    return PayFloor(amount, currency, period) if amount is not None and currency else None


# ---- readers of one value; each raises ValueError with words for the reader ----


def _member(enum: Any, spelled: Callable[[str], str] = str.lower) -> Callable[[Any], Any]:
    read = values.one_of(enum)
    return lambda value: read(spelled(_text(value)))


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("This must be a text.")
    return value.strip()


def _yes_or_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("This must be true or false.")
    return value


def _number(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("This must be a number.")
    return Decimal(str(value))


def _level(value: Any) -> int:
    number = _number(value)
    if not 0 <= number <= 4 or number != int(number):
        raise ValueError("Enter a level from 0 to 4.")
    return int(number)


def _years(value: Any) -> Fraction:
    number = _number(value)
    if not 0 <= number <= MOST_YEARS:
        raise ValueError(f"Enter a number of years from 0 to {MOST_YEARS}.")
    return Fraction(number)


def _city(value: Any) -> int:
    number = _number(value)
    if number != int(number) or not 0 < number <= values.INT32:
        raise ValueError("Enter the GeoNames number of a city.")
    return int(number)


def _radius(value: Any) -> int:
    number = _number(value)
    if number != int(number) or not 0 <= number <= MOST_KM:
        raise ValueError(f"Enter a radius from 0 to {MOST_KM} km.")
    return int(number)


def _amount(value: Any) -> Decimal:
    number = _number(value)
    if not 0 <= number <= values.MAX_AMOUNT:
        raise ValueError(f"Enter an amount from 0 to {values.MAX_AMOUNT:,}.")
    return number


def _day(value: Any) -> date:
    try:
        return date.fromisoformat(_text(value))
    except ValueError as error:
        raise ValueError("This must be a day like 2027-04-30.") from error
