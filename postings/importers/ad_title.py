"""The title of a job among the first lines of its ad. Pure."""

import re
from dataclasses import dataclass
from typing import Final

from postings.importers.html_text import to_line
from postings.importers.levels import level_of_title

MAX_TITLE: Final = 120
_FIRST: Final = 8
"""So many lines that say something are looked at."""
_NEAR: Final = 4
"""Further down a line that names a level is a heading, or speaks of somebody else."""
_MOST_WORDS: Final = 14
_SIGNS: Final = " #*_>-–—•|:\t"
_LABEL: Final = re.compile(
    r"(?:job title|title|position|role|vacancy|job|post)(?: title)? ?[:–-]\s*(\S.*)", re.IGNORECASE
)
_OTHER_LABEL: Final = re.compile(r"[A-Za-z][A-Za-z /-]{2,24}: ?\S")
_CALL: Final = re.compile(
    r"(?:(?:we(?:['’]re| are) |now )?(?:now |currently )?"
    r"(?:hiring|recruiting|looking for|seeking|searching for)|wanted|join us as|vacancy)"
    r"\b[:!]?\s+(?:for )?(?:(?:an?|our(?: next)?|the|several|two|three)\s+)?(?=\S)",
    re.IGNORECASE,
)
_NO_TITLE: Final = re.compile(
    r"(?:(?:the |our |about |full )*(?:job|role|position|company|team|business|firm|us|you)?"
    r"(?: ?(?:description|summary|overview|purpose|details|advert(?:isement)?|posting|opening))?"
    r"|(?:about|why|who|what|how|where|when|at) .*|we(?:['’]re| are) hiring.{0,3}|now hiring.{0,3}"
    r"|overview|summary|introduction|description|urgent(?:ly)?(?: hiring)?.{0,3}|apply now.{0,3}"
    r"|join (?:us|our team).{0,3}|hello.{0,3}|hi.{0,3})",
    re.IGNORECASE,
)
_PARTS: Final = re.compile(r"\s+[|•·]\s+|\t+|\s{3,}")


@dataclass(frozen=True, slots=True)
class Title:
    """A title, and the ad without the line that says nothing else."""

    words: str
    rest: str


def find_title(text: str) -> Title:
    """What the ad calls the job: after a label, in its first line, or in one of the next that
    names a level. Without any the title is empty; nothing of the text is dropped then."""
    lines = text.split("\n")
    said = [at for at, line in enumerate(lines) if _words(line)][:_FIRST]
    for at in said:
        if found := _LABEL.fullmatch(_words(lines[at])):
            title = found[1].strip(_SIGNS)
            if title and len(title) <= MAX_TITLE:
                return Title(title, _without(lines, at) if at == said[0] else text)
    possible = [(at, title) for at in said if (title := _possible(lines[at]))]
    near = said[:_NEAR]
    named = [(at, t) for at, t in possible if at in near and level_of_title(t) is not None]
    first = [pair for pair in possible if pair[0] == said[0] and not named]
    for at, title in [*named, *first][:1]:
        whole = at == said[0] and title == _words(lines[at])
        return Title(title, _without(lines, at) if whole else text)
    return Title("", text)


def _words(line: str) -> str:
    return to_line(line).strip(_SIGNS)


def _without(lines: list[str], at: int) -> str:
    return "\n".join(lines[at + 1 :]).strip()


def _possible(line: str) -> str:
    """What of a line can be a title; nothing of a sentence, of a heading, or of another label."""
    words = _words(line)
    if _OTHER_LABEL.match(words) or _NO_TITLE.fullmatch(words):
        return ""
    words = _CALL.sub("", words, count=1) if _CALL.match(words) else words
    parts = [part for part in _PARTS.split(words) if part]
    words = next((p for p in parts if level_of_title(p) is not None), parts[0] if parts else "")
    words = words.rstrip("!").strip(_SIGNS)
    count = len(words.split())
    is_sentence = words.endswith((".", "?", ";", ",")) or re.search(r"[.!?] \w", words)
    if is_sentence or count > _MOST_WORDS or len(words) > MAX_TITLE:
        return ""
    return words
