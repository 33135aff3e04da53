"""A profile as facts, and facts as rows: the tables on one side, pure readers on the other."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db import models

from cscareers.core.models import City
from cscareers.core.places import country_names, subdivision_names
from profiles.cv.facts import COLUMNS, Fact, Value, plain
from profiles.cv.known import Known, Term
from profiles.cv.merge import identity
from profiles.enums import FactKind, SkillKind
from profiles.models import (
    CandidateCertificate,
    CandidateLanguage,
    CandidatePlace,
    CandidateProfile,
    CandidateSkill,
    Education,
    Evidence,
    Experience,
    ProfileRow,
    Skill,
)
from profiles.taxonomy.lookup import find_skills
from profiles.taxonomy.vocabulary import current_vocabulary

ROWS: Final[Mapping[FactKind, type[ProfileRow]]] = {
    FactKind.SKILL: CandidateSkill,
    FactKind.CERTIFICATE: CandidateCertificate,
    FactKind.LANGUAGE: CandidateLanguage,
    FactKind.EXPERIENCE: Experience,
    FactKind.EVIDENCE: Evidence,
    FactKind.EDUCATION: Education,
    FactKind.PLACE: CandidatePlace,
}
_TOGETHER: Final = (
    *((FactKind.ABOUT, (name,)) for name in COLUMNS[FactKind.ABOUT]),
    (FactKind.WISH, ("pay_floor", "pay_currency", "pay_period")),
    *((FactKind.WISH, (name,)) for name in COLUMNS[FactKind.WISH] if not name.startswith("pay_")),
)
"""Columns of the profile itself that are one answer."""
_LINKS: Final = {"slug": "skill", "city": "city_id"}


@dataclass(frozen=True, slots=True)
class Holding:
    """Something that a profile says, and its row when it has one of its own."""

    fact: Fact
    row: ProfileRow | None = None


def holdings(profile: CandidateProfile) -> list[Holding]:
    """All that a profile says, in the order in which it was said; seven queries."""
    found = [Holding(fact) for fact in _own(profile)]
    if not profile.pk:
        return found
    for kind, model in ROWS.items():
        rows: models.QuerySet[Any] = model._default_manager.filter(profile=profile).order_by("pk")
        if kind in (FactKind.SKILL, FactKind.CERTIFICATE, FactKind.EVIDENCE):
            rows = rows.select_related("skill")
        found += [Holding(_fact(kind, row), row) for row in rows]
    return found


def by_identity(found: Iterable[Holding]) -> dict[tuple[str, ...], Holding]:
    """What a profile says, to be found by what makes two facts one."""
    return {identity(holding.fact): holding for holding in found}


def term_names(facts: Iterable[Fact]) -> dict[str, str]:
    """The names of the terms that facts speak of, by their slugs; one query."""
    slugs = {fact.get("slug") for fact in facts} - {""}
    return dict(Skill.objects.filter(slug__in=slugs).values_list("slug", "name"))


def known_for_text() -> Known:
    """What the text of a CV is read with."""
    return Known(vocabulary=current_vocabulary())


def known_for(terms: Iterable[str], cities: Iterable[int]) -> Known:
    """What a JSON Resume is read with that names these terms and cities."""
    found = find_skills(list(terms))
    ids = City.objects.filter(pk__in=list(cities)).values_list("pk", flat=True)
    return Known(
        {
            text: Term(skill.slug, skill.name, SkillKind(skill.kind))
            for text, skill in found.items()
        },
        frozenset(ids),
        country_names().keys(),
        subdivision_names().keys(),
        current_vocabulary(),
    )


# ---- from rows ----


def _own(profile: CandidateProfile) -> Iterator[Fact]:
    for kind, names in _TOGETHER:
        values = dict(_said(profile, names))
        if values.keys() - {"pay_period"}:
            yield Fact(kind, values)


def _fact(kind: FactKind, row: ProfileRow) -> Fact:
    return Fact(kind, dict(_said(row, COLUMNS[kind])))


def _said(row: models.Model, names: Iterable[str]) -> Iterator[tuple[str, Value]]:
    for name in names:
        value = getattr(row, _LINKS.get(name, name))
        if value is not None and value not in ("", []):
            yield name, _value(value)


def _value(value: Any) -> Value:
    if isinstance(value, Skill):
        return value.slug
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool | int):
        return value
    if isinstance(value, list):
        return [str(one) for one in value]
    return str(value)


# ---- to rows ----


def row_of(fact: Fact, row: ProfileRow | None, terms: Mapping[str, Skill]) -> ProfileRow:
    """`row`, or a new one, that says what `fact` says; not saved. `terms` by slug."""
    row = row or ROWS[fact.kind]()
    for name, value in fact.values.items():
        field = type(row)._meta.get_field(_LINKS.get(name, name))
        if name == "slug":
            setattr(row, "skill", terms[str(value)])  # noqa: B010  it is on some rows only
        else:
            setattr(row, _LINKS.get(name, name), _stored(field, value))
    return row


def columns_of(fact: Fact) -> dict[str, Any]:
    """What `fact` says of the profile itself, by column."""
    fields = CandidateProfile._meta
    return {name: _stored(fields.get_field(name), value) for name, value in fact.values.items()}


def _stored(field: Any, value: Value) -> Any:
    if isinstance(field, models.DecimalField):
        return Decimal(str(value))
    if isinstance(field, models.DateField):
        return date.fromisoformat(str(value))
    return value
