"""What a sentence says about the terms in it: asked or welcome, for how long, or not at all. Pure.

Every pattern is bounded, so that no text takes longer than its length.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Cue(StrEnum):
    """How an ad asks for a term; `MENTIONED` is for one among the duties, or without a word."""

    REQUIRED = "required"
    PREFERRED = "preferred"
    MENTIONED = "mentioned"


class Section(StrEnum):
    """What the part below a heading is about."""

    REQUIRED = "required"
    PREFERRED = "preferred"
    DUTIES = "duties"
    OTHER = "other"
    """The firm, its benefits, how to apply: what stands there is not asked of anybody."""
    UNKNOWN = "unknown"


_HEADINGS: Final = (
    (
        Section.PREFERRED,
        r"nice[- ]to[- ]ha|\bbonus\b|\bplus(?:es)?\b|preferred|desir|\bideally|great if|advantage"
        r"|stand out|assets?\b|additional skills|extra credit",
    ),
    (
        Section.OTHER,
        r"\bbenefits?\b|perks|we offer|what you.{0,3}ll get|in it for you|why (?:join|work|you|us)"
        r"|^about (?!the (?:role|job|position)|you\b|this)|who we are|our (?:mission|values|story"
        r"|company|culture)|compensation|salary|equal opportunit|how to apply|to apply"
        r"|our process|interview|perks|privacy|disclaimer|residency|life at|diversity|inclusi|eeo\b"
        r"|accommodation|our (?:core|commitment|team|product|customers)|backed by|perks",
    ),
    (
        Section.REQUIRED,
        r"requir|qualification|must[- ]ha|what (?:you|we).{0,12}(?:need|bring|look|have)"
        r"|looking for|you (?:have|bring|are)\b|you.{0,2}(?:re|ve)\b|skills|about you"
        r"|who you are|experience|ideal candidate|your profile|essential|minimum"
        r"|competenc|good fit|knowledge",
    ),
    (
        Section.DUTIES,
        r"responsibilit|dut(?:y|ies)|what you.{0,3}(?:ll)? ?(?:be )?do|you will"
        r"|the (?:role|job|position)|this role|your role|day[- ]to[- ]day|tasks|impact|own\b"
        r"|description|opportunity",
    ),
)  # fmt: skip
_HEADING: Final = tuple((kind, re.compile(words, re.IGNORECASE)) for kind, words in _HEADINGS)
_PLAIN_HEADING: Final = re.compile(
    r"(?:(?:minimum|basic|key|core|main|preferred|additional|job|your|our|the|essential|desired"
    r"|required|desirable|other|position|general) )*(?:requirements?|qualifications?"
    r"(?: requirements?)?|skills|responsibilities|duties|benefits|perks|experience|profile|role"
    r"|tasks|story|mission|(?:core )?values|culture|description|compensation|preferred|bonus"
    r"|must[- ]haves?|nice[- ]to[- ]haves?|minimum|team|product|customers|commitment)"
    r"|(?:what (?:you|we)|about|nice to have|why|who (?:we|you)|how to apply|must have|bonus points"
    r"|life at|diversity|equal opportunity)\b[\w ’',&()-]{0,40}",
    re.IGNORECASE,
)
"""A heading that no sign marks as one is only taken by these words."""
_LONGEST_HEADING: Final = 70
_HYPHENS: Final = str.maketrans("\u2010\u2011", "--")
_BARE: Final = re.compile(r"^[\W_]{0,8}(.*?)[\s*_:]{0,6}$")


def heading(line: str) -> Section | None:
    """The section that this line begins; None when the line is no heading."""
    stripped = line.strip().translate(_HYPHENS)
    if not 3 <= len(stripped) <= _LONGEST_HEADING:
        return None
    marked = stripped.startswith("#") or stripped.endswith((":", ":**", ":*", "**", "__"))
    bare = _BARE.sub(r"\1", stripped)
    loud = bare.isupper() and " " in bare
    if not marked and not loud and not _PLAIN_HEADING.fullmatch(bare):
        return None
    for kind, words in _HEADING:
        if words.search(bare):
            return kind
    return Section.UNKNOWN if stripped.startswith("#") or loud else None


# --- Asked or welcome ---------------------------------------------------------------------------

_BEFORE: Final = re.compile(
    r"\b(?:(?P<nice>ideally|preferably|preference|bonus (?:points )?(?:if|for)|nice to have"
    r"|a plus if|(?:also )?great if|we.d love)|(?P<must>must|required to|requires?|minimum(?: of)?"
    r"|at least|need to|will need|essential to))\b",
    re.IGNORECASE,
)
_AFTER: Final = re.compile(
    r"\b(?P<nice>(?:a|an|big|huge|strong|definite|major) (?:plus|bonus|asset|advantage)"
    r"|(?:is|are|highly|strongly) (?:preferred|desired|desirable)|preferred|desirable"
    r"|nice[- ]to[- ]have|advantageous|beneficial|(?:is|are) (?:optional|helpful|welcome))\b"
    r"|\b(?P<must>(?:is|are|be) (?:required|needed|essential|mandatory|necessary|a must)|required"
    r"|mandatory|non-negotiable|is a must)\b(?! to)",
    re.IGNORECASE,
)

# --- Not asked ----------------------------------------------------------------------------------

_NOT: Final = re.compile(
    r"\b(?:no|not|without|never|nor|(?:do|does)(?:n['’]t| not) (?:need|require)|needn['’]t)\b"
    r"(?! (?:only|just|limited|less|fewer|more|matter|to mention|later|least|necessarily)\b)",
    re.IGNORECASE,
)
_BREAK: Final = re.compile(r"[,;:.()–—]|\b(?:but|only|just|except|so)\b", re.IGNORECASE)
_NOT_ASKED: Final = re.compile(
    r"(?:\bnot|n['’]t) (?:be )?(?:strictly )?"
    r"(?:required|needed|necessary|essential|expected|mandatory)\b(?!,? but)|\bunnecessary\b",
    re.IGNORECASE,
)
_REACH: Final = 80
_CUE_REACH: Final = 300

# --- Years --------------------------------------------------------------------------------------

_NUMBERS: Final = {
    word: number
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), start=1
    )
}
_NUMBER: Final = rf"\d{{1,2}}|{'|'.join(_NUMBERS)}"
_YEARS: Final = re.compile(
    rf"(?<![\w.,$£€])(?P<least>{_NUMBER}) ?(?:\(\d{{1,2}}\))? ?(?:\+|plus|or more)?"
    rf"(?: ?(?:-|–|—|to|or) ?(?:{_NUMBER}))? ?\+? ?(?:or more )?"
    r"(?:(?:years?|yrs?)\b['’]?|of (?:them|which|those)\b)",
    re.IGNORECASE,
)
_PAST: Final = re.compile(
    r"(?:last|past|within|next|first|every|each|the|over|age)(?: of)? $", re.IGNORECASE
)
_NOT_YEARS: Final = re.compile(r"[ -](?:old|of age|ago|in business|warranty|from)\b", re.IGNORECASE)
_MOST_YEARS: Final = 40
_YEARS_REACH: Final = 160
_BESIDE_REACH: Final = 30
_BESIDE: Final = re.compile(r"(?: experience| skills)?(?: ?[(:,–-] ?| for )(?:at least |min\.? )?$")


# A word at least of each pattern's alternatives, as a first look at a sentence in small letters.
_BEFORE_WORDS: Final = (
    "must", "requir", "minimum", "at least", "need", "ideally", "prefer", "bonus", "nice to",
    "plus if", "great if", "love", "essential",
)  # fmt: skip
_AFTER_WORDS: Final = (
    "requir", "prefer", "plus", "nice", "desir", "must", "bonus", "asset", "advantage", "need",
    "essential", "mandatory", "necessary", "non-nego", "beneficial", "optional", "helpful",
    "welcome",
)  # fmt: skip
_NOT_WORDS: Final = ("no", "n't", "n’t", "without", "never", "unnecessary")
_YEAR_WORDS: Final = ("year", "yr")


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    cue: Cue


class Sentence:
    """The cues of the sentence between two offsets of a text, ready to be asked for each term."""

    def __init__(self, text: str, start: int, end: int, section: Section) -> None:
        self._text = text
        self._default = {
            Section.REQUIRED: Cue.REQUIRED,
            Section.PREFERRED: Cue.PREFERRED,
        }.get(section, Cue.MENTIONED)
        # Most sentences have few of these words, and plain finding is far quicker than patterns.
        low = text[start:end].lower()
        self._before = _marks(_BEFORE, text, start, end) if _any(_BEFORE_WORDS, low) else []
        self._after = _marks(_AFTER, text, start, end) if _any(_AFTER_WORDS, low) else []
        self._not_asked: list[int] = []
        self._denied: list[tuple[int, int]] = []
        if _any(_NOT_WORDS, low):
            self._not_asked = [found.end() for found in _NOT_ASKED.finditer(text, start, end)]
            self._denied = _denied(text, start, end)
        self._years = [
            (found.start(), found.end(), least)
            for found in (_YEARS.finditer(text, start, end) if _any(_YEAR_WORDS, low) else ())
            if (least := _least(found)) is not None
        ]

    def cue(self, start: int, end: int) -> Cue:
        """How the term at these offsets is asked: by the word after it, else the one before it."""
        after = bisect_left(self._after, end, key=lambda mark: mark.start)
        if after < len(self._after):
            mark = self._after[after]
            # "Fluent English; Polish is a plus": a semicolon ends what a word looks back to.
            if mark.start - end <= _CUE_REACH and self._text.find(";", end, mark.start) < 0:
                return mark.cue
        before = bisect_left(self._before, start, key=lambda mark: mark.start)
        if before and start - self._before[before - 1].end <= _CUE_REACH:
            return self._before[before - 1].cue
        return self._default

    def negated(self, start: int, end: int) -> bool:
        """Whether the sentence says that just this is not asked."""
        at = bisect_left(self._denied, start, key=lambda pair: pair[1])
        if at < len(self._denied) and self._denied[at][0] <= start:
            return True
        later = bisect_left(self._not_asked, end)
        return later < len(self._not_asked) and self._not_asked[later] - end <= 2 * _REACH

    def years(self, start: int, end: int) -> int | None:
        """The least years that are asked of the term at these offsets."""
        at = bisect_left(self._years, start, key=lambda years: years[0])
        if at and start - self._years[at - 1][1] <= _YEARS_REACH:
            since = self._years[at - 1][1]
            later = bisect_left(self._before, since, key=lambda mark: mark.start)
            between = self._before[later : later + 1]
            welcome = [m for m in between if m.cue is Cue.PREFERRED and m.start < start]
            return None if welcome else self._years[at - 1][2]
        near = at < len(self._years) and self._years[at][0] - end <= _BESIDE_REACH
        if near and _BESIDE.fullmatch(self._text[end : self._years[at][0]]):
            return self._years[at][2]
        return None


def _any(words: tuple[str, ...], low: str) -> bool:
    return any(word in low for word in words)


def _marks(pattern: re.Pattern[str], text: str, start: int, end: int) -> list[_Mark]:
    return [
        _Mark(
            found.start(), found.end(), Cue.PREFERRED if found["nice"] is not None else Cue.REQUIRED
        )
        for found in pattern.finditer(text, start, end)
    ]


def _denied(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """From each word of negation as far as it reaches."""
    reaches = []
    for found in _NOT.finditer(text, start, end):
        limit = min(end, found.end() + _REACH)
        stop = _BREAK.search(text, found.end(), limit)
        reaches.append((found.end(), stop.start() if stop else limit))
    return reaches


def _least(found: re.Match[str]) -> int | None:
    before = found.string[max(0, found.start() - 12) : found.start()]
    if _PAST.search(before) or _NOT_YEARS.match(found.string, found.end()):
        return None
    word = found["least"].lower()
    number = _NUMBERS.get(word) or int(word)
    return number if 1 <= number <= _MOST_YEARS else None
