"""Counts of people as they may be said: in steps, rounded at a secret point. Pure.

Steps are of ten, in a large pool of twenty or more. Whether 34 becomes 30 or 40 depends on a number
from 0 to 9 that only the server can compute: a keyed hash of what is counted. It is the same
whenever the same is counted, so asking again shows nothing new; and of another count it is another
one, so two counts can't be compared by the unit.
"""

import hmac
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

FEWEST: Final = 10
"""Nobody is told of fewer people."""
LEAST_POOL: Final = 50
"""Of fewer people nothing is said at all."""
_STEPS: Final = ((2_000, 50), (800, 20))


def step_of(pool: int) -> int:
    """The step of all counts in a pool of about so many people: ten, or at most a fortieth."""
    return next((step for least, step in _STEPS if pool >= least), FEWEST)


def shift(key: bytes, of: str, step: int = FEWEST) -> int:
    """The secret number from 0 to `step` - 1 that belongs to what is counted."""
    digest = hmac.digest(key, of.encode(), "sha256")
    return int.from_bytes(digest, "big") % step


def rounded(count: int, moved: int, step: int = FEWEST) -> int:
    """`count` in steps, rounded up when what is over a whole step and `moved` make another one; so
    it is off by less than a step."""
    return (count + moved) // step * step


def blur(count: int, key: bytes, of: str, step: int = FEWEST) -> int:
    """`count` in steps, rounded at the secret point of what is counted."""
    return rounded(count, shift(key, of, step), step)


class Much(StrEnum):
    """How much of a pool is meant; in this order."""

    FEW = "few"
    ABOUT = "about"
    MOST = "most"


_ORDER: Final = list(Much)


@dataclass(frozen=True, slots=True)
class Removed:
    """How many people of a pool are removed, as it may be said. About `number`; few: fewer than
    `number`; most: fewer than `number` are left."""

    much: Much
    number: int

    @property
    def rank(self) -> tuple[int, int]:
        """The more, the greater."""
        return _ORDER.index(self.much), self.number


def removed(gone: int, left: int, *, pool: int, key: bytes, of: str) -> Removed:
    """What may be said of `gone` people who are removed and `left` who are not; `pool` is what is
    said of both together, at least `LEAST_POOL`.

    Two steps are the least that is said: whoever reads 20 knows of at least 11 people.
    """
    step = step_of(pool)
    said, least = blur(gone, key, f"gone|{of}", step), 2 * step
    if said < least:
        return Removed(Much.FEW, least)
    if blur(left, key, f"left|{of}", step) < least:
        return Removed(Much.MOST, least)
    return Removed(Much.ABOUT, max(least, min(said, pool - step)))
