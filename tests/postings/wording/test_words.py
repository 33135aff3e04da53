"""Coded words: found with what to write instead, and not where they mean something else."""

import pytest

from postings.wording.hints import Text, WordingCode
from postings.wording.lint import lint
from postings.wording.words import terms, word_hints


def found(text: str) -> list[tuple[str, str]]:
    return [(hint.code.value, hint.words) for hint in word_hints(Text("description", text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He answers calls.", [("gender", "He")]),
        ("He answers calls in his team", [("gender", "He"), ("gender", "his")]),
        ("The salesman and the chairman", [("gender", "salesman"), ("gender", "chairman")]),
        ("We need more manpower", [("gender", "manpower")]),
        ("An aggressive closer", [("gender", "aggressive")]),
        ("You are self-reliant.", [("gender", "self-reliant")]),
        ("You are self reliant.", [("gender", "self reliant")]),
        ("A customer service **ninja**", [("gender", "ninja")]),
        ("You are a digital native", [("age", "digital native")]),
        ("A young and dynamic team", [("age", "young and dynamic")]),
        ("Recent graduates wanted", [("age", "Recent graduates")]),
        ("Aged 18 to 30", [("age", "Aged 18 to 30")]),
        ("no older than 35 years old", [("age", "no older than 35 years old")]),
        ("It is crazy here", [("ability", "crazy")]),
        ("An able-bodied person", [("ability", "able-bodied")]),
        ("Native English speakers only", [("origin", "Native English")]),
        ("No accent, please", [("origin", "No accent")]),
        ("Keep the blacklist up to date", [("origin", "blacklist")]),
    ],
)
def test_what_is_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "You lead and support a responsible, committed team with a master's degree.",
        "S/he answers calls. He or she writes mails. Tell us: she/her, he/him.",
        "A journeyman/journeywoman; salesman or saleswoman",
        "You calm aggressive customers and know passive-aggressive mails.",
        "Special needs, maternity leave, sister company, Queens, the host of the site",
        "Children aged 10 to 14; victims under the age of 12; you are at least 18 years old.",
        "Our founder took over in 2019: he led the team, and his sister joined him.",
        "We serve non-native English speakers and pay an aggressive commission",
        "Part 1he and 2she are slips of a scanner",
        "Competitive pay, a trusting community, analysis and decision making",
    ],
)
def test_everyday_words_of_the_profession_are_left_alone(text: str) -> None:
    assert found(text) == []


def test_a_text_in_another_language_has_no_english_words() -> None:
    german = (
        "Du bist ein Guru und Ninja für unsere Kunden und hast Freude an der Arbeit im Team " * 2
    )
    assert found(german) == []
    text = Text("title", "Ninja für Kunden!")
    codes = [hint.code for hint in lint([text], language="de")]
    assert codes == [WordingCode.TITLE_EXCLAMATION]
    codes = [hint.code for hint in lint([text], language="en")]
    assert codes == [WordingCode.GENDER, WordingCode.TITLE_EXCLAMATION]


def test_a_hint_says_what_to_write_and_who_says_so() -> None:
    (hint,) = word_hints(Text("description", "We look for a foreman."))
    assert hint.message == "This word names one gender. Write “supervisor” or “shift boss” instead."
    assert (hint.alternatives, hint.source) == (("supervisor", "shift boss"), "retext-equality")


def test_each_term_of_the_table_is_a_hint_with_a_reason_or_allowed_with_one() -> None:
    table = terms()
    shown = [term for term in (*table.phrases.values(), *table.stems.values()) if term.hint]
    assert len(shown) > 500
    assert [term for term in shown if not term.why.endswith(".")] == []
