"""What a moderator decides about a term that somebody proposed."""

from django.db import transaction

from profiles.enums import SkillStatus
from profiles.models import Skill


class AlreadyDecided(Exception):
    """The term is not (or no longer) a proposal."""


@transaction.atomic
def approve(*, skill: Skill) -> None:
    """Offer the term to everybody. Raises AlreadyDecided."""
    _decide(skill, SkillStatus.APPROVED)


@transaction.atomic
def reject(*, skill: Skill) -> None:
    """Offer the term to nobody; postings that name it keep it. Raises AlreadyDecided."""
    _decide(skill, SkillStatus.REJECTED)


def _decide(skill: Skill, status: SkillStatus) -> None:
    rows = Skill.objects.filter(pk=skill.pk, status=SkillStatus.PROPOSED)
    if rows.update(status=status) != 1:
        raise AlreadyDecided
    skill.status = status
