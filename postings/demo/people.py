"""The candidates of the demo as values: one written by hand, the others drawn. Pure.

Each drawn one comes from an opening of the demo world: it brings most of what that job asks, a
little more or less of each, some of what other jobs of the level ask, and leaves things unsaid as
people do. The same numbers come out every time; only dates move with the day of loading.
"""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final

from cscareers.core.salary import PayPeriod
from postings.content import PostingContent, RequirementRow
from postings.demo.world import demo_world
from postings.enums import (
    Cefr,
    EducationLevel,
    Kpi,
    Level,
    PostingState,
    RequirementKind,
    Schedule,
    WorkMode,
)
from postings.labels import label
from profiles.enums import Visibility

_FILE: Final = Path(__file__).parent / "candidate.toml"
_LEVELS: Final = {
    Level.REPRESENTATIVE: 17,
    Level.SPECIALIST: 13,
    Level.SUPERVISOR: 11,
    Level.MANAGER: 11,
    Level.SENIOR_MANAGER: 4,
    Level.DIRECTOR: 3,
    Level.VP: 1,
}
_YEARS: Final = {
    Level.REPRESENTATIVE: (0, 3),
    Level.SPECIALIST: (2, 6),
    Level.SUPERVISOR: (4, 9),
    Level.MANAGER: (6, 14),
    Level.SENIOR_MANAGER: (10, 18),
    Level.DIRECTOR: (14, 22),
    Level.VP: (18, 26),
}
_TONGUES: Final = {
    "BR": "pt", "DE": "de", "DK": "da", "ES": "es", "FR": "fr", "IT": "it", "MX": "es", "NL": "nl",
    "NO": "no", "PL": "pl", "PT": "pt", "SE": "sv", "TH": "th", "AT": "de", "CH": "de",
}  # fmt: skip
_EVERYBODYS: Final = ("customer-service", "verbal-communication")
"""What people of this trade have, whatever job they come from; most say it."""
_WORKPLACES: Final = (
    "Alderman Freight", "Bluebell Travel", "Corriveau Foods", "Dunmore Water", "Eastgate Stores",
    "Foxglove Insurance", "Gannet Mobile", "Hazelden Clinics", "Inkwell Books", "Juniper Bank",
    "Kestrel Rail", "Larkspur Hotels",
)  # fmt: skip
_PROOFS: Final = (
    ("Wrote answers for the ten most common questions", Kpi.RESPONSE_TIME, 9, 4, "hours"),
    ("Listened to five calls a week with each colleague", Kpi.QA_SCORE, 78, 91, "%"),
    ("Moved refunds to the first person who answers", Kpi.FCR, 61, 74, "%"),
    ("Rebuilt the rota around the Monday peak", Kpi.SLA, 71, 86, "%"),
    ("Called back everybody who had scored us low", Kpi.CSAT, 82, 89, "%"),
    ("Cleared what had waited longest every Friday", Kpi.BACKLOG, 640, 120, "cases"),
    ("Gave new people a buddy for their first month", Kpi.STAFF_TURNOVER, 38, 22, "% a year"),
)


@dataclass(frozen=True, slots=True)
class DemoCandidate:
    """`columns` are those of the profile; the rest are the columns of its rows, by kind.

    Skills, certificates and the skill of a piece of evidence stand by slug, places by GeoNames id.
    """

    email: str
    name: str
    columns: dict[str, Any]
    skills: tuple[dict[str, Any], ...] = ()
    experience: tuple[dict[str, Any], ...] = ()
    evidence: tuple[dict[str, Any], ...] = ()
    education: tuple[dict[str, Any], ...] = ()
    certificates: tuple[dict[str, Any], ...] = ()
    languages: tuple[dict[str, Any], ...] = ()
    places: tuple[dict[str, Any], ...] = ()


def candidate_of_the_demo(email: str, name: str) -> DemoCandidate:
    """The candidate who can sign in, as `candidate.toml` has her."""
    document = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    columns = document.pop("profile")
    columns["pay_floor"] = Decimal(columns["pay_floor"])
    for row in document["skill"]:
        row["years"] = Decimal(row["years"]) if "years" in row else None
    return DemoCandidate(
        email,
        name,
        columns,
        skills=tuple(document["skill"]),
        experience=tuple(document["experience"]),
        evidence=tuple(document["evidence"]),
        education=tuple(document["education"]),
        languages=tuple(document["language"]),
        places=tuple(document.get("place", ())),
    )


