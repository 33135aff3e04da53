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


def a_crowd(number: int, **fields: Any) -> None:
    """So many people: all can coach at level 2, a quarter speaks Spanish at B2 and a half at B1."""
    first = make_candidate(skills={"coaching": 2}, **fields)
    skill = first.skills.get().skill
    users = User.objects.bulk_create(
        User(email=f"crowd{one}-{first.pk}@example.test") for one in range(number - 1)
    )
    made = first.created_at
    people = CandidateProfile.objects.bulk_create(
        CandidateProfile(user=user, created_at=made, updated_at=made, **fields) for user in users
    )
    CandidateSkill.objects.bulk_create(
        CandidateSkill(profile=one, skill=skill, level=2) for one in people
    )
    CandidateLanguage.objects.bulk_create(
        CandidateLanguage(profile=one, code="es", cefr="B2" if place % 4 == 0 else "B1")
        for place, one in enumerate(people)
        if place % 4 < 3
    )
