"""Counts of people as they may be said: tens, rounded at a secret point. Pure.

Whether 34 becomes 30 or 40 depends on a number from 0 to 9 that only the server can compute: a
keyed hash of what is counted. It is the same whenever the same is counted, so asking again shows
nothing new; and of another count it is another one, so two counts can't be compared by the unit.
"""

import hmac
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

STEP: Final = 10
LEAST: Final = 20
"""The least that is said in figures: whoever reads 20 knows of at least 11 people."""
LEAST_POOL: Final = 50
"""Of fewer people nothing is said at all."""


def shift(key: bytes, of: str) -> int:
    """The secret number from 0 to 9 that belongs to what is counted."""
    digest = hmac.digest(key, of.encode(), "sha256")
    return int.from_bytes(digest, "big") % STEP


def tens(count: int, moved: int) -> int:
    """`count` in tens, rounded up when its last digit and `moved` make ten; off by at most 9."""
    return (count + moved) // STEP * STEP


def blur(count: int, key: bytes, of: str) -> int:
    """`count` in tens, rounded at the secret point of what is counted."""
    return tens(count, shift(key, of))


class Much(StrEnum):
    """How much of a pool is meant; in this order."""

    FEW = "few"
    ABOUT = "about"
    MOST = "most"


_ORDER: Final = list(Much)


@dataclass(frozen=True, slots=True)
class Removed:
    """How many people of a pool are removed, as it may be said. Few: fewer than `LEAST`. Most:
    fewer than `LEAST` are left. `about` in tens is said only where neither is so."""

    much: Much
    about: int = 0

    @property
    def rank(self) -> tuple[int, int]:
        """The more, the greater."""
        return _ORDER.index(self.much), self.about


def removed(gone: int, left: int, *, pool: int, key: bytes, of: str) -> Removed:
    """What may be said of `gone` people who are removed and `left` who are not; `pool` is what is
    said of both together, at least `LEAST_POOL`."""
    said = blur(gone, key, f"gone|{of}")
    if said < LEAST:
        return Removed(Much.FEW)
    if blur(left, key, f"left|{of}") < LEAST:
        return Removed(Much.MOST)
    return Removed(Much.ABOUT, max(LEAST, min(said, pool - STEP)))
