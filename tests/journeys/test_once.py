"""One row however often a button is pressed: double clicks, Back and sending again."""

import pytest

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


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_double_click_makes_one(new_visitor: NewVisitor, script: bool) -> None:
    terms_of_templates()
    user = make_user()
    visitor = new_visitor(user=user, script=script)
    page = visitor.open("/hire/new/")
    visitor.fill(**NEW_EMPLOYER)
    page.get_by_role("button", name="Add employer").dblclick()
    page.wait_for_url("**/team/")
    employer = Employer.objects.get()

    page = visitor.open(f"/hire/{employer.slug}/team/")
    visitor.fill(email="sam@lindqvist.test")
    page.get_by_role("button", name="Send invitation").dblclick()
    page.get_by_text("sam@lindqvist.test").first.wait_for()
    assert Invitation.objects.count() == 1

    page = visitor.open(f"/hire/{employer.slug}/postings/new/")
    visitor.fill(start="level:manager")
    page.get_by_role("button", name="Start writing").dblclick()
    page.wait_for_url("**/edit/place/")
    assert Posting.objects.count() == 1

    draft = draft_posting(employer=employer)
    page = visitor.open(f"/hire/{employer.slug}/postings/{draft.public_id}/edit/check/")
    page.get_by_role("button", name="Submit for review").dblclick()
    page.wait_for_url(f"**/postings/{draft.public_id}/")
    assert PostingEvent.objects.filter(posting=draft, verb="submit").count() == 1


def test_back_and_again_makes_one(new_visitor: NewVisitor) -> None:
    terms_of_templates()
    visitor = new_visitor(user=make_user())
    page = visitor.open("/hire/new/")
    visitor.fill(**NEW_EMPLOYER)
    visitor.press("Add employer")
    there = page.url
    page.go_back()
    visitor.press("Add employer")
    assert page.url == there
    assert Employer.objects.count() == 1

    page = visitor.open("/hire/lindqvist-outfitters/postings/new/")
    visitor.fill(start="level:manager")
    visitor.press("Start writing")
    there = page.url
    page.go_back()
    visitor.press("Start writing")
    assert page.url == there
    assert Posting.objects.count() == 1


def test_a_page_that_is_loaded_again_after_an_error_makes_one(new_visitor: NewVisitor) -> None:
    employer = make_employer("Lindqvist Outfitters", slug="lindqvist")
    visitor = new_visitor(user=make_member(employer))
    page = visitor.open("/hire/lindqvist/team/")
    visitor.fill(email="nobody")
    with page.expect_navigation():
        visitor.press("Send invitation")
    page.reload()
    visitor.fill(email="sam@lindqvist.test")
    with page.expect_navigation():
        visitor.press("Send invitation")
    page.reload()
    assert Invitation.objects.count() == 1
