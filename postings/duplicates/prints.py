"""The print of a text: a few numbers by which alike texts find each other in an index. Pure.

A text is the set of its word trigrams. Of each set 128 least hashes are kept, one a bin (one
permutation hashing; an empty bin borrows from the next one that is not, Shrivastava and Li,
"Densifying One Permutation Hashing", 2014), and 4 bins make a band. Two texts whose sets share a
part J of all their trigrams (Jaccard) share at least one of the 32 bands with probability
1 - (1 - J^4)^32: 99 % at J = 0.6, 0.3 % at J = 0.1.
"""

import re
import struct
import unicodedata
from collections.abc import Collection, Iterable
from typing import Final
from zlib import crc32

WORDS_TOGETHER: Final = 3
BINS: Final = 128
BAND: Final = 4
_MOST: Final = 2**64
_STEP: Final = 0x9E3779B97F4A7C15
"""Odd, so that a product with it loses nothing: it spreads the checksums of trigrams, and is
added for each bin that a value was borrowed over."""

# Scripts that part no words: each sign counts as one.
_UNPARTED: Final = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
_WORD: Final = re.compile(rf"[{_UNPARTED}]|[^\W_{_UNPARTED}]+")


def shingles(texts: Iterable[str]) -> frozenset[int]:
    """The word trigrams of texts, as hashes of 44 bits; a shorter text is one of its own."""
    found: set[int] = set()
    for text in texts:
        folded = unicodedata.normalize("NFKC", text).casefold()
        words = [word.encode("utf-8", "replace") for word in _WORD.findall(folded)]
        if words:
            last = max(1, len(words) - WORDS_TOGETHER + 1)
            found.update(
                (crc32(b" ".join(words[start : start + WORDS_TOGETHER])) * _STEP % _MOST) >> 20
                for start in range(last)
            )
    return frozenset(found)


def bands(trigrams: Collection[int]) -> list[int]:
    """The 32 numbers (of 32 bits, signed) that stand in the index; none for no text."""
    if not trigrams:
        return []
    bins = _filled(_least(trigrams))
    return [
        crc32(struct.pack(f">B{BAND}Q", start // BAND, *bins[start : start + BAND])) - 2**31
        for start in range(0, BINS, BAND)
    ]


def _least(trigrams: Iterable[int]) -> list[int | None]:
    bins: list[int | None] = [None] * BINS
    for trigram in trigrams:
        place, value = trigram % BINS, trigram // BINS
        standing = bins[place]
        if standing is None or value < standing:
            bins[place] = value
    return bins


def _filled(bins: list[int | None]) -> list[int]:
    """Bins without gaps; at least one of them was filled."""
    around = [*bins, *bins]
    filled: list[int] = []
    borrowed, distance = 0, 0
    for value in reversed(around):
        borrowed, distance = (borrowed, distance + 1) if value is None else (value, 0)
        filled.append((borrowed + distance * _STEP) % _MOST)
    return filled[: -BINS - 1 : -1]
