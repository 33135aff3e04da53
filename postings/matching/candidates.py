"""From a candidate's rows to the facts that a match reads."""

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, TextField
from django.db.models.functions import Cast, Coalesce, JSONObject

from cscareers.core.salary import PayPeriod
from postings.enums import Cefr, EducationLevel, Level, WorkMode
from postings.matching.inputs import Held, PayFloor, Preferences, Profile, Reach, Spot
from profiles.enums import WorkKind
from profiles.models import (
    CandidateCertificate,
    CandidateLanguage,
    CandidatePlace,
    CandidateProfile,
    CandidateSkill,
    Education,
    Experience,
    User,
)
from profiles.periods import is_over, years_of_work

_SLUG: Final = Coalesce("skill__merged_into__slug", "skill__slug")
"""A merged term counts as the one that took its place."""


def facts_of(candidate: CandidateProfile, *, today: date) -> Profile:
    """What a match reads of one candidate; one query."""
    return facts_of_many([candidate], today=today)[candidate.pk]


def facts_of_user(user: User, *, today: date) -> Profile | None:
    """The same of somebody who is signed in; None without a profile. One query."""
    rows = _with_rows(CandidateProfile.objects.filter(user=user))
    return next((_profile(row, today=today) for row in rows), None)


def facts_of_many(candidates: Iterable[CandidateProfile], *, today: date) -> Mapping[int, Profile]:
    """The same of many, by primary key; one query, however many they are."""
    keys = [candidate.pk for candidate in candidates]
    rows = _with_rows(CandidateProfile.objects.filter(pk__in=keys))
    return {row.pk: _profile(row, today=today) for row in rows}


def preferences_of(candidate: CandidateProfile, places: tuple[Reach, ...] = ()) -> Preferences:
    """What decides on eligibility, with the places that stand in rows; no query."""
    floor = candidate.pay_floor
    return Preferences(
        countries=tuple(candidate.work_countries),
        remote_from=candidate.remote_from,
        modes=frozenset(WorkMode(mode) for mode in candidate.modes),
        pay_floor=None
        if floor is None
        else PayFloor(floor, candidate.pay_currency, PayPeriod(candidate.pay_period)),
        visa_needed=candidate.visa_needed,
        places=places,
        level_wanted=Level(candidate.level_wanted) if candidate.level_wanted else None,
        level_now=Level(candidate.level_now) if candidate.level_now else None,
    )


def _with_rows(candidates: QuerySet[CandidateProfile]) -> Iterable[Any]:
    """The candidates with what their rows say, as lists of objects."""
    skills = CandidateSkill.objects.all()
    certificates = CandidateCertificate.objects.filter(skill__isnull=False)
    jobs = Experience.objects.filter(kind=WorkKind.JOB)
    # A decimal as text: a number of JSON would come back as a float, and 0.1 years as more.
    years = Cast("years", TextField())
    return candidates.annotate(
        said_skills=_objects(skills, slug=_SLUG, level="level", years=years),
        said_certificates=_objects(certificates, slug=_SLUG, expires="expires"),
        said_languages=_objects(CandidateLanguage.objects.all(), code="code", cefr="cefr"),
        said_education=_objects(Education.objects.exclude(level=""), level="level", ended="ended"),
        said_jobs=_objects(jobs, started="started", ended="ended"),
        said_places=_objects(
            CandidatePlace.objects.all(),
            name="city__name",
            latitude="city__latitude",
            longitude="city__longitude",
            radius_km="radius_km",
        ),
    )


def _objects(rows: QuerySet[Any], **columns: Any) -> ArraySubquery:
    mine = rows.filter(profile=OuterRef("pk")).order_by("pk")
    return ArraySubquery(mine.values(object=JSONObject(**columns)))


def _profile(row: Any, *, today: date) -> Profile:
    return Profile(
        skills=_skills(row.said_skills),
        languages={
            said["code"]: Cefr(said["cefr"]) if said["cefr"] else None
            for said in row.said_languages
        },
        certificates=_certificates(row.said_certificates),
        education=_education(row.said_education, today=today),
        experience=years_of_work(
            [(said["started"], said["ended"]) for said in row.said_jobs], today=today
        ),
        preferences=preferences_of(row, _places(row.said_places)),
    )


def _skills(rows: Iterable[Mapping[str, Any]]) -> dict[str, Held]:
    """By slug; of a merged term and the one that took its place the best of each part."""
    found: dict[str, Held] = {}
    for said in rows:
        held = Held(said["level"], Fraction(said["years"]) if said["years"] else None)
        slug = said["slug"]
        found[slug] = found[slug].better(held) if slug in found else held
    return found


def _places(rows: Iterable[Mapping[str, Any]]) -> tuple[Reach, ...]:
    return tuple(
        Reach(Spot(said["name"], (said["latitude"], said["longitude"])), said["radius_km"])
        for said in rows
    )


def _certificates(rows: Iterable[Mapping[str, Any]]) -> dict[str, date | None]:
    """By slug; of a merged term and the one that took its place that which lasts longest."""
    found: dict[str, date | None] = {}
    for said in rows:
        expires = date.fromisoformat(said["expires"]) if said["expires"] else None
        before = found.get(said["slug"], date.min)
        lasts = None if before is None or expires is None else max(before, expires)
        found[said["slug"]] = lasts
    return found


def _education(rows: Iterable[Mapping[str, Any]], *, today: date) -> EducationLevel | None:
    """The highest level that is finished, or has no end."""
    levels = [
        EducationLevel(said["level"])
        for said in rows
        if not said["ended"] or is_over(said["ended"], today=today)
    ]
    return max(levels, key=lambda level: level.rank, default=None)
