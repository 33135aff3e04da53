"""Other words for what somebody typed, from the table of synonyms."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import profiles
from cscareers.core.fold import fold
from cscareers.core.tables import read_tsv

_FILE: Final = Path(profiles.__file__).parent / "data" / "synonyms.tsv"
MOST: Final = 6
_LONGEST: Final = 4
"""Words that a term of the table has at most."""


@dataclass(frozen=True, slots=True)
class Expansion:
    """`searched` are whole queries to search beside the typed one; `terms` what is new in them."""

    searched: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()


def expand(text: str) -> Expansion:
    """Other ways to say `text`: one term exchanged at a time, the longest first.

    Whoever uses the grammar ("phrase", -not, or) means the words as they are.
    """
    if '"' in text or any(word.startswith("-") or word.casefold() == "or" for word in text.split()):
        return Expansion()
    words = fold(text).split()
    queries: dict[str, str] = {}
    for start, end, others in _found(words):
        for other in others:
            if other not in " ".join(words):
                queries.setdefault(" ".join([*words[:start], other, *words[end:]]), other)
    kept = list(queries.items())[:MOST]
    return Expansion(
        searched=tuple(query for query, _ in kept),
        terms=tuple(dict.fromkeys(term for _, term in kept)),
    )


def has_synonyms(text: str) -> bool:
    """Whether the whole of `text` is a term of the table."""
    return bool(_table().get(fold(text)))


def _found(words: list[str]) -> list[tuple[int, int, tuple[str, ...]]]:
    """Where terms of the table stand in `words`, longest first, none inside another."""
    found: list[tuple[int, int, tuple[str, ...]]] = []
    for length in range(_LONGEST, 0, -1):
        for start in range(len(words) - length + 1):
            end = start + length
            others = _table().get(" ".join(words[start:end]))
            if others and not any(start < e and s < end for s, e, _ in found):
                found.append((start, end, others))
    return found


@cache
def _table() -> Mapping[str, tuple[str, ...]]:
    """Term → the other terms of its group."""
    groups: dict[str, list[str]] = {}
    for row in read_tsv(_FILE):
        groups.setdefault(row["group"], []).append(fold(row["term"]))
    return {
        term: tuple(other for other in group if other != term)
        for group in groups.values()
        for term in group
    }
