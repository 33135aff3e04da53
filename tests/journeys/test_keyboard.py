"""The wizard by keyboard alone: Tab, Space, Enter, arrows and typing; the mouse is never used."""

from playwright.sync_api import expect

from postings.enums import PostingState
from postings.models import Posting
from tests.factories.people import make_employer, make_member
from tests.journeys.keyboard import choose, jump, pick, press, tab, type_into, type_over
from tests.journeys.visitor import NewVisitor
from tests.journeys.world import terms_of_templates


def test_from_a_template_to_submitted_without_a_mouse(new_visitor: NewVisitor) -> None:
    terms_of_templates()
    employer = make_employer("Lindqvist Outfitters", slug="lindqvist")
    visitor = new_visitor(user=make_member(employer))
    page = visitor.open("/hire/lindqvist/")
    assert tab(page)["text"] == "Skip to content"
    jump(page)
    press(page, "New job")
    choose(page, "start", "level:manager")
    press(page, "Start writing")

    choose(page, "mode", "onsite")
    type_into(page, "locations-0-text", "Columbus, United States")
    press(page, "Save and go on")
    pick(page, "bands-0-currency", "USD")
    # A mistake first: the summary takes the focus, and its link leads to the field.
    type_into(page, "bands-0-minimum", "lots")
    press(page, "Save and go on")
    expect(page.locator("#error-summary")).to_be_focused()
    tab(page)
    jump(page)
    expect(page.locator('[name="bands-0-minimum"]')).to_be_focused()
    type_over(page, "52000")
    type_into(page, "bands-0-maximum", "61,000")
    choose(page, "bands-0-period", "year")
    press(page, "Save and go on")
    type_into(page, "apply_url", "https://lindqvist.test/jobs")
    choose(page, "vacancy_exists", "yes")
    choose(page, "ai_used", "no")
    press(page, "Save and go on")
    visitor.stands_at("Check and submit")
    press(page, "Submit for review")
    visitor.reads("In review")
    assert Posting.objects.get().state == PostingState.IN_REVIEW
