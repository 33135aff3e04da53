"""What a match is computed from: facts of a person and what a posting asks. Pure.

There is no room here for a name, an age, a gender, a photo or a country of birth: what is no
field can change no score. `docs/matching.md` is the published definition.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Final

from cscareers.core.salary import PayPeriod, annualise
from postings.content import PostingContent, RequirementRow, ZonedPay
from postings.enums import Cefr, EducationLevel, Importance, Level, RequirementKind, WorkMode

SPEC_VERSION: Final = "1.4"
"""Of the published definition: another number whenever a weight or a rule changes."""


@dataclass(frozen=True, slots=True)
class Held:
    """A skill or tool that somebody holds. `level` 0 is an explicit no; None counts as level 1.
    `years` None: not said."""

    level: int | None = None
    years: Fraction | None = None

    def better(self, other: "Held") -> "Held":
        """Of two statements on one term the best of each part."""
        levels = [h.level for h in (self, other) if h.level is not None]
        years = [h.years for h in (self, other) if h.years is not None]
        # Held without a level counts as 1, so it is more than an explicit no.
        least = [1] if None in (self.level, other.level) and max(levels, default=1) < 1 else []
        return Held(max(levels + least, default=None), max(years, default=None))


@dataclass(frozen=True, slots=True)
class PayFloor:
    """The least pay that somebody works for."""

    amount: Decimal
    currency: str
    period: PayPeriod = PayPeriod.YEAR

    @property
    def annual(self) -> int:
        return annualise(self.amount, self.period)


@dataclass(frozen=True, slots=True)
class Spot:
    """A city by its name, with its latitude and longitude in degrees."""

    name: str
    at: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Reach:
    """A city around which somebody would work on site, and how far from it."""

    spot: Spot
    radius_km: int


@dataclass(frozen=True, slots=True)
class Preferences:
    """What decides on eligibility. Empty and None: not said. `remote_from` is a country or a part
    of one (ISO 3166); `level_now` only says from where somebody wants to get to `level_wanted`."""

    countries: tuple[str, ...] = ()
    remote_from: str = ""
    modes: frozenset[WorkMode] = frozenset()
    pay_floor: PayFloor | None = None
    visa_needed: bool | None = None
    places: tuple[Reach, ...] = ()
    level_wanted: Level | None = None
    level_now: Level | None = None

    def at_home_in(self, country: str) -> "Preferences":
        """The same of somebody who may work in `country`."""
        return replace(self, countries=(country,))


@dataclass(frozen=True, slots=True)
class Profile:
    """The facts of a person that a match reads, each named by its code.

    `languages`: None is a language without a stated level. `certificates`: the day on which each
    expires, None where it does not. `experience`: years of work in all. `not_spoken`:
    languages that somebody says no to, as one can while applying.
    """

    skills: Mapping[str, Held] = field(default_factory=dict)
    languages: Mapping[str, Cefr | None] = field(default_factory=dict)
    certificates: Mapping[str, date | None] = field(default_factory=dict)
    education: EducationLevel | None = None
    experience: Fraction | None = None
    not_spoken: frozenset[str] = frozenset()
    preferences: Preferences = field(default_factory=Preferences)

    @property
    def says_nothing(self) -> bool:
        """True when there is no fact that a requirement could meet."""
        return not (self.skills or self.languages or self.certificates) and (
            self.education is None and self.experience is None
        )


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the taxonomy under the slug that it has today."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Ask:
    """One requirement row; see `postings.content.RequirementRow`. `slug` is that of its term.

    What an import `guessed` and nobody has confirmed counts as a must, whatever the ad calls it:
    nobody shall be told by a guess that they meet all must-haves.
    """

    id: str
    kind: RequirementKind
    must: bool
    name: str = ""
    slug: str = ""
    language: str = ""
    cefr: Cefr | None = None
    education: EducationLevel | None = None
    level: int | None = None
    years: int | None = None
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class PostingFacts:
    """What a match reads of a posting. `rows`: each an any-of group, mostly of one alternative.
    `countries` of the places of work, `spots` their cities where they are known; `areas` as
    `PostingContent.applicant_areas`."""

    id: str
    published_at: datetime
    rows: tuple[tuple[Ask, ...], ...] = ()
    mode: WorkMode | None = None
    countries: tuple[str, ...] = ()
    applicant_countries: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    bands: tuple[ZonedPay, ...] = ()
    base_band: ZonedPay | None = None
    visa: bool | None = None
    level: Level | None = None
    spots: tuple[Spot, ...] = ()


def posting_facts(
    content: PostingContent,
    *,
    id: str,
    published_at: datetime,
    terms: Mapping[str, Term],
    spots: Mapping[int, Spot],
) -> PostingFacts:
    """What a match reads of `content`. `terms`: by the slugs that stand in its rows; `spots`: by
    the numbers of its cities."""
    cities = dict.fromkeys(place.city for place in content.locations if place.city)
    return PostingFacts(
        id=id,
        published_at=published_at,
        rows=_groups(content.requirements, terms, guessed="requirements" in content.guessed),
        mode=content.mode,
        countries=tuple(dict.fromkeys(place.country for place in content.locations)),
        applicant_countries=content.applicant_countries,
        areas=content.applicant_areas,
        bands=content.pay_bands,
        base_band=content.base_band,
        visa=content.visa_sponsorship,
        level=content.level,
        spots=tuple(spots[city] for city in cities if city in spots),
    )


def _groups(
    rows: Iterable[RequirementRow], terms: Mapping[str, Term], *, guessed: bool
) -> tuple[tuple[Ask, ...], ...]:
    """The rows, must-haves first; alternatives of one group together, a must if any of them is."""
    groups: dict[tuple[str, str], list[RequirementRow]] = {}
    for row in rows:
        key = ("any", row.any_of) if row.any_of else ("row", row.id)
        groups.setdefault(key, []).append(row)
    found = []
    for group in groups.values():
        must = guessed or any(row.importance is Importance.MUST for row in group)
        asks = (_ask(row, terms, must=must, guessed=guessed) for row in group)
        found.append(tuple(sorted(asks, key=_place)))
    return tuple(sorted(found, key=lambda group: (not group[0].must, _place(group[0]))))


def _place(ask: Ask) -> tuple[int, str]:
    """r2 comes before r10, in whatever order the rows arrive."""
    return len(ask.id), ask.id


def _ask(row: RequirementRow, terms: Mapping[str, Term], *, must: bool, guessed: bool) -> Ask:
    term = terms.get(row.skill or "")
    return Ask(
        id=row.id,
        kind=row.kind,
        must=must,
        name=term.name if term else row.name,
        slug=term.slug if term else row.skill or "",
        language=row.language or "",
        cefr=row.min_cefr,
        education=row.education,
        level=row.min_level,
        years=row.min_years,
        guessed=guessed,
    )
