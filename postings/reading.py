"""From a posting's content to words: the names behind its codes, fetched for many at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from babel import Locale
from babel.numbers import format_decimal, get_currency_symbol

from cscareers.core.languages import language_name
from cscareers.core.models import City, Country
from cscareers.core.places import country_of, subdivision_names
from cscareers.core.salary import (
    DAYS_PER_YEAR,
    DEFAULT_HOURS_PER_WEEK,
    MONTHS_PER_YEAR,
    WEEKS_PER_YEAR,
    PayBand,
    PayPeriod,
)
from postings.content import Place, PostingContent, RequirementRow, ZonedPay
from postings.enums import Importance, RequirementKind, WorkMode
from postings.labels import label
from postings.presentation import RequirementLine
from profiles.models import Skill

LOCALE = Locale("en")


@dataclass(frozen=True, slots=True)
class Names:
    """The rows that some contents refer to, by slug, GeoNames id and country code."""

    skills: Mapping[str, Skill] = field(default_factory=dict)
    cities: Mapping[int, City] = field(default_factory=dict)
    countries: Mapping[str, Country] = field(default_factory=dict)

    def country(self, code: str) -> str:
        """The name of a country; its code when we don't know it."""
        return self.countries[code].name if code in self.countries else code

    def place(self, place: Place) -> str:
        """A place in words: "Columbus, Ohio", "Dublin, Ireland" or "Poland"."""
        city = self.cities.get(place.city) if place.city else None
        if city is None:
            return self.country(place.country)
        if place.country in {"US", "CA", "AU"} and city.region:
            return f"{city.name}, {city.region}"
        return f"{city.name}, {self.country(place.country)}"

    def slug(self, row: RequirementRow) -> str:
        """The slug that a row's term has today; empty when it names none."""
        known = self.skills.get(row.skill or "")
        return known.slug if known else row.skill or ""

    def requirement(self, row: RequirementRow) -> str:
        """What a requirement row is about, in words without its importance."""
        if row.skill:
            return self.skills[row.skill].name if row.skill in self.skills else row.skill
        if row.language:
            return language_name(row.language)
        return row.name


def place_names(content: PostingContent, names: Names) -> tuple[str, ...]:
    """What the posting's own places are called: cities, their regions, countries."""
    ids = [place.city for place in content.locations if place.city]
    cities = [names.cities[key] for key in ids if key in names.cities]
    codes = [*(place.country for place in content.locations), *content.applicant_countries]
    found = [name for city in cities for name in (city.name, city.region)]
    found += [names.country(code) for code in codes]
    return tuple(dict.fromkeys(name for name in found if name))


WITH_ARTICLE = (
    "Bahamas", "Central African Republic", "Comoros", "Czech Republic", "Dominican Republic",
    "Gambia", "Maldives", "Netherlands", "Philippines", "United Arab Emirates", "United Kingdom",
    "United States",
)  # fmt: skip


def applicant_words(content: PostingContent, names: Names) -> list[str]:
    """Where people may work from: "Poland", and of a country in part "Ohio (US)"."""
    return [
        f"{subdivision_names().get(code, code)} ({country_of(code)})"
        if "-" in code
        else names.country(code)
        for code in content.applicant_areas
    ]


def in_words(country: str) -> str:
    """A country's name as it stands after "in": "the United States", "Poland"."""
    return f"the {country}" if country in WITH_ARTICLE else country


def names_for(contents: Iterable[PostingContent]) -> Names:
    """All rows that `contents` refer to, in three queries whatever their number."""
    contents = list(contents)
    slugs = {row.skill for content in contents for row in content.requirements if row.skill}
    city_ids = {place.city for content in contents for place in content.locations if place.city}
    codes = {place.country for content in contents for place in content.locations}
    codes |= {code for content in contents for code in content.applicant_countries}
    codes |= {code for content in contents for zoned in content.pay_bands for code in zoned.zone}
    return Names(
        skills=Skill.objects.by_slug(slugs),
        cities=City.objects.in_bulk(list(city_ids)),
        countries=Country.objects.in_bulk(list(codes)),
    )


# ---- pay in words ----

PERIOD_WORDS: Mapping[PayPeriod, str] = {
    PayPeriod.HOUR: "an hour",
    PayPeriod.DAY: "a day",
    PayPeriod.WEEK: "a week",
    PayPeriod.MONTH: "a month",
    PayPeriod.YEAR: "a year",
}


@dataclass(frozen=True, slots=True)
class PayWords:
    """A band in words: `sum` like "$72,000–88,000", `period` like "a year", and for another period
    than the year `annual` like "$65,520–74,880 a year at 40 hours, 52 weeks"."""

    sum: str
    period: str
    annual: str = ""


def money(amount: Decimal | int, currency: str, *, cents: bool | None = None) -> str:
    """An amount with its symbol: "$72,000", "€31.50"; cents only where there are any."""
    shown = _digits(cents if cents is not None else amount != int(amount))
    symbol = get_currency_symbol(currency, locale=LOCALE)
    space = "\N{NO-BREAK SPACE}" if symbol[-1].isalpha() else ""
    return f"{symbol}{space}{format_decimal(amount, format=shown, locale=LOCALE)}"


