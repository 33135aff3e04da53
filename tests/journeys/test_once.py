"""One row however often a button is pressed: double clicks, Back and sending again."""

import re

import pytest
from playwright.sync_api import expect

from postings.models import Posting, PostingEvent
from profiles.models import Employer, Invitation
from tests.factories.people import make_employer, make_member, make_user
from tests.factories.postings import draft_posting
from tests.journeys.visitor import NewVisitor
from tests.journeys.world import terms_of_templates

NEW_EMPLOYER = {
    "name": "Lindqvist Outfitters",
    "site": "lindqvist.test",
    "sector": "retail",
    "size": "50-249",
    "country": "US",
}
TEAM = re.compile("/team/$")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_double_click_makes_one(new_visitor: NewVisitor, script: bool) -> None:
    terms_of_templates()
    user = make_user()
    visitor = new_visitor(user=user, script=script)
    page = visitor.open("/hire/new/")
    visitor.fill(**NEW_EMPLOYER)
    visitor.go_twice(visitor.button("Add employer"))
    expect(page).to_have_url(TEAM)
    employer = Employer.objects.get()

    visitor.open(f"/hire/{employer.slug}/team/")
    visitor.fill(email="sam@lindqvist.test")
    visitor.go_twice(visitor.button("Send invitation"))
    visitor.reads("sam@lindqvist.test")
    assert Invitation.objects.count() == 1

    visitor.open(f"/hire/{employer.slug}/postings/new/")
    visitor.fill(start="level:manager")
    visitor.go_twice(visitor.button("Start writing"))
    expect(page).to_have_url(re.compile("/edit/place/$"))
    assert Posting.objects.count() == 1

    draft = draft_posting(employer=employer)
    visitor.open(f"/hire/{employer.slug}/postings/{draft.public_id}/edit/check/")
    visitor.go_twice(visitor.button("Submit for review"))
    expect(page).to_have_url(re.compile(f"/postings/{draft.public_id}/$"))
    assert PostingEvent.objects.filter(posting=draft, verb="submit").count() == 1


def test_back_and_again_makes_one(new_visitor: NewVisitor) -> None:
    terms_of_templates()
    visitor = new_visitor(user=make_user())
    page = visitor.open("/hire/new/")
    visitor.fill(**NEW_EMPLOYER)
    visitor.press("Add employer")
    expect(page).to_have_url(TEAM)
    visitor.back()
    expect(page).to_have_url(re.compile("/hire/new/$"))
    visitor.press("Add employer")
    expect(page).to_have_url(TEAM)
    assert Employer.objects.count() == 1

    visitor.open("/hire/lindqvist-outfitters/postings/new/")
    visitor.fill(start="level:manager")
    visitor.press("Start writing")
    posting = Posting.objects.get()
    place = re.compile(f"/{posting.public_id}/edit/place/$")
    expect(page).to_have_url(place)
    visitor.back()
    visitor.press("Start writing")
    expect(page).to_have_url(place)
    assert Posting.objects.count() == 1


def test_a_page_that_is_loaded_again_after_an_error_makes_one(new_visitor: NewVisitor) -> None:
    employer = make_employer("Lindqvist Outfitters", slug="lindqvist")
    visitor = new_visitor(user=make_member(employer))
    visitor.open("/hire/lindqvist/team/")
    visitor.fill(email="nobody")
    visitor.press("Send invitation")
    visitor.reads("Enter a valid email address.", at="#error-summary")
    visitor.again()
    visitor.reads("Enter a valid email address.", at="#error-summary")
    visitor.fill(email="sam@lindqvist.test")
    visitor.press("Send invitation")
    visitor.again()
    visitor.reads("sam@lindqvist.test")
    assert Invitation.objects.count() == 1
