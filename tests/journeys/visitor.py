"""A person with a browser who notes whatever goes wrong on the pages that they see."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, Response

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
        self.page.on("response", self._response)
        self.page.on("request", self._request)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: notes.add(self.page.url, f"script error {error}"))

    # ---- walking ----

    def open(self, path: str) -> Page:
        """Go to a page of the site."""
        self.page.goto(self.origin + path)
        return self.page

    def press(self, name: str, *, exact: bool = True) -> Page:
        """Press the button of this name in the page's main part."""
        self.page.locator("main").get_by_role("button", name=name, exact=exact).first.click()
        return self.page

    def follow(self, name: str) -> Page:
        """Follow the link of this name."""
        self.page.get_by_role("link", name=name).first.click()
        return self.page

    def fill(self, **typed: str) -> None:
        """Type into controls by their names, with `__` for `-`; options by their values."""
        for key, value in typed.items():
            _put(self.page.locator(f'main [name="{key.replace("__", "-")}"]'), value)

    # ---- judging ----

    def judge(self, name: str, *, status: int = 200) -> None:
        """Judge this page: its answer, axe by day and by night, and whether it fits a phone."""
        page, answer = self.page, self.answer
        assert answer is not None
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

    def _console(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning"):
            return
        # The browser calls each page that is not there an error; the page says so itself.
        expected = re.search(r"status of 4\d\d", message.text)
        if expected and self.answer is not None and message.location["url"] == self.answer.url:
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
