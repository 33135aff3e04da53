"""What a moderator decides about a term: offer it, refuse it, or merge it into another."""

from datetime import datetime
from typing import Any

from django.db import transaction

from profiles.enums import SkillStatus
from profiles.models import Skill, SkillAlias, SkillEvent, User
from profiles.taxonomy import uses
from profiles.taxonomy.normalize import normalize

MERGE_SOURCE = "merge"
"""`SkillAlias.source` of a name that came by a merge."""


class AlreadyDecided(Exception):
    """The term is not (or no longer) a proposal."""


class NotMergeable(Exception):
    """These two can't become one; the text says why."""


@transaction.atomic
def approve(*, skill: Skill, actor: User, now: datetime) -> None:
    """Offer the term to everybody. Raises AlreadyDecided."""
    _decide(skill, SkillStatus.APPROVED, "approve", actor, now)


@transaction.atomic
def reject(*, skill: Skill, actor: User, now: datetime) -> None:
    """Offer the term to nobody; postings that name it keep it. Raises AlreadyDecided."""
    _decide(skill, SkillStatus.REJECTED, "reject", actor, now)


def _decide(skill: Skill, status: SkillStatus, verb: str, actor: User, now: datetime) -> None:
    rows = Skill.objects.filter(pk=skill.pk, status=SkillStatus.PROPOSED)
    if rows.update(status=status) != 1:
        raise AlreadyDecided
    _write(skill, verb, SkillStatus.PROPOSED, status, actor, now)
    skill.status = status


@transaction.atomic
def merge(*, skill: Skill, into: Skill, actor: User, now: datetime) -> dict[str, int]:
    """Put `into` in the place of `skill`, for all that names it; how many of each kind that is.

    The name and the aliases of `skill` lead to `into` from now on, and its slug does for ever.
    Raises NotMergeable.
    """
    old, new = _locked(skill, into)
    _check(old, new)
    counts = uses.impact([old])[old.pk]
    came_from = SkillStatus(old.status)
    # Terms that were merged into this one lead on in one step.
    Skill.objects.filter(merged_into=old).update(merged_into=new)
    old.status, old.merged_into = SkillStatus.MERGED, new
    old.save(update_fields=["status", "merged_into"])
    SkillAlias.objects.filter(skill=old).update(skill=new)
    name = {"skill": new, "name": old.name, "source": MERGE_SOURCE}
    SkillAlias.objects.get_or_create(normalized=old.normalized, defaults=name)
    uses.move(old=old, new=new)
    details = {"into": new.slug, "impact": counts}
    _write(old, "merge", came_from, SkillStatus.MERGED, actor, now, details=details)
    return counts


def _locked(skill: Skill, into: Skill) -> tuple[Skill, Skill]:
    rows = Skill.objects.select_for_update(no_key=True).order_by("pk").in_bulk([skill.pk, into.pk])
    return rows[skill.pk], rows[into.pk]


def _check(old: Skill, new: Skill) -> None:
    if old.pk == new.pk:
        raise NotMergeable("A term can’t be merged into itself.")
    if new.status != SkillStatus.APPROVED:
        raise NotMergeable(f"{new.name} is not an approved term.")
    if old.status == SkillStatus.MERGED:
        raise NotMergeable(f"{old.name} is merged already.")
    if old.kind != new.kind:
        raise NotMergeable("Only terms of one kind can be merged: jobs ask for them as that kind.")


class NotAnAlias(Exception):
    """The words can't be another name of the term; the text says why."""


@transaction.atomic
def add_alias(*, skill: Skill, name: str, source: str, actor: User, now: datetime) -> SkillAlias:
    """Let `name` lead to `skill`. Raises NotAnAlias."""
    words = " ".join(name.split())[:160]
    normalized = normalize(words)[:160]
    if not normalized:
        raise NotAnAlias("This is no name.")
    if skill.status != SkillStatus.APPROVED:
        raise NotAnAlias(f"{skill.name} is not an approved term.")
    alias, made = SkillAlias.objects.select_related("skill").get_or_create(
        normalized=normalized, defaults={"skill": skill, "name": words, "source": source}
    )
    if not made and alias.skill_id != skill.pk:
        raise NotAnAlias(f"This leads to {alias.skill.name} already.")
    status = SkillStatus(skill.status)
    _write(skill, "alias", status, status, actor, now, details={"alias": words})
    return alias


def _write(
    skill: Skill,
    verb: str,
    before: SkillStatus,
    after: SkillStatus,
    actor: User,
    now: datetime,
    details: dict[str, Any] | None = None,
) -> None:
    SkillEvent.objects.create(
        skill=skill,
        actor=actor,
        actor_label=actor.label,
        verb=verb,
        from_state=before,
        to_state=after,
        details=details or {},
        at=now,
    )
