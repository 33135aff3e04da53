"""A person with a browser who notes whatever goes wrong on the pages that they see."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    Response,
    expect,
)

from cscareers.core.forms import TYPING_TAKES
from tests.journeys.waiting import next_page

PHONE = {"width": 360, "height": 800}
DESK = {"width": 1440, "height": 900}
SHOTS = os.environ.get("SHOTS", "")
"""A folder for pictures of each judged page, for people to look at; none are taken without it."""

_AXE = Axe()
# Axe's preload writes styles into the page, which our policy rightly refuses.
_ALL: dict[str, Any] = {"resultTypes": ["violations"], "preload": False}
_CONTRAST = {**_ALL, "runOnly": ["color-contrast"]}
_TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll("main *, header *, footer *, body > div *")]
    .filter(one => one.getBoundingClientRect().right > width + 1)
    .slice(0, 5).map(one => one.outerHTML.slice(0, 160));
}"""


@dataclass
class Notes:
    """What was seen: problems by page, and the pages themselves for the judge of HTML."""

    folder: Path
    problems: list[str] = field(default_factory=list)
    judged: list[str] = field(default_factory=list)

    def add(self, name: str, text: str) -> None:
        self.problems.append(f"{name}: {text}")

    def keep(self, name: str, html: str) -> None:
        """Save a page as it came over the wire."""
        self.judged.append(name)
        (self.folder / f"{name}.html").write_text(html, encoding="utf-8")


class Visitor:
    """Opens pages, answers forms, and has pages judged."""

    def __init__(self, context: BrowserContext, origin: str, notes: Notes) -> None:
        self.context, self.origin, self.notes = context, origin, notes
        self.page: Page = context.new_page()
        self.answer: Response | None = None
        self.asked: list[str] = []
        self.walked: set[str] = set()
        self.page.on("response", self._response)
        self.page.on("request", self._request)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: notes.add(self.page.url, f"script error {error}"))

    # ---- walking ----

    def open(self, path: str) -> Page:
        """Go to a page of the site."""
        self.page.goto(self.origin + path)
        return self.page

    def go(self, control: Locator) -> Page:
        """Click what leads to another page, and wait until that one is loaded."""
        with next_page(self.page):
            control.click()
        return self.page

    def go_twice(self, control: Locator) -> Page:
        """Click twice what leads to another page."""
        with next_page(self.page):
            control.dblclick()
        return self.page

    def press(self, name: str, *, exact: bool = True) -> Page:
        """Press the button of this name in the page's main part, and wait for its answer."""
        return self.go(self.button(name, exact=exact))

    def follow(self, name: str, *, exact: bool = False) -> Page:
        """Follow the link of this name to the page behind it."""
        return self.go(self.page.get_by_role("link", name=name, exact=exact).first)

    def back(self) -> Page:
        """Go back by the browser's own button."""
        with next_page(self.page):
            self.page.go_back()
        return self.page

    def again(self) -> Page:
        """Load this page again, sending what was sent for it."""
        self.page.reload()
        return self.page

    def button(self, name: str, *, exact: bool = True) -> Locator:
        """The button of this name in the page's main part."""
        return self.page.locator("main").get_by_role("button", name=name, exact=exact).first

    # ---- using a page ----

    def touch(self, control: Locator) -> None:
        """Click what changes this page and leads to no other; then expect what is new."""
        control.click()

    def unfold(self) -> None:
        """Open whatever is folded on this page."""
        folded = self.page.locator("main details:not([open]) > summary")
        folded.evaluate_all("all => all.forEach(one => one.click())")
        expect(folded).to_have_count(0)

    def linger(self) -> None:
        """Take as long over a form as it takes to be believed to be a person."""
        self.page.wait_for_timeout(1_000 * TYPING_TAKES.total_seconds())

    def fill(self, **typed: str) -> None:
        """Type into controls by their names, with `__` for `-`; options by their values."""
        for key, value in typed.items():
            _put(self.page.locator(f'main [name="{key.replace("__", "-")}"]'), value)

    # ---- reading ----

    def stands_at(self, heading: str) -> None:
        """The page with this heading is the one that is open."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading, use_inner_text=True)

    def reads(self, *words: str, at: str = "main") -> None:
        """These words can be read in this part of the page."""
        for each in words:
            expect(self.page.locator(at)).to_contain_text(each, use_inner_text=True)

    def value(self, selector: str) -> str:
        """What stands in the control."""
        return self.page.locator(selector).input_value()

    def addresses(self, selector: str) -> list[str]:
        """Where the links lead, of which there is one at least."""
        links = self.page.locator(selector)
        expect(links.first).to_be_visible()
        found: list[str] = links.evaluate_all("all => all.map(one => one.getAttribute('href'))")
        return found

    # ---- judging ----

    def judge(self, name: str, *, status: int = 200) -> None:
        """Judge this page: its answer, axe by day and by night, and whether it fits a phone."""
        page, answer = self.page, self.answer
        assert answer is not None
        assert urldefrag(answer.url).url == urldefrag(page.url).url, "not this page's answer"
        if answer.status != status:
            self.notes.add(name, f"answered {answer.status}, not {status}")
        page.wait_for_load_state()
        self.notes.keep(name, answer.text())
        page.set_viewport_size(DESK)
        page.emulate_media(color_scheme="light")
        self._axe(name, _ALL)
        page.emulate_media(color_scheme="dark")
        self._axe(f"{name}, dark", _CONTRAST)
        page.set_viewport_size(PHONE)
        self.judge_width(name)
        if SHOTS:
            self._shots(name)
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(DESK)

    def judge_width(self, name: str) -> None:
        """Judge whether this page fits its window without a sideways scroll."""
        for piece in self.page.evaluate(_TOO_WIDE):
            self.notes.add(name, f"wider than its window: {piece}")

    def _axe(self, name: str, options: dict[str, Any]) -> None:
        for found in _AXE.run(self.page, options=options).response["violations"]:
            for node in found["nodes"][:3]:
                self.notes.add(name, f"{found['id']}: {node['html'][:200]} {node['target']}")

    def _shots(self, name: str) -> None:
        folder = Path(SHOTS)
        folder.mkdir(parents=True, exist_ok=True)
        for scheme in ("dark", "light"):
            self.page.emulate_media(color_scheme=scheme)
            for size in (PHONE, DESK):
                self.page.set_viewport_size(size)
                self.page.screenshot(
                    path=folder / f"{name}-{size['width']}-{scheme}.png", full_page=True
                )

    # ---- noting ----

    def _response(self, response: Response) -> None:
        request = response.request
        if request.is_navigation_request() and request.frame == self.page.main_frame:
            self.answer = response

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.origin, "data:", "about:")):
            self.notes.add(self.page.url, f"asked somebody else: {request.url}")
        self.asked.append(request.url)
        if request.is_navigation_request():
            self.walked.add(request.url)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning"):
            return
        # The browser calls each page that is not there an error; the page says so itself.
        expected = re.search(r"status of 4\d\d", message.text)
        if expected and message.location["url"] in self.walked:
            return
        self.notes.add(self.page.url, f"console: {message.text}")


def _put(control: Locator, value: str) -> None:
    first = control.first
    tag = first.evaluate("one => one.tagName")
    kind = first.get_attribute("type") or ""
    if tag == "SELECT":
        first.select_option(value)
    elif kind in ("radio", "checkbox"):
        control.and_(control.page.locator(f'[value="{value}"]')).check()
    else:
        first.fill(value)


NewVisitor = Callable[..., Visitor]
