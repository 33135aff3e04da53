"""Walking pages by keyboard alone: Tab, Space, Enter, arrows and typing."""

from playwright.sync_api import Page

MOST_TABS = 400
FOCUSED = """() => {
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
        found = page.evaluate(FOCUSED)
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
        found = page.evaluate(FOCUSED)
        if found["value"] == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"the arrows never come to {name}={value}")


def type_into(page: Page, name: str, text: str) -> None:
    tab_to(page, name=name)
    page.keyboard.press("Control+a")
    page.keyboard.type(text)
