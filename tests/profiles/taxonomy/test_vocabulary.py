"""The shipped vocabulary: large enough, unambiguous, and one with the choice it is made from."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

from cscareers.core.tables import read_tsv
from profiles.enums import SkillKind
from profiles.models import Skill, SkillAlias
from profiles.taxonomy import build
from profiles.taxonomy.normalize import normalize
from tests.shared_data import ROOT, needs

DATA = Path(settings.BASE_DIR) / "profiles" / "data"


@pytest.fixture(scope="module")
def skills() -> list[dict[str, str]]:
    return list(read_tsv(DATA / "skills.tsv"))


@pytest.fixture(scope="module")
def aliases() -> list[dict[str, str]]:
    return list(read_tsv(DATA / "skill_aliases.tsv"))


def test_the_vocabulary_is_large_enough(skills: list[dict[str, str]]) -> None:
    kinds = Counter(row["kind"] for row in skills)
    assert set(kinds) == set(SkillKind)
    assert kinds["skill"] >= 200
    assert kinds["tool"] >= 150
    assert kinds["certificate"] >= 40


def test_slugs_and_names_are_unique_and_well_formed(skills: list[dict[str, str]]) -> None:
    assert len({row["slug"] for row in skills}) == len(skills)
    assert len({normalize(row["name"]) for row in skills}) == len(skills)
    for row in skills:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["slug"])
        assert row["description"].endswith(".")
        assert len(row["slug"]) <= Skill._meta.get_field("slug").max_length
        assert len(row["name"]) <= Skill._meta.get_field("name").max_length


def test_an_alias_leads_to_one_term(
    skills: list[dict[str, str]], aliases: list[dict[str, str]]
) -> None:
    keys = Counter(normalize(row["alias"]) for row in aliases)
    assert [key for key, times in keys.items() if times > 1] == []
    assert keys.keys() & {normalize(row["name"]) for row in skills} == set()
    assert {row["slug"] for row in aliases} <= {row["slug"] for row in skills}
    assert {row["source"] for row in aliases} == {"ours", "esco", "onet"}
    assert (
        max(len(row["alias"]) for row in aliases) <= SkillAlias._meta.get_field("name").max_length
    )


def test_tables_hold_what_was_chosen(skills: list[dict[str, str]]) -> None:
    chosen = build.read_entries(DATA / "sources" / "skills.txt")
    assert [(row["slug"], row["kind"], row["name"], row["description"]) for row in skills] == [
        (entry.slug, entry.kind, entry.name, entry.description) for entry in chosen
    ]


@pytest.mark.parametrize(
    "name",
    [
        *("Conflict resolution and de-escalation", "Empathy", "Active listening", "Coaching"),
        *("Strategic thinking", "Adaptability", "Resilience", "Hiring", "Onboarding"),
        *("Performance management", "Policy design", "Escalation handling", "Budget management"),
        *("Quality assurance", "Workforce forecasting and scheduling", "Change management"),
        *("Vendor management", "BPO management", "Customer journey mapping"),
        *("AI copilot adoption", "P&L responsibility", "Cross-functional collaboration"),
        *("Salesforce Service Cloud", "Zendesk", "HubSpot Service Hub", "Intercom", "Drift"),
        *("Calabrio ONE", "NICE CXone", "Tableau", "Power BI", "Microsoft Excel"),
        *("Google Sheets", "Slack", "Microsoft Teams", "Asana", "Trello", "Jira"),
        *("SurveyMonkey", "Qualtrics", "VoIP telephony", "Knowledge base software"),
        *("Automatic call distribution software", "Quality assurance software"),
        *("Certified Customer Experience Professional (CCXP)", "ITIL Foundation"),
        *("HDI Support Center Manager", "COPC certification", "ICMI training certificate"),
    ],
)
def test_the_words_of_the_profession_are_there(skills: list[dict[str, str]], name: str) -> None:
    assert name in {row["name"] for row in skills}


def test_two_terms_of_one_slug_stop_the_build(tmp_path: Path) -> None:
    source = tmp_path / "skills.txt"
    source.write_text("[skill a]\nOne | | | | It is.\nOne! | | | | It is.\n", "utf-8")
    with pytest.raises(build.VocabularyError, match="the slug one is taken"):
        build.read_entries(source)


def test_a_changed_name_can_keep_its_slug(tmp_path: Path) -> None:
    source = tmp_path / "skills.txt"
    source.write_text("# ours\n\n[tool a-b]\nNew | | | Old; Older | It is. | slug=old\n", "utf-8")
    assert build.read_entries(source) == [
        build.Entry("old", "tool", "a-b", "New", "", "", ("Old", "Older"), "It is.")
    ]


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    source = tmp_path / "skills.txt"
    source.write_text("[skill a]\nOne | two\n", "utf-8")
    with pytest.raises(build.VocabularyError, match="Line 2 has 2 fields"):
        build.read_entries(source)


@needs("taxonomy/esco_skills.csv")
def test_links_lead_to_skills_of_esco(skills: list[dict[str, str]]) -> None:
    path = ROOT / "taxonomy/esco_skills.csv"
    with path.open(encoding="utf-8", newline="") as file:
        known = {field for row in csv.reader(file) for field in row if field.startswith("http://")}
    linked = {row["esco_uri"] for row in skills} - {""}
    assert len(linked) >= 120
    assert linked <= known


def test_synonyms_stand_in_one_group_each() -> None:
    rows = list(read_tsv(DATA / "synonyms.tsv"))
    groups = Counter(row["group"] for row in rows)
    assert len(groups) <= 30
    assert min(groups.values()) >= 2
    assert len({row["term"] for row in rows}) == len(rows)
