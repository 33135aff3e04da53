"""Finding terms of the taxonomy from what people type."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q
from django.db.models.functions import Length

from profiles.enums import SkillKind, SkillStatus
from profiles.models import Skill, SkillAlias
from profiles.models.skill import SkillQuerySet
from profiles.taxonomy.normalize import normalize

_LONGEST_TYPED = 120
_SLUG = re.compile(r"[-a-zA-Z0-9_]{1,100}")
# Below this, trigrams find accidents rather than misspellings.
_NEAR = 0.4
_MOST_CONSIDERED = 50


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A term to offer, and the alias that led to it when its own name did not."""

    skill: Skill
    matched: str | None


def find_skill(text: str, kind: SkillKind | None = None) -> Skill | None:
    """The approved term with this slug, name or alias, without regard to case and accents."""
    normalized = normalize(text[:_LONGEST_TYPED])
    if not normalized:
        return None
    approved = _approved(kind)
    found = approved.filter(Q(slug=text.strip().lower()) | Q(normalized=normalized)).order_by("id")
    return found.first() or approved.filter(aliases__normalized=normalized).first()


def find_skills(texts: Collection[str]) -> dict[str, Skill]:
    """`find_skill` for many texts in three queries; a merged term's slug leads to the one that took
    its place. What nothing is found for is not in it."""
    slugs = {text: text.strip().lower() for text in texts if _SLUG.fullmatch(text.strip())}
    names = {text: normalize(text[:_LONGEST_TYPED]) for text in texts}
    typed = {name for name in names.values() if name}
    by_slug = Skill.objects.by_slug(slugs.values())
    rows = Skill.objects.approved().filter(normalized__in=typed).order_by("-id")
    by_name = {row.normalized: row for row in rows}
    aliases = SkillAlias.objects.filter(
        normalized__in=typed, skill__status=SkillStatus.APPROVED
    ).select_related("skill")
    by_alias = {alias.normalized: alias.skill for alias in aliases}
    found = {}
    for text, name in names.items():
        skill = by_slug.get(slugs.get(text, ""))
        if skill is None or skill.status != SkillStatus.APPROVED:
            skill = by_name.get(name) or by_alias.get(name)
        if skill is not None:
            found[text] = skill
    return found


def suggest_skills(text: str, kind: SkillKind | None = None, limit: int = 10) -> list[Suggestion]:
    """Terms for completion: names and aliases that begin so, then words in them, then near ones."""
    normalized = normalize(text[:_LONGEST_TYPED])
    if not normalized:
        return []
    found: dict[int, Suggestion] = {}
    for suggestion in _beginning(normalized, kind, limit):
        found.setdefault(suggestion.skill.pk, suggestion)
    if len(found) < limit and len(normalized) > 2:
        for skill in _near(normalized, kind, limit):
            found.setdefault(skill.pk, Suggestion(skill, None))
    return list(found.values())[:limit]


def _approved(kind: SkillKind | None) -> SkillQuerySet:
    approved = Skill.objects.approved()
    return approved.filter(kind=kind) if kind else approved


def _beginning(normalized: str, kind: SkillKind | None, limit: int) -> Iterator[Suggestion]:
    """Best first: a name that begins so, an alias, a word of a name, a word of an alias."""
    begins = Q(normalized__startswith=normalized) | Q(normalized__contains=f" {normalized}")
    most = max(limit, _MOST_CONSIDERED)
    names = _approved(kind).filter(begins).order_by(Length("normalized"), "normalized")[:most]
    aliases = (
        SkillAlias.objects.filter(begins, skill__in=_approved(kind))
        .select_related("skill")
        .order_by(Length("normalized"), "normalized")[:most]
    )
    ranked = [
        *(
            (0 if row.normalized.startswith(normalized) else 2, Suggestion(row, None))
            for row in names
        ),
        *(
            (1 if row.normalized.startswith(normalized) else 3, Suggestion(row.skill, row.name))
            for row in aliases
        ),
    ]
    return (suggestion for _, suggestion in sorted(ranked, key=lambda pair: pair[0]))


def _near(normalized: str, kind: SkillKind | None, limit: int) -> Iterator[Skill]:
    """Terms with a name or an alias that is spelled much like it, the likest first."""
    similarity = TrigramSimilarity("normalized", normalized)
    approved = _approved(kind)
    names = approved.filter(normalized__trigram_similar=normalized)
    aliases = SkillAlias.objects.filter(normalized__trigram_similar=normalized, skill__in=approved)
    ranked = [
        *names.annotate(like=similarity).order_by("-like").values_list("like", "pk")[:limit],
        *aliases.annotate(like=similarity).order_by("-like").values_list("like", "skill")[:limit],
    ]
    best = [pk for like, pk in sorted(ranked, reverse=True) if like >= _NEAR]
    skills = approved.in_bulk(best)
    return (skills[pk] for pk in dict.fromkeys(best))
