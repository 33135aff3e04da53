"""The lines of a CV, each with the part that it stands in. Pure."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from profiles.cv.words import tidy

MOST_LINES: Final = 3_000
_LONGEST_LINE: Final = 2_000
_WRAPS_AT: Final = 45
_BULLET: Final = re.compile(r"[•●▪◦‣∙·*–—-] ?(?=\S)|\d{1,2}[.)] ")


class Part(StrEnum):
    """What the lines below a heading are about."""

    SUMMARY = "summary"
    WORK = "work"
    VOLUNTEER = "volunteer"
    EDUCATION = "education"
    SKILLS = "skills"
    LANGUAGES = "languages"
    CERTIFICATES = "certificates"
    OTHER = "other"
    """References, hobbies, addresses: not about what somebody can do."""
    UNKNOWN = "unknown"


_ADJECTIVES: Final = (
    r"(?:(?:professional|work|career|employment|relevant|key|core|technical|other|additional|my"
    r"|personal|executive|main|academic|computer|it|selected|previous|practical|foreign|digital|soft"
    r"|hard|communication|organi[sz]ational|job[- ]related|further|customer service) )*"
)
_HEADS: Final = tuple(
    (part, re.compile(_ADJECTIVES + f"(?:{words})", re.IGNORECASE))
    for part, words in (
        (Part.SUMMARY, r"summary|profile|objective|about(?: me)?|statement|summary of .{3,30}"),
        (Part.WORK, r"experiences?|history|employment|work|career|positions|jobs"),
        (Part.VOLUNTEER, r"volunteer(?:ing|s)?(?: work| experience)?|voluntary work"),
        (
            Part.EDUCATION,
            r"education(?: (?:and|&) \w+)?|(?:background|studies)|qualifications|training",
        ),
        (
            Part.SKILLS,
            r"skills(?: (?:and|&) \w+)?|competenc(?:ies|es)|strengths|expertise"
            r"|tools(?: (?:and|&) \w+)?|software|technologies|systems|abilities",
        ),
        (Part.LANGUAGES, r"languages?(?: skills)?"),
        (
            Part.CERTIFICATES,
            r"(?:certifications?|certificates?|licen[cs]es?|courses)(?: (?:and|&) \w+)?",
        ),
        (
            Part.UNKNOWN,
            r"projects|achievements|accomplishments|awards(?: (?:and|&) \w+)?|hono[u]?rs|activities"
            r"|memberships|information|highlights",
        ),
        (
            Part.OTHER,
            r"references?|interests|hobbies(?: (?:and|&) interests)?|details|contact(?: details)?"
            r"|data|publications|declaration",
        ),
    )
)
_UNFINISHED: Final = re.compile(
    r"(?:[,–—-]|\b(?:in|of|from|to|and|for|the|a|an|with|by|on|at|as|or|&))$", re.IGNORECASE
)
_BESIDE: Final = re.compile(r"([A-Za-z &]{3,40}?) ?: ?(\S.*)")


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it was written, wrapped lines joined; `is_bullet` without its sign."""

    text: str
    part: Part
    is_bullet: bool = False


def lines_of(cv: str) -> list[Line]:
    """The lines that say something, without headings."""
    found: list[Line] = []
    part = Part.UNKNOWN
    for raw in tidy(cv).split("\n")[:MOST_LINES]:
        text = raw[:_LONGEST_LINE]
        head = _head(text.strip(" :*_#=-–—|•"))
        beside = None if head else _BESIDE.fullmatch(text)
        if head is not None:
            part = head
            continue
        if beside and (head := _head(beside[1])):
            part, text = head, beside[2]
        if not any(character.isalnum() for character in text):
            continue
        bullet = _BULLET.match(text)
        if found and not bullet and not beside and _goes_on(found[-1], text, part):
            before = found.pop()
            found.append(Line(f"{before.text} {text}", part, before.is_bullet))
        else:
            found.append(Line(text[bullet.end() :] if bullet else text, part, bullet is not None))
    return found


def _head(text: str) -> Part | None:
    if not 3 <= len(text) <= 40:
        return None
    return next((part for part, pattern in _HEADS if pattern.fullmatch(text)), None)


def _goes_on(before: Line, text: str, part: Part) -> bool:
    """Whether a line was only broken by the width of the page."""
    fits = before.part is part and len(before.text) + len(text) < _LONGEST_LINE
    if not fits or len(before.text) < _WRAPS_AT or before.text[-1] in ".!?:;":
        return False
    return text[0].islower() or _UNFINISHED.search(before.text) is not None
