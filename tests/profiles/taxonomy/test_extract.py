"""What an ad asks, as terms with their words, cues and years: on sentences of our own."""

import time

import pytest

from cscareers.core.tables import read_tsv
from profiles.enums import SkillKind
from profiles.taxonomy.cues import Cue, Section, heading
from profiles.taxonomy.extract import Form, Mention, extract, vocabulary
from profiles.taxonomy.shipped import DATA, read_forms, shipped_vocabulary

KNOWN = shipped_vocabulary()


def found(text: str) -> list[str]:
    return sorted({mention.slug for mention in extract(text, KNOWN) if not mention.negated})


def only(text: str, slug: str) -> Mention:
    (mention,) = [mention for mention in extract(text, KNOWN) if mention.slug == slug]
    return mention


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("You know Zendesk and HubSpot.", ["hubspot", "zendesk"]),
        ("Knowledge of zendesk, ServiceNow", ["servicenow", "zendesk"]),
        ("Salesforce Service Cloud in daily use", ["salesforce-service-cloud"]),
        ("You coach agents and mentor juniors", ["coaching", "mentoring"]),
        ("Managing complaints; handling of complaints", ["complaint-handling"]),
        ("Budget planning for our call center", ["budget-management", "contact-centre-operations"]),
        ("multi-tasking, multitasking and multi tasking", ["multitasking"]),
        ("Highly organized", ["organisation"]),
        ("You will work for our organization.", []),
        ("Root-cause analysis (RCA)", ["root-cause-analysis"]),
        (
            "Excellent verbal and written communication",
            ["verbal-communication", "written-communication"],
        ),
        ("A PMP is welcome", ["project-management-professional-pmp"]),
        ("pmpkin soup and smash", []),
        ("You answer to zendeskian ideals", []),
        ("", []),
        ("   \n\n\t", []),
    ],
)  # fmt: skip
def test_terms_are_found_by_names_and_other_forms(text: str, slugs: list[str]) -> None:
    assert found(text) == slugs


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("Excel at what you do", []),
        ("You excel in a lively place", []),
        ("Good knowledge of Excel", ["microsoft-excel"]),
        ("Our teams sit in Leeds", []),
        ("Teams that win share", []),
        ("We talk on Slack, Zoom and Teams", ["microsoft-teams", "slack", "zoom"]),
        ("Cut the slack and zoom in", []),
        ("Some slack is fine", []),
        ("Experience with tools such as Front or Drift", ["drift", "front"]),
        ("Stand at the front and never drift", []),
        ("Work with our Front Row Crew on the platform", []),
        ("Tools: Word, Excel, Outlook", ["microsoft-excel", "microsoft-outlook", "microsoft-word"]),
        ("Spread the word, access all areas", []),
        ("Python or R", ["python", "r"]),
        ("R is for Rotterdam", []),
        ("nice people, NICE or Genesys", ["genesys-cloud-cx", "nice-cxone"]),
    ],
)
def test_tools_that_are_words_need_more_than_the_word(text: str, slugs: list[str]) -> None:
    assert found(text) == slugs


@pytest.mark.parametrize(
    ("text", "slug", "cue"),
    [
        ("Zendesk is a must.", "zendesk", Cue.REQUIRED),
        ("Zendesk required, Jira preferred.", "zendesk", Cue.REQUIRED),
        ("Zendesk required, Jira preferred.", "jira", Cue.PREFERRED),
        ("Zendesk, ideally also Jira", "jira", Cue.PREFERRED),
        ("Zendesk, ideally also Jira", "zendesk", Cue.MENTIONED),
        ("You must know Zendesk", "zendesk", Cue.REQUIRED),
        ("Jira would be a big plus", "jira", Cue.PREFERRED),
        ("## Requirements\n- Zendesk", "zendesk", Cue.REQUIRED),
        ("**Nice to have:**\n- Zendesk", "zendesk", Cue.PREFERRED),
        ("Requirements:\n- Jira is a plus\n- Zendesk", "jira", Cue.PREFERRED),
        ("Requirements:\nJira\nWhat you will do:\n- Tend Zendesk", "zendesk", Cue.MENTIONED),
    ],
)
def test_how_a_term_is_asked(text: str, slug: str, cue: Cue) -> None:
    assert only(text, slug).cue is cue


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("3+ years of Zendesk", 3),
        ("three to five years of experience with Zendesk", 3),
        ("2 - 4 yrs Zendesk", 2),
        ("At least ten (10) years with Zendesk", 10),
        ("Zendesk (2+ years)", 2),
        ("Zendesk: 4 years", 4),
        ("Zendesk, since we are 20 years old", None),
        ("In the last five years we rolled out Zendesk", None),
        ("99 years of Zendesk", None),
        ("5 years in support, ideally with Zendesk", None),
        ("Zendesk", None),
    ],
)
def test_years(text: str, years: int | None) -> None:
    assert only(text, "zendesk").years == years


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("No experience with Zendesk needed", True),
        ("Zendesk is not required", True),
        ("You don't need Zendesk", True),
        ("This is no Zendesk job, just phones", True),
        ("Without fuss, you run Zendesk", False),
        ("Not only Zendesk", False),
        ("Tools include but are not limited to Zendesk", False),
        ("No cold calls, but Zendesk", False),
        ("Zendesk is not required, but preferred", False),
    ],
)
def test_what_is_not_asked(text: str, negated: bool) -> None:
    assert only(text, "zendesk").negated is negated


