"""Facets: what a search could be narrowed to, with the count that the page would then show.

All counts come from one pass over the hits and the near misses, the postings that fail exactly
one of the filters: a facet leaves its own parameter out, so it counts those that fail it alone.
Exact. Where boards grow past some ten thousands, this is the place for a sample.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from statistics import median
from typing import Final, NamedTuple

from django.db.models import Case, IntegerField, Q, Value, When
from django.db.models.expressions import Combinable

from cscareers.core.languages import language_name
from cscareers.core.models import City
from cscareers.core.nearby import city_words, country_name, distance_km
from cscareers.core.places import area_name
from cscareers.core.salary import annualise
from postings.enums import (
    BenefitKind,
    EmploymentType,
    Level,
    Schedule,
    Specialisation,
    WorkMode,
)
from postings.labels import label
from postings.models import PostingQuerySet
from postings.presentation import nice_step
from postings.reading import money
from postings.search.params import SearchParams
from postings.search.predicates import Context, accepts, pay_floors, remote_from, work_place
from profiles.enums import Industry
from profiles.models import Skill

TOP_SKILLS: Final = 20
TOP_CITIES: Final = 30
THRESHOLDS: Final = 6
POSTED_DAYS: Final = (1, 3, 7, 14, 30)
REPLY_SHARES: Final = (50, 80, 90)
"""Per cent of answers in time that one can ask for."""
RELAXED: Final = (
    "level", "mode", "place", "pay", "employment", "industry", "specialisation", "schedule",
    "language", "visa", "verified", "posted_days", "replies_min",
)  # fmt: skip
"""Parameters whose facet leaves them out."""
CODED: Final[Mapping[str, type[StrEnum]]] = {
    "level": Level,
    "mode": WorkMode,
    "employment": EmploymentType,
    "industry": Industry,
    "specialisation": Specialisation,
    "schedule": Schedule,
    "benefit": BenefitKind,
}
IN_ENUM_ORDER: Final = frozenset({"level", "mode"})


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a parameter and the number of results that it would give. `currency` is set on
    pay thresholds: pass it along with pay_min."""

    value: str
    label: str
    count: int
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """What one pass over the hits tells."""

    count: int
    other_currencies: int = 0
    currency: str = ""
    """The one asked for, else the one of most hits."""
    median_pay: int | None = None
    """Of the middles of the hits' bands in `currency`, a year."""
    facets: Mapping[str, tuple[FacetValue, ...]] = field(default_factory=dict)


class Row(NamedTuple):
    mask: int
    in_work_place: int
    in_city: int
    in_country: int
    remote_ok: int
    level: str
    mode: str
    industry: str
    employment: list[str]
    specialisations: list[str]
    schedule: list[str]
    benefits: list[str]
    languages: list[str]
    countries: list[str]
    cities: list[int]
    applicant_countries: list[str]
    applicant_areas: list[str]
    skills: list[int]
    currency: str
    annual_min: int | None
    annual_max: int | None
    visa: bool
    published_at: datetime
    replies_share: int | None
    verification: str


_COLUMNS: Final = (
    "mask", "in_work_place", "in_city", "in_country", "remote_ok",
    *(f"document__{name}" for name in (
        "level", "mode", "industry", "employment", "specialisations", "schedule", "benefits",
        "languages", "countries", "cities", "applicant_countries", "applicant_areas", "skills",
        "currency", "annual_min", "annual_max", "visa_sponsorship", "published_at",
        "replies_share",
    )),
    "employer__verification",
)  # fmt: skip


def flag(condition: Q | None, *, weight: int = 1, otherwise: int = 0) -> Combinable:
    """`weight` where the condition holds, else `otherwise`; without a condition `weight`."""
    if condition is None:
        return Value(weight, output_field=IntegerField())
    return Case(
        When(condition, then=Value(weight)),
        default=Value(otherwise),
        output_field=IntegerField(),
    )


def tally(
    board: PostingQuerySet, params: SearchParams, context: Context, conditions: Mapping[str, Q]
) -> Tally:
    """Count `board` under `conditions` (see `predicates`), with all facets: two queries."""
    bits = {name: 2**i for i, name in enumerate(n for n in RELAXED if n in conditions)}
    around = SearchParams(city=params.city, radius_km=params.radius_km)
    strict = [condition for name, condition in conditions.items() if name not in bits]
    mask: Combinable = Value(0, output_field=IntegerField())
    for name, bit in bits.items():
        mask = mask + flag(conditions[name], weight=0, otherwise=bit)
    rows = board.filter(*strict).annotate(
        mask=mask,
        in_work_place=flag(work_place(params, context.terms) or Q(pk__in=[])),
        in_city=flag(work_place(around, context.terms)),
        in_country=flag(work_place(SearchParams(country=params.country), context.terms)),
        remote_ok=flag(remote_from(params.remote_from) if params.remote_from else Q(pk__in=[])),
    )
    if bits:
        rows = rows.filter(mask__in=[0, *bits.values()])
    counted = Counted(params, context, bits, list(map(Row._make, rows.values_list(*_COLUMNS))))
    return counted.tally()


