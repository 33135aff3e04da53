"""The match of a profile with postings: points, score, tier and order. Pure.

`docs/matching.md` publishes these rules; a rule that changes here changes `SPEC_VERSION`.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Final

from cscareers.core.phrases import small
from postings.enums import RequirementKind
from postings.matching import words
from postings.matching.eligibility import Constraint, constraints
from postings.matching.inputs import Ask, PostingFacts, Profile
from postings.matching.signals import Signal, Status, signal

MUST_WEIGHT: Final = 3
NICE_WEIGHT: Final = 1


class Tier(StrEnum):
    """By must-haves that are not met: none, one, more."""

    ALL = "all"
    ONE_GAP = "one_gap"
    MORE = "more"


@dataclass(frozen=True, slots=True)
class Row:
    """A requirement row, or an any-of group by the best of its alternatives (`ask`)."""

    group: tuple[Ask, ...]
    ask: Ask
    signal: Signal

    @property
    def weight(self) -> int:
        return MUST_WEIGHT if self.ask.must else NICE_WEIGHT

    @property
    def points(self) -> Fraction:
        return self.weight * self.signal.fit

    @property
    def name(self) -> str:
        """What is asked; alternatives joined by "or"."""
        return " or ".join(words.subject(ask) for ask in self.group)

    @property
    def reason(self) -> str:
        """Its own words; of alternatives with the name of the one that counts."""
        said = self.signal.reason
        return f"{words.subject(self.ask)}: {said}" if len(self.group) > 1 else said

    @property
    def asks(self) -> str:
        """How much is asked."""
        return words.asks_one_of(self.group)

    @property
    def have(self) -> str:
        """What the profile has of it; of alternatives with the name of the one that counts."""
        has = self.signal.have
        name = words.subject(self.ask)
        if len(self.group) == 1 or has == words.NOT_SAID or has.startswith(name):
            return has
        return f"{name}: {small(has)}"

    @property
    def is_gap(self) -> bool:
        """A must-have that is not met."""
        return self.ask.must and self.signal.status is not Status.MET


@dataclass(frozen=True)
class Match:
    """How one profile meets one posting. The explanation and the score are this same value."""

    posting: PostingFacts
    constraints: tuple[Constraint, ...]
    rows: tuple[Row, ...]
    has_facts: bool

    @property
    def is_eligible(self) -> bool:
        """No constraint has failed; what is not known excludes nobody."""
        return all(constraint.passed is not False for constraint in self.constraints)

    @cached_property
    def open_musts(self) -> int:
        return sum(row.is_gap for row in self.rows)

    @property
    def tier(self) -> Tier | None:
        """None for a posting without requirement rows."""
        if not self.rows:
            return None
        return {0: Tier.ALL, 1: Tier.ONE_GAP}.get(self.open_musts, Tier.MORE)

    @property
    def most(self) -> int:
        """Points of somebody who meets every row."""
        return sum(row.weight for row in self.rows)

    @cached_property
    def score(self) -> Fraction | None:
        """0 to 100; None without rows, and for a profile without facts."""
        if not self.rows or not self.has_facts:
            return None
        return 100 * sum((row.points for row in self.rows), Fraction(0)) / self.most

    @property
    def score_if_confirmed(self) -> Fraction | None:
        """The score with what is not known at full points."""
        if self.score is None:
            return None
        open_points = sum(r.weight for r in self.rows if r.signal.status is Status.UNKNOWN)
        return self.score + Fraction(100 * open_points, self.most)

    @property
    def musts(self) -> Counter[Status]:
        """How many must-haves have each status."""
        return Counter(row.signal.status for row in self.rows if row.ask.must)

    @property
    def is_in_first_tier(self) -> bool:
        """Every must-have is met, and nothing stands against it."""
        return self.tier is Tier.ALL and self.is_eligible


def match(profile: Profile, posting: PostingFacts, *, today: date) -> Match:
    """The match of `profile` with `posting` on that day."""
    return Match(
        posting=posting,
        constraints=constraints(profile.preferences, posting),
        rows=_rows(profile, posting, today=today),
        has_facts=not profile.says_nothing,
    )


@dataclass(frozen=True, slots=True)
class Gate:
    """The must-haves of a posting that ask skills or tools alone, each as its alternatives (slug,
    level, years): what can be looked up without a match."""

    musts: tuple[tuple[tuple[str, int, int], ...], ...]

    @classmethod
    def of(cls, posting: PostingFacts) -> "Gate":
        """The gate of a posting."""
        kinds = (RequirementKind.SKILL, RequirementKind.TOOL)
        return cls(
            tuple(
                tuple((ask.slug, ask.level or 1, ask.years or 0) for ask in group)
                for group in posting.rows
                if group[0].must and all(ask.kind in kinds for ask in group)
            )
        )

    def shuts_out(self, profile: Profile) -> bool:
        """True when surely two of them or more are open, as `near_match` would find."""
        gaps = 0
        for group in self.musts:
            for slug, level, years in group:
                held = profile.skills.get(slug)
                if held is None or (1 if held.level is None else held.level) < level:
                    continue
                if not years or (held.years is not None and held.years >= years):
                    break
            else:
                gaps += 1
                if gaps > 1:
                    return True
        return False


def near_match(profile: Profile, posting: PostingFacts, *, today: date) -> Match | None:
    """The same match if nothing stands against it and at most one must-have is open, else None; a
    posting without rows is none. Stops at what settles it, so that many pairs can be asked."""
    found = constraints(profile.preferences, posting)
    if not posting.rows or any(one.passed is False for one in found):
        return None
    rows: list[Row] = []
    gaps = 0
    for group in posting.rows:  # the must-haves come first
        row = _row(group, profile, today=today)
        gaps += row.is_gap
        if gaps > 1:
            return None
        rows.append(row)
    return Match(posting, found, tuple(rows), has_facts=not profile.says_nothing)


def rematch(found: Match, profile: Profile, *, today: date) -> Match:
    """The same match for other facts of somebody who wants the same."""
    rows = _rows(profile, found.posting, today=today)
    return Match(found.posting, found.constraints, rows, has_facts=not profile.says_nothing)


def row_for(row: Row, profile: Profile, *, today: date) -> Row:
    """The same requirement for other facts."""
    return _row(row.group, profile, today=today)


def _rows(profile: Profile, posting: PostingFacts, *, today: date) -> tuple[Row, ...]:
    return tuple(_row(group, profile, today=today) for group in posting.rows)


def _row(group: tuple[Ask, ...], profile: Profile, *, today: date) -> Row:
    signals = [(ask, signal(ask, profile, today=today)) for ask in group]
    best, found = max(signals, key=lambda pair: pair[1].rank)  # the first of equals
    return Row(group, best, found)


def ranked(matches: Iterable[Match]) -> list[Match]:
    """In the published order: postings without rows last; eligible first, then fewer open
    must-haves, then score, then newest, then id."""
    return sorted(matches, key=_order)


def _order(found: Match) -> tuple[bool, bool, int, Fraction, float, str]:
    score = Fraction(-1) if found.score is None else found.score
    return (
        not found.rows,
        not found.is_eligible,
        found.open_musts,
        -score,
        -found.posting.published_at.timestamp(),
        found.posting.id,
    )