def test_offsets_are_those_of_the_text() -> None:
    text = "Über uns — wir.\n\n* You know the tool *Zendesk*, and root-cause analysis."
    words = {mention.slug: text[mention.start : mention.end] for mention in extract(text, KNOWN)}
    assert words == {"zendesk": "Zendesk", "root-cause-analysis": "root-cause analysis"}


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("You write reports", ["reporting-and-dashboards"]),
        ("You report to the owner", []),
        ("Show initiative; strong initiative", ["proactive-thinking"]),
        ("Strong new initiatives", []),
        ("We value empathy", []),
        ("Customers such as Stripe", []),
    ],
)
def test_words_that_mean_something_else_in_ads(text: str, slugs: list[str]) -> None:
    assert found(text) == slugs


def test_benefits_and_the_firm_ask_nothing() -> None:
    text = "# What we offer\n- Coaching\n\n# Requirements\n- Zendesk\n\n# About us\n- Empathy"
    assert found(text) == ["zendesk"]


@pytest.mark.parametrize(
    ("line", "section"),
    [
        ("Requirements:", Section.REQUIRED),
        ("## What you bring", Section.REQUIRED),
        ("MINIMUM QUAL REQUIREMENTS", Section.REQUIRED),
        ("**Preferred qualifications**", Section.PREFERRED),
        ("Nice to have", Section.PREFERRED),
        ("Benefits", Section.OTHER),
        ("About us", Section.OTHER),
        ("About the role", Section.DUTIES),
        ("## Our story", Section.OTHER),
        ("🎯 What we're looking for", Section.REQUIRED),
        ("Preferred", Section.PREFERRED),
        ("Diversity, Equity, and Inclusion at Acme", Section.OTHER),
        ("- Experience with Jira", None),
        ("You will answer customers who are in need of help, by phone and in writing.", None),
        ("", None),
        ("What you will bring (must\u2011haves)", Section.REQUIRED),
    ],
)
def test_headings(line: str, section: Section | None) -> None:
    assert heading(line) is section


def test_forms_belong_to_terms_and_to_one_rule() -> None:
    skills = {row["slug"] for row in read_tsv(DATA / "skills.tsv")}
    forms = list(read_forms())
    assert {form.slug for form in forms} <= skills
    assert {form.rule for form in forms} == {"plain", "asked", "guard", "never"}
    keys = [(form.slug, form.text.casefold()) for form in forms]
    assert len(keys) == len(set(keys))


def test_forms_add_and_take_away() -> None:
    kinds = {"care": SkillKind.SKILL, "box": SkillKind.TOOL}
    names = [("care", "Care"), ("care", "love"), ("box", "Box"), ("gone", "Gone")]
    forms = [Form("care", "love", "never"), Form("care", "tend ~ plants"), Form("gone", "went")]
    known = vocabulary(kinds, names, forms)
    text = "love care Box gone went tend all the plants tend"
    assert [(m.slug, m.kind.value) for m in extract(text, known)] == [
        ("care", "skill"),
        ("box", "tool"),
        ("care", "skill"),
    ]


@pytest.mark.parametrize(
    "unit",
    [
        "Zendesk, 3 years of Excel required; no R. ", "a ", "A", "not ", "1 ", "é\u0301 ", "[(",
        "tend Slack Front Teams ", "\n", "written ", "is not required ", "5 years ", "co-", "# a\n",
    ],
)  # fmt: skip
def test_long_texts_are_read_in_linear_time(unit: str) -> None:
    text = unit * (30_000 // len(unit))
    began = time.process_time()
    extract(text, KNOWN)
    assert time.process_time() - began < 1  # a tenth of it is usual; a square would be minutes