@dataclass(frozen=True, slots=True)
class Counted:
    """The rows of one search, hits and near misses, and what is counted of them."""

    params: SearchParams
    context: Context
    bits: Mapping[str, int]
    rows: list[Row]

    def tally(self) -> Tally:
        hits = self.passing()
        currency = self._currency(hits)
        return Tally(
            count=len(hits),
            other_currencies=self._other_currencies(),
            currency=currency,
            median_pay=_median(hits, currency),
            facets=dict(self._facets(hits, currency)),
        )

    def passing(self, without: str = "") -> list[Row]:
        """The rows that pass every filter, `without` one."""
        allowed = (0, self.bits.get(without, 0))
        return [row for row in self.rows if row.mask in allowed]

    def _currency(self, hits: list[Row]) -> str:
        if self.params.currency:
            return self.params.currency
        counts = Counter(row.currency for row in hits if row.currency)
        return max(counts, key=lambda code: (counts[code], code), default="")

    def _other_currencies(self) -> int:
        if self.params.pay_min is None or self.params.convert:
            return 0
        mine = self.params.currency
        return sum(row.currency not in ("", mine) for row in self.passing("pay"))

    def _facets(
        self, hits: list[Row], currency: str
    ) -> Iterator[tuple[str, tuple[FacetValue, ...]]]:
        yield "level", self._coded("level", lambda row: [row.level])
        yield "mode", self._coded("mode", lambda row: [row.mode])
        yield "country", self._countries()
        yield "industry", self._coded("industry", lambda row: [row.industry])
        yield "pay", self._pay(currency)
        yield "skill", self._skills(hits)
        yield "employment", self._coded("employment", lambda row: row.employment)
        yield "specialisation", self._coded("specialisation", lambda row: row.specialisations)
        yield "schedule", self._coded("schedule", lambda row: row.schedule)
        yield "language", self._languages()
        yield "benefit", self._coded("benefit", lambda row: row.benefits)
        yield "remote_from", self._remote_from()
        yield "city", self._cities()
        yield "visa", self._yes("visa", lambda row: row.visa, "Sponsors a visa")
        yield "verified", self._yes("verified", lambda row: bool(row.verification), "Verified")
        yield "posted_days", self._posted()
        yield "replies_min", self._replies()

    def _coded(self, name: str, read: Callable[[Row], list[str]]) -> tuple[FacetValue, ...]:
        counts = Counter(value for row in self.passing(name) for value in read(row))
        members = [member for member in CODED[name] if self._listed(name, member, counts)]
        values = [FacetValue(str(m), label(m), counts[m]) for m in members]
        return tuple(values if name in IN_ENUM_ORDER else sorted(values, key=_most_first))

    def _listed(self, name: str, value: str, counts: Mapping[str, int]) -> bool:
        return counts.get(value, 0) > 0 or value in getattr(self.params, name)

    def _named(
        self, name: str, counts: Counter[str], naming: Callable[[str], str]
    ) -> tuple[FacetValue, ...]:
        chosen = getattr(self.params, name)
        codes = {*counts, *([chosen] if isinstance(chosen, str) else chosen)} - {""}
        values = [FacetValue(code, naming(code), counts[code]) for code in codes]
        return tuple(sorted(values, key=_most_first))

    def _languages(self) -> tuple[FacetValue, ...]:
        counts = Counter(code for row in self.passing("language") for code in row.languages)
        return self._named("language", counts, language_name)

    def _countries(self) -> tuple[FacetValue, ...]:
        """With `remote_from` what is open to people there counts for every country."""
        rows = self.passing("place")
        counts = Counter(
            code for row in rows if row.in_city and not row.remote_ok for code in row.countries
        )
        codes = {code for row in rows for code in row.countries} | set(self.params.country)
        anyway = sum(row.remote_ok for row in rows)
        counts = Counter({code: counts[code] + anyway for code in codes})
        return self._named("country", counts, country_name)

    def _remote_from(self) -> tuple[FacetValue, ...]:
        """With `country` or `city` what is done there counts for every country."""
        rows = self.passing("place")
        remote = [row for row in rows if row.mode == WorkMode.REMOTE]
        codes = {
            code for row in remote for code in (*row.applicant_countries, *row.applicant_areas)
        }
        codes |= {self.params.remote_from, self._home()} - {""}
        anyway = sum(row.in_work_place for row in rows)
        apart = [row for row in remote if not row.in_work_place]
        counts = Counter({code: anyway + _accepting(apart, code) for code in codes})
        return self._named("remote_from", counts, area_name)

    def _home(self) -> str:
        """The subdivision of the city that is asked for, or its country."""
        city = self.context.terms.cities.get(self.params.city or 0)
        return city.home if city else ""

    def _cities(self) -> tuple[FacetValue, ...]:
        """As with countries; the largest few. With a radius each counts what is within it."""
        rows = self.passing("place")
        going = [row for row in rows if row.mode != WorkMode.REMOTE]
        found = Counter(city for row in going for city in row.cities)
        chosen = [] if self.params.city is None else [self.params.city]
        listed = [pk for pk, _ in sorted(found.items(), key=lambda item: (-item[1], item[0]))]
        listed = list(dict.fromkeys([*chosen, *listed[:TOP_CITIES]]))
        cities = City.objects.select_related("country").in_bulk(
            [*listed, *found] if self.params.radius_km else listed
        )
        there = [set(row.cities) for row in going if row.in_country]
        anyway = sum(row.remote_ok for row in rows)
        values = [
            FacetValue(str(pk), city_words(cities[pk]), anyway + _meeting(there, accepted))
            for pk in listed
            if pk in cities and (accepted := self._accepted(cities[pk], cities))
        ]
        return tuple(sorted(values, key=_most_first))

    def _accepted(self, city: City, cities: Mapping[int, City]) -> set[int]:
        """The cities that the radius in force reaches from `city`."""
        radius = self.params.radius_km
        if not radius:
            return {city.pk}
        return {pk for pk, other in cities.items() if distance_km(city, other) <= radius}

    def _skills(self, hits: list[Row]) -> tuple[FacetValue, ...]:
        counts = Counter(skill for row in hits for skill in row.skills)
        chosen = [self.context.terms.skills[slug] for slug in self.params.skill]
        listed = [pk for pk, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
        rows = Skill.objects.in_bulk([*listed[:TOP_SKILLS], *(row.pk for row in chosen)])
        values = [FacetValue(row.slug, row.name, counts[pk]) for pk, row in rows.items()]
        return tuple(sorted(values, key=_most_first))

    def _yes(self, name: str, read: Callable[[Row], bool], words: str) -> tuple[FacetValue, ...]:
        count = sum(read(row) for row in self.passing(name))
        return (FacetValue("1", words, count),) if count or getattr(self.params, name) else ()

    def _posted(self) -> tuple[FacetValue, ...]:
        rows = self.passing("posted_days")
        values = []
        for days in sorted({*POSTED_DAYS, self.params.posted_days or 1}):
            since = self.context.now - timedelta(days=days)
            count = sum(row.published_at >= since for row in rows)
            words = "Last 24 hours" if days == 1 else f"Last {days} days"
            values.append(FacetValue(str(days), words, count))
        return tuple(values)

    def _replies(self) -> tuple[FacetValue, ...]:
        """Shares of answers in time, the strictest first; those that leave something."""
        chosen = self.params.replies_min
        known = [row.replies_share for row in self.passing("replies_min")]
        values = []
        for share in sorted({*REPLY_SHARES, *([chosen] if chosen else [])}, reverse=True):
            count = sum(mine is not None and mine >= share for mine in known)
            if count or share == chosen:
                values.append(FacetValue(str(share), f"{share} % or more in time", count))
        return tuple(values)

    def _pay(self, currency: str) -> tuple[FacetValue, ...]:
        """Thresholds in the period that `pay_min` is meant in, lowest first."""
        if not currency:
            return ()
        params = self.params.with_(currency=currency)
        rows = [row for row in self.passing("pay") if row.annual_max is not None]
        period = params.pay_period
        tops = [row.annual_max or 0 for row in rows if row.currency == currency]
        values = []
        for amount in _round_amounts(tops, annualise(Decimal(1), period)):
            annual = annualise(Decimal(amount), period)
            floors = pay_floors(params, annual, self.context.rates)
            count = sum(_reaches(row, floors) for row in rows)
            words = f"{money(amount, currency)} or more"
            values.append(FacetValue(str(amount), words, count, currency))
        return tuple(value for value in values if value.count)


def _accepting(rows: Iterable[Row], area: str) -> int:
    return sum(
        accepts(area, countries=row.applicant_countries, areas=row.applicant_areas) for row in rows
    )


def _meeting(there: Iterable[set[int]], accepted: set[int]) -> int:
    return sum(not accepted.isdisjoint(cities) for cities in there)


def _reaches(row: Row, floors: Mapping[str, int]) -> bool:
    floor = floors.get(row.currency)
    return floor is not None and row.annual_max is not None and row.annual_max >= floor


def _round_amounts(tops: Iterable[int], factor: int) -> Iterator[int]:
    """Round amounts of a period that spread over the yearly `tops`."""
    amounts = sorted(top // factor for top in tops)
    if not amounts:
        return
    low, high = amounts[0], amounts[-1]
    step = nice_step(max(high - low, 1), THRESHOLDS)
    first = max(low // step * step, step)
    yield from range(first, high + 1, step)


def _median(hits: list[Row], currency: str) -> int | None:
    middles = [
        (row.annual_min + row.annual_max) / 2
        for row in hits
        if row.currency == currency and row.annual_min is not None and row.annual_max is not None
    ]
    return round(median(middles)) if middles else None


def _most_first(value: FacetValue) -> tuple[int, str]:
    return (-value.count, value.label)
