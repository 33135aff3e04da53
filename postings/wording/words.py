"""Words coded by gender, age, ability or origin, found by a table (postings/data/wording.tsv).

English only: the table's words mean something else, or nothing, elsewhere. The text is cut into
words once and each place is looked up, so the time grows with the text only.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from cscareers.core.tables import read_tsv
from postings.wording.hints import OURS, Hint, Text, WordingCode, hint_at

_FILE: Final = Path(__file__).resolve().parents[1] / "data" / "wording.tsv"
_WORD: Final = re.compile(r"(?<![^\W_])[^\W\d_]+(?:['’][^\W\d_]+)?")
_GAP: Final = re.compile(r"[\s*_~-]{1,4}")
_ADULT: Final = r"(?:2[1-9]|[3-9]\d)"
"""The upper end of an age for work; below it the text speaks of children and of the law."""
_AGE_LIMIT: Final = re.compile(
    rf"\b(?:aged?|ages)\s(?:between\s)?\d{{2}}\s?(?:-|–|to|and)\s?{_ADULT}\b"
    rf"|\bbetween\s(?:the\sages\sof\s)?\d{{2}}\s(?:and|to)\s{_ADULT}\syears\b"
    rf"|\b(?:no(?:t)?\solder\sthan|under|below|younger\sthan)\s(?:the\sage\sof\s{_ADULT}"
    rf"|{_ADULT}\syears\s(?:old|of\sage))\b"
    r"|\b(?:max(?:imum|\.)?\sage|age\slimit)\b(?:\s?(?:is|of|:))?\s?\d{0,2}",
    re.IGNORECASE,
)
_SHORTEST_STEM: Final = 3
_LONGEST_STEM: Final = 30
_SELF: Final = "self"
_APART: Final = 4
"""Words from "he" to "she" that still are one phrase."""
# fmt: off
_ENGLISH: Final = frozenset((
    "a", "and", "are", "as", "at", "be", "for", "in", "is", "it", "of", "on", "or", "our", "that",
    "the", "this", "to", "we", "will", "with", "you", "your",
))
# fmt: on
_ENOUGH: Final = 20
_ENGLISH_SHARE: Final = 0.08
_SUBJECT: Final = "he-she"
_OBJECTS: Final = ("her-him", "herself-himself")
# fmt: off
_PAST: Final = frozenset((
    "built", "came", "did", "grew", "had", "knew", "left", "led", "lost", "made", "previously",
    "ran", "saw", "sold", "spent", "took", "was", "went", "wrote",
))
# fmt: on
_SAY_AGE_LIMIT: Final = (
    "Ages leave people out, and in most countries the law forbids them. Write the experience that"
    " you need."
)


@dataclass(frozen=True, slots=True)
class Term:
    """A row of the table: what to say where the term stands, if anything."""

    hint: bool
    code: WordingCode
    group: str
    side: str
    why: str
    alternatives: tuple[str, ...]
    source: str

    @property
    def message(self) -> str:
        """Why the word is a problem and what to write."""
        if not self.alternatives:
            return f"{self.why} Say it in another way."
        if self.source == OURS:
            return f"{self.why} Write {self.alternatives[0]}."
        quoted = [f"“{word}”" for word in self.alternatives]
        listed = ", ".join(quoted[:-1])
        return f"{self.why} Write {f'{listed} or ' if listed else ''}{quoted[-1]} instead."


@dataclass(frozen=True, slots=True)
class Terms:
    """The table, ready to be looked up: phrases by their words, and stems."""

    phrases: dict[tuple[str, ...], Term]
    stems: dict[str, Term]
    starts: dict[str, int]
    """First word of a phrase → the number of words of the longest that begins so."""


@cache
def terms() -> Terms:
    """The whole table: a phrase that is allowed also hides the hints inside it."""
    phrases: dict[tuple[str, ...], Term] = {}
    stems: dict[str, Term] = {}
    starts: dict[str, int] = {}
    for row in read_tsv(_FILE):
        term = Term(
            hint=row["verdict"] == "hint",
            code=WordingCode(row["kind"]),
            group=row["group"],
            side=row["side"],
            why=row["why"],
            alternatives=tuple(filter(None, row["alternatives"].split("|"))),
            source=row["source"],
        )
        words = tuple(row["term"].split())
        if row["match"] == "stem":
            if term.hint:
                stems[row["term"]] = term
        else:
            phrases[words] = term
            starts[words[0]] = max(starts.get(words[0], 0), len(words))
    return Terms(phrases, stems, starts)


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Match:
    term: Term
    first: int
    last: int
    """Places of its first and last word among the words."""


def word_hints(text: Text) -> Iterator[Hint]:
    """Coded words of an English text, each with what to write instead."""
    words = [
        _Word(found[0].lower().replace("’", "'"), *found.span())
        for found in _WORD.finditer(text.text)
    ]
    if not _reads_english(words):
        return
    for match in _of_whoever_is_hired(list(_matches(text.text, words)), words):
        start, end = words[match.first].start, words[match.last].end
        term = match.term
        if not term.hint or (term.side and _is_alternative(text.text, start, end)):
            continue
        yield Hint(
            code=term.code,
            field=text.field,
            start=start,
            end=end,
            words=text.text[start:end],
            message=term.message,
            alternatives=term.alternatives,
            source=term.source or OURS,
            row=text.row,
        )
    for found in _AGE_LIMIT.finditer(text.text):
        start, end = found.span()
        yield hint_at(text, start, start + len(found[0].rstrip()), WordingCode.AGE, _SAY_AGE_LIMIT)


def _reads_english(words: Sequence[_Word]) -> bool:
    """False when a longer text has hardly a small word of English; short ones are believed."""
    if len(words) < _ENOUGH:
        return True
    return sum(word.text in _ENGLISH for word in words) >= len(words) * _ENGLISH_SHARE


def _matches(text: str, words: Sequence[_Word]) -> Iterator[_Match]:
    """The longest term at each place; terms don't overlap."""
    table = terms()
    index = 0
    while index < len(words):
        found = _phrase_at(table, text, words, index) or _stem_at(table, text, words, index)
        if found is not None:
            yield found
        index = found.last + 1 if found else index + 1


