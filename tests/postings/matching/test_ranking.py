"""Groups, tiers and the published order; the example of docs/matching.md."""

import re
from datetime import date, datetime, timedelta
from fractions import Fraction as F
from pathlib import Path

from postings.content import Place, PostingContent, RequirementRow
from postings.enums import Cefr, Importance, RequirementKind, WorkMode
from postings.matching.explanations import explanations, number
from postings.matching.inputs import (
    SPEC_VERSION,
    Held,
    PostingFacts,
    Preferences,
    Profile,
    Term,
    posting_facts,
)
from postings.matching.ranking import match, ranked
from profiles.taxonomy.shipped import read_relations
from tests.factories.postings import asks

TODAY = date(2026, 6, 1)
NOW = datetime.fromisoformat("2026-06-01T12:00:00+00:00")
NICE = {"importance": Importance.NICE}
TERMS = {
    slug: Term(slug, name)
    for slug, name in (
        ("zendesk", "Zendesk"),
        ("coaching", "Coaching"),
        ("excel", "Excel"),
        ("google-sheets", "Google Sheets"),
    )
}


def facts(*rows: RequirementRow, id: str = "p", days: int = 0, country: str = "US") -> PostingFacts:
    content = PostingContent(requirements=rows, mode=WorkMode.ONSITE, locations=(Place(country),))
    published = NOW - timedelta(days=days)
    return posting_facts(content, id=id, published_at=published, terms=TERMS, spots={})


def test_the_published_order():
    knows = Profile(
        skills={"zendesk": Held(2), "coaching": Held(2)},
        preferences=Preferences(countries=("US",)),
    )
    zendesk = asks("zendesk", 1, min_level=2)
    coaching = asks("coaching", 2, min_level=4)
    expected = [
        facts(zendesk, id="all, newest"),
        facts(zendesk, id="all, older a", days=1),
        facts(zendesk, id="all, older b", days=1),
        facts(zendesk, asks("excel", 3, **NICE), id="all, lower score"),
        facts(zendesk, coaching, id="one gap"),
        facts(coaching, id="one gap, lower score"),
        facts(coaching, asks("excel", 3), zendesk, id="more"),
        facts(zendesk, id="all, not eligible", country="PL"),
        facts(coaching, id="one gap, not eligible", country="PL"),
        facts(id="no rows"),
        facts(id="no rows, not eligible", country="PL"),
    ]
    found = ranked(match(knows, posting, today=TODAY) for posting in reversed(expected))
    assert [one.posting.id for one in found] == [posting.id for posting in expected]
    assert [one.tier for one in found] == [
        *["all"] * 4, *["one_gap"] * 2, "more", "all", "one_gap", None, None,
    ]  # fmt: skip
    assert [one.score for one in found][-2:] == [None, None]


def test_a_profile_without_facts_has_no_number_and_still_a_tier():
    found = match(Profile(), facts(asks("zendesk", 1)), today=TODAY)
    assert (found.score, found.score_if_confirmed, found.tier) == (None, None, "one_gap")
    said = match(Profile(skills={"zendesk": Held(0)}), facts(asks("zendesk", 1)), today=TODAY)
    assert (said.score, said.tier) == (0, "one_gap")


def test_a_group_is_one_row_by_its_best_and_a_must_if_any_is():
    rows = [
        asks("zendesk", 10, min_level=4, any_of="a", **NICE),
        asks("excel", 2, any_of="a"),
        asks("coaching", 3, **NICE),
    ]
    for turned in (rows, rows[::-1]):
        for skills, best, status in (
            ({"zendesk": Held(1)}, "r10", "partial"),
            ({"zendesk": Held(0)}, "r2", "unknown"),
            ({"zendesk": Held(4), "excel": Held(1)}, "r2", "met"),
        ):
            posting = facts(*turned)
            row, other = match(Profile(skills=skills), posting, today=TODAY).rows
            assert (row.ask.id, row.signal.status, row.weight) == (best, status, 3)
            assert row.name == "Excel or Zendesk"
            assert other.weight == 1


def test_the_example_of_the_document_is_true():
    text = (Path(__file__).parents[3] / "docs" / "matching.md").read_text()
    assert f"Version `{SPEC_VERSION}`" in text
    assert f"We reviewed {len(list(read_relations()))} pairs" in text
    posting = facts(
        asks("zendesk", 1, min_level=3),
        asks(None, 2, kind=RequirementKind.LANGUAGE, language="es", min_cefr=Cefr.B2),
        asks("coaching", 3, min_years=2, **NICE),
        asks("excel", 4, min_level=2, any_of="a", **NICE),
        asks("google-sheets", 5, min_level=2, any_of="a", **NICE),
    )
    somebody = Profile(
        skills={"zendesk": Held(2), "google-sheets": Held()}, languages={"es": Cefr.B1}
    )
    found = match(somebody, posting, today=TODAY)
    drawn = [
        f"| {row.name} | {row.signal.status} | {number(row.points)} of {row.weight} |"
        for row in found.rows
    ]
    assert re.findall(r"^\|.* of [13] \|$", text, re.MULTILINE) == drawn
    [shown] = explanations(somebody, [found], [found], today=TODAY)
    changes = {one["change"]: one["score"] for one in shown["counterfactuals"]}
    assert changes == {
        "Spanish from B1 to B2": 68.75,
        "Confirm Coaching, 2 years": 62.5,
        "Zendesk from level 2 to level 3": 62.5,
    }
    assert (found.score, found.score_if_confirmed, found.tier) == (50, F(125, 2), "more")
    for said in (
        "Score 50, or 62.5 if the coaching is confirmed; tier `more`",
        "Spanish from B1 to B2 would make it 68.75, Zendesk from level 2 to level 3 62.5, "
        "confirmed coaching 62.5.",
    ):
        assert said in text


def test_who_holds_a_skill_without_a_level_is_asked_for_the_level():
    somebody = Profile(skills={"zendesk": Held(years=F(3, 2))})
    found = match(somebody, facts(asks("zendesk", 1, min_level=3)), today=TODAY)
    [shown] = explanations(somebody, [found], [found], today=TODAY)
    assert shown["rows"][0]["have"] == "Held without a level, 1 year 6 months"
    assert [one["change"] for one in shown["counterfactuals"]] == ["Confirm Zendesk, level 3"]


def test_what_an_import_guessed_counts_as_a_must_until_somebody_confirms_it():
    nice = asks("coaching", 1, **NICE)
    content = PostingContent(requirements=(nice,))
    for guessed in ((), ("pay_bands",), ("requirements",)):
        value = content.with_(guessed=guessed)
        facts = posting_facts(value, id="p", published_at=NOW, terms=TERMS, spots={})
        [[ask]] = facts.rows
        assert (ask.must, ask.guessed) == (("requirements" in guessed),) * 2
