"""A candidate who has said everything that a profile can hold."""

from datetime import UTC, date, datetime
from decimal import Decimal

from profiles.models import (
    CandidateCertificate,
    CandidateLanguage,
    CandidatePlace,
    CandidateProfile,
    CandidateSkill,
    Education,
    Evidence,
    Experience,
    Skill,
)
from tests.factories.candidates import make_candidate
from tests.factories.places import COLUMBUS, reference_rows


def make_term(slug: str, kind: str = "skill") -> Skill:
    """A term of the taxonomy; the one that is there."""
    name = slug.replace("-", " ")
    values = {"kind": kind, "name": name.capitalize(), "normalized": name}
    return Skill.objects.get_or_create(slug=slug, defaults=values)[0]


def make_full_candidate() -> CandidateProfile:
    """Every column of every row filled, and rows that fill as little as they may."""
    reference_rows()
    profile = make_candidate(
        headline="Team lead",
        summary="I lead.\r\n\r\nAnd  I answer.",
        level_now="supervisor",
        level_wanted="manager",
        pay_floor=Decimal("31.50"),
        pay_currency="USD",
        pay_period="hour",
        modes=["remote", "hybrid"],
        work_countries=["US", "PL"],
        remote_from="US-OH",
        schedules=["evenings"],
        visa_needed=False,
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    _what_they_can(profile)
    _what_they_did(profile)
    CandidatePlace.objects.create(profile=profile, city_id=COLUMBUS, radius_km=40)
    return profile


def _what_they_can(profile: CandidateProfile) -> None:
    coaching, zendesk = make_term("coaching"), make_term("zendesk", "tool")
    CandidateSkill.objects.create(
        profile=profile, skill=coaching, level=3, years=Decimal("2.5"), last_used="2026-04"
    )
    CandidateSkill.objects.create(profile=profile, skill=zendesk, level=0)
    CandidateSkill.objects.create(profile=profile, skill=make_term("excel", "tool"))
    CandidateLanguage.objects.create(profile=profile, code="es", cefr="B2")
    CandidateLanguage.objects.create(profile=profile, code="pl")
    CandidateCertificate.objects.create(
        profile=profile,
        skill=make_term("itil", "certificate"),
        issuer="Axelos",
        url="https://example.com/itil",
        issued="2020",
        expires=date(2027, 4, 30),
    )
    # By its name alone, although there is such a term: the match does not read it.
    make_term("ccxp", "certificate")
    CandidateCertificate.objects.create(profile=profile, name="CCXP", issued="2019-02-03")


def _what_they_did(profile: CandidateProfile) -> None:
    Experience.objects.create(
        profile=profile,
        position="Team lead",
        employer_name="Acme, Inc.",
        level="supervisor",
        location="Columbus",
        url="https://example.com",
        started="2019-03",
        summary="Led a team.",
        highlights=["CSAT up", "Churn down"],
    )
    Experience.objects.create(
        profile=profile, kind="volunteer", position="Helper", location="Leeds", ended="2018"
    )
    Evidence.objects.create(
        profile=profile,
        what="Cut churn",
        where="Acme",
        skill=make_term("coaching"),
        team_size=12,
        started="2020",
        ended="2021-06",
        kpi="churn",
        before=Decimal("8.25"),
        after=Decimal(5),
        unit="%",
        how="By calling back.",
    )
    Education.objects.create(
        profile=profile,
        level="bachelor",
        study_type="BA",
        area="Law",
        institution="Ohio State",
        ended="2015",
    )
    # What it is called would be read as a master's degree; its owner has not said so.
    Education.objects.create(profile=profile, study_type="Master of ceremonies", started="2016")