def _phrase_at(table: Terms, text: str, words: Sequence[_Word], index: int) -> _Match | None:
    longest = table.starts.get(words[index].text, 0)
    run = [words[index].text]
    for last in range(index + 1, min(index + longest, len(words))):
        if not _GAP.fullmatch(text, words[last - 1].end, words[last].start):
            break
        run.append(words[last].text)
    while run:
        if (term := table.phrases.get(tuple(run))) is not None:
            return _Match(term, index, index + len(run) - 1)
        run.pop()
    return None


def _stem_at(table: Terms, text: str, words: Sequence[_Word], index: int) -> _Match | None:
    """The stem that one word begins with, or two: "self-reliant"."""
    written, last = words[index].text, index
    if written == _SELF and index + 1 < len(words):
        following = words[index + 1]
        if _GAP.fullmatch(text, words[index].end, following.start):
            written, last = f"{written} {following.text}", index + 1
    written = written[:_LONGEST_STEM]
    for size in range(_SHORTEST_STEM, len(written) + 1):
        if (term := table.stems.get(written[:size])) is not None:
            return _Match(term, index, last)
    return None


def _single_sided(matches: Sequence[_Match]) -> Iterator[_Match]:
    """All but the halves of a pair: "he or she", "salesman/saleswoman" name nobody's gender."""
    for number, match in enumerate(matches):
        beside = matches[max(0, number - 1) : number + 2]
        if not any(_is_pair(match, other) for other in beside):
            yield match


def _of_whoever_is_hired(matches: Sequence[_Match], words: Sequence[_Word]) -> list[_Match]:
    """Without the halves of pairs, and without the pronouns of a story about somebody: "he took
    over in 2019", and "his" or "her" where no other "he" or "she" is left."""
    kept = [match for match in _single_sided(matches) if not _is_past(match, words)]
    sides = {match.term.side for match in kept if match.term.group == _SUBJECT}
    return [m for m in kept if m.term.group not in _OBJECTS or m.term.side in sides]


def _is_past(match: _Match, words: Sequence[_Word]) -> bool:
    following = words[match.last + 1].text if match.last + 1 < len(words) else ""
    return match.term.group == _SUBJECT and (following.endswith("ed") or following in _PAST)


def _is_alternative(text: str, start: int, end: int) -> bool:
    """Whether a slash joins the words to others, as in "s/he" and "she/her"."""
    return text[start - 1 : start] in ("/", ")") or text[end : end + 1] == "/"


def _is_pair(one: _Match, other: _Match) -> bool:
    """Whether both are of one group, of two sides, and near each other."""
    term = one.term
    same = bool(term.side) and term.group == other.term.group and term.side != other.term.side
    return same and abs(one.first - other.first) <= _APART
