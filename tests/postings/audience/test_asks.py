"""The same question in other words is the same question."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from postings.audience.asks import implies, narrowest, softer, standard, text, widest
from postings.enums import Cefr, EducationLevel, RequirementKind
from postings.matching.inputs import Ask, Profile
from postings.matching.signals import Status, signal
from tests.postings.audience.crowds import skill
from tests.postings.matching.drawn import TODAY, asks, profiles

KIND = RequirementKind


def is_met(ask: Ask, profile: Profile) -> bool:
    return signal(ask, profile, today=TODAY).status is Status.MET


@settings(max_examples=80)
@given(asks, asks, profiles)
def test_who_meets_what(ask: Ask, other: Ask, profile: Profile) -> None:
    """The standard form is met by the same people, what it implies by all of them at least, and a
    step less too."""
    one, other = standard(ask), standard(replace(other, level=ask.level, years=ask.years))
    assert is_met(one, profile) is is_met(ask, profile)
    if implies(one, other) and is_met(one, profile):
        assert is_met(other, profile)
    less = softer(one)
    if less is not None:
        assert (implies(one, less), implies(less, one)) == (True, False)
        assert is_met(less, profile) or not is_met(one, profile)


def test_names_ids_and_kinds_of_one_match_make_no_other_question() -> None:
    said = skill("zendesk", name="Zendesk", id="r7", years=0)
    tool = replace(skill("zendesk", 1), kind=KIND.TOOL, must=False, id="x")
    assert text(standard(said)) == text(standard(tool)) == "skill/zendesk////1/0"
    work = Ask(id="a", kind=KIND.EXPERIENCE, must=True, name="Leading a team", years=2)
    assert standard(work) == standard(replace(work, id="b", name="Leading teams"))


def test_what_another_alternative_includes_is_no_alternative() -> None:
    low, high, other = skill("zendesk", 2), skill("zendesk", 3), skill("excel", 3)
    assert widest([low, high, other]) == {low, other}
    assert narrowest([widest([low]), widest([high]), widest([high, other])]) == {frozenset({high})}


@pytest.mark.parametrize(
    ("ask", "less"),
    [
        (skill("zendesk", 3, years=2), skill("zendesk", 2, years=2)),
        (skill("zendesk", 1, years=2), skill("zendesk", 1, years=1)),
        (skill("zendesk", 1, years=1), None),
        (skill("zendesk"), None),
        (Ask("a", KIND.LANGUAGE, True, cefr=Cefr.B2), Ask("a", KIND.LANGUAGE, True, cefr=Cefr.B1)),
        (Ask("a", KIND.LANGUAGE, True, cefr=Cefr.A1), None),
        (Ask("a", KIND.LANGUAGE, True), None),
        (Ask("a", KIND.CERTIFICATE, True, slug="ccxp"), None),
        (Ask("a", KIND.EXPERIENCE, True, years=5), Ask("a", KIND.EXPERIENCE, True, years=4)),
        (Ask("a", KIND.EXPERIENCE, True, years=1), None),
        (
            Ask("a", KIND.EDUCATION, True, education=EducationLevel.BACHELOR, years=3),
            Ask("a", KIND.EDUCATION, True, education=EducationLevel.ASSOCIATE, years=3),
        ),
        (Ask("a", KIND.EDUCATION, True, education=EducationLevel.SECONDARY), None),
    ],
)  # fmt: skip
def test_a_step_less(ask: Ask, less: Ask | None) -> None:
    assert softer(ask) == less