def crowd(today: date, *, times: int = 1) -> tuple[DemoCandidate, ...]:
    """The drawn candidates as they are on `today`: so many times 60."""
    levels = [level for level, number in _LEVELS.items() for _ in range(number)] * times
    return tuple(_drawn(number, level, today) for number, level in enumerate(levels, 1))


@cache
def _openings() -> tuple[PostingContent, ...]:
    return tuple(
        posting.content
        for world in demo_world()
        for posting in world.postings
        if posting.state is PostingState.PUBLISHED and posting.content.requirements
    )


def _drawn(number: int, level: Level, today: date) -> DemoCandidate:
    luck = Random(f"demo candidate {number}")  # noqa: S311 – the same each time, on purpose
    of_level = [content for content in _openings() if content.level is level]
    # Most of them in one country, so that an employer there can see a crowd.
    at_home = [content for content in of_level if _is_in(content, "US")]
    origin = luck.choice(at_home if at_home and luck.random() < 0.6 else of_level)
    country = _country(origin, luck)
    rows = _rows(origin, luck.sample(of_level, min(2, len(of_level))), luck)
    years = luck.randint(*_YEARS[level])
    experience = _experience(level, origin, years, today, luck)
    return DemoCandidate(
        email=f"candidate{number:02}@people.example",
        name=f"Demo candidate {number}",
        columns=_columns(level, origin, country, luck),
        skills=_skills(rows, years, today, luck),
        experience=experience,
        evidence=_evidence(level, experience, luck),
        education=_education(rows, level, today, luck),
        certificates=_certificates(rows, today, luck),
        languages=_languages(rows, country, luck),
        places=_places(origin, luck),
    )


def _is_in(content: PostingContent, country: str) -> bool:
    return country in (*(place.country for place in content.locations), *content.applicant_areas)


def _country(origin: PostingContent, luck: Random) -> str:
    if _is_in(origin, "US"):
        return "US"
    named = [place.country for place in origin.locations] or list(origin.applicant_countries)
    return luck.choice(named or ["US"])


def _rows(
    origin: PostingContent, others: Iterable[PostingContent], luck: Random
) -> list[RequirementRow]:
    """What the person has something to say about: most of one job, some of others."""
    mine = [row for row in origin.requirements if luck.random() < 0.8]
    return mine + [row for content in others for row in content.requirements if luck.random() < 0.4]


def _columns(level: Level, origin: PostingContent, country: str, luck: Random) -> dict[str, Any]:
    steps = list(Level)
    wanted = steps[min(level.step - 1 + luck.choice((0, 0, 1)), len(steps) - 1)]
    columns: dict[str, Any] = {
        "headline": f"{label(level)} in {_field(origin)}",
        "level_now": level.value,
        "level_wanted": wanted.value,
        "work_countries": [country],
        "visibility": luck.choice(
            [Visibility.VERIFIED] * 5 + [Visibility.APPLICATION] * 4 + [Visibility.NOBODY]
        ).value,
    }
    if luck.random() < 0.8:
        chosen = {WorkMode.REMOTE, luck.choice(list(WorkMode)), origin.mode or WorkMode.ONSITE}
        columns["modes"] = [mode.value for mode in WorkMode if mode in chosen]
    if luck.random() < 0.7:
        columns["visa_needed"] = False
    if origin.base_band and luck.random() < 0.7:
        band = origin.base_band.band
        share = Decimal(luck.randint(80, 104)) / 100
        floor = band.minimum * share
        whole = Decimal("0.5") if band.period is PayPeriod.HOUR else Decimal(100)
        columns["pay_floor"] = (floor / whole).to_integral_value(ROUND_DOWN) * whole
        columns["pay_currency"], columns["pay_period"] = band.currency, band.period.value
    if luck.random() < 0.5:
        columns["schedules"] = [Schedule.BUSINESS_HOURS.value, Schedule.FLEXIBLE.value]
    return columns


def _field(origin: PostingContent) -> str:
    if not origin.specialisations:
        return "customer service"
    words = label(origin.specialisations[0])
    return f"{words[0].lower()}{words[1:]}"


