"""What keeps a draft from being submitted: each rule alone, and their order."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from cscareers.core.salary import PayPeriod
from postings.completeness import Problem, band_problem, guesses, is_whole, problems
from postings.content import Place, PostingContent, RequirementRow
from postings.enums import EducationLevel, Importance, RequirementKind, WorkMode
from tests.factories.postings import asks, complete_content, pay

TODAY = date(2026, 11, 21)
RATES = {"EUR": Decimal(1), "USD": Decimal("1.25"), "INR": Decimal(100)}


def fields(**changes: object) -> list[str]:
    found = problems(complete_content(**changes), today=TODAY, per_euro=RATES)
    return [problem.field for problem in found]


def row(kind: RequirementKind, **values: object) -> RequirementRow:
    return RequirementRow(id="r1", kind=kind, importance=Importance.MUST, **values)


def test_a_complete_content_lacks_nothing() -> None:
    assert fields() == []


def test_an_empty_content_lacks_everything_in_the_order_of_the_wizard() -> None:
    found = problems(PostingContent(), today=TODAY, per_euro=RATES)
    assert [problem.field for problem in found] == [
        "title",
        "level",
        "employment",
        "description",
        "mode",
        "pay_bands",
        "responsibilities",
        "requirements",
        "vacancy_exists",
        "ai_used",
        "apply_url",
    ]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "  "}, "title"),
        ({"level": None}, "level"),
        ({"employment": ()}, "employment"),
        ({"description": "\n"}, "description"),
        ({"mode": None}, "mode"),
        ({"locations": ()}, "locations"),
        ({"mode": WorkMode.ONSITE, "locations": ()}, "locations"),
        ({"mode": WorkMode.REMOTE}, "applicant_countries"),
        (
            {
                "mode": WorkMode.REMOTE,
                "applicant_countries": ("US",),
                "applicant_subdivisions": ("US-OH", "CA-ON"),
            },
            "applicant_subdivisions",
        ),
        ({"utc_offset_min": 60, "utc_offset_max": 0}, "utc_offset_min"),
        ({"pay_bands": ()}, "pay_bands"),
        ({"responsibilities": ("One.", "Two.")}, "responsibilities"),
        ({"requirements": ()}, "requirements"),
        ({"requirements": (asks("coaching", importance=Importance.NICE),)}, "requirements"),
        ({"vacancy_exists": None}, "vacancy_exists"),
        ({"ai_used": None}, "ai_used"),
        ({"ai_used": True, "ai_note": " "}, "ai_note"),
        ({"apply_url": ""}, "apply_url"),
        ({"apply_until": TODAY - timedelta(days=1)}, "apply_until"),
    ],
)
def test_each_rule(changes: dict[str, object], field: str) -> None:
    assert fields(**changes) == [field]


@pytest.mark.parametrize(
    "changes",
    [
        {"mode": WorkMode.REMOTE, "applicant_countries": ("US",), "locations": ()},
        {"locations": (Place("PL"),)},
        {"utc_offset_min": 0, "utc_offset_max": 0},
        {"utc_offset_min": 60},
        {"vacancy_exists": False},
        {"ai_used": True, "ai_note": "It sorts applications by date."},
        {"apply_until": TODAY},
        {"pay_bands": (pay(zone=("US",)), pay(zone=("PL",)), pay())},
        {"pay_bands": (pay(1, 2, "XXX"),)},
    ],
)
def test_what_may_be(changes: dict[str, object]) -> None:
    assert fields(**changes) == []


def test_a_country_stands_in_one_band_only() -> None:
    bands = (pay(zone=("US", "CA")), pay(zone=("CA",)))
    found = problems(complete_content(pay_bands=bands), today=TODAY, per_euro=RATES)
    assert found == (Problem("pay_bands", "Each country may stand in one pay band only."),)


def test_one_band_only_is_for_everywhere() -> None:
    found = problems(complete_content(pay_bands=(pay(), pay())), today=TODAY, per_euro=RATES)
    assert found == (Problem("pay_bands", "Only one pay band can be for everywhere."),)


@pytest.mark.parametrize(
    ("band", "words"),
    [
        (pay(10_000, 50_001), "over 5 times"),
        (pay(20, 30, "EUR"), "too little for a year"),
        (pay(30_000, 40_000, "EUR", PayPeriod.WEEK), "too much for a week"),
        (pay(60_000, 70_000, "EUR", PayPeriod.HOUR), "too much for a hour"),
    ],
)
def test_a_slip_of_the_period_is_found(band: object, words: str) -> None:
    message = band_problem(band, RATES)  # type: ignore[arg-type]
    assert message is not None
    assert words in message
    assert fields(pay_bands=(band,)) == ["pay_bands"]


@pytest.mark.parametrize(
    "band",
    [
        pay(10_000, 50_000),
        pay(18, 24, "USD", PayPeriod.HOUR),
        pay(1_000_000, 1_500_000, "INR"),
        pay(500, 500, "EUR"),
        pay(1_500_000, 1_500_000, "EUR"),
    ],
)
def test_a_band_that_can_be_meant(band: object) -> None:
    assert band_problem(band, RATES) is None  # type: ignore[arg-type]


K = RequirementKind


@pytest.mark.parametrize(
    ("requirement", "whole"),
    [
        (row(K.SKILL, skill="coaching"), True),
        (row(K.TOOL), False),
        (row(K.CERTIFICATE, name="CCXP"), False),
        (row(K.LANGUAGE, language="es"), True),
        (row(K.LANGUAGE), False),
        (row(K.EDUCATION, education=EducationLevel.NONE), True),
        (row(K.EDUCATION), False),
        (row(K.EXPERIENCE, name="Leading a team", min_years=0), True),
        (row(K.EXPERIENCE, name="Leading a team"), False),
        (row(K.EXPERIENCE, min_years=3), False),
    ],
)
def test_a_row_says_what_its_kind_needs(requirement: RequirementRow, whole: bool) -> None:
    assert is_whole(requirement) is whole
    assert fields(requirements=(requirement,)) == ([] if whole else ["requirements"])


def test_unfinished_rows_are_told_once() -> None:
    rows = (row(K.LANGUAGE), row(K.EDUCATION))
    assert fields(requirements=rows) == ["requirements"]


def test_what_was_guessed_waits_for_a_look() -> None:
    content = complete_content(guessed=("mode", "level", "requirements"))
    found = problems(content, today=TODAY, per_euro=RATES)
    assert found == (
        Problem(
            "mode",
            "The way of working was guessed from the place and the text. Check it and save.",
            guessed=True,
        ),
        Problem("level", "The level was guessed from the title. Check it and save.", guessed=True),
        Problem(
            "requirements",
            "What you ask for was guessed from the ad. Check it and save.",
            guessed=True,
        ),
    )
    assert guesses(content)["level"] == "Guessed from the title: check it"


def test_a_guess_that_is_empty_or_unknown_is_no_guess() -> None:
    content = complete_content(level=None, guessed=("level", "colour", "industry"))
    assert guesses(content) == {"industry": "Guessed from the ad: check it"}
    found = problems(content, today=TODAY, per_euro=RATES)
    assert [(p.field, p.guessed) for p in found] == [("level", False), ("industry", True)]
