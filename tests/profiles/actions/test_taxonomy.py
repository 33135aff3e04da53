"""Terms that people propose."""

from typing import Any

import pytest
from django.db import connection

from profiles.actions.taxonomy import NotATerm, propose_skill
from profiles.enums import SkillKind, SkillStatus
from profiles.models import Skill
from profiles.taxonomy.lookup import find_skill
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


def test_a_new_term_waits_for_a_moderator() -> None:
    user = make_user()
    skill = propose_skill(name="  Fresh   caller ", kind=SkillKind.TOOL, actor=user)
    assert (skill.slug, skill.name, skill.status) == (
        "fresh-caller",
        "Fresh caller",
        SkillStatus.PROPOSED,
    )
    assert skill.proposed_by == user
    assert find_skill("Fresh caller") is None
    again = propose_skill(name="fresh CALLER", kind=SkillKind.TOOL, actor=make_user())
    assert again == skill


def test_slugs_stay_apart() -> None:
    names = ["C", "C++", "C#"]
    slugs = [propose_skill(name=n, kind=SkillKind.TOOL, actor=None).slug for n in names]
    assert slugs == ["c", "c-tool", "c-tool-2"]
    assert propose_skill(name="C", kind=SkillKind.SKILL, actor=None).slug == "c-skill"
    assert Skill.objects.count() == 4


def test_a_name_in_another_script_gets_a_slug_of_its_kind() -> None:
    assert propose_skill(name="接客", kind=SkillKind.SKILL, actor=None).slug == "skill"


@pytest.mark.parametrize("name", ["", "  ", "!!!"])
def test_nothing_is_no_term(name: str) -> None:
    with pytest.raises(NotATerm):
        propose_skill(name=name, kind=SkillKind.SKILL, actor=None)


def test_two_who_propose_at_once_get_one_term() -> None:
    first: list[Skill] = []

    def proposed_in_between(execute: Any, sql: str, *more: Any) -> Any:
        looked = execute(sql, *more)
        if sql.startswith("SELECT") and not first:
            first.append(Skill(slug="x", kind="tool", name="Freshcaller", normalized="freshcaller"))
            first[0].save()
        return looked

    with connection.execute_wrapper(proposed_in_between):
        found = propose_skill(name="Freshcaller", kind=SkillKind.TOOL, actor=None)
    assert found == first[0]
