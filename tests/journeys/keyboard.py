"""Walking pages by keyboard alone: Tab, Space, Enter, arrows and typing."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.waiting import next_page

MOST_TABS = 400
FOCUSED = """() => {
  const one = document.activeElement;
  const label = one.labels && one.labels.length ? one.labels[0].innerText : "";
  const style = getComputedStyle(one);
  return {name: one.name || "", value: one.value || "", text: (label || one.innerText || "").trim(),
          place: one.hash || "",
          seen: style.outlineStyle !== "none" || style.boxShadow !== "none"
                || one.className.includes("vh")};
}"""


def tab(page: Page) -> dict[str, Any]:
    """Press Tab; what has the focus then."""
    page.keyboard.press("Tab")
    found: dict[str, Any] = page.evaluate(FOCUSED)
    return found


def tab_to(page: Page, *, name: str = "", value: str = "", text: str = "") -> None:
    """Press Tab until the control with these has the focus; each stop on the way shows it."""
    for _ in range(MOST_TABS):
        found = tab(page)
        if name and found["name"] != name:
            continue
        if value and found["value"] != value:
            continue
        if text and found["text"] != text:
            continue
        assert found["seen"], f"the focus can't be seen on {found}"
        return
    raise AssertionError(f"Tab never comes to {name} {value} {text} on {page.url}")


def enter(page: Page) -> None:
    """Press Enter on what leads to another page, and wait until that one is loaded."""
    with next_page(page):
        page.keyboard.press("Enter")


def press(page: Page, text: str) -> None:
    """Come to a button or link by Tab, and press Enter."""
    tab_to(page, text=text)
    enter(page)


def jump(page: Page) -> None:
    """Press Enter on a link to a place on this page, and wait until one is there."""
    place = page.evaluate(FOCUSED)["place"]
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(re.escape(place) + "$"))


def choose(page: Page, name: str, value: str) -> None:
    """Come to a group of radio buttons by Tab, and walk it with the arrows."""
    tab_to(page, name=name)
    page.keyboard.press("Space")
    for _ in range(30):
        found = page.evaluate(FOCUSED)
        if found["value"] == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"the arrows never come to {name}={value}")


def type_into(page: Page, name: str, text: str) -> None:
    """Come to a control by Tab, and type over what stands in it."""
    tab_to(page, name=name)
    type_over(page, text)


def type_over(page: Page, text: str) -> None:
    """Type over what stands in the control that has the focus."""
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def pick(page: Page, name: str, text: str) -> None:
    """Come to a list of options by Tab, and type the beginning of one."""
    tab_to(page, name=name)
    page.keyboard.type(text)
