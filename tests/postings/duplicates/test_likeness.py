"""How alike two postings are, by properties that hold whatever they say."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postings.content import Place, PostingContent
from postings.duplicates.likeness import FEW, THRESHOLD, Facts, facts_of, likeness
from postings.duplicates.prints import BAND, BINS, bands, shingles
from postings.enums import Level
from postings.level_templates import template_for
from tests.factories.postings import complete_content, pay

WORDS = [f"word{number}" for number in range(400)]

facts = st.builds(
    Facts,
    title=st.sampled_from(["support lead", "support lead 2", "support manager", "team lead", ""]),
    level=st.sampled_from(["", *Level]),
    text=st.frozensets(st.integers(0, 60), max_size=60),
    places=st.frozensets(st.sampled_from(["PL 1", "PL 2", "IE ", "from US"]), max_size=3),
    pay=st.none()
    | st.tuples(st.sampled_from(["EUR", "USD"]), st.integers(0, 90_000), st.integers(0, 90_000)),
)


@given(facts, facts)
def test_it_is_the_same_both_ways_round_and_between_0_and_1(one: Facts, other: Facts) -> None:
    found = likeness(one, other)
    assert found == likeness(other, one)
    parts = (found.text, found.title, found.place, found.pay)
    assert all(0 <= part <= 1 for part in (found.score, *parts) if part is not None)


@given(facts)
def test_a_posting_is_wholly_like_itself(one: Facts) -> None:
    found = likeness(one, one)
    silent = found.text is found.title is found.place is found.pay is None
    assert found.score == (0 if silent else 1)


@given(facts, st.integers(0, 59))
def test_text_that_only_one_of_them_has_makes_them_less_alike(one: Facts, common: int) -> None:
    text = frozenset(range(60))
    less = replace(one, text=text - {common})
    further = replace(less, text=less.text | {1_000, 1_001})
    before, after = (likeness(replace(one, text=text), other) for other in (less, further))
    assert before.text is not None
    assert after.text is not None
    assert before.text > after.text
    assert before.score > after.score


def alike(one: PostingContent, other: PostingContent) -> float:
    return likeness(facts_of(one), facts_of(other)).score


@pytest.mark.parametrize(
    ("changes", "score"),
    [
        ({}, 1.0),
        ({"locations": (Place("US", 1),)}, 42 / 43),
        ({"locations": ()}, 1.0),  # silent: not compared
        ({"pay_bands": (pay(57_000, 71_250),)}, (37 + 6 * 0.8) / 43),
        ({"pay_bands": (pay(40_000, 50_000),)}, 37 / 43),
        ({"pay_bands": (pay(currency="EUR"),)}, 37 / 43),
        ({"level": Level.SENIOR_MANAGER}, 37 / 43),
        ({"title": "Customer Service Manager 2"}, (31 + 12 * 25 / 27 / 2) / 43),
        ({"title": "customer service  MANAGER"}, 1.0),
    ],
)
def test_each_part_weighs_as_it_says(changes: dict[str, object], score: float) -> None:
    assert alike(complete_content(), complete_content(**changes)) == pytest.approx(score, abs=0.001)


def test_what_our_template_says_is_no_likeness() -> None:
    template = template_for(Level.MANAGER).content
    text = facts_of(template).text
    assert text == frozenset()
    more = template.with_(description=f"{template.description}\n\n{' '.join(WORDS[:40])}")
    assert len(facts_of(more).text) in range(38, 42)  # and the seam


def test_two_short_texts_tell_nothing_but_a_short_and_a_long_one_differ() -> None:
    short, long = frozenset(range(FEW - 1)), frozenset(range(FEW))
    facts = Facts("lead", "", short, frozenset(), None)
    assert likeness(facts, facts).text is None
    assert likeness(facts, replace(facts, text=long)).text == (FEW - 1) / FEW


def test_the_threshold_stands_where_a_copy_with_other_work_falls_below() -> None:
    other_work = complete_content(title="Head of complaints", level=Level.DIRECTOR)
    assert alike(complete_content(), other_work) < THRESHOLD


# --- prints ---------------------------------------------------------------------------------


@settings(max_examples=30)
@given(st.lists(st.text(max_size=40), max_size=3))
def test_every_text_has_a_print_of_its_own_trigrams(texts: list[str]) -> None:
    found = shingles(texts)
    assert found == shingles(reversed(texts))
    assert len(bands(found)) == (BINS // BAND if found else 0)
    assert all(-(2**31) <= band < 2**31 for band in bands(found))


def test_case_and_marks_between_words_do_not_matter_and_unparted_scripts_count_by_sign() -> None:
    assert shingles(["**Answer** our customers, please."]) == shingles(
        ["answer our CUSTOMERS please"]
    )
    assert len(shingles(["ยินดีต้อนรับ"])) == 10
    assert len(shingles(["お客様の声"])) == 3
    assert len(shingles(["two words"])) == 1
    assert shingles([" – "]) == frozenset()


@pytest.mark.parametrize(("edits", "least", "most"), [(0, 1, 1), (25, 0.97, 1), (300, 0, 0.05)])
def test_alike_texts_share_a_band_and_others_do_not(edits: int, least: float, most: float) -> None:
    chance = random.Random(edits)
    met = 0
    for _ in range(60):
        words = chance.choices(WORDS, k=400)
        changed = list(words)
        for place in chance.sample(range(400), edits):
            changed[place] = chance.choice(WORDS)
        prints = (set(bands(shingles([" ".join(text)]))) for text in (words, changed))
        met += not set.isdisjoint(*prints)
    assert least <= met / 60 <= most
