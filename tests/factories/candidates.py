"""Candidates of tests."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from profiles.enums import SkillKind
from profiles.models import (
    CandidateLanguage,
    CandidateProfile,
    CandidateSkill,
    Experience,
    Skill,
    User,
)
from tests.factories.people import make_user


def make_candidate(
    user: User | None = None,
    *,
    skills: Mapping[str, int | None] | None = None,
    languages: Mapping[str, str] | None = None,
    worked: tuple[str, str] | None = None,
    **fields: Any,
) -> CandidateProfile:
    """A profile: `skills` by slug with their levels (terms are made where there are none),
    `languages` by code with their CEFR level, `worked` the dates of one job."""
    now = datetime.now(UTC)
    profile = CandidateProfile.objects.create(
        user=user or make_user(), **{"created_at": now, "updated_at": now, **fields}
    )
    for slug, level in (skills or {}).items():
        skill, _ = Skill.objects.get_or_create(
            slug=slug,
            defaults={
                "kind": SkillKind.SKILL,
                "name": slug.replace("-", " ").capitalize(),
                "normalized": slug.replace("-", " "),
            },
        )
        CandidateSkill.objects.create(profile=profile, skill=skill, level=level)
    for code, cefr in (languages or {}).items():
        CandidateLanguage.objects.create(profile=profile, code=code, cefr=cefr)
    if worked:
        Experience.objects.create(
            profile=profile, position="Team lead", started=worked[0], ended=worked[1]
        )
    return profile
