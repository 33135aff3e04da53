"""What a posting says, as one value: the shape that a draft, a template, a duplicate, an import
and a published posting share. Pure.

A revision keeps this value as a JSON document; the published tables are its projection. A draft
may be incomplete, so every field has an empty form; `postings.completeness` says what is missing.
References are stable and portable: skills by slug, cities by GeoNames id, countries by ISO 3166-1
alpha-2 code, subdivisions by ISO 3166-2 code, languages by ISO 639-1 code, currencies by ISO 4217
code.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final, Self

from cscareers.core.domains import host_of
from cscareers.core.salary import PayBand, PayPeriod
from postings.enums import (
    BenefitKind,
    Cefr,
    Channel,
    EducationLevel,
    EmploymentType,
    ExtraPayKind,
    Importance,
    Kpi,
    Level,
    RequirementKind,
    Schedule,
    Specialisation,
    WorkMode,
)
from profiles.enums import Industry

UNKNOWN_LANGUAGE: Final = "und"
"""ISO 639-2 for a text whose language nobody could tell."""


@dataclass(frozen=True, slots=True)
class Place:
    """A city (GeoNames id) with its country, or a country alone."""

    country: str
    city: int | None = None


@dataclass(frozen=True, slots=True)
class ZonedPay:
    """A pay band for the countries of `zone`, or for everywhere when `zone` is empty."""

    band: PayBand
    zone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExtraPay:
    """Pay beside the base: what kind, and in words how much and when."""

    kind: ExtraPayKind
    value: str


@dataclass(frozen=True, slots=True)
class Benefit:
    kind: BenefitKind
    value: str = ""


@dataclass(frozen=True, slots=True)
class KpiOwned:
    kind: Kpi
    target: str = ""


@dataclass(frozen=True, slots=True)
class RequirementRow:
    """One thing that the job asks. `id` is stable within a posting, across its revisions.

    Skill, tool and certificate rows name a taxonomy term by `skill` (slug); language rows have
    `language` and `min_cefr`; education rows `education` (and `min_years` where both are asked);
    experience rows say in `name` what the years are of. Rows with the same `any_of` letter are
    alternatives: one of them is enough.
    """

    id: str
    kind: RequirementKind
    importance: Importance
    name: str = ""
    skill: str | None = None
    language: str | None = None
    min_cefr: Cefr | None = None
    education: EducationLevel | None = None
    min_level: int | None = None
    min_years: int | None = None
    any_of: str | None = None


@dataclass(frozen=True, slots=True)
class PostingContent:
    """See the module. `utc_offset_*` are minutes east of UTC; `onsite_days` are days a month."""

    title: str = ""
    level: Level | None = None
    specialisations: tuple[Specialisation, ...] = ()
    industry: Industry | None = None
    employment: tuple[EmploymentType, ...] = ()
    mode: WorkMode | None = None
    onsite_days: int | None = None
    locations: tuple[Place, ...] = ()
    applicant_countries: tuple[str, ...] = ()
    applicant_subdivisions: tuple[str, ...] = ()
    """Where a country is not accepted as a whole: its states or provinces that are."""
    utc_offset_min: int | None = None
    utc_offset_max: int | None = None
    pay_bands: tuple[ZonedPay, ...] = ()
    extra_pay: tuple[ExtraPay, ...] = ()
    benefits: tuple[Benefit, ...] = ()
    responsibilities: tuple[str, ...] = ()
    team_size: int | None = None
    channels: tuple[Channel, ...] = ()
    kpis: tuple[KpiOwned, ...] = ()
    schedule: tuple[Schedule, ...] = ()
    visa_sponsorship: bool | None = None
    relocation: bool | None = None
    requirements: tuple[RequirementRow, ...] = ()
    vacancy_exists: bool | None = None
    ai_used: bool | None = None
    ai_note: str = ""
    apply_until: date | None = None
    apply_url: str = ""
    reply_days: int | None = None
    """Within so many days everybody who applies here gets a first answer; None where people apply
    on another site."""
    questions: tuple[str, ...] = ()
    """What the employer asks everybody who applies here, in free words; nobody is out by them."""
    text_language: str = "en"
    description: str = ""
    guessed: tuple[str, ...] = field(default=())
    """Names of fields that an importer guessed and no person has confirmed."""

    def to_json(self) -> dict[str, Any]:
        """The document that a revision keeps: JSON types only, decimals and dates as text."""
        document: dict[str, Any] = _plain(self)
        document["pay_bands"] = [
            {**_plain(zoned.band), "zone": list(zoned.zone)} for zoned in self.pay_bands
        ]
        return document

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Self:
        """The value of a document; unknown keys are ignored. Raises ValueError when it is torn."""
        known = {f.name for f in fields(cls)}
        values = {name: value for name, value in document.items() if name in known}
        for name, read in _READERS.items():
            if values.get(name) is not None:
                values[name] = read(values[name])
        return cls(**values)

    @property
    def applicant_areas(self) -> tuple[str, ...]:
        """Where people may work from: countries as a whole, and of others the subdivisions."""
        in_part = {code.partition("-")[0] for code in self.applicant_subdivisions}
        whole = (code for code in self.applicant_countries if code not in in_part)
        return (*whole, *self.applicant_subdivisions)

    @property
    def base_band(self) -> ZonedPay | None:
        """The band that search, sort and markup use: the one for everywhere, else the first
        location's country's, else the first."""
        home = self.locations[0].country if self.locations else None
        ordered = sorted(self.pay_bands, key=lambda b: (bool(b.zone), home not in b.zone))
        return next(iter(ordered), None)

    def band_for(self, country: str) -> ZonedPay | None:
        """The band that applies to somebody in `country`: its zone's, else the one for everywhere;
        None when the posting states no pay for that country."""
        ordered = sorted(self.pay_bands, key=lambda b: not b.zone)
        return next((b for b in ordered if not b.zone or country in b.zone), None)

    @property
    def applies_here(self) -> bool:
        """People apply with their profile, on this site."""
        return self.reply_days is not None and not self.apply_url

    @property
    def applies_outside(self) -> bool:
        """People apply on another site; else here, or by mail."""
        return self.apply_url.startswith(("http://", "https://"))

    @property
    def apply_host(self) -> str:
        """The host of that other site, as people know it; "" where there is none."""
        return host_of(self.apply_url).removeprefix("www.") if self.applies_outside else ""

    @property
    def musts(self) -> tuple[RequirementRow, ...]:
        return tuple(r for r in self.requirements if r.importance is Importance.MUST)

    @property
    def language_rows(self) -> tuple[RequirementRow, ...]:
        return tuple(r for r in self.requirements if r.kind is RequirementKind.LANGUAGE)

    def with_(self, **changes: Any) -> Self:
        """A copy with `changes`."""
        return replace(self, **changes)


def _plain(value: Any) -> Any:
    """JSON types only; a dataclass is a mapping of its fields."""
    if value is None or isinstance(value, str | int):
        return value
    if is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def read_band(row: Mapping[str, Any]) -> ZonedPay:
    """A pay band of a document. Raises ValueError when an amount, period or order is wrong."""
    try:
        hours = row.get("hours_per_week")
        band = PayBand(
            minimum=Decimal(str(row["minimum"])),
            maximum=Decimal(str(row["maximum"])),
            currency=str(row["currency"]),
            period=PayPeriod(row["period"]),
            hours_per_week=None if hours is None else Decimal(str(hours)),
        )
    except (InvalidOperation, KeyError) as error:
        raise ValueError(f"not a pay band: {error}") from error
    return ZonedPay(band=band, zone=tuple(row.get("zone") or ()))


def _requirement(row: Mapping[str, Any]) -> RequirementRow:
    known = {f.name for f in fields(RequirementRow)}
    values = {name: value for name, value in row.items() if name in known}
    values["kind"] = RequirementKind(values["kind"])
    values["importance"] = Importance(values["importance"])
    if values.get("min_cefr") is not None:
        values["min_cefr"] = Cefr(values["min_cefr"])
    if values.get("education") is not None:
        values["education"] = EducationLevel(values["education"])
    return RequirementRow(**values)


def _each(read: Any) -> Any:
    def read_all(rows: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(read(row) for row in rows)

    return read_all


_READERS: dict[str, Any] = {
    "level": Level,
    "specialisations": _each(Specialisation),
    "industry": Industry,
    "employment": _each(EmploymentType),
    "mode": WorkMode,
    "locations": _each(lambda row: Place(country=row["country"], city=row.get("city"))),
    "applicant_countries": tuple,
    "applicant_subdivisions": tuple,
    "pay_bands": _each(read_band),
    "extra_pay": _each(lambda row: ExtraPay(ExtraPayKind(row["kind"]), row["value"])),
    "benefits": _each(lambda row: Benefit(BenefitKind(row["kind"]), row.get("value", ""))),
    "responsibilities": tuple,
    "channels": _each(Channel),
    "kpis": _each(lambda row: KpiOwned(Kpi(row["kind"]), row.get("target", ""))),
    "schedule": _each(Schedule),
    "requirements": _each(_requirement),
    "apply_until": date.fromisoformat,
    "questions": tuple,
    "guessed": tuple,
}
