"""Languages, education and years out of an ad: which, how well, must or welcome."""

import pytest

from postings.enums import RequirementKind
from postings.importers.plain_rows import plain_asks
from profiles.taxonomy.cues import Cue
from profiles.taxonomy.extract import Sentences

MUST, NICE = Cue.REQUIRED, Cue.PREFERRED
HEAD = "Requirements:\n"


def asked(text: str) -> list[tuple[object, ...]]:
    found = plain_asks(Sentences(text), ())
    names = {
        RequirementKind.LANGUAGE: lambda a: (a.language, a.cefr),
        RequirementKind.EDUCATION: lambda a: (a.education,),
        RequirementKind.EXPERIENCE: lambda a: (a.name, a.years),
    }
    return [(*(x and str(x) for x in names[a.kind](a)), a.cue) for a in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- Fluent English; Polish (B2) is a plus", [("en", "C1", MUST), ("pl", "B2", NICE)]),
        ("- Excellent written and verbal English.", [("en", "C1", MUST)]),
        ("- Bilingual in English and Spanish", [("en", "C1", MUST), ("es", "C1", MUST)]),
        ("- German at native level or basic French", [("de", "C2", MUST), ("fr", "A2", MUST)]),
        ("- Conversational Haitian Creole preferred", [("ht", "B1", NICE)]),
        ("- B1 Dutch or better, both spoken", [("nl", "B1", MUST)]),
        ("- You answer Swedish-speaking customers", [("sv", None, MUST)]),
        ("- Spoken Danish. Danish is required", [("da", None, MUST)]),
        ("- No written German needed", []),
        ("- You polish texts and know the French market", []),
        ("- A degree in English literature", [("bachelor", MUST)]),
    ],
)
def test_languages(text, expected):
    assert asked(HEAD + text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- Bachelor’s degree", [("bachelor", MUST)]),
        ("- Bachelor's or Master's degree required; MBA a plus", [("bachelor", MUST)]),
        ("- BA/BS or equivalent experience", [("bachelor", NICE)]),
        ("- Bachelor’s degree required; MBA or equivalent experience a plus", [("bachelor", MUST)]),
        ("- High school diploma or equivalent", [("secondary", MUST)]),
        ("- High school diploma or GED", [("secondary", MUST)]),
        ("- An associate degree in business", [("associate", MUST)]),
        ("- Master’s degree preferred", [("master", NICE)]),
        ("- A PhD is welcome", [("doctorate", NICE)]),
        ("- No degree needed", []),
        ("- You are engaged and managed a team", []),
    ],
)
def test_education(text, expected):
    assert asked(HEAD + text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- 3+ years of experience in running a theatre.", [("running a theatre", "3", MUST)]),
        ("- Two years’ experience", [("similar work", "2", MUST)]),
        ("- 4 years of night shift experience", [("night shift", "4", MUST)]),
        ('- 2 years of experience as described in "1"', [("similar work", "2", MUST)]),
        ("- 5 years of experience with horses preferred", [("horses preferred", "5", NICE)]),
        ("- Experience with people", []),
        ("Duties:\n- Share your 5 years of experience", []),
    ],
)
def test_years_of_experience(text, expected):
    assert asked(HEAD + text) == expected


def test_languages_with_an_or_between_them_are_alternatives():
    text = f"{HEAD}- Fluent Dutch, English and/or Spanish"
    groups = {ask.language: ask.any_of for ask in plain_asks(Sentences(text), ())}
    assert groups == {"nl": None, "en": "a", "es": "a"}


def test_years_of_a_term_are_not_asked_twice():
    text = f"{HEAD}- 3 years of experience with Zendesk"
    assert plain_asks(Sentences(text), [text.index("Zendesk")]) == []


def test_what_stands_under_benefits_is_asked_of_nobody():
    assert asked("Benefits:\n- Spanish language classes\n- A paid degree after 2 years") == []