def _skills(
    rows: Iterable[RequirementRow], years: int, today: date, luck: Random
) -> tuple[dict[str, Any], ...]:
    found: dict[str, dict[str, Any]] = {}
    for slug in _EVERYBODYS:
        if luck.random() < 0.7:
            usual = min(4, 1 + luck.randint(1, 2) + (years > 5))
            found[slug] = {"skill": slug, "level": usual, "years": Decimal(years)}
    for row in rows:
        if row.kind not in (RequirementKind.SKILL, RequirementKind.TOOL) or not row.skill:
            continue
        if row.skill in found:
            continue
        asked = row.min_level or 2
        level: int | None = max(1, min(4, asked + luck.choice((-1, 0, 0, 0, 1))))
        if luck.random() < 0.06:
            level = 0
        elif luck.random() < 0.12:
            level = None
        said = level != 0 and luck.random() < 0.7
        found[row.skill] = {
            "skill": row.skill,
            "level": level,
            "years": Decimal(luck.randint(0, max(1, min(years, 8)))) if said else None,
            "last_used": str(today.year) if said else "",
        }
    return tuple(found.values())


def _experience(
    level: Level, origin: PostingContent, years: int, today: date, luck: Random
) -> tuple[dict[str, Any], ...]:
    """Two jobs: this level lately, the one below it before."""
    if years == 0:
        return ()
    here = max(1, years // 2)
    month = luck.randint(1, 12)
    places = luck.sample(_WORKPLACES, 2)
    below = list(Level)[max(0, level.step - 2)]
    turned = f"{today.year - here}-{month:02}"
    rows = [
        {
            "position": f"{label(level)}, {_field(origin)}",
            "employer_name": places[0],
            "level": level.value,
            "started": turned,
        }
    ]
    if years > here:
        rows.append(
            {
                "position": label(below),
                "employer_name": places[1],
                "level": below.value,
                "started": f"{today.year - years}-{month:02}",
                "ended": turned,
            }
        )
    return tuple(rows)


def _evidence(
    level: Level, experience: Sequence[dict[str, Any]], luck: Random
) -> tuple[dict[str, Any], ...]:
    if not experience or luck.random() < 0.3:
        return ()
    what, kpi, before, after, unit = luck.choice(_PROOFS)
    row: dict[str, Any] = {
        "what": what,
        "where": experience[0]["employer_name"],
        "started": experience[0]["started"],
        "kpi": kpi.value,
        "before": Decimal(before),
        "after": Decimal(after),
        "unit": unit,
    }
    if level.step >= Level.SUPERVISOR.step:
        row["team_size"] = luck.randint(4, 12) * (level.step - 2)
    return (row,)


def _education(
    rows: Iterable[RequirementRow], level: Level, today: date, luck: Random
) -> tuple[dict[str, Any], ...]:
    asked = [row.education for row in rows if row.education]
    if not asked and luck.random() < 0.4:
        return ()
    usual = EducationLevel.BACHELOR if level.step >= 4 else EducationLevel.SECONDARY
    ended = today.year - _YEARS[level][1] - luck.randint(0, 4)
    return ({"level": (asked[0] if asked else usual).value, "ended": str(ended)},)


def _certificates(
    rows: Iterable[RequirementRow], today: date, luck: Random
) -> tuple[dict[str, Any], ...]:
    slugs = dict.fromkeys(
        row.skill for row in rows if row.kind is RequirementKind.CERTIFICATE and row.skill
    )
    return tuple(
        {
            "skill": slug,
            "issued": str(today.year - 2),
            "expires": luck.choice(
                (None, date(today.year + 1, 6, 30), date(today.year - 1, 6, 30))
            ),
        }
        for slug in slugs
    )


def _languages(
    rows: Iterable[RequirementRow], country: str, luck: Random
) -> tuple[dict[str, Any], ...]:
    own = _TONGUES.get(country, "en")
    found: dict[str, str] = {own: Cefr.C2.value}
    if own != "en":
        found["en"] = luck.choice((Cefr.B1, Cefr.B2, Cefr.C1)).value
    for row in rows:
        if row.kind is RequirementKind.LANGUAGE and row.language:
            found.setdefault(row.language, luck.choice(("", Cefr.B1, Cefr.B2, Cefr.C1)))
    return tuple({"code": code, "cefr": str(cefr)} for code, cefr in found.items())


def _places(origin: PostingContent, luck: Random) -> tuple[dict[str, Any], ...]:
    cities = [place.city for place in origin.locations if place.city]
    if not cities or luck.random() < 0.4:
        return ()
    return ({"city": cities[0], "radius_km": luck.choice((10, 25, 50))},)
