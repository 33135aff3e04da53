"""Finding terms: by slug, name and alias, by how they begin, and by how they are spelled."""

from io import StringIO

import pytest
from django.core.management import call_command

from profiles.enums import SkillKind, SkillStatus
from profiles.models import Skill, SkillAlias
from profiles.taxonomy.lookup import find_skill, find_skills, suggest_skills

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded() -> None:
    call_command("load_taxonomy", stdout=StringIO(), stderr=StringIO())


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("zendesk", "zendesk"),
        ("ZENDESK Support", "zendesk"),
        ("escalation-handling", "escalation-handling"),
        ("Escalations", "escalation-handling"),
        ("WFM", "workforce-forecasting-and-scheduling"),
        ("de-escalation", "conflict-resolution-and-de-escalation"),
        ("customer care", "customer-service"),
        ("CCXP", "certified-customer-experience-professional-ccxp"),
        ("ITIL", "itil-foundation"),
        ("NICE", "nice-cxone"),
        ("call center software", "call-centre-software"),
    ],
)
def test_a_term_is_found_by_any_of_its_names(loaded: None, typed: str, slug: str) -> None:
    found = find_skill(typed)
    assert found is not None
    assert found.slug == slug


@pytest.mark.parametrize("typed", ["", "...", "quantum welding", "x" * 500])
def test_what_is_no_term_is_not_found(loaded: None, typed: str) -> None:
    assert find_skill(typed) is None


def test_many_at_once_are_found_as_each_is(loaded: None, django_assert_num_queries) -> None:
    old = Skill.objects.create(
        slug="zd", kind=SkillKind.TOOL, name="ZD", normalized="zd", status=SkillStatus.MERGED,
        merged_into=Skill.objects.get(slug="zendesk"),
    )  # fmt: skip
    Skill.objects.filter(slug="intercom").update(status=SkillStatus.PROPOSED)
    typed = ["Zendesk", "WFM", "CCXP", " customer care ", "intercom", "quantum welding", "", "\x00"]
    each = {text: found for text in typed if (found := find_skill(text)) is not None}
    with django_assert_num_queries(3):
        many = find_skills([*typed, old.slug])
    assert many.pop("zd").slug == "zendesk"
    assert many == each
    assert list(many) == ["Zendesk", "WFM", "CCXP", " customer care "]


def test_a_kind_narrows_the_search(loaded: None) -> None:
    assert find_skill("zendesk", SkillKind.CERTIFICATE) is None
    found = suggest_skills("zendesk", SkillKind.CERTIFICATE)
    assert [suggestion.skill.slug for suggestion in found] == [
        "zendesk-support-administrator-certificate"
    ]


def test_names_that_begin_so_come_before_aliases(loaded: None) -> None:
    found = suggest_skills("coach", limit=1)
    assert [(suggestion.skill.slug, suggestion.matched) for suggestion in found] == [
        ("coaching", None)
    ]
    aliased = suggest_skills("wfm", limit=1)
    assert [(suggestion.skill.slug, suggestion.matched) for suggestion in aliased] == [
        ("workforce-forecasting-and-scheduling", "WFM")
    ]


@pytest.mark.parametrize(
    ("typed", "slug"), [("salesforse", "salesforce"), ("customer servise", "customer-service")]
)
def test_a_misspelling_still_leads_there(loaded: None, typed: str, slug: str) -> None:
    assert suggest_skills(typed)[0].skill.slug == slug


def test_nothing_typed_suggests_nothing(loaded: None) -> None:
    assert suggest_skills(" ") == []


def test_terms_that_wait_for_a_moderator_are_not_offered(loaded: None) -> None:
    Skill.objects.filter(slug="zendesk").update(status=SkillStatus.PROPOSED)
    assert find_skill("zendesk") is None
    assert "zendesk" not in [suggestion.skill.slug for suggestion in suggest_skills("zendesk")]


def test_loading_again_changes_nothing(loaded: None) -> None:
    said = StringIO()
    call_command("load_taxonomy", stdout=said, stderr=StringIO())
    call_command("load_taxonomy", force=True, stdout=said, stderr=StringIO())
    skipped, forced = said.getvalue().splitlines()
    assert skipped.startswith("taxonomy: unchanged since the last load")
    total = Skill.objects.count() + SkillAlias.objects.count()
    assert forced.startswith(f"taxonomy: 0 created, 0 updated, {total:,} unchanged")


def test_loading_keeps_what_people_decided(loaded: None) -> None:
    Skill.objects.filter(slug="zendesk").update(status=SkillStatus.REJECTED)
    alias = SkillAlias.objects.get(normalized="wfm")
    own = Skill.objects.get(slug="shift-planning")
    SkillAlias.objects.filter(pk=alias.pk).update(skill=own, source="moderator")
    call_command("load_taxonomy", force=True, stdout=StringIO(), stderr=StringIO())
    assert Skill.objects.get(slug="zendesk").status == SkillStatus.REJECTED
    assert SkillAlias.objects.get(normalized="wfm").skill == own


def test_a_proposed_term_of_the_same_name_is_left_alone() -> None:
    Skill.objects.create(
        slug="proposed-1", kind=SkillKind.TOOL, name="Zendesk", normalized="zendesk"
    )
    said = StringIO()
    call_command("load_taxonomy", stdout=StringIO(), stderr=said)
    assert "zendesk is left out" in said.getvalue()
    assert list(Skill.objects.filter(normalized="zendesk").values_list("slug", flat=True)) == [
        "proposed-1"
    ]
