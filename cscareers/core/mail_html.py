"""The HTML part of a mail: its text in our frame, the rules of mail.css written into the tags."""

import re
from functools import cache
from html import escape
from html.parser import HTMLParser

from django.conf import settings
from django.template.loader import render_to_string

from cscareers.core import mail_text

SHEET = "templates/emails/mail.css"
Rule = tuple[tuple[str, ...], str]


def of_text(*, subject: str, text: str) -> str:
    """The HTML part that says what the text says."""
    letter = mail_text.read(text, site=settings.SITE_URL)
    return inlined(render_to_string("emails/_letter.html", {"subject": subject, "letter": letter}))


def inlined(html: str) -> str:
    """The page with the sheet's rules as style attributes; many mail programs read only these.

    What stands in `@media` goes into a <style> in the head, for those that do.
    """
    rules, media = _sheet()
    writer = _Writer(rules)
    writer.feed(html)
    writer.close()
    return "".join(writer.out).replace("</head>", f"<style>{media}</style></head>", 1)


@cache
def _sheet() -> tuple[tuple[Rule, ...], str]:
    """The rules (each a path of tags and classes with its declarations), and the @media blocks."""
    css = (settings.BASE_DIR / SHEET).read_text(encoding="utf-8")
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    media = re.findall(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*\s*\}", css)
    for block in media:
        css = css.replace(block, "")
    rules: list[Rule] = []
    for selectors, declarations in re.findall(r"([^{}]+)\{([^{}]*)\}", css):
        for selector in selectors.split(","):
            rules.append((tuple(selector.split()), declarations.strip().rstrip(";")))
    # A class outweighs a tag, as in a browser; else the later rule does.
    rules.sort(key=lambda rule: sum(step.startswith(".") for step in rule[0]))
    return tuple(rules), "".join(re.sub(r"\s+", " ", block) for block in media)


class _Writer(HTMLParser):
    """Writes the page again, tag by tag, with the styles that apply."""

    EMPTY = frozenset({"meta", "br", "img", "hr", "link", "input", "col"})

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        super().__init__(convert_charrefs=False)
        self.rules = rules
        self.out: list[str] = []
        self.open: list[tuple[str, set[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        names = {tag, *(f".{name}" for name in (given.get("class") or "").split())}
        style = ";".join(css for path, css in self.rules if self._applies(path, names))
        if style:
            given["style"] = style
        written = "".join(
            f" {name}" if value is None else f' {name}="{escape(value)}"'
            for name, value in given.items()
        )
        self.out.append(f"<{tag}{written}>")
        if tag not in self.EMPTY:
            self.open.append((tag, names))

    def _applies(self, path: tuple[str, ...], names: set[str]) -> bool:
        *above, own = path
        if own not in names:
            return False
        outer = iter(self.open)
        return all(any(step in opened for _, opened in outer) for step in above)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass
        self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.out.append(data)

    def handle_entityref(self, name: str) -> None:
        self.out.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.out.append(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        self.out.append(f"<!{decl}>")
