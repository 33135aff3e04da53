"""What candidates hold follows a term that was merged, and nothing is lowered."""

from datetime import date
from decimal import Decimal

import pytest

from profiles.actions.held_skills import candidates, move_candidates
from profiles.models import CandidateCertificate, CandidateSkill, Evidence, Skill
from tests.factories.candidates import make_candidate

pytestmark = pytest.mark.django_db


def a_term(slug: str) -> Skill:
    return Skill.objects.create(slug=slug, kind="skill", name=slug, normalized=slug)


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        ((2, "1.5", "2020"), None, (2, "1.5", "2020")),
        ((4, None, ""), (2, "3", "2024-05"), (4, "3", "2024-05")),
        ((1, "5", "2026"), (3, None, "2019"), (3, "5", "2026")),
        ((None, None, ""), (0, None, ""), (None, None, "")),
        ((None, None, ""), (2, None, ""), (2, None, "")),
        ((0, None, ""), (0, None, ""), (0, None, "")),
    ],
)
def test_of_two_statements_the_better_of_each_part_stays(old, new, kept) -> None:
    one, other = a_term("mentoring"), a_term("coaching")
    profile = make_candidate()
    for term, said in ((one, old), (other, new)):
        if said is not None:
            level, years, used = said
            CandidateSkill.objects.create(
                profile=profile, skill=term, level=level, years=years, last_used=used
            )
    move_candidates(one, other)
    [row] = CandidateSkill.objects.filter(profile=profile)
    assert row.skill == other
    years = None if kept[1] is None else Decimal(kept[1])
    assert (row.level, row.years, row.last_used) == (kept[0], years, kept[2])


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        (date(2027, 1, 1), date(2026, 1, 1), date(2027, 1, 1)),
        (None, date(2026, 1, 1), None),
        (date(2027, 1, 1), "none there", date(2027, 1, 1)),
    ],
)
def test_a_certificate_lasts_as_long_as_the_longer_one(old, new, kept) -> None:
    one, other = a_term("itil-old"), a_term("itil")
    profile = make_candidate()
    CandidateCertificate.objects.create(profile=profile, skill=one, expires=old)
    if new != "none there":
        CandidateCertificate.objects.create(profile=profile, skill=other, expires=new)
    Evidence.objects.create(profile=profile, what="Passed", skill=one)
    move_candidates(one, other)
    [row] = CandidateCertificate.objects.filter(profile=profile)
    assert (row.skill, row.expires) == (other, kept)
    assert Evidence.objects.get().skill == other


def test_each_candidate_is_counted_once() -> None:
    one, other, unused = a_term("mentoring"), a_term("coaching"), a_term("unused")
    first, second = make_candidate(), make_candidate()
    for profile in (first, second):
        CandidateSkill.objects.create(profile=profile, skill=one)
    Evidence.objects.create(profile=first, what="Mentored", skill=one)
    CandidateSkill.objects.create(profile=second, skill=other)
    assert candidates([one, other, unused]) == {one.pk: 2, other.pk: 1}
