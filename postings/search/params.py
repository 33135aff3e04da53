"""What somebody searches for, as one value with one spelling in a URL. Pure.

`SearchParams.query` writes the canonical query string: names in the order of the fields, values
of a name sorted, defaults left out. The same value makes page, API and feed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, Self
from urllib.parse import urlencode

from cscareers.core.salary import PayPeriod, annualise

PAGE_SIZE: Final = 20
MAX_PAGE_SIZE: Final = 50
PAY_PERIODS: Final = (PayPeriod.HOUR, PayPeriod.MONTH, PayPeriod.YEAR)


class Sort(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest"
    PAY = "pay"
    CLOSING = "closing"
    REPLIES = "replies"
    MATCH = "match"


@dataclass(frozen=True, slots=True)
class SearchParams:
    """The parameters of the board; see `interfaces` in the documentation of the API.

    `radius_km` is meant around `city`; 0 is the city itself. `utc_offset` is in minutes east of UTC
    (hours in the URL). `exact` searches for the words as they were typed, without synonyms. `sort`
    is empty for the default.
    """

    q: str = ""
    exact: bool = False
    level: tuple[str, ...] = ()
    mode: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    city: int | None = None
    radius_km: int = 0
    remote_from: str = ""
    pay_min: Decimal | None = None
    pay_period: PayPeriod = PayPeriod.YEAR
    currency: str = ""
    convert: bool = False
    skill: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    employment: tuple[str, ...] = ()
    industry: tuple[str, ...] = ()
    specialisation: tuple[str, ...] = ()
    schedule: tuple[str, ...] = ()
    benefit: tuple[str, ...] = ()
    education_max: str = ""
    years_max: int | None = None
    utc_offset: int | None = None
    visa: bool = False
    verified: bool = False
    posted_days: int | None = None
    replies_min: int | None = None
    employer: str = ""
    sort: str = ""
    after: str = ""
    page_size: int = PAGE_SIZE

    @property
    def order(self) -> Sort:
        """The order in force."""
        if self.sort:
            return Sort(self.sort)
        return Sort.RELEVANCE if self.q else Sort.NEWEST

    @property
    def annual_pay_min(self) -> int | None:
        """`pay_min` as whole units of its currency a year."""
        return None if self.pay_min is None else annualise(self.pay_min, self.pay_period)

    @property
    def filters(self) -> tuple[tuple[str, str], ...]:
        """The (name, value) pairs that narrow the results, each as it stands in the URL."""
        return tuple(pair for pair in self.pairs() if pair[0] not in _NOT_FILTERS)

    def with_(self, **changes: Any) -> Self:
        """A copy with `changes` that starts at its first page."""
        return replace(self, **{"after": "", **changes})

    def without(self, name: str, value: str = "") -> Self:
        """A copy without one value of a parameter, or without the parameter; first page."""
        current = getattr(self, name)
        if value and isinstance(current, tuple):
            return self.with_(**{name: tuple(v for v in current if v != value)})
        changes = {name: _DEFAULTS[name]}
        if name == "city":
            changes["radius_km"] = 0
        if name == "q" and self.sort == Sort.RELEVANCE:
            changes["sort"] = ""
        return self.with_(**changes)

    def plus(self, name: str, value: str) -> Self:
        """A copy with one more value of a parameter that takes several; first page."""
        return self.with_(**{name: tuple(dict.fromkeys((*getattr(self, name), value)))})

    @property
    def query(self) -> str:
        """The canonical query string; empty when everything is at its default."""
        return urlencode(list(self.pairs()))

    def pairs(self) -> Iterator[tuple[str, str]]:
        """The (name, value) pairs of the canonical query string."""
        for name, default in _DEFAULTS.items():
            value = getattr(self, name)
            if value == default or getattr(self, _BELONGS_TO.get(name, name)) in ("", None):
                continue
            if isinstance(value, tuple):
                yield from ((name, str(item)) for item in sorted(set(value)))
            else:
                yield name, _written(name, value)


_DEFAULTS: Final[dict[str, Any]] = {f.name: f.default for f in fields(SearchParams)}
_BELONGS_TO: Final = {"pay_period": "pay_min", "radius_km": "city"}
"""Parameters that say nothing without another one."""
_NOT_FILTERS: Final = frozenset(
    {"exact", "radius_km", "pay_period", "currency", "convert", "sort", "after", "page_size"}
)


def _written(name: str, value: Any) -> str:
    if value is True:
        return "1"
    if name == "utc_offset":
        return offset_text(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)


def offset_text(minutes: int) -> str:
    """An offset as the URL has it: `-5`, `5:30`."""
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else ""
    return f"{sign}{hours}" + (f":{rest:02d}" if rest else "")
