"""How a match is drawn from its explanation, and from nothing else."""

import json
from datetime import date
from fractions import Fraction as F

import pytest
from django.template import Context, Template

from postings.enums import Cefr, EducationLevel, Importance, RequirementKind
from postings.match_drawing import amount, draw, whole
from postings.matching.explanations import canonical, explanations
from postings.matching.inputs import Held, Preferences, Profile
from postings.matching.ranking import match
from tests.factories.postings import asks
from tests.postings.matching.test_ranking import facts

TODAY = date(2026, 6, 1)
NICE = {"importance": Importance.NICE}
SOMEBODY = Profile(
    skills={"zendesk": Held(2), "google-sheets": Held()},
    preferences=Preferences(countries=("DE",), visa_needed=False),
)
ROWS = (
    asks("zendesk", 1, min_level=3),
    asks(None, 2, kind=RequirementKind.LANGUAGE, language="es", min_cefr=Cefr.B2),
    asks("coaching", 3, min_years=2, **NICE),
    asks("excel", 4, any_of="a", **NICE),
    asks("google-sheets", 5, min_level=1, any_of="a", **NICE),
)


def explained(profile=SOMEBODY, rows=ROWS):
    found = match(profile, facts(*rows), today=TODAY)
    [one] = explanations(profile, [found], [found], today=TODAY)
    return json.loads(canonical(one))  # as it is kept or sent


def test_a_match_in_full():
    m = draw(explained(), {"language": "/languages"})
    assert (m.headline, m.tier, m.eligible) == ("2 gaps: Zendesk, Spanish", "more", False)
    assert (m.score, m.confirmed, m.unknown) == (37, 87, 2)
    assert (m.points, m.most, m.strip.words) == ("3", "8", "1 met, 1 partial, 2 unknown")
    assert [(s.x, s.width) for s in m.strip.segments] == [
        (0.75, 18.5), (23.75, 18.5), (46.75, 7.5), (58.75, 7.5),
    ]  # fmt: skip
    assert m.strip.width == 67
    assert [(r.name, r.asks, r.have) for r in m.rows] == [
        ("Zendesk", "Must have · Level 3", "Level 2"),
        ("Spanish", "Must have · B2", "You have not said"),
        ("Coaching", "Nice to have · 2 years", "You have not said"),
        ("Excel or Google Sheets", "Nice to have · Excel: any level; Google Sheets: level 1",
         "Google Sheets: held without a level"),
    ]  # fmt: skip
    assert [(r.points, r.most, r.change, r.gain) for r in m.rows] == [
        ("2", "3", "Zendesk from level 2 to level 3", "+1"),
        ("0", "3", "Confirm Spanish B2", "+3"),
        ("0", "1", "Confirm Coaching, 2 years", "+1"),
        ("1", "1", "", ""),
    ]
    assert [r.url for r in m.rows] == ["", "/languages", "", ""]
    assert [(r.start, r.bar, r.filled) for r in m.rows[1:3]] == [
        (0, 100, 0), (pytest.approx(66.67), 33.33, 0),
    ]  # fmt: skip
    assert [(c.words, c.before, c.after, c.gained, c.tier, c.opens) for c in m.changes] == [
        ("Confirm Spanish B2", 37, 75, 38, "One gap", 0),
        ("Confirm Coaching, 2 years", 37, 50, 13, "More gaps", 0),
        ("Zendesk from level 2 to level 3", 37, 50, 13, "One gap", 0),
    ]
    assert (m.together.after, m.together.tier) == (87, "One gap")
    assert [(c.label, c.holds) for c in m.conditions] == [
        ("Place", "Does not hold"), ("Way of working", "Not known"), ("Pay", "Not known"),
        ("Visa", "Holds"),
    ]  # fmt: skip
    assert [c.label for c in m.failed] == ["Place"]


@pytest.mark.parametrize(
    ("profile", "rows", "headline", "score"),
    [
        (SOMEBODY, (), "Asks nothing that we can compare", None),
        (SOMEBODY, ROWS[2:], "Asks no must-have", 50),
        (SOMEBODY, ROWS[:1], "One gap: Zendesk", 66),
        (Profile(skills={"zendesk": Held(3)}), ROWS[:1], "Meets all must-haves", 100),
        (Profile(), ROWS[:1], "One gap: Zendesk", None),
        (SOMEBODY, [asks(f"x{n}", n) for n in range(1, 6)], "5 gaps: x1, x2, x3 and 2 more", 0),
    ],
)
def test_a_match_in_words(profile, rows, headline, score):
    m = draw(explained(profile, rows))
    assert (m.headline, m.score) == (headline, score)
    spoken = drawn("{% match_strip m.strip %}{% match_table m %}{% match_changes m %}", m)
    assert ("of 100" in spoken) == (score is not None)


def test_the_step_that_closes_the_only_gap():
    languages = {"language": "/languages"}
    one = draw(explained(SOMEBODY, ROWS[1:3]), languages)
    assert (one.tier, one.step, one.step_url) == ("one_gap", "Confirm Spanish B2", "/languages")
    both = asks(
        None, 1, kind=RequirementKind.EDUCATION, education=EducationLevel.MASTER, min_years=5
    )
    assert draw(explained(SOMEBODY, (both,)), languages).step == ""  # it takes two facts
    assert [draw(explained(SOMEBODY, rows)).step for rows in (ROWS, ROWS[2:])] == ["", ""]


@pytest.mark.parametrize(
    ("exact", "shown"),
    [(3, "3"), (0, "0"), (1.5, "1½"), (0.333333, "⅓"), (2.666667, "2⅔"), (0.25, "¼"),
     (float(F(5, 7)), "0.7"), (0.999999, "1")],
)  # fmt: skip
def test_points_are_short(exact, shown):
    assert amount(exact) == shown


def test_a_score_is_never_more_than_it_is():
    assert [whole(s) for s in (None, 71.9, 99.999999, 100, 0)] == [None, 71, 99, 100, 0]


def drawn(tags, m):
    return Template("{% load postings_ui %}" + tags).render(Context({"m": m}))


def test_what_is_drawn():
    m = draw(explained(), {"language": "/languages"})
    table = drawn("{% match_table m %}", m)
    assert '<a href="/languages">Confirm Spanish B2</a>: <span class="nb">+3</span>' in table
    assert "Up to 87 if you confirm 2 facts" in table
    assert '<rect class="t" width="33.33" x="66.67" height="4"/>' in table
    strip = drawn("{% match_strip m.strip counts=False %}", m)
    assert 'aria-label="1 met, 1 partial, 2 unknown"' in strip
    assert (strip.count("<rect"), strip.count("<text"), "counts" in strip) == (5, 1, False)
    changes = drawn("{% match_changes m %}", m)
    assert 'x="37" width="38"' in changes
    assert (changes.count("Then: one gap"), changes.count("opens no more jobs")) == (2, 3)
    assert 'Both of the first two: <b class="num">37 → 87</b>, and then it is: one gap' in changes
    assert "Place: does not hold" in drawn("{% match_conditions m %}", m)