def money_range(low: Decimal | int, high: Decimal | int, currency: str) -> str:
    """Two amounts with one symbol: "$72,000–88,000"; one figure when they are the same."""
    cents = low != int(low) or high != int(high)
    first = money(low, currency, cents=cents)
    if low == high:
        return first
    return f"{first}–{format_decimal(high, format=_digits(cents), locale=LOCALE)}"


def _digits(cents: bool) -> str:
    return "#,##0.00" if cents else "#,##0"


def pay_words(zoned: ZonedPay) -> PayWords:
    """The band as it is written everywhere."""
    band = zoned.band
    written = money_range(band.minimum, band.maximum, band.currency)
    if band.period is PayPeriod.YEAR:
        return PayWords(written, PERIOD_WORDS[band.period])
    yearly = money_range(band.annual_min, band.annual_max, band.currency)
    return PayWords(written, PERIOD_WORDS[band.period], f"{yearly} a year {_reckoning(band)}")


def _reckoning(band: PayBand) -> str:
    match band.period:
        case PayPeriod.HOUR:
            hours = band.hours_per_week or DEFAULT_HOURS_PER_WEEK
            assumed = ", hours assumed" if band.assumes_hours else ""
            return f"at {hours.normalize():f} hours, {WEEKS_PER_YEAR} weeks{assumed}"
        case PayPeriod.DAY:
            return f"at {DAYS_PER_YEAR} days"
        case PayPeriod.WEEK:
            return f"at {WEEKS_PER_YEAR} weeks"
        case _:
            return f"at {MONTHS_PER_YEAR} months"


# ---- place and requirements in words ----


def place_words(content: PostingContent, names: Names) -> str:
    """Where the work is done or may be done from, in a few words."""
    if content.locations:
        return _few([names.place(place) for place in content.locations], 2)
    if content.applicant_countries:
        return _few(applicant_words(content, names), 2)
    return ""


def _few(words: list[str], most: int) -> str:
    if len(words) <= most:
        return " or ".join(words)
    return f"{', '.join(words[:most])} and {len(words) - most} more"


def mode_words(content: PostingContent) -> str:
    """The work mode, with its days on site."""
    if content.mode is None:
        return ""
    if content.mode is WorkMode.HYBRID and content.onsite_days:
        days = "day" if content.onsite_days == 1 else "days"
        return f"{label(content.mode)}, {content.onsite_days} {days} a month on site"
    return label(content.mode)


def window_words(content: PostingContent) -> str:
    """The UTC window: "UTC−8 to UTC−5"; empty when there is none."""
    low, high = content.utc_offset_min, content.utc_offset_max
    if low is None or high is None:
        return ""
    return utc_words(low) if low == high else f"{utc_words(low)} to {utc_words(high)}"


def utc_words(minutes: int) -> str:
    """An offset in minutes as "UTC+5:30"."""
    hours, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else "+"
    return f"UTC{sign}{hours}" + (f":{rest:02d}" if rest else "")


def requirement_phrase(row: RequirementRow, names: Names) -> str:
    """One row as a phrase: "Escalation handling, level 3", "Spanish, B2"."""
    detail = requirement_detail(row)
    what = requirement_subject(row, names)
    if detail and not row.min_cefr:
        detail = f"{detail[0].lower()}{detail[1:]}"
    return f"{what}, {detail}" if detail else what


def requirement_subject(row: RequirementRow, names: Names) -> str:
    """What the row is about, in words."""
    if row.kind is RequirementKind.EDUCATION and row.education:
        return label(row.education)
    return names.requirement(row)


def requirement_detail(row: RequirementRow) -> str:
    """How much the row asks: "Level 3, 2 years", "B2"; empty when it does not say."""
    parts = []
    if row.min_cefr:
        return str(row.min_cefr)
    if row.min_level:
        parts.append(f"Level {row.min_level}")
    if row.min_years:
        years = f"{row.min_years} year{'' if row.min_years == 1 else 's'}"
        parts.append(f"{years} of experience" if row.kind is RequirementKind.EDUCATION else years)
    return ", ".join(parts)


def requirement_groups(content: PostingContent) -> list[list[RequirementRow]]:
    """The rows in their order, each any-of group as one list where its first row stands."""
    groups: dict[str, list[RequirementRow]] = {}
    for row in content.requirements:
        groups.setdefault(f"any:{row.any_of}" if row.any_of else f"row:{row.id}", []).append(row)
    return list(groups.values())


def requirement_lines(content: PostingContent, names: Names) -> list[RequirementLine]:
    """The requirement table, must-haves first; an any-of group is one line."""
    lines = []
    for first, *others in requirement_groups(content):
        must = first.importance is Importance.MUST
        if others:
            asks, detail = requirement_phrase(first, names), "One of these"
        else:
            asks, detail = requirement_subject(first, names), requirement_detail(first)
        lines.append(
            RequirementLine(
                asks=asks,
                importance_label=label(first.importance),
                detail=detail,
                alternatives=tuple(requirement_phrase(row, names) for row in others),
                must=must,
            )
        )
    return sorted(lines, key=lambda line: not line.must)
