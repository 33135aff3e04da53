"""Words of a text, brought to one form so that an ad's wording meets a term's. Pure."""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from profiles.taxonomy.normalize import normalize

# "A+" is a certificate and "&" is "and"; other signs only part words.
_WORD: Final = re.compile(r"[Aa]\+(?![\w+])|&|[^\W_]+(?:['’][^\W_]+)*")
_JOINED: Final = {
    "multi": (), "omni": (), "cross": (), "inter": (),
    "e": ("mail", "commerce", "learning"),
    "on": ("board",), "help": ("desk",), "de": ("escal",), "up": ("sell",), "team": ("build",),
}  # fmt: skip
"""First halves of words that are written in two as well, with how the other half begins."""
_SPELLINGS: Final = (
    (re.compile("(?<=...)iz(?=(?:e|ed|es|er|ers|ing|ation|ations)$)"), "is"),
    (re.compile("yz(?=(?:e|ed|es|ing)$)"), "ys"),
)
_LONGEST: Final = 40


class Word(NamedTuple):
    """A word as it stands at `start` to `end`, its `base` without plural, and its `stem`."""

    text: str
    start: int
    end: int
    base: str
    stem: str


def words_of(text: str, start: int, end: int) -> list[Word]:
    """The words between two offsets; halves of one word ("multi-task") come as one."""
    words: list[Word] = []
    half = False
    for found in _WORD.finditer(text, start, end):
        raw, (here, stop) = found[0], found.span()
        base, stem, is_half = _forms(raw)
        if half and here - words[-1].end <= 1 and _joins(words[-1].text, base):
            here = words.pop().start
            raw = text[here:stop]
            base, stem, is_half = _forms(re.sub(r"[\W_]+", "", raw))
        words.append(Word(raw, here, stop, base, stem))
        half = is_half
    return words


def _joins(first: str, second: str) -> bool:
    tails = _JOINED[first.lower()]
    return second.startswith(tails or ("",)) and second not in ("and", "")


@lru_cache(maxsize=50_000)
def _forms(raw: str) -> tuple[str, str, bool]:
    """The base and the stem of a word, and whether it may be the first half of one."""
    base = _base(raw) if len(raw) <= _LONGEST else ""
    return base, _stem(base), raw.lower() in _JOINED


def _base(raw: str) -> str:
    """In lower case and British spelling, singular."""
    word = normalize(raw).replace(" ", "")
    for pattern, replacement in _SPELLINGS:
        word = pattern.sub(replacement, word)
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _stem(base: str) -> str:
    """Without the endings of a verb: "managing", "managed" and "manage" are one."""
    word = base
    if len(word) > 5 and word.endswith("ing"):
        word = word[:-3]
    elif len(word) > 4 and word.endswith("ied"):
        word = word[:-3] + "y"
    elif len(word) > 4 and word.endswith("ed"):
        word = word[:-2]
    if word != base and len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsaeiou":
        word = word[:-1]
    return word[:-1] if len(word) > 4 and word.endswith("e") else word
