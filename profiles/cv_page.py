"""What a page of suggestions shows: each with its words, and what it would change."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from cscareers.core.currencies import format_amount
from cscareers.core.languages import language_name
from cscareers.core.models import City
from cscareers.core.nearby import city_words
from cscareers.core.places import area_name
from cscareers.core.salary import PayPeriod
from profiles.cv.facts import Fact, Value
from profiles.cv.merge import Effect, identity, merged
from profiles.enums import (
    Cefr,
    EducationLevel,
    FactKind,
    Kpi,
    Level,
    Schedule,
    SuggestionStatus,
    WorkKind,
    WorkMode,
)
from profiles.labels import choices, label, level_words
from profiles.models import CvImport, CvSuggestion
from profiles.periods import write_date, write_period
from profiles.portable import by_identity, holdings, term_names

LEVELS: Final = [("", "No level yet"), *((str(n), level_words(n)) for n in range(5))]
_HINTS: Final = {
    FactKind.SKILL: "Say how well you know each: without a level it counts as level 1.",
    FactKind.EXPERIENCE: "Its dates make your years of work.",
}
CEFR: Final = [("", "No level yet"), *choices(Cefr)]


@dataclass(frozen=True, slots=True)
class Ask:
    """A question beside a suggestion: the name of its field, and the answers."""

    name: str
    label: str
    options: Sequence[tuple[str, str]]
    chosen: str


@dataclass(frozen=True, slots=True)
class Line:
    """One suggestion. `change` says what of the profile it would change."""

    pk: int
    title: str
    detail: str
    quote: str
    change: str
    is_ticked: bool
    ask: Ask | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The suggestions of one kind."""

    slug: str
    title: str
    lines: Sequence[Line]
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """The open suggestions by kind, how many the profile has already, and those decided."""

    groups: Sequence[Group]
    same: int
    taken: int
    left_out: int

    @property
    def open(self) -> int:
        """How many wait."""
        return sum(len(group.lines) for group in self.groups)


def page_of(found: CvImport) -> Page:
    """What is to be decided of an import, in at most eleven queries."""
    rows = list(found.suggestions.order_by("pk"))
    held = by_identity(holdings(found.profile))
    facts = {row.pk: Fact(FactKind(row.kind), row.facts) for row in rows}
    names = _Names(term_names(facts.values()), _cities(facts.values()))
    lines: dict[FactKind, list[Line]] = {kind: [] for kind in FactKind}
    same = 0
    for row in rows:
        if row.status != SuggestionStatus.OPEN:
            continue
        fact = facts[row.pk]
        before = held.get(identity(fact))
        result = merged(before.fact if before else None, fact)
        if result.effect is Effect.SAME:
            same += 1
            continue
        change = names.change(before.fact if before else None, fact, result.changed)
        line = Line(
            row.pk,
            *names.words(fact),
            row.quote,
            change,
            result.effect is not Effect.REPLACES,
            _ask(row, fact, result.values),
        )
        lines[fact.kind].append(line)
    groups = [
        Group(kind.value, label(kind), found, _HINTS.get(kind, ""))
        for kind, found in lines.items()
        if found
    ]
    decided = [row.status for row in rows]
    return Page(
        groups,
        same,
        decided.count(SuggestionStatus.ACCEPTED),
        decided.count(SuggestionStatus.DISMISSED),
    )


def _cities(facts: Iterable[Fact]) -> Mapping[int, str]:
    ids = {fact.values["city"] for fact in facts if fact.kind is FactKind.PLACE}
    rows = City.objects.filter(pk__in=ids).select_related("country") if ids else ()
    return {city.pk: city_words(city) for city in rows}


def _ask(row: CvSuggestion, fact: Fact, values: Mapping[str, Value]) -> Ask | None:
    if fact.kind is FactKind.SKILL:
        said = values.get("level")
        chosen = "" if said is None else str(said)
        return Ask(f"level-{row.pk}", "How well you know it", LEVELS, chosen)
    if fact.kind is FactKind.LANGUAGE:
        return Ask(f"cefr-{row.pk}", "How well you know it", CEFR, str(values.get("cefr") or ""))
    return None


# ---- in words ----

