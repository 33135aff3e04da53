"""Our Markdown from whatever an advertisement carries: HTML, broken HTML, text with bullets, text
that was decoded wrongly. Pure.

No HTML survives: tags become Markdown or go, and a `<` of the text that could open a tag is
escaped. Links are dropped to their text: an import must not lead readers to unknown places.
"""

import html
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Final

from postings.importers.clean import cut_at_word, strip_unprintable
from postings.importers.markdown_blocks import (
    Block,
    break_at_bullets,
    escape,
    join,
    line_blocks,
    plain_lines,
)
from postings.importers.mojibake import repair_mojibake

MAX_CHARACTERS: Final = 20_000
MAX_INPUT: Final = 200_000  # beyond this no description is read

_TAG: Final = re.compile(
    r"</?(?:p|br|div|span|ul|ol|li|h[1-6]|b|i|u|em|strong|a|table|tr|td|th|tbody|section|article"
    r"|header|footer|hr|img|font|blockquote|pre|code|script|style|html|body|iframe|svg|small|sup"
    r"|sub|dl|dt|dd|button|form|input|video|object|embed|link|meta|math)\b[^<>]*>|<!--|<!\[CDATA",
    re.IGNORECASE,
)
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CleanText:
    """`text` in our Markdown; `cut` when the original was longer than we keep."""

    text: str
    cut: bool = False


def to_markdown(source: str, *, limit: int = MAX_CHARACTERS) -> CleanText:
    """`source`, HTML or plain text, as Markdown of at most `limit` characters."""
    text = strip_unprintable(repair_mojibake(source[:MAX_INPUT]))
    if not _TAG.search(text) and _ENTITY.search(text):
        text = strip_unprintable(html.unescape(text))
    blocks = _html_blocks(text) if _TAG.search(text) else line_blocks(plain_lines(text))
    markdown = join(blocks)
    kept = cut_at_word(markdown, limit)
    return CleanText(kept, cut=len(source) > MAX_INPUT or kept != markdown)


def to_line(source: str) -> str:
    """`source` as one line of plain text without tags: a title, a name."""
    text = strip_unprintable(html.unescape(repair_mojibake(source[:2_000])))
    text = re.sub(r"<[A-Za-z/!?][^<>]*(?:>|$)", " ", text)
    return " ".join(re.sub(r"<+(?=[A-Za-z/!?])", "", text).split())


# --- HTML ---------------------------------------------------------------------------------------

_SKIPPED: Final = frozenset(
    [
        "script",
        "style",
        "title",
        "template",
        "svg",
        "math",
        "iframe",
        "object",
        "select",
        "textarea",
    ]
)
_BLOCK_NAMES: Final = (
    "p div section article header footer main aside nav table tbody thead tr ul ol li dl dt dd"
    " blockquote pre h1 h2 h3 h4 h5 h6 hr form fieldset figure figcaption address details summary"
    " body html"
)
_BLOCK_TAGS: Final = frozenset(_BLOCK_NAMES.split())
_HEADINGS: Final = {"h1": "# ", "h2": "# ", "h3": "# ", "h4": "## ", "h5": "## ", "h6": "## "}
_DEEPEST_LIST: Final = 4
_USUAL: Final = "|".join([*sorted(_BLOCK_TAGS), "br", "b", "strong", "i", "em", "span", "a", "u"])
_START_TAG: Final = re.compile(rf'<({_USUAL})(?: [a-z-]+="[^"<>]*")*>')
_END_TAG: Final = re.compile(rf"</({_USUAL})>")
_GAP: Final = re.compile(r"\s\s+|[^\S ]")
"""White space that is not one space already."""


def _without_declarations(text: str) -> str:
    """`text` without comments, declarations and half tags: on floods of these the standard parser
    takes quadratic time."""
    kept: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) != -1:
        kept.append(text[at:start])
        end = text.find("-->", start)
        if end == -1:  # never closed: its words are kept
            at = start
            break
        at = end + 3
    rest = "".join(kept) + text[at:].replace("<!--", " ")
    rest = re.sub(r"<[!?][^<>]*>?", " ", rest)
    return re.sub(r"</(?:[A-Za-z][^<>]*(?=<|$)|(?![A-Za-z]))|<(?=[\s<])", " ", rest)


def _html_blocks(text: str) -> list[Block]:
    reader = _Reader()
    text = _without_declarations(text)
    try:
        reader.feed(text)
        reader.close()
        reader.flush()
    except AssertionError:  # the standard parser gives up on some broken declarations
        reader.blocks = []
    if reader.blocks:
        return reader.blocks
    bare = re.sub(r"<(script|style)\b.*?(?:</\1\s*>|$)", " ", text, flags=re.I | re.S)
    bare = html.unescape(re.sub(r"<[A-Za-z/!?][^<>]*>?", " ", bare))
    return line_blocks(plain_lines(strip_unprintable(bare)))


@dataclass(slots=True)
class _List:
    ordered: bool
    number: int = 0


