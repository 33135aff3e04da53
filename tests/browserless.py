"""A page as a browser without JavaScript has it: its form to send back, and what it says."""

import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

_OUTSIDE = ("/accounts/logout/", "/theme/")
_MESSAGES = re.compile(r'<div class="msgs" role="status">(.*?)</div></div></div>', re.DOTALL)


@dataclass
class PageForm:
    """The successful controls of a form by name, its buttons, and each control's kind."""

    action: str = ""
    values: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    kinds: dict[str, str] = field(default_factory=dict)
    options: dict[str, list[str]] = field(default_factory=dict)

    def send(self, *, press: tuple[str, str] | None = None, **typed: object) -> dict[str, object]:
        """What is sent when `typed` is typed over what stands there and a button pressed.

        Names are written with `__` for `-`.
        """
        data: dict[str, object] = {**self.values}
        for name, value in typed.items():
            data[name.replace("__", "-")] = value
        if press is not None:
            if press not in self.buttons:
                raise AssertionError(f"no button {press} among {self.buttons}")
            data[press[0]] = press[1]
        data.pop("csrfmiddlewaretoken", None)
        return data


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self._form: PageForm | None = None
        self._select = ""
        self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = PageForm(found.get("action", ""))
            if found.get("method", "").lower() == "post" and self._form.action not in _OUTSIDE:
                self.forms.append(self._form)
        if self._form is None:
            return
        name = found.get("name", "")
        if tag == "input" and name:
            self._input(name, found)
        elif tag == "button" and name:
            self._form.buttons.append((name, found.get("value", "")))
        elif tag == "select":
            self._select = name
            self._form.kinds[name] = "select"
        elif tag == "option" and self._select:
            self._form.options.setdefault(self._select, []).append(found.get("value", ""))
            if "selected" in found or self._select not in self._form.values:
                self._form.values[self._select] = [found.get("value", "")]
        elif tag == "textarea":
            self._area = name
            self._form.kinds[name] = "textarea"
            self._form.values[name] = [""]

    def _input(self, name: str, found: dict[str, str]) -> None:
        assert self._form is not None
        kind = found.get("type", "text")
        self._form.kinds[name] = kind
        if kind in ("radio", "checkbox"):
            self._form.options.setdefault(name, []).append(found.get("value", "on"))
            if "checked" not in found:
                return
            if kind == "checkbox":
                self._form.values.setdefault(name, []).append(found.get("value", "on"))
                return
        before = self._form.values.get(name, []) if kind == "hidden" else []
        self._form.values[name] = [*before, found.get("value", "on" if kind == "radio" else "")]

    def handle_data(self, data: str) -> None:
        if self._area and self._form is not None:
            before = self._form.values[self._area][0]
            self._form.values[self._area] = [before + data]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            if self._area and self._form is not None:
                text = self._form.values[self._area][0]
                self._form.values[self._area] = [text.removeprefix("\n")]
            self._area = ""


def page_form(html: str | bytes) -> PageForm:
    """The one form of a page that is about the page; raises AssertionError when there is none."""
    reader = _Reader()
    reader.feed(html.decode() if isinstance(html, bytes) else html)
    if len(reader.forms) != 1:
        raise AssertionError(f"{len(reader.forms)} forms on this page")
    return reader.forms[0]


def told(html: str | bytes) -> list[str]:
    """What a page says on top of what was done."""
    shown = _MESSAGES.search(html.decode() if isinstance(html, bytes) else html)
    return [unescape(words) for words in re.findall("<p>(.*?)</p>", shown[1])] if shown else []
