"""From a candidate's rows to the facts of a match."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from cscareers.core.salary import PayPeriod
from postings.enums import Cefr, EducationLevel, Level, WorkMode
from postings.matching.candidates import facts_of, facts_of_many, facts_of_user
from postings.matching.inputs import Held, PayFloor, Preferences, Profile, Reach, Spot
from profiles.models import (
    CandidateCertificate,
    CandidatePlace,
    CandidateSkill,
    Education,
    Experience,
    Skill,
)
from tests.factories.candidates import make_candidate
from tests.factories.people import make_user
from tests.factories.places import COLUMBUS, reference_rows

TODAY = date(2026, 11, 22)
pytestmark = pytest.mark.django_db


def a_term(slug: str, **fields: Any) -> Skill:
    values = {"kind": "skill", "name": slug, "normalized": slug.replace("-", " "), **fields}
    return Skill.objects.create(slug=slug, **values)


def test_every_fact_of_a_profile_is_read() -> None:
    candidate = make_candidate(
        skills={"coaching": 3, "zendesk": None, "excel": 0},
        languages={"es": "B2", "pl": ""},
        worked=("2019", "2021"),
        work_countries=["US", "PL"],
        remote_from="US-OH",
        modes=["hybrid"],
        pay_floor=Decimal("24.50"),
        pay_currency="USD",
        pay_period="hour",
        visa_needed=False,
        level_now="supervisor",
        level_wanted="manager",
    )
    reference_rows()
    CandidatePlace.objects.create(profile=candidate, city_id=COLUMBUS, radius_km=40)
    CandidateSkill.objects.filter(skill__slug="coaching").update(years=Decimal("2.5"))
    ccxp = a_term("ccxp", kind="certificate")
    expires = date(2027, 1, 1)
    CandidateCertificate.objects.create(profile=candidate, skill=ccxp, expires=expires)
    CandidateCertificate.objects.create(profile=candidate, name="Of a school that we don’t know")
    for level, ended in (("bachelor", "2015"), ("master", "2027"), ("", "2010")):
        Education.objects.create(profile=candidate, level=level, area="Trade", ended=ended)
    Experience.objects.create(
        profile=candidate, kind="volunteer", position="Helper", started="2001", ended="2009"
    )
    assert facts_of(candidate, today=TODAY) == Profile(
        skills={
            "coaching": Held(3, Fraction(5, 2)),
            "zendesk": Held(None, None),
            "excel": Held(0, None),
        },
        languages={"es": Cefr.B2, "pl": None},
        certificates={"ccxp": expires},
        education=EducationLevel.BACHELOR,
        experience=Fraction(2),
        preferences=Preferences(
            countries=("US", "PL"),
            remote_from="US-OH",
            modes=frozenset({WorkMode.HYBRID}),
            pay_floor=PayFloor(Decimal("24.50"), "USD", PayPeriod.HOUR),
            visa_needed=False,
            places=(Reach(Spot("Columbus", (39.96, -83.0)), 40),),
            level_wanted=Level.MANAGER,
            level_now=Level.SUPERVISOR,
        ),
    )


def test_a_merged_term_counts_as_the_one_that_took_its_place() -> None:
    candidate = make_candidate(skills={"coaching": 2})
    into = Skill.objects.get(slug="coaching")
    old = a_term("mentoring", status="merged", merged_into=into)
    CandidateSkill.objects.create(profile=candidate, skill=old, level=4, years=1)
    assert facts_of(candidate, today=TODAY).skills == {"coaching": Held(4, Fraction(1))}


def test_whoever_is_signed_in_is_read_by_their_account() -> None:
    candidate = make_candidate(skills={"coaching": 2})
    assert facts_of_user(candidate.user, today=TODAY) == facts_of(candidate, today=TODAY)
    assert facts_of_user(make_user(), today=TODAY) is None


def test_many_cost_as_many_queries_as_one(django_assert_num_queries: Any) -> None:
    one = make_candidate(skills={"coaching": 2}, languages={"es": "B1"})
    two = make_candidate(skills={"coaching": 4}, worked=("2019", "2020"))
    nothing = make_candidate()
    with django_assert_num_queries(1):
        facts_of_many([one], today=TODAY)
    with django_assert_num_queries(1):
        found = facts_of_many([one, two, nothing], today=TODAY)
    assert {pk: facts.says_nothing for pk, facts in found.items()} == {
        one.pk: False,
        two.pk: False,
        nothing.pk: True,
    }
