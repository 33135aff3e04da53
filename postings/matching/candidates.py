"""From a candidate's rows to the facts that a match reads."""

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction

from cscareers.core.salary import PayPeriod
from postings.enums import Cefr, EducationLevel, WorkMode
from postings.matching.inputs import Held, PayFloor, Preferences, Profile
from profiles.enums import WorkKind
from profiles.models import (
    CandidateCertificate,
    CandidateLanguage,
    CandidateProfile,
    CandidateSkill,
    Education,
    Experience,
)
from profiles.periods import is_over, years_of_work


def facts_of(candidate: CandidateProfile, *, today: date) -> Profile:
    """What a match reads of one candidate; five queries."""
    return facts_of_many([candidate], today=today)[candidate.pk]


def facts_of_many(candidates: Iterable[CandidateProfile], *, today: date) -> Mapping[int, Profile]:
    """The same of many, by primary key; five queries, however many they are."""
    rows = {candidate.pk: candidate for candidate in candidates}
    skills = _skills(rows)
    certificates = _certificates(rows)
    languages = _languages(rows)
    education = _education(rows, today=today)
    experience = _experience(rows, today=today)
    return {
        pk: Profile(
            skills=skills.get(pk, {}),
            languages=languages.get(pk, {}),
            certificates=certificates.get(pk, {}),
            education=education.get(pk),
            experience=experience.get(pk),
            preferences=preferences_of(candidate),
        )
        for pk, candidate in rows.items()
    }


def preferences_of(candidate: CandidateProfile) -> Preferences:
    """What decides on eligibility; no query."""
    floor = candidate.pay_floor
    return Preferences(
        countries=tuple(candidate.work_countries),
        remote_from=candidate.remote_from,
        modes=frozenset(WorkMode(mode) for mode in candidate.modes),
        pay_floor=None
        if floor is None
        else PayFloor(floor, candidate.pay_currency, PayPeriod(candidate.pay_period)),
        visa_needed=candidate.visa_needed,
    )


def _skills(pks: Iterable[int]) -> dict[int, dict[str, Held]]:
    """By slug; of a merged term and the one that took its place the best of each part."""
    found: dict[int, dict[str, Held]] = {}
    rows = CandidateSkill.objects.filter(profile__in=pks).values_list(
        "profile", "skill__merged_into__slug", "skill__slug", "level", "years"
    )
    for pk, merged, slug, level, years in rows:
        held = Held(level, None if years is None else Fraction(years))
        mine = found.setdefault(pk, {})
        today = merged or slug
        mine[today] = mine[today].better(held) if today in mine else held
    return found


def _certificates(pks: Iterable[int]) -> dict[int, dict[str, date | None]]:
    """By slug; of a merged term and the one that took its place that which lasts longest."""
    found: dict[int, dict[str, date | None]] = {}
    rows = CandidateCertificate.objects.filter(profile__in=pks, skill__isnull=False).values_list(
        "profile", "skill__merged_into__slug", "skill__slug", "expires"
    )
    for pk, merged, slug, expires in rows:
        mine = found.setdefault(pk, {})
        before = mine.get(merged or slug, date.min)
        lasting = None if before is None or expires is None else max(before, expires)
        mine[merged or slug] = lasting
    return found


def _languages(pks: Iterable[int]) -> dict[int, dict[str, Cefr | None]]:
    found: dict[int, dict[str, Cefr | None]] = {}
    rows = CandidateLanguage.objects.filter(profile__in=pks).values_list("profile", "code", "cefr")
    for pk, code, cefr in rows:
        found.setdefault(pk, {})[code] = Cefr(cefr) if cefr else None
    return found


def _education(pks: Iterable[int], *, today: date) -> dict[int, EducationLevel]:
    """The highest level that is finished, or has no end."""
    found: dict[int, EducationLevel] = {}
    rows = Education.objects.filter(profile__in=pks).exclude(level="")
    for pk, level, ended in rows.values_list("profile", "level", "ended"):
        if ended and not is_over(ended, today=today):
            continue
        one = EducationLevel(level)
        found[pk] = max(found.get(pk, one), one, key=lambda level: level.rank)
    return found


def _experience(pks: Iterable[int], *, today: date) -> dict[int, Fraction]:
    """Years of all dated jobs, each month once."""
    periods: dict[int, list[tuple[str, str]]] = {}
    rows = Experience.objects.filter(profile__in=pks, kind=WorkKind.JOB)
    for pk, started, ended in rows.values_list("profile", "started", "ended"):
        periods.setdefault(pk, []).append((started, ended))
    years = {pk: years_of_work(mine, today=today) for pk, mine in periods.items()}
    return {pk: amount for pk, amount in years.items() if amount is not None}
