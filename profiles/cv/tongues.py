"""Languages in the lines of a CV, with their CEFR level where it is said. Pure."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from cscareers.core.fold import fold
from cscareers.core.languages import language_names
from profiles.cv.facts import Fact, Suggestion, Value, quoted
from profiles.cv.mentions import around
from profiles.cv.sections import Line, Part
from profiles.cv.words import language_code
from profiles.enums import Cefr, FactKind

_BEFORE: Final = 50
_AFTER: Final = 60
_LEVELS: Final = tuple(
    (level, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
    for level, words in (
        (Cefr.C2, r"native|mother ?tongue|first language|bilingual"),
        (Cefr.C1, r"fluent(?:ly)?|near[- ]native|full professional|advanced"),
        (Cefr.B2, r"professional|upper[- ]intermediate|business|working proficiency"),
        (Cefr.B1, r"limited working|conversational|intermediate"),
        (Cefr.A2, r"pre-intermediate|elementary"),
        (Cefr.A1, r"basics?|beginner"),
    )
)
_STATED: Final = re.compile(r"\b([ABC][12])\b")
_STOP: Final = re.compile(r"[,;|•·\n./]| and | but ")
_CLAUSE: Final = re.compile(r"[;|•·\n.]")
_NOT: Final = re.compile(
    r"\b(?:no|not|without|learning|learn|study|studying|teach\w*|taught)\b|n['’]t\b", re.IGNORECASE
)
_SPEAKING: Final = re.compile(r"\b(?:speak\w*|spoken|languages?|bilingual)\b", re.IGNORECASE)


def languages_in(lines: Iterable[Line]) -> list[Suggestion]:
    """Suggestions of languages, each once with the best level that is said."""
    best: dict[str, tuple[Cefr | None, str]] = {}
    for line in lines:
        if line.part is Part.OTHER:
            continue
        for code, cefr, quote in _in_line(line):
            if code not in best or (cefr and cefr > (best[code][0] or "")):
                best[code] = (cefr, quote)
    found = []
    for code, (cefr, quote) in best.items():
        values: dict[str, Value] = {"code": code, **({"cefr": cefr.value} if cefr else {})}
        found.append(Suggestion(Fact(FactKind.LANGUAGE, values), quote))
    return found


def _in_line(line: Line) -> Iterable[tuple[str, Cefr | None, str]]:
    listed = line.part is Part.LANGUAGES
    names = [m for m in _names().finditer(line.text) if listed or m[0][0].isupper()]
    for place, found in enumerate(names):
        code = language_code(found[0])
        if code is None:
            continue
        begin = names[place - 1].end() if place else 0
        until = names[place + 1].start() if place + 1 < len(names) else len(line.text)
        before = _CLAUSE.split(line.text[max(0, found.start() - _BEFORE) : found.start()])[-1]
        after = line.text[found.end() : min(until, found.end() + _AFTER)]
        if _NOT.search(before[max(0, begin - found.start()) :] if place else before):
            continue
        cefr = _level(_STOP.split(after.lstrip(" :–—-("))[0]) or _level(before, nearest_last=True)
        if cefr or listed or _SPEAKING.search(line.text):
            yield code, cefr, quoted(around(line.text, *found.span()))


def _level(words: str, *, nearest_last: bool = False) -> Cefr | None:
    """The level that is said first, or last; of one word within another the longer counts."""
    if stated := _STATED.search(words):
        return Cefr(stated[1])
    found = [(m.start(), m.end(), level) for level, p in _LEVELS for m in p.finditer(words)]
    if nearest_last:
        return max(found, key=lambda one: (one[1], -one[0]), default=(0, 0, None))[2]
    return min(found, key=lambda one: (one[0], -one[1]), default=(0, 0, None))[2]


@cache
def _names() -> re.Pattern[str]:
    """The English names of languages, of more than two letters."""
    names = language_names().values()
    written = sorted((n for n in names if len(fold(n)) > 2), key=lambda name: (-len(name), name))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, written))})\b", re.IGNORECASE)
