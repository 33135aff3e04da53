"""The wizard by keyboard alone: Tab, Space, Enter, arrows and typing; the mouse is never used."""

from postings.enums import PostingState
from postings.models import Posting
from tests.factories.people import make_employer, make_member
from tests.journeys.keyboard import FOCUSED, choose, press, tab_to, type_into
from tests.journeys.visitor import NewVisitor
from tests.journeys.world import terms_of_templates


def test_from_a_template_to_submitted_without_a_mouse(new_visitor: NewVisitor) -> None:
    terms_of_templates()
    employer = make_employer("Lindqvist Outfitters", slug="lindqvist")
    page = new_visitor(user=make_member(employer)).open("/hire/lindqvist/")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)["text"] == "Skip to content"
    page.keyboard.press("Enter")
    press(page, "New job")
    choose(page, "start", "level:manager")
    press(page, "Start writing")

    choose(page, "mode", "onsite")
    type_into(page, "locations-0-text", "Columbus, United States")
    press(page, "Save and go on")
    tab_to(page, name="bands-0-currency")
    page.keyboard.type("USD")
    # A mistake first: the summary takes the focus, and its link leads to the field.
    type_into(page, "bands-0-minimum", "lots")
    press(page, "Save and go on")
    assert page.evaluate("document.activeElement.id") == "error-summary"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate(FOCUSED)["name"] == "bands-0-minimum"
    page.keyboard.press("Control+a")
    page.keyboard.type("52000")
    type_into(page, "bands-0-maximum", "61,000")
    choose(page, "bands-0-period", "year")
    press(page, "Save and go on")
    type_into(page, "apply_url", "https://lindqvist.test/jobs")
    choose(page, "vacancy_exists", "yes")
    choose(page, "ai_used", "no")
    press(page, "Save and go on")
    assert page.get_by_role("heading", level=1).inner_text() == "Check and submit"
    press(page, "Submit for review")
    assert Posting.objects.get().state == PostingState.IN_REVIEW
