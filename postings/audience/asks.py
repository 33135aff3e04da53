"""What a requirement asks, freed of all that does not change who meets it. Pure.

The same question must have one answer, however it is put: under another name, in another order,
twice, or beside something weaker. Otherwise its secret rounding could be averaged away.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Final

from postings.enums import Cefr, EducationLevel, RequirementKind
from postings.matching.inputs import Ask

_CEFR: Final = list(Cefr)
_EDUCATION: Final = list(EducationLevel)
Group = frozenset[Ask]
"""Alternatives: one of them is enough."""


def standard(ask: Ask) -> Ask:
    """`ask` with only what decides who meets it."""
    bare = Ask(id="", kind=ask.kind, must=True)
    match ask.kind:
        case RequirementKind.SKILL | RequirementKind.TOOL:
            kind = RequirementKind.SKILL
            return replace(
                bare, kind=kind, slug=ask.slug, level=ask.level or 1, years=ask.years or 0
            )
        case RequirementKind.CERTIFICATE:
            return replace(bare, slug=ask.slug)
        case RequirementKind.LANGUAGE:
            return replace(bare, language=ask.language, cefr=ask.cefr)
        case RequirementKind.EDUCATION:
            level = ask.education or EducationLevel.NONE
            return replace(bare, education=level, years=ask.years or 0)
        case RequirementKind.EXPERIENCE:
            return replace(bare, years=ask.years or 0)


def text(ask: Ask) -> str:
    """A standard ask as one word; two that differ have different ones."""
    parts = (ask.kind, ask.slug, ask.language, ask.cefr, ask.education, ask.level, ask.years)
    return "/".join("" if part is None else str(part) for part in parts)


def implies(one: Ask, other: Ask) -> bool:
    """Whether everybody who meets `one` meets `other`, which asks no more of the same; of standard
    asks."""
    subject = (one.kind, one.slug, one.language) == (other.kind, other.slug, other.language)
    return subject and all(a >= b for a, b in zip(_amounts(one), _amounts(other), strict=True))


def _amounts(ask: Ask) -> tuple[int, ...]:
    cefr = _CEFR.index(ask.cefr) if ask.cefr else -1
    rank = ask.education.rank if ask.education else 0
    return ask.level or 0, ask.years or 0, cefr, rank


def widest(asks: Iterable[Ask]) -> Group:
    """The alternatives without those that another one includes."""
    every = frozenset(asks)
    return frozenset(a for a in every if not any(a != b and implies(a, b) for b in every))


def narrowest(groups: Collection[Group]) -> frozenset[Group]:
    """The groups without those that are met by whoever meets another one."""
    every = frozenset(groups)
    return frozenset(g for g in every if not any(g != h and _group_implies(h, g) for h in every))


def _group_implies(one: Group, other: Group) -> bool:
    return all(any(implies(a, b) for b in other) for a in one)


def softer(ask: Ask) -> Ask | None:
    """One step less of the same: a level, else a year; None where less is another question."""
    match ask.kind:
        case RequirementKind.SKILL | RequirementKind.TOOL if (ask.level or 1) > 1:
            return replace(ask, level=(ask.level or 1) - 1)
        case RequirementKind.LANGUAGE if ask.cefr and ask.cefr is not Cefr.A1:
            return replace(ask, cefr=_CEFR[_CEFR.index(ask.cefr) - 1])
        case RequirementKind.EDUCATION if ask.education and ask.education.rank > 1:
            return replace(ask, education=_EDUCATION[ask.education.rank - 1])
        case _ if (ask.years or 0) > 1:
            return replace(ask, years=(ask.years or 0) - 1)
    return None
