"""Lines of text as blocks of our Markdown, in which every character means itself. Pure."""

import re
from dataclasses import dataclass
from typing import Final

WIDE_GAP: Final = re.compile(r"[ \t\u00a0]{5,}")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or with a `marker` an item; `indent` is the column that its text stands at."""

    text: str
    marker: str = ""
    indent: int = 0


def join(blocks: list[Block]) -> str:
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
    r"(?:(?:[-–—*+o»>](?=[ \t]))|[•∙●▪◦‣►➢➤■□▶✓✔✅·§¦¿⁃](?=\s|\w|\*\*))[ \t]*(?=\S)"
)
_NUMBER: Final = re.compile(r"(\d{1,2})[.)][ \t]+(?=\S)")


def line_blocks(lines: list[str], *, indent: int = 0, marker: str = "") -> list[Block]:
    """Blocks of text lines: bullets and numbers make items, an empty line parts paragraphs.

    With `marker` the first block is that item, and the others stand below it.
    """
    blocks: list[Block] = []
    paragraph: list[str] = []

    def end_paragraph() -> None:
        if paragraph:
            blocks.append(Block("\n".join(paragraph), indent=indent))
            paragraph.clear()

    for raw in lines:
        line = " ".join(raw.split())
        if _RULE_LINE.fullmatch(line):
            end_paragraph()
        elif found := _BULLET.match(line):
            end_paragraph()
            blocks.append(Block(_escape_start(line[found.end() :]), "- ", indent + 2))
        elif found := _NUMBER.match(line):
            end_paragraph()
            head = f"{found[1]}. "
            rest = _escape_start(line[found.end() :])
            blocks.append(Block(rest, head, indent + len(head)))
        else:
            paragraph.append(_escape_start(line))
    end_paragraph()
    if marker and blocks:
        blocks[0] = Block(blocks[0].text, marker, indent)
    return blocks


def _escape_start(line: str) -> str:
    """`line` so that its first characters are text, not a heading, quote, list or definition."""
    if line[:1].isalpha():
        return line
    if re.match(r"#{1,6}(?:\s|$)|>|[-+*](?:\s|$)|~~~|\[[^\]]*\]:|\|", line):
        return "\\" + line
    return re.sub(r"^(\d+)([.)])(?=\s|$)", r"\1\\\2", line)


_MARKUP: Final = re.compile(r"[\\&<`*_~\]]")


def escape(text: str) -> str:
    """`text` so that Markdown shows it as it stands; a `<` that could open a tag becomes `&lt;`."""
    if _MARKUP.search(text) is None:
        return text
    text = re.sub(r"\\(?=[!-/:-@\[-`{-~])", r"\\\\", text)
    text = re.sub(r"&(?=#?\w{1,32};)", "&amp;", text)
    text = re.sub(r"<(?=[A-Za-z/!?])", "&lt;", text)
    text = text.replace("`", "\\`").replace("](", "]\\(").replace("][", "]\\[")
    text = re.sub(r"(?<!\s)(?<!^)\*|\*(?=\S)", r"\\*", text)
    text = re.sub(r"(?<![\s\w])(?<!^)_|(?<=\s)_(?=\S)|^_(?=\S)|_(?=[^\s\w])|(?<=\w)_(?=\s|$)",
                  r"\\_", text)  # fmt: skip
    return text.replace("~~", "\\~\\~")


_BULLET_SIGN: Final = re.compile(r"[•∙●▪◦‣►➢➤■¿·§¦]")
_INLINE_BULLET: Final = re.compile(
    r"¿?[•∙●▪◦‣►➢➤■][ \t]*|(?:(?<=  )|(?<=\t)|^)[¿·§¦](?=[ \t]?\w)|[¿·§¦](?=\t)",
    re.MULTILINE,
)
_EMPTY_LINES: Final = re.compile(r"\n[ \t]{0,4}\n[ \t]{0,4}\n")
_LONG_LINE: Final = 300
_WRAPPED_FROM: Final = 60


def break_at_bullets(text: str) -> str:
    """`text` with each bullet inside it at the start of a line."""
    # Most texts have none, which a look for their signs tells much sooner.
    return _INLINE_BULLET.sub("\n• ", text) if _BULLET_SIGN.search(text) else text


def plain_lines(text: str) -> list[str]:
    """Lines of a plain text: bullets inside a line start one, wrapped lines are joined, and in a
    line that lost its breaks wide gaps are taken for them."""
    text = break_at_bullets(WIDE_GAP.sub("    ", text))
    if _EMPTY_LINES.search(text):
        text = re.sub(r"(?:[ \t]{0,4}\n){3,}", "\n\n", text)
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
    return line[:start] + escape(line[start:])
