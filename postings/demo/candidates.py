"""The demo's candidates, brought to life by the actions that the site uses."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from postings.demo.people import DemoCandidate
from profiles.actions.candidates import change_profile, profile_for, put_rows
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
    User,
)

_KINDS: Final[Mapping[str, type[ProfileRow]]] = {
    "skills": CandidateSkill,
    "experience": Experience,
    "evidence": Evidence,
    "education": Education,
    "certificates": CandidateCertificate,
    "languages": CandidateLanguage,
    "places": CandidatePlace,
}


def seed_candidates(people: Iterable[tuple[DemoCandidate, User]], *, now: datetime) -> int:
    """Give each of these accounts its profile, if it has none; how many were made."""
    terms = Skill.objects.in_bulk(field_name="slug")
    with_profile = set(CandidateProfile.objects.values_list("user_id", flat=True))
    made = 0
    for person, user in people:
        if user.pk in with_profile:
            continue
        profile = profile_for(user=user, now=now)
        change_profile(profile=profile, changes=person.columns, now=now)
        put_rows(profile=profile, rows=_rows(person, terms), now=now)
        made += 1
    return made


def _rows(person: DemoCandidate, terms: Mapping[str, Skill]) -> list[ProfileRow]:
    return [
        model(**_columns(values, terms))
        for name, model in _KINDS.items()
        for values in getattr(person, name)
    ]


def _columns(values: Mapping[str, Any], terms: Mapping[str, Skill]) -> dict[str, Any]:
    columns = dict(values)
    if slug := columns.pop("skill", ""):
        columns["skill"] = terms[slug]
    if city := columns.pop("city", None):
        columns["city_id"] = city
    return columns