_COLUMNS: Final[Mapping[str, str]] = {
    "headline": "Headline",
    "summary": "Summary",
    "level_now": "Level now",
    "level_wanted": "Level wanted",
    "pay_floor": "Least pay",
    "pay_currency": "Currency",
    "pay_period": "Pay period",
    "modes": "Ways of working",
    "work_countries": "Countries where you may work",
    "remote_from": "Where you work from remotely",
    "schedules": "Working hours",
    "visa_needed": "Visa",
    "level": "level",
    "years": "years",
    "last_used": "last used",
    "cefr": "level",
    "expires": "end",
    "radius_km": "distance",
    "employer_name": "employer",
    "study_type": "degree",
}


@dataclass(frozen=True, slots=True)
class _Names:
    terms: Mapping[str, str]
    cities: Mapping[int, str]

    def words(self, fact: Fact) -> tuple[str, str]:
        """What a fact says: its title, and the rest."""
        said = fact.get
        match fact.kind:
            case FactKind.SKILL:
                return self.term(fact), _joined(
                    _years(fact), _after("last used", "last_used", fact)
                )
            case FactKind.CERTIFICATE:
                ends = _after("valid until", "expires", fact)
                since = _after("since", "issued", fact)
                return self.term(fact) or said("name"), _joined(said("issuer"), since, ends)
            case FactKind.LANGUAGE:
                return language_name(said("code")), ""
            case FactKind.EXPERIENCE:
                kind = label(WorkKind.VOLUNTEER) if said("kind") == WorkKind.VOLUNTEER else ""
                when = write_period(said("started"), said("ended"))
                title = _joined(said("position"), said("employer_name"))
                return title, _joined(kind, when, said("location"))
            case FactKind.EVIDENCE:
                kpi = label(Kpi(said("kpi"))) if said("kpi") else ""
                figures = " to ".join(part for part in (said("before"), said("after")) if part)
                return said("what"), _joined(
                    said("where"), kpi, f"{figures} {said('unit')}".strip()
                )
            case FactKind.EDUCATION:
                level = label(EducationLevel(said("level"))) if said("level") else ""
                title = _joined(said("study_type"), said("area")) or said("institution") or level
                when = write_period(said("started"), said("ended"))
                return title, _joined(level, said("institution"), when)
            case FactKind.PLACE:
                city, km = fact.values["city"], fact.values.get("radius_km")
                name = self.cities.get(city, "") if isinstance(city, int) else ""
                return name, f"within {km} km" if km else ""
            case FactKind.ABOUT | FactKind.WISH:
                first = next(iter(fact.values))
                return _COLUMNS[first], own_words(fact)

    def term(self, fact: Fact) -> str:
        return self.terms.get(fact.get("slug"), fact.get("slug"))

    def change(self, held: Fact | None, fact: Fact, changed: Sequence[str]) -> str:
        """What the profile says now that would be different."""
        if held is None:
            return ""
        if fact.kind in (FactKind.ABOUT, FactKind.WISH):
            return f"Replaces: {own_words(held)}"
        parts = [
            _COLUMNS.get(name, name.replace("_", " "))
            + (f" (now {_shown(name, held.values[name])})" if name in held.values else "")
            for name in changed
        ]
        return f"You have this already. It adds: {', '.join(parts)}."


def own_words(fact: Fact) -> str:
    """What a fact says of the profile itself: pay, ways of working, a headline."""
    values, parts = fact.values, []
    if "pay_floor" in values:
        amount = format_amount(Decimal(fact.get("pay_floor")), fact.get("pay_currency"))
        return f"at least {amount} {label(PayPeriod(fact.get('pay_period') or 'year'))}"
    for name, value in values.items():
        if name in ("level_now", "level_wanted"):
            parts.append(label(Level(str(value))))
        elif name in ("modes", "schedules"):
            enum = WorkMode if name == "modes" else Schedule
            parts += [label(enum(one)) for one in _list(value)]
        elif name in ("work_countries", "remote_from"):
            parts += [area_name(code) for code in _list(value)]
        elif name == "visa_needed":
            parts.append("Needs a visa" if value else "Needs no visa")
        else:
            parts.append(str(value))
    return ", ".join(parts)


def _list(value: Value) -> list[str]:
    return value if isinstance(value, list) else [str(value)]


def _shown(name: str, value: Value) -> str:
    if name in ("last_used", "expires"):
        return write_date(str(value))
    return str(value)


def _years(fact: Fact) -> str:
    years = fact.get("years")
    return f"{years} {'year' if years == '1' else 'years'}" if years else ""


def _after(words: str, column: str, fact: Fact) -> str:
    return f"{words} {write_date(fact.get(column))}" if fact.get(column) else ""


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
