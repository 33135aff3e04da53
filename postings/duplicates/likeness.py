"""How alike two postings are, from 0 to 1, in all and part by part. Pure.

    likeness = (24 text + 12 title + 6 pay + 1 place) / (the weights of the parts that are known)

- text: the word trigrams of description and responsibilities that both have, of all that either
  has (Jaccard). Sentences of our own templates don't count: everybody may start from them.
- title: the same of its letter trigrams; halved when the level differs, and when a number in it
  does, for "Engineer 2" and "Engineer 3" are two jobs.
- pay: 1 less four times the relative difference of the ends of the base bands by the year, not
  below 0; 0 for different currencies.
- place: the places that both have, of all that either has; for remote work without a place, the
  countries from where one may work. It weighs little, for the same job in another town is
  mostly the same job.

A part that either posting is silent about is unknown and does not count; of texts, when both are
too short to tell. `THRESHOLD` was chosen on labelled pairs: docs/figures.md, "Near duplicates".
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from cscareers.core.fold import fold
from postings.content import PostingContent
from postings.duplicates.prints import bands, shingles
from postings.level_templates import all_templates

THRESHOLD: Final = 0.82
SURE: Final = 0.95
FEW: Final = 20
"""Texts with fewer trigrams than this tell nothing."""
_WEIGHTS: Final = {"text": 24, "title": 12, "place": 1, "pay": 6}
_NUMBERS: Final = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5"}


@dataclass(frozen=True, slots=True)
class Facts:
    """What is compared of a posting. `title` is folded; `pay` is currency, least and most a
    year."""

    title: str
    level: str
    text: frozenset[int]
    places: frozenset[str]
    pay: tuple[str, int, int] | None


@dataclass(frozen=True, slots=True)
class Likeness:
    """In all and by part; a part is None where either posting is silent."""

    score: float
    text: float | None
    title: float | None
    place: float | None
    pay: float | None

    @property
    def alike(self) -> bool:
        return self.score >= THRESHOLD

    @property
    def certain(self) -> bool:
        """Whether nobody would call them two: one title, the same places, hardly a word changed."""
        same = self.title == 1 and self.place in (None, 1)
        return same and self.text is not None and self.text >= SURE


def facts_of(content: PostingContent) -> Facts:
    """What is compared of a posting that says `content`."""
    base = content.base_band
    places = {f"{place.country} {place.city or ''}" for place in content.locations}
    return Facts(
        title=fold(content.title),
        level=content.level or "",
        text=trigrams(content),
        places=frozenset(places or {f"from {code}" for code in content.applicant_countries}),
        pay=(base.band.currency, base.band.annual_min, base.band.annual_max) if base else None,
    )


def trigrams(content: PostingContent) -> frozenset[int]:
    """The word trigrams of what the employer wrote, without our templates'."""
    return shingles([*content.responsibilities, content.description]) - _ours()


def print_of(text: frozenset[int]) -> list[int]:
    """The bands under which a text of these trigrams is found; none for one that is too short."""
    return bands(text) if len(text) >= FEW else []


def likeness(one: Facts, other: Facts) -> Likeness:
    """How alike two postings are; the same both ways round."""
    parts = {
        "text": _text(one.text, other.text),
        "title": _title(one, other),
        "place": _shared(one.places, other.places) if one.places and other.places else None,
        "pay": _pay(one.pay, other.pay) if one.pay and other.pay else None,
    }
    known = {name: part for name, part in parts.items() if part is not None}
    weight = sum(_WEIGHTS[name] for name in known)
    total = sum(_WEIGHTS[name] * part for name, part in known.items())
    return Likeness(score=total / weight if weight else 0.0, **parts)


@cache
def _ours() -> frozenset[int]:
    contents = [template.content for template in all_templates()]
    return shingles(
        text for content in contents for text in (*content.responsibilities, content.description)
    )


def _text(one: frozenset[int], other: frozenset[int]) -> float | None:
    return None if len(one) < FEW and len(other) < FEW else _shared(one, other)


def _title(one: Facts, other: Facts) -> float | None:
    if not one.title or not other.title:
        return None
    part = _shared(_letters(one.title), _letters(other.title))
    part = part if one.level == other.level else part / 2
    return part if _numbers(one.title) == _numbers(other.title) else part / 2


def _letters(title: str) -> frozenset[str]:
    """Letter trigrams as PostgreSQL makes them: words apart, two blanks before and one behind."""
    return frozenset(
        padded[start : start + 3]
        for word in title.split()
        for padded in (f"  {word} ",)
        for start in range(len(padded) - 2)
    )


def _numbers(title: str) -> tuple[str, ...]:
    words = (_NUMBERS.get(word, word) for word in title.split())
    return tuple(sorted(word for word in words if re.fullmatch(r"\d+", word)))


def _shared(one: frozenset[Any], other: frozenset[Any]) -> float:
    either = len(one | other)
    return len(one & other) / either if either else 1.0


def _pay(one: tuple[str, int, int], other: tuple[str, int, int]) -> float:
    if one[0] != other[0]:
        return 0.0
    apart = [abs(a - b) / max(a, b, 1) for a, b in zip(one[1:], other[1:], strict=True)]
    return max(0.0, 1 - 4 * sum(apart) / len(apart))
