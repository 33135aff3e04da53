"""What somebody will do, from the list below a heading of an ad. Pure.

Read is our Markdown. Only lists count, and short paragraphs that stand one below the other: what
stands in prose is left to the description.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Final

from profiles.taxonomy.cues import Section, heading

MOST: Final = 20
LONGEST: Final = 300
_LEAST: Final = 2
"""One item alone is no list."""
_LEAST_PARAGRAPHS: Final = 3
_PROSE: Final = re.compile(r"(?:we|our|this|as|at|in|if|it|who)\b|.{221}", re.IGNORECASE)
"""A paragraph that is no item of a list."""
_INTRODUCTIONS: Final = 3
"""So many paragraphs may stand between a heading and its list."""
_LONGEST_HEADING: Final = 80
_END_OF_INTRODUCTION: Final = 160
_HINT: Final = re.compile(
    r"responsib|you|dut[iy]|wil|day|task|role|job|position|opportu|work|impact|descri|missio|functio"
)
"""A look that spares most lines the patterns below, which all read small letters."""
_STRONG: Final = re.compile(
    r"responsibilit|\bdut(?:y|ies)\b|what you.{0,4}(?:ll|will)? ?(?:be )?(?:doing|do\b|working on)"
    r"|you(?:.ll| will)(?: (?:be|get to))?\W*$|\bwill (?:do\b|include\b|be:)|day[- ]to[- ]day"
    r"|\btasks\b|responsible for\b|what.{1,3}ll you (?:be doing|do)\b"
    r"|how you.{0,4}ll (?:help|contribute)|your (?:daily|mission|typical day)"
    r"|what (?:the|this) (?:role|job) (?:involves|does)|what you.{0,4}(?:will|ll)? ?own\b",
)
_WILL: Final = re.compile(r"\bwill\b[^.]*[:;]$")
_INCLUDE: Final = re.compile(
    r"(?:responsibilities|duties|tasks)\b[^.;:]{0,60}\binclude\b"
    r"(?:,? but (?:is|are)? ?not limited to)?(?:[^.;:]{0,40}:)?\s*"
    r"([^:]{30,4000}?)(?:\.(?: [A-Z]|$)|$)",
    re.IGNORECASE,
)
_WEAK: Final = re.compile(
    r"\b(?:the|this|your) (?:role|job|position|opportunity|work)\b|\bimpact\b"
    r"|\bdescription\b|\bmission\b|\bfunctions?\b"
)
_NOT_DUTIES: Final = re.compile(
    r"requir|qualif|skill|experience|benefit|offer|who you are|equal|accommodation"
    r"|you.{0,3}(?:ll)? ?(?:need|have|bring)"
)
_ASKS: Final = re.compile(
    r"\W*(?:(?:an? )?(?:valid|baccalaureate|bachelor|master|associate|high school|four[- ]year"
    r"|strong|excellent|proven|solid|demonstrated|minimum)\b|education and/or|must (?:be|have|pos)"
    r"|abilit(?:y|ies) to|able to|proficien|experience (?:in|with|as)|knowledge of|familiarity"
    r"|candidates? (?:must|should)|there are no formal|(?:\w+ )?\(?\d{1,2}\)?\+? years?)",
    re.IGNORECASE,
)
"""How an item begins that asks: a list that goes on with these is about duties no more."""
_GROUP_WORDS: Final = 6
_PICTURE: Final = re.compile(r"[\u2190-\u2bff\U0001f300-\U0001faff]")
_ITEM: Final = re.compile(
    r"( *)(?:--?(?=[A-Z \t])|[*+](?=[ \t])|•|\d{1,2}[.)](?=[ \t]))[ \t]*(?=\S)"
)
_SIGNS: Final = re.compile(r"\*\*|__|(?<!\w)[*_](?=\w)|(?<=[\w.,;:!?)])[*_](?!\w)|\\(?=\W)")
_SENTENCE: Final = re.compile(r"(?<=[a-z)\]][.!?]) +(?=[A-Z])")
_EMPTY_WORDS: Final = re.compile(
    r"\W*(?:\w+ ){0,3}other (?:\w+[ -]){0,3}(?:duties|tasks|responsibilities|projects)\b.{0,60}"
    r"|(?:this list is|these (?:duties|tasks|are)).{0,120}",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Part:
    """What stands below one heading."""

    items: list[str] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    indent: int = 0

    def add(self, item: str, *, indent: int) -> None:
        """Another item; one above it that stands further left and names a group only goes."""
        if self.items and indent > self.indent and len(self.items[-1].split()) <= _GROUP_WORDS:
            self.items.pop()
        self.items.append(item)
        self.indent = indent

    @property
    def duties(self) -> list[str]:
        items = [words for item in self.items if (words := _said(item))]
        if len(items) >= _LEAST:
            return items
        if items:
            return []
        listed = takewhile(lambda text: not _PROSE.match(text), self.paragraphs)
        short = [words for text in listed if (words := _said(text))]
        return short if len(short) >= _LEAST_PARAGRAPHS else []


def responsibilities_of(text: str) -> tuple[str, ...]:
    """What the ad's lists say that one will do, in their order; empty where no heading shows it.

    Lists below "Responsibilities" or "What you’ll do" count; below "The role" only where there is
    none of these."""
    lines = text.split("\n")
    heads = list(_heads(lines))
    for strong in (True, False):
        found: dict[str, None] = {}
        after = 0
        for at, is_strong in heads:
            if is_strong is strong and at >= after:
                after, part = _part(lines, at + 1, paragraphs=strong)
                found.update(dict.fromkeys(part.duties))
        if found:
            return tuple(found)[:MOST]
    return _listed_in_prose(lines)


def _listed_in_prose(lines: list[str]) -> tuple[str, ...]:
    """ "Responsibilities include: answering calls; coaching new agents; …", of three or more."""
    for line in lines:
        if line.count(";") < _LEAST_PARAGRAPHS - 1 or not (found := _INCLUDE.search(line)):
            continue
        parts = [part.removeprefix("and ") for part in found[1].split("; ")]
        items = [f"{words[0].upper()}{words[1:]}" for part in parts if (words := _said(part))]
        if len(items) >= _LEAST_PARAGRAPHS:
            return tuple(dict.fromkeys(items))[:MOST]
    return ()


def _heads(lines: list[str]) -> Iterator[tuple[int, bool]]:
    """The lines that introduce duties, and whether their words leave no doubt."""
    for at, line in enumerate(lines):
        if line.startswith("- "):
            continue
        words = line.rstrip(" *_…")
        introduces = words.endswith((":", ";"))
        if introduces:
            words = words[-_END_OF_INTRODUCTION:]
        elif not 3 <= len(words) <= _LONGEST_HEADING or words[-1] in ".,":
            continue
        words = words.lower()
        if _HINT.search(words) is None or _NOT_DUTIES.search(words) or _ITEM.match(line):
            continue
        strong = _STRONG.search(words) is not None or (introduces and _WILL.search(words))
        if not strong and not _WEAK.search(words):
            continue
        if introduces or heading(line) is not None or _before_a_list(lines, at):
            yield at, bool(strong)


def _before_a_list(lines: list[str], at: int) -> bool:
    """Whether a list is the next that stands below this line."""
    below = next((line for line in lines[at + 1 : at + 3] if line.strip()), "")
    return _ITEM.match(below) is not None


def _part(lines: list[str], start: int, *, paragraphs: bool) -> tuple[int, _Part]:
    """What stands from this line to the next heading or the end of the list, and where that is."""
    part = _Part()
    for at in range(start, len(lines)):
        line = lines[at]
        if not line.strip():
            continue
        if found := _ITEM.match(line):
            if _ASKS.match(line, found.end()):
                return at, part
            part.add(line[found.end() :], indent=len(found[1]))
        elif line.startswith("  ") and part.items and lines[at - 1].strip():
            part.items[-1] += f" {line.strip()}"
        elif (section := heading(line)) is not None:
            if section is not Section.DUTIES:
                return at, part
        elif _is_subheading(line):
            continue
        elif part.items or (len(part.paragraphs) >= _INTRODUCTIONS and not paragraphs):
            return at, part
        else:
            part.paragraphs.append(line)
    return len(lines), part


def _is_subheading(line: str) -> bool:
    words = line.strip()
    return len(words) <= 80 and words.endswith((":", ":**", ":*", "**"))


def _said(item: str) -> str:
    """An item as one plain line of a length that a responsibility may have; of a longer one its
    first sentence. Nothing of what says nothing."""
    words = " ".join(_SIGNS.sub("", item).split()).rstrip(";, ")
    is_group = words.endswith(":") or (_PICTURE.match(words) and words.count(" ") <= _GROUP_WORDS)
    if is_group or " " not in words or _EMPTY_WORDS.fullmatch(words):
        return ""
    if len(words) > LONGEST:
        words = _SENTENCE.split(words, maxsplit=1)[0]
    return words if len(words) <= LONGEST else ""