class _Reader(HTMLParser):
    """Collects blocks; inline runs carry whether they are strong or emphasised."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.runs: list[tuple[str, bool, bool]] = []
        self.lists: list[_List] = []
        self.item: str = ""  # the marker of an item whose first block is still to come
        self.heading = ""
        self.strong = self.emphasis = self.skipping = self.preformatted = 0

    def updatepos(self, i: int, j: int) -> int:
        """Nobody asks for the line of a tag, and counting them takes long."""
        return j

    def parse_starttag(self, i: int) -> int:
        """Where the tag that begins at `i` ends. A usual one is told at once, without its
        attributes, for which nobody asks; the standard parser would look at it five times."""
        if (found := _START_TAG.match(self.rawdata, i)) is None:
            return super().parse_starttag(i)
        self.handle_starttag(found[1], [])
        return found.end()

    def parse_endtag(self, i: int) -> int:
        """Likewise where an end tag ends; inside of a script nothing but its own is one."""
        found = _END_TAG.match(self.rawdata, i) if self.cdata_elem is None else None
        if found is None:
            return super().parse_endtag(i)
        self.handle_endtag(found[1])
        return found.end()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SKIPPED:
            self.skipping += 1
        elif tag == "br":
            self.runs.append(("\n", False, False))
        elif tag in ("td", "th"):
            self.runs.append((" ", False, False))
        elif tag in _BLOCK_TAGS:
            self.flush()
            self._open_block(tag)
        elif tag in ("b", "strong"):
            self.strong += 1
        elif tag in ("i", "em"):
            self.emphasis += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCK_TAGS or tag == "br":
            self.handle_starttag(tag, attrs)
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIPPED:
            self.skipping = max(0, self.skipping - 1)
        elif tag in _BLOCK_TAGS:
            self.flush()
            self._close_block(tag)
        elif tag in ("b", "strong"):
            self.strong = max(0, self.strong - 1)
        elif tag in ("i", "em"):
            self.emphasis = max(0, self.emphasis - 1)

    def handle_data(self, data: str) -> None:
        if self.skipping:
            return
        data = strip_unprintable(data)  # character references may name anything
        if not self.preformatted:
            data = _GAP.sub(" ", data)
        self.runs.append((data, self.strong > 0, self.emphasis > 0))

    def _open_block(self, tag: str) -> None:
        if tag in ("ul", "ol"):
            if len(self.lists) < _DEEPEST_LIST:
                self.lists.append(_List(ordered=tag == "ol"))
        elif tag == "li":
            if not self.lists:
                self.lists.append(_List(ordered=False))
            current = self.lists[-1]
            current.number += 1
            self.item = f"{current.number}. " if current.ordered else "- "
        elif tag == "pre":
            self.preformatted += 1
        else:
            self.heading = _HEADINGS.get(tag, "")

    def _close_block(self, tag: str) -> None:
        if tag in ("ul", "ol"):
            self.lists = self.lists[:-1]
            self.item = ""
        elif tag == "li":
            self.item = ""
        elif tag == "pre":
            self.preformatted = max(0, self.preformatted - 1)
        else:
            self.heading = ""

    def flush(self) -> None:
        """Ends the block that is being collected."""
        runs, self.runs = self.runs, []
        if not any(text.strip() for text, _, _ in runs):
            return
        if self.heading:
            words = " ".join(escape("".join(text for text, _, _ in runs)).split())
            self.blocks.append(Block(self.heading + words))
            return
        lines = break_at_bullets(_render(runs)).split("\n")
        indent = sum(3 if level.ordered else 2 for level in self.lists)
        if self.item:
            lines = [re.sub(r"^\s*[•∙●▪◦‣►➢➤■]\s*", "", "\n".join(lines).strip())]
            lines = lines[0].split("\n")
        self.blocks += line_blocks(lines, indent=indent, marker=self.item)
        self.item = ""


def _render(runs: list[tuple[str, bool, bool]]) -> str:
    """Inline runs as Markdown, with the markers set where CommonMark reads them as such."""
    merged: list[tuple[str, str]] = []
    for text, strong, emphasis in runs:
        mark = "**" * strong + "*" * emphasis if text.strip() else ""
        if merged and (merged[-1][1] == mark):
            merged[-1] = (merged[-1][0] + text, mark)
        else:
            merged.append((text, mark))
    out = closed = ""  # `closed`: the last character inside markers that end `out`
    for text, mark in merged:
        core = escape(text.strip())
        lead = text[: len(text) - len(text.lstrip())]
        trail = text[len(text.rstrip()) :]
        marked = mark and any(c.isalnum() for c in core) and "\n" not in core
        if core and out and not lead and not out[-1].isspace():
            after_punctuation = closed and core[0].isalnum() and not closed.isalnum()
            before_punctuation = marked and not core[0].isalnum()
            if after_punctuation or before_punctuation or (closed and marked):
                lead = " "
        out += f"{lead}{mark}{core}{mark}{trail}" if marked else f"{lead}{core}{trail}"
        closed = core[-1] if marked and not trail else ""
    return out
