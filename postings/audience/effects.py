"""What each must-have of a draft does to the people who could do the job otherwise. Pure.

A must-have removes whoever does not meet it: out of the first tier of the match.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from postings.audience.asks import Group, narrowest, softer, standard, text, widest
from postings.audience.blur import LEAST_POOL, Much, Removed, blur, removed, step_of
from postings.audience.crowd import Crowd
from postings.matching.inputs import Ask, PostingFacts


@dataclass(frozen=True, slots=True)
class Softer:
    """One step less of a must-have, and what that would remove."""

    ask: Ask
    removed: Removed


@dataclass(frozen=True, slots=True)
class RowEffect:
    """What a must-have removes alone; `ids` are those of its row, or of all alternatives."""

    ids: tuple[str, ...]
    removed: Removed
    is_hot: bool
    softer: Softer | None


@dataclass(frozen=True, slots=True)
class Effects:
    """The answer to one question. `pool`: about how many people could do the job otherwise; None
    when they are too few for any figure, and then nothing else is said."""

    day: date
    capped: bool
    pool: int | None
    rows: tuple[RowEffect, ...] = ()
    together: Removed | None = None


def effects(posting: PostingFacts, crowd: Crowd) -> Effects:
    """What each must-have of `posting` removes from `crowd`, alone, and all of them together."""
    return Question(posting, crowd).answer()


def question_word(posting: PostingFacts) -> str:
    """The question of `posting` in a word: the same whenever nothing that counts has changed."""
    groups = narrowest([_group(asks) for asks in _musts(posting)])
    base = posting.base_band
    zoned = (*posting.bands, base) if base else posting.bands
    bands = [(b.zone, b.band.currency, b.band.annual_max) for b in zoned]
    where = (posting.mode, posting.areas, posting.countries, posting.visa, posting.level)
    return repr((where, bands, len(posting.bands), _word(groups)))


class Question:
    """The must-haves of one posting before a crowd."""

    def __init__(self, posting: PostingFacts, crowd: Crowd) -> None:
        self._crowd = crowd
        self._musts = _musts(posting)
        self._eligible, self._where = crowd.eligible(posting)
        count = self._eligible.bit_count()
        of = f"pool|{self._where}"
        step = step_of(blur(count, crowd.key, of))
        self._pool = blur(count, crowd.key, of, step)

    def answer(self) -> Effects:
        crowd, pool = self._crowd, self._pool
        if pool < LEAST_POOL:
            return Effects(crowd.day, crowd.capped, None)
        alone = [self._removed([_group(asks)]) for asks in self._musts]
        together = self._removed([_group(asks) for asks in self._musts])
        rows = [self._row(asks, said) for asks, said in zip(self._musts, alone, strict=True)]
        # Each count is rounded by itself; together they never remove less than one of them does.
        most = max([together, *alone], key=lambda said: said.rank)
        return Effects(crowd.day, crowd.capped, pool, tuple(rows), most if rows else None)

    def _row(self, asks: Sequence[Ask], said: Removed) -> RowEffect:
        hot = said.much is Much.MOST or (said.much is Much.ABOUT and 2 * said.number > self._pool)
        less = softer(asks[0]) if hot and len(asks) == 1 else None
        then = self._removed([_group([less])]) if less else said
        # A step that shows no difference is no choice.
        soft = Softer(less, then) if less and then.rank < said.rank else None
        return RowEffect(tuple(ask.id for ask in asks), said, hot, soft)

    def _removed(self, groups: Collection[Group]) -> Removed:
        """What these groups remove together, said under their shortest form."""
        crowd, met = self._crowd, self._eligible
        counted = []
        for group in narrowest(groups):
            known = {ask: crowd.meeting(ask) for ask in group}
            those = 0
            for one in known.values():
                those |= one
            if those != crowd.everybody:
                # An alternative that counts for nobody is no other question.
                counted.append(frozenset(ask for ask, one in known.items() if one))
                met &= those
        gone, left = (self._eligible & ~met).bit_count(), met.bit_count()
        of = f"{self._where}|{_word(counted)}"
        return removed(gone, left, pool=self._pool, key=crowd.key, of=of)


def _musts(posting: PostingFacts) -> list[tuple[Ask, ...]]:
    return [asks for asks in posting.rows if asks[0].must]


def _group(asks: Collection[Ask]) -> Group:
    return widest(standard(ask) for ask in asks)


def _word(groups: Collection[Group]) -> str:
    return "&".join(sorted({"|".join(sorted(text(ask) for ask in group)) for group in groups}))
