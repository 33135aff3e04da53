"""Fit and status of each kind of requirement, to the letter of docs/matching.md."""

from datetime import date
from fractions import Fraction as F

import pytest

from postings.enums import Cefr, EducationLevel, RequirementKind
from postings.matching.inputs import Ask, Held, Profile
from postings.matching.signals import signal

TODAY = date(2026, 6, 1)
E = EducationLevel
KIND = RequirementKind


def judged(ask: Ask, profile: Profile, **more) -> tuple[F, str]:
    found = signal(ask, profile, today=TODAY, **more)
    assert found.reason
    return found.fit, str(found.status)


@pytest.mark.parametrize(
    ("level", "years", "held", "expected"),
    [
        (3, None, Held(3), (1, "met")),
        (3, None, Held(4), (1, "met")),
        (3, None, Held(2), (F(2, 3), "partial")),
        (3, None, Held(None), (F(1, 3), "partial")),
        (None, None, Held(None), (1, "met")),
        (None, None, Held(0), (0, "missing")),
        (3, 2, Held(0, F(9)), (0, "missing")),
        (3, None, None, (0, "unknown")),
        (None, 4, Held(2), (0, "unknown")),
        (3, 4, Held(3, F(1)), (F(1, 4), "partial")),
        (4, 4, Held(1, F(3)), (F(1, 4), "partial")),
        (None, 4, Held(2, F(0)), (0, "missing")),
        (2, 0, Held(2), (1, "met")),
    ],
)
def test_skills_and_tools(level, years, held, expected):
    profile = Profile(skills={"zendesk": held} if held else {"other": Held(4)})
    for kind in (KIND.SKILL, KIND.TOOL):
        assert judged(Ask("r1", kind, True, "Zendesk", "zendesk", level=level, years=years),
                      profile) == expected  # fmt: skip


@pytest.mark.parametrize(
    ("skills", "expected"),
    [
        ({"intercom": Held(4)}, (F(1, 2), "partial")),
        ({"intercom": Held(1)}, (F(1, 4), "partial")),
        ({"intercom": Held(0)}, (0, "unknown")),
        ({"intercom": Held(2), "zendesk": Held(0)}, (F(1, 2), "partial")),
        ({"intercom": Held(4), "zendesk": Held(1)}, (F(1, 2), "partial")),
        ({"intercom": Held(1), "zendesk": Held(1)}, (F(1, 2), "partial")),
        ({"intercom": Held(4), "zendesk": Held(2)}, (1, "met")),
    ],
)
def test_a_related_term_counts_half(skills, expected):
    ask = Ask("r1", KIND.TOOL, True, "Zendesk", "zendesk", level=2)
    related = {"zendesk": {"intercom": "Intercom"}}
    assert judged(ask, Profile(skills=skills), related=related) == expected


@pytest.mark.parametrize(
    ("skills", "years", "expected"),
    [
        (
            {"freshdesk": Held(3)},
            None,
            "Asks level 3; your profile does not say. Freshdesk, level 3, counts half.",
        ),
        (
            {"freshdesk": Held(4, F(2)), "intercom": Held(3, F(2)), "zendesk": Held(1, F(2))},
            2,
            "Asks level 3 and 2 years; you have level 1 and 2 years."
            " Freshdesk, level 4 and 2 years, counts half.",
        ),
        ({"freshdesk": Held(3), "zendesk": Held(2)}, None, "Asks level 3; you have level 2."),
        ({"servicenow": Held(4)}, None, "Asks level 3; your profile does not say."),
    ],
)
def test_the_reason_names_the_related_term_that_counts(skills, years, expected):
    ask = Ask("r1", KIND.TOOL, True, "Zendesk", "zendesk", level=3, years=years)
    assert signal(ask, Profile(skills=skills), today=TODAY).reason == expected


@pytest.mark.parametrize(
    ("asked", "held", "expected"),
    [
        (Cefr.B2, {"es": Cefr.B2}, (1, "met")),
        (Cefr.B2, {"es": Cefr.C2}, (1, "met")),
        (Cefr.B2, {"es": Cefr.B1}, (F(1, 2), "partial")),
        (Cefr.B2, {"es": Cefr.A2}, (0, "missing")),
        (Cefr.B2, {"es": None}, (0, "unknown")),
        (Cefr.B2, {"de": Cefr.C2}, (0, "unknown")),
        (None, {"es": None}, (1, "met")),
    ],
)
def test_languages(asked, held, expected):
    ask = Ask("r1", KIND.LANGUAGE, True, language="es", cefr=asked)
    assert judged(ask, Profile(languages=held)) == expected


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        (Profile(certificates={"ccxp": None}), (1, "met")),
        (Profile(certificates={"ccxp": TODAY}), (1, "met")),
        (Profile(certificates={"ccxp": date(2026, 5, 31)}), (0, "missing")),
        (Profile(certificates={"itil": None}), (0, "unknown")),
        (Profile(skills={"ccxp": Held()}), (1, "met")),
        (Profile(skills={"ccxp": Held(0)}), (0, "missing")),
        (Profile(skills={"ccxp": Held(0)}, certificates={"ccxp": None}), (1, "met")),
    ],
)
def test_certificates(profile, expected):
    assert judged(Ask("r1", KIND.CERTIFICATE, True, "CCXP", "ccxp"), profile) == expected


@pytest.mark.parametrize(
    ("asked", "years", "held", "worked", "expected"),
    [
        (E.BACHELOR, None, E.BACHELOR, None, (1, "met")),
        (E.BACHELOR, None, E.DOCTORATE, None, (1, "met")),
        (E.BACHELOR, None, E.ASSOCIATE, None, (F(1, 2), "partial")),
        (E.BACHELOR, None, E.SECONDARY, None, (0, "missing")),
        (E.BACHELOR, None, None, F(30), (0, "unknown")),
        (E.NONE, None, None, None, (1, "met")),
        (E.BACHELOR, 4, E.MASTER, F(3), (F(3, 4), "partial")),
        (E.BACHELOR, 4, E.ASSOCIATE, F(3), (F(1, 2), "partial")),
        (E.BACHELOR, 4, E.MASTER, None, (0, "unknown")),
        (E.BACHELOR, 4, E.SECONDARY, None, (0, "missing")),
        (E.BACHELOR, 4, None, F(0), (0, "missing")),
        (E.BACHELOR, 4, E.MASTER, F(4), (1, "met")),
    ],
)
def test_education(asked, years, held, worked, expected):
    ask = Ask("r1", KIND.EDUCATION, True, education=asked, years=years)
    assert judged(ask, Profile(education=held, experience=worked)) == expected


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        (F(6), (1, "met")),
        (F(5), (1, "met")),
        (F(1, 12), (F(1, 60), "partial")),
        (F(0), (0, "missing")),
        (None, (0, "unknown")),
    ],
)
def test_years_of_work(held, expected):
    ask = Ask("r1", KIND.EXPERIENCE, True, "Leading a team", years=5)
    assert judged(ask, Profile(experience=held)) == expected
