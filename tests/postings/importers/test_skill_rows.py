"""Requirement rows from the words of an ad: which, how much, in which order."""

import pytest

from postings.content import RequirementRow
from postings.enums import Importance, RequirementKind
from postings.importers.skill_rows import MOST, key_of, with_guessed_rows, words_behind
from profiles.enums import SkillKind
from profiles.taxonomy.extract import Vocabulary, vocabulary

KINDS = {"zendesk": SkillKind.TOOL, "coaching": SkillKind.SKILL, "itil": SkillKind.CERTIFICATE}
NAMES = [("zendesk", "Zendesk"), ("coaching", "Coaching"), ("itil", "ITIL")]
STATED = RequirementRow(
    id="r1",
    kind=RequirementKind.EXPERIENCE,
    importance=Importance.MUST,
    name="similar work",
    min_years=3,
)


@pytest.fixture(scope="module")
def known() -> Vocabulary:
    many = [(f"term-{n}", f"Term{n:03}") for n in range(30)]
    kinds = {**KINDS, **{slug: SkillKind.SKILL for slug, _ in many}}
    return vocabulary(kinds, [*NAMES, *many], [])


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", []),
        ("We answer the phone.", []),
        ("Coaching.", [("coaching", "skill", "nice", None)]),
        (
            "Coaching is a plus. Zendesk is required.",
            [("zendesk", "tool", "must", None), ("coaching", "skill", "nice", None)],
        ),
        (
            "Zendesk all day.\n\nRequirements:\n- 3+ years of Zendesk\n- 2 years of ITIL",
            [("zendesk", "tool", "must", 3), ("itil", "certificate", "must", None)],
        ),
        ("No experience with Zendesk needed. We use Zendesk.", []),
        ("Zendesk is near.\n\nWhat you will do:\nCoaching", [("coaching", "skill", "nice", None)]),
        ("Zendesk, Zendesk and again Zendesk.", [("zendesk", "tool", "nice", None)]),
    ],
)
def test_rows(text: str, rows: list[tuple[str, str, str, int | None]], known: Vocabulary) -> None:
    found = with_guessed_rows((), text, known)
    assert [(r.skill, r.kind.value, r.importance.value, r.min_years) for r in found] == rows
    assert [row.id for row in found] == [f"r{n}" for n in range(1, len(rows) + 1)]
    assert {row.min_level for row in found} <= {None}


ASKS = """Requirements:
- Advanced Zendesk and coaching
- Fluent Spanish
- Bachelor’s degree preferred
- 5 years of experience in a theatre, 2 of them coaching
"""


def test_all_kinds_of_rows_each_with_its_words(known: Vocabulary) -> None:
    rows = with_guessed_rows((), ASKS, known)
    said = [(key_of(r), r.importance.value, r.min_level, r.min_years, r.min_cefr) for r in rows]
    assert said == [
        ("zendesk", "must", 3, None, None),
        ("es", "must", None, None, "C1"),
        ("coaching", "must", None, 2, None),
        ("education", "nice", None, None, None),
    ]
    assert words_behind(ASKS, known) == {
        "zendesk": "Advanced Zendesk and coaching",
        "coaching": "5 years of experience in a theatre, 2 of them coaching",
        "es": "Fluent Spanish",
        "education": "Bachelor’s degree preferred",
    }
    stated = with_guessed_rows((STATED,), "Requirements:\n- 4 years of experience at sea", known)
    assert stated == (STATED,)


@pytest.mark.parametrize(
    ("before", "level"),
    [
        ("Expert-level", 4),
        ("Expertise in", 4),
        ("In-depth knowledge of", 3),
        ("Working knowledge of", 2),
        ("Working with", None),
        ("Basic", 1),
        ("Strong", None),
        ("Advanced Excel and", None),
    ],
)
def test_levels_that_the_words_before_a_term_name(
    before: str, level: int | None, known: Vocabulary
) -> None:
    assert [row.min_level for row in with_guessed_rows((), f"{before} Zendesk", known)] == [level]


def test_languages_have_room_among_many_terms(known: Vocabulary) -> None:
    text = "\n".join(f"Term{n:03} all day." for n in range(30)) + "\nSpanish is spoken."
    rows = with_guessed_rows((), text, known)
    assert (len(rows), rows[-1].language) == (MOST, "es")


def test_what_the_source_states_stands_first_and_counts(known: Vocabulary) -> None:
    text = "\n".join(f"Term{n:03} all day." for n in range(30)) + "\nZendesk is a must."
    rows = with_guessed_rows((STATED,), text, known)
    assert rows[0] == STATED
    assert [row.id for row in rows] == [f"r{n}" for n in range(1, MOST + 1)]
    assert [row.skill for row in rows[1:4]] == ["zendesk", "term-0", "term-1"]


def test_the_words_behind_a_row_are_a_line_or_what_stands_around(known: Vocabulary) -> None:
    long = f"{'word ' * 40}ITIL{' other' * 40}"
    said = words_behind(f"- **3+ years** of Zendesk\n{long}", known)
    assert said["zendesk"] == "3+ years of Zendesk"
    assert said["itil"] == f"… {'word ' * 11}ITIL{' other' * 9} …"
