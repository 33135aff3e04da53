"""Our Markdown from whatever an advertisement carries: HTML, broken HTML, text with bullets, text
that was decoded wrongly. Pure.

No HTML survives: tags become Markdown or go, and a `<` of the text that could open a tag is
escaped. Links are dropped to their text: an import must not lead readers to unknown places.
"""

import html
import re
import unicodedata
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Final

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
    blocks = _html_blocks(text) if _TAG.search(text) else _line_blocks(_plain_lines(text))
    markdown = _join(blocks)
    kept = cut_at_word(markdown, limit)
    return CleanText(kept, cut=len(source) > MAX_INPUT or kept != markdown)


def to_line(source: str) -> str:
    """`source` as one line of plain text without tags: a title, a name."""
    text = strip_unprintable(html.unescape(repair_mojibake(source[:2_000])))
    text = re.sub(r"<[A-Za-z/!?][^<>]*(?:>|$)", " ", text)
    return " ".join(re.sub(r"<+(?=[A-Za-z/!?])", "", text).split())


def cut_at_word(text: str, limit: int) -> str:
    """`text`, or as many of its whole words as `limit` characters hold."""
    if len(text) <= limit:
        return text
    head = text[: limit + 1]
    at = max(head.rfind(" "), head.rfind("\n"))
    return head[: at if at > 0 else limit].rstrip()


_JOINERS: Final = "\u200c\u200d"  # real parts of Persian and of emoji
_BULLETS_IN_PRIVATE_USE: Final = str.maketrans(dict.fromkeys("\uf0b7\uf0a7\uf0d8\uf0fc", "•"))


def strip_unprintable(text: str) -> str:
    """`text` without NUL and other controls, lone surrogates, private characters and marks that
    turn the direction of writing; line breaks as `\\n`."""
    text = text.translate(_BULLETS_IN_PRIVATE_USE)
    text = re.sub(r"\r\n?|[\u2028\u2029\x0b\x0c]", "\n", text)
    return "".join(
        c
        for c in text
        if c.isprintable()
        or c in "\n\t"
        or c in _JOINERS
        or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co")
    )


# --- Markdown -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph, or with a `marker` an item; `indent` is the column that its text stands at."""

    text: str
    marker: str = ""
    indent: int = 0


def _join(blocks: list[_Block]) -> str:
    """The blocks as text. None stands further right than the text of the item above it, or it
    would be read as code."""
    parts: list[str] = []
    column = 0
    for number, block in enumerate(blocks):
        if number:
            tight = block.marker and blocks[number - 1].marker
            parts.append("\n" if tight else "\n\n")
        lead = max(0, min(block.indent - len(block.marker), column))
        column = lead + len(block.marker)
        lines = block.text.split("\n")
        first = " " * lead + block.marker + lines[0]
        parts.append("  \n".join([first, *(" " * column + line for line in lines[1:])]))
    return "".join(parts)


_RULE_LINE: Final = re.compile(r"[\s\-=_*~|:+#>`.•]*")
_BULLET: Final = re.compile(
    r"(?:(?:[-–—*+o»>](?=[ \t]))|[•●▪◦‣►➢➤■□▶✓✔✅·§¦¿⁃](?=\s|\w|\*\*))[ \t]*(?=\S)"
)
_NUMBER: Final = re.compile(r"(\d{1,2})[.)][ \t]+(?=\S)")


def _line_blocks(lines: list[str], *, indent: int = 0, marker: str = "") -> list[_Block]:
    """Blocks of text lines: bullets and numbers make items, an empty line parts paragraphs.

    With `marker` the first block is that item, and the others stand below it.
    """
    blocks: list[_Block] = []
    paragraph: list[str] = []

    def end_paragraph() -> None:
        if paragraph:
            blocks.append(_Block("\n".join(paragraph), indent=indent))
            paragraph.clear()

    for raw in lines:
        line = " ".join(raw.split())
        if _RULE_LINE.fullmatch(line):
            end_paragraph()
        elif found := _BULLET.match(line):
            end_paragraph()
            blocks.append(_Block(_escape_start(line[found.end() :]), "- ", indent + 2))
        elif found := _NUMBER.match(line):
            end_paragraph()
            head = f"{found[1]}. "
            rest = _escape_start(line[found.end() :])
            blocks.append(_Block(rest, head, indent + len(head)))
        else:
            paragraph.append(_escape_start(line))
    end_paragraph()
    if marker and blocks:
        blocks[0] = _Block(blocks[0].text, marker, indent)
    return blocks


def _escape_start(line: str) -> str:
    """`line` so that its first characters are text, not a heading, quote, list or definition."""
    if re.match(r"#{1,6}(?:\s|$)|>|[-+*](?:\s|$)|~~~|\[[^\]]*\]:|\|", line):
        return "\\" + line
    return re.sub(r"^(\d+)([.)])(?=\s|$)", r"\1\\\2", line)


