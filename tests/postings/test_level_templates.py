import re

import pytest

from postings.content import PostingContent
from postings.enums import Importance, Level, RequirementKind
from postings.level_templates import LevelTemplate, all_templates, template_for

MOST_ANSWERS_LEFT = 12
# What a posting needs before it can go to review, and how many answers each takes: a pay band is
# its two ends, currency and period; a place is a country and a city.
NEEDED = {
    "title": 1,
    "level": 1,
    "industry": 1,
    "employment": 1,
    "mode": 1,
    "locations": 2,
    "pay_bands": 4,
    "responsibilities": 1,
    "requirements": 1,
    "vacancy_exists": 1,
    "ai_used": 1,
    "apply_url": 1,
    "description": 1,
}

every_template = pytest.mark.parametrize(
    "template", all_templates(), ids=[t.level.value for t in all_templates()]
)


def test_there_is_one_template_for_each_level_in_order() -> None:
    assert [template.level for template in all_templates()] == list(Level)
    assert all(template_for(level).level is level for level in Level)


@every_template
def test_a_template_agrees_with_itself(template: LevelTemplate) -> None:
    content = template.content
    assert (content.level, content.title) == (template.level, template.title)
    assert PostingContent.from_json(content.to_json()) == content
    assert content.guessed == ()
    assert template.summary.endswith(".")
    assert template.summary.count(". ") == 0


@every_template
def test_a_template_is_full_enough_to_publish_from(template: LevelTemplate) -> None:
    content = template.content
    assert 6 <= len(content.responsibilities) <= 9
    assert 7 <= len(content.requirements) <= 10
    assert 3 <= len({row.any_of or row.id for row in content.musts}) <= 6
    assert len(content.description.split("\n\n")) == 2
    assert 60 <= len(content.description.split()) <= 160
    assert content.channels
    assert content.kpis
    assert content.specialisations


@every_template
def test_few_answers_are_left_to_the_employer(template: LevelTemplate) -> None:
    empty = [name for name in NEEDED if not getattr(template.content, name)]
    assert sum(NEEDED[name] for name in empty) <= MOST_ANSWERS_LEFT
    assert set(empty) == {
        "industry",
        "mode",
        "locations",
        "pay_bands",
        "vacancy_exists",
        "ai_used",
        "apply_url",
    }


@every_template
def test_nothing_unfinished_can_be_published_unnoticed(template: LevelTemplate) -> None:
    content = template.content
    texts = [content.title, content.description, *content.responsibilities]
    assert [t for t in texts if re.search(r"[\[\]<>{}_]|\bTODO\b|XX|\.\.\.|…|!", t)] == []


@every_template
def test_requirement_rows_say_what_their_kind_needs(template: LevelTemplate) -> None:
    rows = template.content.requirements
    assert [row.id for row in rows] == [f"r{n}" for n in range(1, len(rows) + 1)]
    assert RequirementKind.LANGUAGE in {row.kind for row in rows}
    for row in rows:
        filled = {
            RequirementKind.LANGUAGE: row.language and row.min_cefr,
            RequirementKind.EDUCATION: row.education,
            RequirementKind.EXPERIENCE: row.name and row.min_years is not None,
        }.get(row.kind, row.skill)
        assert filled, row
        assert row.min_level in (None, 1, 2, 3, 4)


@every_template
def test_alternatives_come_in_twos_at_least_and_weigh_the_same(template: LevelTemplate) -> None:
    groups: dict[str, list[Importance]] = {}
    for row in template.content.requirements:
        if row.any_of is not None:
            groups.setdefault(row.any_of, []).append(row.importance)
    assert all(len(group) >= 2 and len(set(group)) == 1 for group in groups.values())


def test_years_asked_rise_with_the_level() -> None:
    years = [
        max((r.min_years or 0) for r in t.content.musts) for t in all_templates() if t.content.musts
    ]
    assert years == [0, 2, 4, 6, 10, 15, 20]
