"""Where two contents differ, in words."""

from dataclasses import fields
from datetime import date

import pytest

from postings.content import Benefit, Place, PostingContent
from postings.differences import FIELD_LABELS, Difference, differences
from postings.enums import BenefitKind, Importance, Level
from postings.reading import Names, names_for
from profiles.enums import Industry
from profiles.models import Skill
from tests.factories.places import DUBLIN, reference_rows
from tests.factories.postings import asks, complete_content, pay

pytestmark = pytest.mark.django_db


def compare(before, after):
    reference_rows()
    return differences(before, after, names=names_for([before, after]))


def test_every_field_has_a_label():
    assert list(FIELD_LABELS) == [field.name for field in fields(PostingContent)]


def test_the_same_content_does_not_differ():
    assert compare(complete_content(), complete_content()) == ()


def test_each_field_tells_what_went_and_what_came():
    before = complete_content(apply_until=date(2026, 11, 1))
    after = before.with_(
        title="Head of Service",
        level=Level.DIRECTOR,
        industry=Industry.SAAS,
        locations=(Place("IE", DUBLIN),),
        pay_bands=(pay(30, 40, "EUR", hours=38, zone=("IE", "DE")),),
        benefits=(Benefit(BenefitKind.LEAVE_DAYS, "30"),),
        ai_used=True,
        apply_until=None,
    )
    found = [(d.field, d.removed, d.added) for d in compare(before, after)]
    assert found == [
        ("title", ("Customer Service Manager",), ("Head of Service",)),
        ("level", ("Manager",), ("Director",)),
        ("industry", ("Retail",), ("Software as a service",)),
        ("locations", ("Columbus, Ohio",), ("Dublin, Ireland",)),
        (
            "pay_bands",
            ("$60,000–75,000 USD a year; everywhere",),
            ("€30–40 EUR a year; 38 hours a week; Ireland, Germany",),
        ),
        ("benefits", (), ("Paid leave: 30",)),
        ("ai_used", ("No",), ("Yes",)),
        ("apply_until", ("1 Nov 2026",), ()),
    ]


def test_of_a_list_only_the_lines_that_changed_are_told():
    before = complete_content()
    after = before.with_(
        responsibilities=(*before.responsibilities[:2], "Settle complaints."),
        requirements=(
            *before.requirements,
            asks("zendesk", 2, importance=Importance.NICE, any_of="a"),
        ),
    )
    assert compare(before, after) == (
        Difference(
            "responsibilities",
            "Responsibilities",
            ("Settle the complaints that others could not.",),
            ("Settle complaints.",),
        ),
        Difference("requirements", "Requirements", (), ("Nice to have: Zendesk (one of group a)",)),
    )


def test_of_a_long_text_only_the_lines_that_changed_are_told():
    before = complete_content(description="One.\n\nTwo.\n\nThree.")
    after = complete_content(description="One.\n\nTwo and a half.\n\nThree.")
    assert compare(before, after) == (
        Difference("description", "Description", ("Two.",), ("Two and a half.",)),
    )


def test_a_term_that_was_merged_meanwhile_is_no_change() -> None:
    coaching = Skill(slug="coaching", name="Coaching")
    names = Names(skills={"mentoring": coaching, "coaching": coaching})
    old, new = (complete_content(requirements=(asks(slug),)) for slug in ("mentoring", "coaching"))
    assert differences(old, new, names=names) == ()
    assert len(differences(old, new, names=Names())) == 1