def _escape(text: str) -> str:
    """`text` so that Markdown shows it as it stands; a `<` that could open a tag becomes `&lt;`."""
    text = re.sub(r"\\(?=[!-/:-@\[-`{-~])", r"\\\\", text)
    text = re.sub(r"&(?=#?\w{1,32};)", "&amp;", text)
    text = re.sub(r"<(?=[A-Za-z/!?])", "&lt;", text)
    text = text.replace("`", "\\`").replace("](", "]\\(").replace("][", "]\\[")
    text = re.sub(r"(?<!\s)(?<!^)\*|\*(?=\S)", r"\\*", text)
    text = re.sub(r"(?<![\s\w])(?<!^)_|(?<=\s)_(?=\S)|^_(?=\S)|_(?=[^\s\w])|(?<=\w)_(?=\s|$)",
                  r"\\_", text)  # fmt: skip
    return text.replace("~~", "\\~\\~")


# --- Plain text ---------------------------------------------------------------------------------

_INLINE_BULLET: Final = re.compile(
    r"[ \t]*(?:¿?[•●▪◦‣►➢➤■]|(?:(?<=  )|(?<=\t)|^)[¿·§¦](?=[ \t]*\w)|[¿·§¦](?=\t))[ \t]*",
    re.MULTILINE,
)
_LONG_LINE: Final = 300
_WRAPPED_FROM: Final = 60


def _plain_lines(text: str) -> list[str]:
    """Lines of a plain text: bullets inside a line start one, wrapped lines are joined, and in a
    line that lost its breaks wide gaps are taken for them."""
    text = _INLINE_BULLET.sub("\n• ", text)
    lines: list[str] = []
    for line in text.split("\n"):
        if len(line) > _LONG_LINE:
            line = re.sub(r"\s{2,}(?=\d{1,2}[.)]\s)", "\n", line)
            line = re.sub(r"[ \t\u00a0]{3,}", "\n\n", line)
        lines += [" ".join(part.split()) for part in line.split("\n")]
    joined: list[str] = []
    for line in lines:
        if joined and _continues(joined[-1], line):
            joined[-1] += " " + line
        else:
            if joined and joined[-1] and line and not _is_item(line):
                joined.append("")
            joined.append(line)
    return [_escape_item(line) for line in joined]


def _continues(before: str, line: str) -> bool:
    wrapped = len(before) >= _WRAPPED_FROM and not before.endswith((".", ":", ";", "!", "?"))
    return wrapped and line[:1].islower() and not _is_item(line)


def _is_item(line: str) -> bool:
    return bool(_BULLET.match(line) or _NUMBER.match(line))


def _escape_item(line: str) -> str:
    found = _BULLET.match(line) or _NUMBER.match(line)
    start = found.end() if found else 0
    return line[:start] + _escape(line[start:])


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
_HEADINGS: Final = {"h1": "### ", "h2": "### ", "h3": "### ", "h4": "#### "}
_HEADINGS_ELSE: Final = {"h5": "#### ", "h6": "#### "}
_DEEPEST_LIST: Final = 4


def _html_blocks(text: str) -> list[_Block]:
    reader = _Reader()
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
    return _line_blocks(_plain_lines(strip_unprintable(bare)))


@dataclass(slots=True)
class _List:
    ordered: bool
    number: int = 0


class _Reader(HTMLParser):
    """Collects blocks; inline runs carry whether they are strong or emphasised."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[_Block] = []
        self.runs: list[tuple[str, bool, bool]] = []
        self.lists: list[_List] = []
        self.item: str = ""  # the marker of an item whose first block is still to come
        self.heading = ""
        self.strong = self.emphasis = self.skipping = self.preformatted = 0

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
            data = re.sub(r"\s+", " ", data)
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
            self.heading = _HEADINGS.get(tag, "") or _HEADINGS_ELSE.get(tag, "")

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
            words = " ".join(_escape("".join(text for text, _, _ in runs)).split())
            self.blocks.append(_Block(self.heading + words))
            return
        lines = _INLINE_BULLET.sub("\n• ", _render(runs)).split("\n")
        indent = sum(3 if level.ordered else 2 for level in self.lists)
        if self.item:
            lines = [re.sub(r"^\s*[•●▪◦‣►➢➤■]\s*", "", "\n".join(lines).strip())]
            lines = lines[0].split("\n")
        self.blocks += _line_blocks(lines, indent=indent, marker=self.item)
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
    out = ""
    for text, mark in merged:
        core = _escape(text.strip())
        lead = text[: len(text) - len(text.lstrip())]
        trail = text[len(text.rstrip()) :]
        if out.endswith("*") and core[:1] and not lead:
            lead = " "
        if mark and any(c.isalnum() for c in core) and "\n" not in core:
            if out and not lead and not out[-1].isspace():
                lead = " " if not core[0].isalnum() or out[-1] == "*" else ""
            out += f"{lead}{mark}{core}{mark}{trail}"
        else:
            out += f"{lead}{core}{trail}"
    return out
