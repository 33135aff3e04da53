"""A candidate's own profile: what is kept, and what is refused by form and by database alike."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from profiles.actions import candidates
from profiles.enums import Visibility
from profiles.models import (
    BlockedName,
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
)
from tests.factories.candidates import make_candidate
from tests.factories.people import make_employer, make_user
from tests.factories.places import DUBLIN, reference_rows

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def a_skill(slug: str = "zendesk") -> Skill:
    return Skill.objects.get_or_create(
        slug=slug, defaults={"kind": "tool", "name": slug, "normalized": slug}
    )[0]


def test_the_first_call_makes_a_profile_and_later_ones_find_it() -> None:
    user = make_user()
    first = candidates.profile_for(user=user, now=NOW)
    assert candidates.profile_for(user=user, now=NOW) == first
    assert (first.visibility, first.created_at) == (Visibility.APPLICATION, NOW)


def test_a_section_changes_its_own_columns_only() -> None:
    profile = make_candidate(headline="Before", summary="Stays")
    stale = CandidateProfile.objects.get(pk=profile.pk)
    candidates.change_profile(profile=profile, changes={"headline": "After"}, now=NOW)
    candidates.change_profile(profile=stale, changes={"modes": ["remote"]}, now=NOW)
    kept = CandidateProfile.objects.get(pk=profile.pk)
    assert (kept.headline, kept.summary, kept.modes) == ("After", "Stays", ["remote"])
    assert kept.updated_at == NOW
    with pytest.raises(ValueError, match="not for change"):
        candidates.change_profile(profile=kept, changes={"user_id": 1}, now=NOW)


def test_a_pay_floor_needs_a_currency() -> None:
    profile = make_candidate()
    with pytest.raises(ValidationError) as caught:
        candidates.change_profile(profile=profile, changes={"pay_floor": Decimal(50)}, now=NOW)
    assert caught.value.messages == ["A least pay is more than 0 and has a currency."]


def test_a_skill_is_said_once_and_said_again() -> None:
    profile, skill = make_candidate(), a_skill()
    for level in (2, 4):
        candidates.put_skill(profile=profile, skill=skill, values={"level": level}, now=NOW)
    candidates.put_skill(profile=profile, skill=skill, values={"years": Decimal("2.5")}, now=NOW)
    (row,) = CandidateSkill.objects.filter(profile=profile)
    assert (row.level, row.years) == (4, Decimal("2.5"))
    candidates.remove_row(profile=make_candidate(), row=row, now=NOW)
    assert CandidateSkill.objects.filter(pk=row.pk).exists()
    candidates.remove_row(profile=profile, row=row, now=NOW)
    assert not CandidateSkill.objects.filter(pk=row.pk).exists()


def test_no_more_rows_than_anybody_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "MOST_ROWS", 1)
    profile = make_candidate(languages={"en": "C2"})
    with pytest.raises(candidates.TooManyRows):
        candidates.put_row(profile=profile, row=CandidateLanguage(code="es"), now=NOW)
    row = CandidateLanguage.objects.get(profile=profile)
    row.cefr = "B2"
    candidates.put_row(profile=profile, row=row, now=NOW)
    assert CandidateLanguage.objects.get(profile=profile).cefr == "B2"


IMPOSSIBLE: list[tuple[type[ProfileRow], dict[str, Any], str]] = [
    (CandidateSkill, {"level": 5}, "candidate_skill_level_0_to_4"),
    (CandidateSkill, {"years": Decimal(-3)}, "candidate_skill_years"),
    (CandidateSkill, {"last_used": "soon"}, "candidate_skill_last_used_is_a_date"),
    (
        Experience,
        {"position": "Lead", "started": "2020", "ended": "2019-04"},
        "experience_ends_after_it_begins",
    ),
    (Experience, {"position": ""}, "experience_has_a_position"),
    (Education, {}, "education_says_something"),
    (Education, {"level": "guru"}, "education_level_known"),
    (Evidence, {"what": "Cut the backlog", "before": 9}, "evidence_figures_have_a_kpi"),
    (CandidateCertificate, {}, "candidate_certificate_is_named_once"),
    (
        CandidateCertificate,
        {"name": "First aid", "expires": date(1, 1, 1)},
        "candidate_certificate_expires_in_our_time",
    ),
    (CandidatePlace, {"city_id": DUBLIN, "radius_km": 9999}, "candidate_place_radius"),
    (BlockedName, {"name": "Harbour", "key": ""}, "blocked_name_says_something"),
    (CandidateLanguage, {"code": "es", "cefr": "D1"}, "candidate_language_cefr_known"),
    (CandidateLanguage, {"code": "Klingon"[:2]}, "candidate_language_is_a_code"),
]


@pytest.mark.parametrize(("model", "values", "constraint"), IMPOSSIBLE)
def test_impossible_values_are_refused_by_the_action_and_by_the_database(
    model: type[ProfileRow], values: dict[str, Any], constraint: str
) -> None:
    profile = make_candidate()
    reference_rows()
    if model is CandidateSkill:
        values = {**values, "skill": a_skill()}
    with pytest.raises(ValidationError):
        candidates.put_row(profile=profile, row=model(**values), now=NOW)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        model._default_manager.create(profile=profile, **values)


def test_days_that_no_calendar_has_are_refused_at_their_field() -> None:
    row = Experience(position="Lead", started="2019-02-29")
    with pytest.raises(ValidationError) as caught:
        candidates.put_row(profile=make_candidate(), row=row, now=NOW)
    assert caught.value.message_dict == {"started": ["There is no such day."]}


def test_only_verified_employers_that_are_not_blocked_may_find_a_profile() -> None:
    verified, other, blocked = make_employer(), make_employer(verified=False), make_employer()
    seen = make_candidate(visibility=Visibility.VERIFIED)
    make_candidate(visibility=Visibility.APPLICATION)
    make_candidate(visibility=Visibility.VERIFIED, user=make_user(is_active=False))
    by_name = make_employer("Corriveau Foods, Inc.")
    shut = make_employer(suspended_at=NOW)
    for _ in range(2):
        candidates.block_employer(profile=seen, employer=blocked, now=NOW)
        candidates.block_name(profile=seen, name="corriveau  FOODS", now=NOW)
    out = ((verified, [seen]), (other, []), (blocked, []), (by_name, []), (shut, []))
    assert [(e, list(CandidateProfile.objects.open_to(e))) for e, _ in out] == list(out)
    candidates.unblock(profile=seen, blocked=blocked, now=NOW)
    candidates.unblock(profile=seen, blocked=seen.blocked_names.get(), now=NOW)
    for employer in (blocked, by_name):
        assert list(CandidateProfile.objects.open_to(employer)) == [seen]


def test_a_row_that_another_window_removed_does_not_come_back() -> None:
    profile = make_candidate()
    row = candidates.put_row(profile=profile, row=CandidateLanguage(code="de"), now=NOW)
    open_elsewhere = CandidateLanguage.objects.get()
    candidates.remove_row(profile=profile, row=row, now=NOW)
    with pytest.raises(candidates.RowGone):
        candidates.put_row(profile=profile, row=open_elsewhere, now=NOW)
    assert not CandidateLanguage.objects.exists()


def test_a_name_without_letters_blocks_nobody() -> None:
    with pytest.raises(ValidationError) as caught:
        candidates.block_name(profile=make_candidate(), name="—", now=NOW)
    assert caught.value.messages == ["Write the name in letters."]
