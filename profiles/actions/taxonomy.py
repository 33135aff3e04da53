"""What people add to the taxonomy."""

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from profiles.enums import SkillKind, SkillStatus
from profiles.models import Skill, User
from profiles.taxonomy.normalize import normalize

MAX_NAME = 120
MAX_SLUG = 100


class NotATerm(Exception):
    """Nothing that could be the name of a skill is left of the text."""


def propose_skill(*, name: str, kind: SkillKind, actor: User | None) -> Skill:
    """The term of this name: the one that is there, or a new one that waits for a moderator.

    A proposed term can stand in a posting, but nobody else is offered it. Raises NotATerm.
    """
    words = " ".join(name.split())[:MAX_NAME]
    normalized = normalize(words)[:MAX_NAME]
    if not normalized:
        raise NotATerm(name)
    there = Skill.objects.filter(normalized=normalized, kind=kind).select_related("merged_into")
    existing = there.first()
    if existing is not None:
        return existing.merged_into or existing
    try:
        with transaction.atomic():
            return Skill.objects.create(
                slug=_free_slug(words, kind),
                kind=kind,
                name=words,
                normalized=normalized,
                status=SkillStatus.PROPOSED,
                proposed_by=actor,
            )
    except IntegrityError:  # somebody else proposed it in the same moment
        return there.get()


def _free_slug(name: str, kind: SkillKind) -> str:
    """A slug nobody has: of the name, else with its kind, else with a number."""
    base = slugify(name)[: MAX_SLUG - 20].strip("-") or str(kind)
    taken = set(Skill.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    numbered = (f"{base}-{kind}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (base, f"{base}-{kind}", *numbered) if slug not in taken)
