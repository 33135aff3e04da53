"""The people of one day as a crowd: who of them meets something, as a set of bits. Pure.

What fewer than ten of them have is counted as had by nobody, and what fewer than ten lack as
lacked by nobody; where between 10 and 19 that begins is secret. So no answer to any question
depends on what is rare.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Final

from cscareers.core.salary import PayBand, PayPeriod
from postings.audience.asks import text
from postings.audience.blur import FEWEST, shift
from postings.content import ZonedPay
from postings.enums import WorkMode
from postings.matching.eligibility import constraints
from postings.matching.inputs import Ask, PostingFacts, Preferences, Profile
from postings.matching.signals import Status, signal

NOWHERE: Final = "--"
"""No country: where nobody can say that they may work."""
MOST_KEPT: Final = 5_000
"""So many sets are kept; then they are found anew."""


class Crowd:
    """`people` as they were on `day`, in no order that says anything. `capped`: there are more of
    them, and these are those who changed last."""

    def __init__(
        self, people: Sequence[Profile], *, day: date, key: bytes, capped: bool = False
    ) -> None:
        self.day, self.key, self.capped = day, key, capped
        self._people = people
        self._kept: dict[object, int] = {}

    @cached_property
    def everybody(self) -> int:
        return (1 << len(self._people)) - 1

    def meeting(self, ask: Ask) -> int:
        """Those who meet a standard ask, by the match itself; nobody or everybody where it would
        be too few who do, or don't."""
        return self._remembered(
            ask, lambda: self._common(self._those(lambda p: self._met(ask, p)), text(ask))
        )

    def eligible(self, posting: PostingFacts) -> tuple[int, str]:
        """Those whom country, way of working, pay, visa and level don't rule out, and the same
        question in a word. A country that too few people name is left out of the posting, as if
        none of them did. Pay is compared in steps; it and the level are no part of the word, so
        that changing them draws no new rounding."""
        coarse = self._coarse(posting)
        word = f"{coarse.mode}/{','.join(coarse.areas)}/{coarse.visa is False}"
        kept = (word, coarse.bands, coarse.base_band, coarse.level)
        return self._remembered(kept, lambda: self._eligible(coarse)), word

    def _eligible(self, posting: PostingFacts) -> int:
        passed: dict[Preferences, bool] = {}
        for person in self._people:
            mine = person.preferences
            if mine not in passed:
                found = constraints(mine, posting)
                passed[mine] = all(constraint.passed is not False for constraint in found)
        return self._those(lambda person: passed[person.preferences])

    def _coarse(self, posting: PostingFacts) -> PostingFacts:
        stated = posting.areas if posting.mode is WorkMode.REMOTE else posting.countries
        codes = sorted({code.partition("-")[0] for code in stated})
        named = tuple(code for code in codes if self._names(code))
        if codes and not named:
            named = (NOWHERE,)
        base = posting.base_band
        return replace(
            posting,
            countries=named,
            areas=named,
            bands=tuple(_in_steps(band) for band in posting.bands),
            base_band=base and _in_steps(base),
            spots=(),
        )

    def _names(self, country: str) -> bool:
        """Whether enough people say that they may work in `country`."""

        def mine(person: Profile) -> bool:
            said = person.preferences
            return country in said.countries or said.remote_from.partition("-")[0] == country

        of = f"country/{country}"
        found = self._remembered(of, lambda: self._those(mine))
        return found.bit_count() >= self._enough(of)

    def _met(self, ask: Ask, person: Profile) -> bool:
        return signal(ask, person, today=self.day).status is Status.MET

    def _those(self, holds: Callable[[Profile], bool]) -> int:
        return int("".join("1" if holds(person) else "0" for person in self._people) or "0", 2)

    def _common(self, found: int, of: str) -> int:
        enough = self._enough(of)
        if found.bit_count() < enough:
            return 0
        return self.everybody if (self.everybody & ~found).bit_count() < enough else found

    def _enough(self, of: str) -> int:
        return FEWEST + shift(self.key, f"enough|{of}")

    def _remembered(self, what: object, find: Callable[[], int]) -> int:
        if what not in self._kept:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[what] = find()
        return self._kept[what]


def _in_steps(zoned: ZonedPay) -> ZonedPay:
    """The same zone with the top of its band a year, raised to the next step."""
    top = pay_step(zoned.band.annual_max)
    return replace(
        zoned,
        band=PayBand(Decimal(1), Decimal(top), zoned.band.currency, PayPeriod.YEAR),
    )


def pay_step(amount: int) -> int:
    """The next of 10, 11 … 20, 22 … 50, 55 … 100, or ten, a hundred … times that: never more than
    a tenth above `amount`."""
    scale: int = 10 ** max(len(str(max(amount, 10))) - 2, 0)
    first = amount // (scale * 10)
    step = scale * (1 if first < 2 else 2 if first < 5 else 5)
    return max(-(-amount // step) * step, 1)
