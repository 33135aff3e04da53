"""What one changed fact would do to a posting: for each row the smallest change, by the match
itself. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from postings.matching.changes import Change, changes
from postings.matching.inputs import Ask, Profile
from postings.matching.openings import Openings
from postings.matching.ranking import Match, Row, Tier, rematch, row_for
from postings.matching.signals import Status

MOST: Final = 3


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a posting would be after a change."""

    score: Fraction
    tier: Tier | None


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """What one change makes of a posting; `opens`: how many more of all the postings asked about
    would be in the first tier."""

    change: str
    after: Outcome
    opens: int


@dataclass(frozen=True, slots=True)
class RowChange:
    """The change that gives one row the most points, with those points."""

    change: str
    points: Fraction


@dataclass(frozen=True, slots=True)
class Changes:
    """What would change one posting: the best changes, best first; both of the first two
    `together`, where they are two facts; for each row its own, None where none helps."""

    best: tuple[Counterfactual, ...] = ()
    together: Outcome | None = None
    rows: tuple[RowChange | None, ...] = ()


@dataclass(frozen=True, slots=True)
class _Raise:
    """A change that one requirement calls for, and the posting after it."""

    ask: Ask
    change: Change
    after: Outcome


def counterfactuals(
    profile: Profile, shown: Iterable[Match], openings: Openings, *, today: date
) -> Mapping[str, Changes]:
    """For each of `shown`, by posting id, what would change it."""
    return {found.posting.id: _changes(profile, found, openings, today=today) for found in shown}


def _changes(profile: Profile, found: Match, openings: Openings, *, today: date) -> Changes:
    raised: dict[str, _Raise] = {}
    rows = []
    for row in found.rows:
        tried = [] if row.signal.status is Status.MET else list(_tried(row, profile, today=today))
        rows.append(_best_of_row(row, tried, today=today))
        for ask, change in tried:
            if change.words not in raised:
                after = rematch(found, change.profile, today=today)
                if after.score is not None and after.score > (found.score or 0):
                    outcome = Outcome(after.score, after.tier)
                    raised[change.words] = _Raise(ask, change, outcome)
    best = sorted(raised.values(), key=lambda one: (-one.after.score, one.change.words))[:MOST]
    return Changes(
        tuple(
            Counterfactual(one.change.words, one.after, openings.opened_by(one.change))
            for one in best
        ),
        _together(found, best[:2], today=today),
        tuple(rows),
    )


def _tried(row: Row, profile: Profile, *, today: date) -> Iterator[tuple[Ask, Change]]:
    for ask in row.group:
        for change in changes(ask, profile, today=today):
            yield ask, change


def _best_of_row(row: Row, tried: Sequence[tuple[Ask, Change]], *, today: date) -> RowChange | None:
    """The change after which the row has most points; of equals that of the alternative that
    counts today, then the first."""
    after = [(row_for(row, one.profile, today=today).points, ask, one) for ask, one in tried]
    raising = [one for one in after if one[0] > row.points]
    if not raising:
        return None
    points, _, change = max(raising, key=lambda one: (one[0], one[1] == row.ask))
    return RowChange(change.words, points)


def _together(found: Match, pair: Sequence[_Raise], *, today: date) -> Outcome | None:
    """Both changes one after the other; None unless they are two facts, and two more than one."""
    if len(pair) < 2 or pair[0].change.fact == pair[1].change.fact:
        return None
    first, second = pair
    again = changes(second.ask, first.change.profile, today=today)
    change = next((one for one in again if one.fact == second.change.fact), None)
    if change is None:
        return None
    after = rematch(found, change.profile, today=today)
    if after.score is None or after.score <= first.after.score:
        return None
    return Outcome(after.score, after.tier)
