"""Words and domains made comparable. Pure."""

import re
import unicodedata
from itertools import pairwise
from typing import Final

_WORD: Final = re.compile(r"[a-z]+")
_NOT_WORD: Final = re.compile(r"[^a-z0-9$]+")
_TWINS: Final = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("0", "o"), ("1", "l"), ("i", "l"))
_DECOR: Final = re.compile(
    r"(?:^|[-.])(?:jobs?|careers?|hr|hiring|recruit(?:ing|ment)?|apply|talent|team|group|inc|ltd|"
    r"online|official|support)(?=$|[-.])"
)


def flat(text: str) -> str:
    """Lower-case words of letters and digits, one blank between and at both ends."""
    plain = unicodedata.normalize("NFKD", text.lower()).replace("’", "'").replace("'", "")
    return f" {_NOT_WORD.sub(' ', plain).strip()} "


def terms_of(text: str) -> frozenset[str]:
    """The words of a text, and each two that follow one another, in lower-case letters a to z."""
    words = _WORD.findall(text.lower())
    pairs = (f"{one} {other}" for one, other in pairwise(words))
    return frozenset((*words, *pairs))


def resembles(domain: str, known: str, *, least: int) -> bool:
    """True for a domain that could be mistaken for `known`: one letter off, letters that look
    alike, another ending, or words such as "careers" round it. Names shorter than `least` letters
    resemble nothing."""
    if domain == known:
        return False
    name, other = domain.partition(".")[0], known.partition(".")[0]
    if len(other) < least:
        return False
    one, two = _skeleton(name), _skeleton(other)
    return one == two or _skeleton(_DECOR.sub("", name)) == two or _one_off(one, two)


def _skeleton(name: str) -> str:
    for twin, plain in _TWINS:
        name = name.replace(twin, plain)
    return name.replace("-", "")


def _one_off(one: str, two: str) -> bool:
    """True when one letter more, less, other, or two swapped, makes them the same."""
    if abs(len(one) - len(two)) > 1 or one == two:
        return False
    first = next((i for i, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), None)
    if first is None:
        return True
    rests = (
        (one[first + 1 :], two[first + 1 :]),
        (one[first + 1 :], two[first:]),
        (one[first:], two[first + 1 :]),
    )
    swapped = one[first : first + 2] == two[first : first + 2][::-1]
    return any(a == b for a, b in rests) or (swapped and one[first + 2 :] == two[first + 2 :])
