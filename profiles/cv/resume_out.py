"""Facts of a profile as a JSON Resume (1.2.1) that says all of them. Pure.

Everybody's programs read the plain keys; what these have no room for stands under `x-cscareers`, at
the top as `docs/matching.md` reads it, and in entries. `profiles.cv.resume_in` reads it back.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

from cscareers.core.languages import language_name
from profiles.cv.facts import Fact
from profiles.cv.words import SKILL_WORDS
from profiles.enums import FactKind, WorkKind

EXTRAS: Final = "x-cscareers"
SCHEMA: Final = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.2.1/schema.json"
JOB: Final[Mapping[str, str]] = {
    "employer_name": "name",
    "position": "position",
    "location": "location",
    "url": "url",
    "started": "startDate",
    "ended": "endDate",
    "summary": "summary",
    "highlights": "highlights",
}
"""Our columns → keys of `work`."""
VOLUNTEER: Final[Mapping[str, str]] = {
    **{column: key for column, key in JOB.items() if column != "location"},
    "employer_name": "organization",
}
EDUCATION: Final[Mapping[str, str]] = {
    "institution": "institution",
    "area": "area",
    "study_type": "studyType",
    "started": "startDate",
    "ended": "endDate",
}
CERTIFICATE: Final[Mapping[str, str]] = {
    "name": "name",
    "issuer": "issuer",
    "url": "url",
    "issued": "date",
}
PAY: Final[Mapping[str, str]] = {
    "pay_floor": "amount",
    "pay_currency": "currency",
    "pay_period": "period",
}
RENAMED: Final[Mapping[str, str]] = {"work_countries": "countries"}
"""Our columns → other names under `x-cscareers`."""
NUMBERS: Final = frozenset({"years", "before", "after", "pay_floor"})
LEVEL_WORDS: Final[Mapping[int, str]] = {
    number: word for word, number in reversed(list(SKILL_WORDS.items()))
}


def document(facts: Iterable[Fact], names: Mapping[str, str]) -> dict[str, Any]:
    """A document that passes the schema. `names`: of the terms, by their slugs."""
    by_kind: dict[FactKind, list[Fact]] = {kind: [] for kind in FactKind}
    for fact in facts:
        by_kind[fact.kind].append(fact)
    jobs, voluntary = _work(by_kind[FactKind.EXPERIENCE])
    found = {
        "$schema": SCHEMA,
        "basics": _basics(by_kind[FactKind.ABOUT]),
        "work": jobs,
        "volunteer": voluntary,
        "education": [_entry(fact, EDUCATION) for fact in by_kind[FactKind.EDUCATION]],
        "certificates": [_certificate(fact, names) for fact in by_kind[FactKind.CERTIFICATE]],
        "skills": [_skill(fact, names) for fact in by_kind[FactKind.SKILL]],
        "languages": [_language(fact) for fact in by_kind[FactKind.LANGUAGE]],
        EXTRAS: _extras(by_kind),
    }
    return {key: value for key, value in found.items() if value}


def _basics(facts: Iterable[Fact]) -> dict[str, Any]:
    said = _merged(facts)
    keys = {"headline": "label", "summary": "summary"}
    return {key: said[column] for column, key in keys.items() if column in said}


def _merged(facts: Iterable[Fact]) -> dict[str, Any]:
    return {name: value for fact in facts for name, value in _values(fact).items()}


def _values(fact: Fact) -> dict[str, Any]:
    """The values with numbers as numbers."""
    return {
        name: _number(str(value)) if name in NUMBERS else value
        for name, value in fact.values.items()
    }


def _number(figures: str) -> int | float:
    exact = Decimal(figures)
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def _work(facts: Iterable[Fact]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    jobs, voluntary = [], []
    for fact in facts:
        if fact.get("kind") == WorkKind.VOLUNTEER:
            voluntary.append(_entry(fact, VOLUNTEER))
        else:
            jobs.append(_entry(fact, JOB))
    return jobs, voluntary


def _entry(fact: Fact, keys: Mapping[str, str]) -> dict[str, Any]:
    """The plain keys of an entry, and in it what they have no room for; its kind is its list."""
    values = _values(fact)
    found = {key: values[column] for column, key in keys.items() if column in values}
    rest = {column: value for column, value in values.items() if column not in keys}
    rest.pop("kind", None)
    # Also when nothing is left: it tells that the entry is ours, and nothing is to be guessed.
    return {**found, EXTRAS: rest}


def _certificate(fact: Fact, names: Mapping[str, str]) -> dict[str, Any]:
    slug = fact.get("slug")
    return {**({"name": names.get(slug, slug)} if slug else {}), **_entry(fact, CERTIFICATE)}


def _skill(fact: Fact, names: Mapping[str, str]) -> dict[str, Any]:
    slug, level = fact.get("slug"), fact.values.get("level")
    found = {"name": names.get(slug, slug)}
    if isinstance(level, int):
        found["level"] = LEVEL_WORDS[level].capitalize()
    return {**found, EXTRAS: {"slug": slug}}


def _language(fact: Fact) -> dict[str, Any]:
    code, cefr = fact.get("code"), fact.get("cefr")
    found = {"language": language_name(code), "fluency": cefr}
    return {**{key: value for key, value in found.items() if value}, EXTRAS: {"code": code}}


def _extras(by_kind: Mapping[FactKind, list[Fact]]) -> dict[str, Any]:
    wishes = _merged(by_kind[FactKind.WISH])
    about = _merged(by_kind[FactKind.ABOUT])
    pay = {key: wishes.pop(column) for column, key in PAY.items() if column in wishes}
    certificates = [_values(fact) for fact in by_kind[FactKind.CERTIFICATE] if fact.get("slug")]
    found: dict[str, Any] = {
        "skills": [_values(fact) for fact in by_kind[FactKind.SKILL]],
        "languages": [dict(fact.values) for fact in by_kind[FactKind.LANGUAGE]],
        "certificates": [
            {key: row[key] for key in ("slug", "expires") if key in row} for row in certificates
        ],
        "evidence": [_values(fact) for fact in by_kind[FactKind.EVIDENCE]],
        "places": [_values(fact) for fact in by_kind[FactKind.PLACE]],
        **{name: about[name] for name in ("level_now", "level_wanted") if name in about},
        **{RENAMED.get(name, name): value for name, value in wishes.items()},
    }
    # Without an amount there is no floor, and readers ask for one.
    found["pay_floor" if "amount" in pay else "pay"] = pay
    return {key: value for key, value in found.items() if value not in ([], {})}
