"""People's facts as a document, so that a crowd stays the same for its day. Pure.

Nothing in it says who somebody is, and its order says nothing either. The cities that they name
are left out: no figure counts distances.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from cscareers.core.salary import PayPeriod
from postings.enums import Cefr, EducationLevel, Level, WorkMode
from postings.matching.inputs import Held, PayFloor, Preferences, Profile

Document = dict[str, Any]


def freeze(people: Iterable[Profile]) -> list[Document]:
    """The people as JSON, sorted by what it says."""
    return sorted((_document(person) for person in people), key=json.dumps)


def thaw(documents: Iterable[Mapping[str, Any]]) -> tuple[Profile, ...]:
    """The people of such documents."""
    return tuple(_person(document) for document in documents)


def _document(person: Profile) -> Document:
    mine = person.preferences
    floor = mine.pay_floor
    return {
        "skills": {
            slug: [held.level, _text(held.years)] for slug, held in sorted(person.skills.items())
        },
        "languages": dict(sorted(person.languages.items())),
        "certificates": {
            slug: expires and expires.isoformat()
            for slug, expires in sorted(person.certificates.items())
        },
        "education": person.education,
        "experience": _text(person.experience),
        "countries": list(mine.countries),
        "remote_from": mine.remote_from,
        "modes": sorted(mine.modes),
        "pay_floor": floor and [str(floor.amount), floor.currency, floor.period],
        "visa_needed": mine.visa_needed,
        "level_wanted": mine.level_wanted,
        "level_now": mine.level_now,
    }


def _text(amount: Fraction | None) -> str | None:
    return None if amount is None else str(amount)


def _person(document: Mapping[str, Any]) -> Profile:
    floor, education = document["pay_floor"], document["education"]
    return Profile(
        skills={
            slug: Held(level, _years(years)) for slug, (level, years) in document["skills"].items()
        },
        languages={
            code: Cefr(cefr) if cefr else None for code, cefr in document["languages"].items()
        },
        certificates={
            slug: date.fromisoformat(expires) if expires else None
            for slug, expires in document["certificates"].items()
        },
        education=EducationLevel(education) if education else None,
        experience=_years(document["experience"]),
        preferences=Preferences(
            countries=tuple(document["countries"]),
            remote_from=document["remote_from"],
            modes=frozenset(WorkMode(mode) for mode in document["modes"]),
            pay_floor=PayFloor(Decimal(floor[0]), floor[1], PayPeriod(floor[2])) if floor else None,
            visa_needed=document["visa_needed"],
            level_wanted=_level(document["level_wanted"]),
            level_now=_level(document["level_now"]),
        ),
    )


def _level(value: str | None) -> Level | None:
    return Level(value) if value else None


def _years(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)
