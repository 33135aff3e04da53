"""What a mail's text says, part by part: paragraphs, lists, quotes, links and the one action. Pure.

The text of a mail is written once, for people who read it as it is. A few habits of writing
tell what its parts are:

- An address of ours alone on a line is a link. A short line before it that ends with a colon
  says what it is for: `See the application:`. The first such link is the mail's action.
  Another line before it is a title, and the link lies on that.
- Lines that begin with `- ` are a list; lines that begin with `> ` are somebody's own words.
- The last paragraph names the rule that sent the mail.

Addresses of others, and all in somebody's own words, stay text.
"""

import re
from dataclasses import dataclass
from typing import Literal

LABEL_LENGTH = 60
TITLE_LENGTH = 200
Kind = Literal["paragraph", "list", "quote", "title", "link", "action"]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a mail: its lines, and where it leads."""

    kind: Kind
    lines: tuple[str, ...]
    url: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail's text in parts; `foot` is the paragraph with the rule that sent it."""

    parts: tuple[Part, ...]
    foot: tuple[str, ...]

    @property
    def first_words(self) -> str:
        """What a list of mails shows beside the subject."""
        for part in self.parts:
            if part.kind == "paragraph":
                return " ".join(part.lines)
        return ""


def quoted(words: str) -> str:
    """Somebody's own words as they stand in a mail: no line of theirs passes for one of ours."""
    return "\n".join(f"> {line}".rstrip() for line in words.strip().splitlines())


def read(text: str, *, site: str) -> Letter:
    """The parts of the text; links lead to addresses under `site` only."""
    paragraphs = [
        tuple(line.strip() for line in block.split("\n"))
        for block in re.split(r"\n[^\S\n]*\n\s*", text.replace("\r\n", "\n").strip())
    ]
    if len(paragraphs) < 2:
        return Letter(_parts(paragraphs, site), ())
    return Letter(_parts(paragraphs[:-1], site), paragraphs[-1])


def _parts(paragraphs: list[tuple[str, ...]], site: str) -> tuple[Part, ...]:
    parts: list[Part] = []
    for lines in paragraphs:
        before = len(parts)
        for line in lines:
            _add(parts, line, site, joins=len(parts) > before)
    return tuple(parts)


def _add(parts: list[Part], line: str, site: str, *, joins: bool) -> None:
    if _is_ours(line, site):
        parts.append(_link(parts, line))
        return
    kind, words = _kind(line)
    if joins and parts[-1].kind == kind and not parts[-1].url:
        parts[-1] = Part(kind, (*parts[-1].lines, words))
    else:
        parts.append(Part(kind, (words,)))


def _kind(line: str) -> tuple[Kind, str]:
    if line.startswith("- "):
        return "list", line[2:].strip()
    if line == ">" or line.startswith("> "):
        return "quote", line[2:].strip()
    return "paragraph", line


def _link(parts: list[Part], url: str) -> Part:
    """The link, with the line before it as its words; that line leaves the part it stood in."""
    last = parts[-1] if parts and parts[-1].kind == "paragraph" else None
    words = last.lines[-1] if last else ""
    label = words.removesuffix(":")
    longest = TITLE_LENGTH if label == words else LABEL_LENGTH
    if last is None or len(label) > longest or label.endswith((".", "?")):
        return Part("link", (url,), url)
    parts.pop()
    if len(last.lines) > 1:
        parts.append(Part("paragraph", last.lines[:-1]))
    if label == words:
        return Part("title", (words,), url)
    first = all(part.kind != "action" for part in parts)
    return Part("action" if first else "link", (label,), url)


def _is_ours(line: str, site: str) -> bool:
    under = line == site or line.startswith((f"{site}/", f"{site}?"))
    return under and not re.search(r"[\s<>\"]", line)
