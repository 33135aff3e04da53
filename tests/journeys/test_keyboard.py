"""The wizard by keyboard alone: Tab, Space, Enter, arrows and typing; the mouse is never used."""

from playwright.sync_api import Page

from postings.enums import PostingState
from postings.models import Posting
from tests.factories.people import make_employer, make_member
from tests.journeys.visitor import NewVisitor
from tests.journeys.world import terms_of_templates

MOST_TABS = 400
_FOCUSED = """() => {
  const one = document.activeElement;
  const label = one.labels && one.labels.length ? one.labels[0].innerText : "";
  const style = getComputedStyle(one);
  return {name: one.name || "", value: one.value || "", text: (label || one.innerText || "").trim(),
          seen: style.outlineStyle !== "none" || style.boxShadow !== "none"
                || one.className.includes("vh")};
}"""


def tab_to(page: Page, *, name: str = "", value: str = "", text: str = "") -> None:
    """Press Tab until the control with these has the focus; each stop on the way shows it."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        found = page.evaluate(_FOCUSED)
        if name and found["name"] != name:
            continue
        if value and found["value"] != value:
            continue
        if text and found["text"] != text:
            continue
        assert found["seen"], f"the focus can't be seen on {found}"
        return
    raise AssertionError(f"Tab never comes to {name} {value} {text} on {page.url}")


def press(page: Page, text: str) -> None:
    """Come to a button or link by Tab, and press Enter."""
    tab_to(page, text=text)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def choose(page: Page, name: str, value: str) -> None:
    """Come to a group of radio buttons by Tab, and walk it with the arrows."""
    tab_to(page, name=name)
    page.keyboard.press("Space")
    for _ in range(30):
        found = page.evaluate(_FOCUSED)
        if found["value"] == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"the arrows never come to {name}={value}")


def type_into(page: Page, name: str, text: str) -> None:
    tab_to(page, name=name)
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def test_from_a_template_to_submitted_without_a_mouse(new_visitor: NewVisitor) -> None:
    terms_of_templates()
    employer = make_employer("Lindqvist Outfitters", slug="lindqvist")
    page = new_visitor(user=make_member(employer)).open("/hire/lindqvist/")
    page.keyboard.press("Tab")
    assert page.evaluate(_FOCUSED)["text"] == "Skip to content"
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
    assert page.evaluate(_FOCUSED)["name"] == "bands-0-minimum"
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
