"""What the rows of the requirements page ask while they are typed, unjudged; and less of it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final, TypeVar

from django import forms

from postings.audience.asks import softer
from postings.content import RequirementRow
from postings.enums import Cefr, EducationLevel, Importance, RequirementKind
from postings.matching.inputs import Ask, Term
from postings.reading import Names
from profiles.taxonomy.lookup import find_skills

Typed = dict[str, Any]
_NUMBER: Final = re.compile(r"[0-9]{1,2}")
_BY_TERM: Final = (RequirementKind.SKILL, RequirementKind.TOOL, RequirementKind.CERTIFICATE)
Coded = TypeVar("Coded", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Asked:
    """Rows under the prefixes of their forms, and the terms that they name, by slug. A row that
    does not say yet what it asks, or names what is no term yet, is not among them."""

    rows: tuple[RequirementRow, ...]
    terms: Mapping[str, Term]


def asked_by(typed: Iterable[forms.Form], names: Names) -> Asked:
    """What these rows ask. Terms that `names` has are not looked up; others by three queries."""
    rows = [_row(form) for form in typed]
    known = {skill.name: skill for skill in names.skills.values()}
    said = {row.name for row in rows if row.kind in _BY_TERM and row.name}
    if strange := said - known.keys():
        known |= find_skills(strange)
    found = []
    for row in rows:
        if row.kind not in _BY_TERM:
            found += [row] if _is_whole(row) else []
        elif row.name in known:
            found.append(replace(row, skill=known[row.name].slug))
    terms = {skill.slug: Term(skill.slug, skill.name) for skill in known.values()}
    return Asked(tuple(found), terms)


def _is_whole(row: RequirementRow) -> bool:
    return bool(
        row.language or row.education or (row.kind is RequirementKind.EXPERIENCE and row.min_years)
    )


def _row(form: forms.Form) -> RequirementRow:
    def said(name: str) -> str:
        return str(form[name].value() or "").strip() if name in form.fields else ""

    def number(name: str) -> int | None:
        return int(said(name)) if _NUMBER.fullmatch(said(name)) else None

    nice = said("importance") == Importance.NICE
    kind = _coded(RequirementKind, said("kind")) or RequirementKind.SKILL
    return RequirementRow(
        id=str(form.prefix),
        kind=kind,
        importance=Importance.NICE if nice else Importance.MUST,
        name=said("term"),
        language=said("language") or None,
        min_cefr=_coded(Cefr, said("min_cefr")),
        education=_coded(EducationLevel, said("education")),
        min_level=number("min_level"),
        min_years=number("min_years"),
        any_of=said("any_of") or None,
    )


def _coded(kind: type[Coded], value: str) -> Coded | None:
    return kind(value) if value in set(kind) else None


def less(form: forms.Form) -> Typed:
    """What is typed into the row's form instead when it asks a step less; empty where there is
    none."""
    row = _row(form)
    ask = Ask(
        id=row.id,
        kind=row.kind,
        must=True,
        cefr=row.min_cefr,
        education=row.education,
        level=row.min_level,
        years=row.min_years,
    )
    step = softer(ask)
    if step is None:
        return {}
    amounts = {
        "min_level": step.level,
        "min_cefr": step.cefr,
        "min_years": step.years,
        "education": step.education,
    }
    return {name: value for name, value in amounts.items() if name in form.fields}
