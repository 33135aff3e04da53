"""What one changed fact does to all the postings asked about. Pure."""

from collections.abc import Iterable
from datetime import date

from postings.matching.changes import Change, Fact, facts_of
from postings.matching.ranking import Match, Row, row_for


class Openings:
    """What single changes do to all the postings asked about.

    Only a posting whose open must-haves all read the same fact can come into the first tier by a
    change of it: each fact leads to its own, and nothing else is looked at.
    """

    def __init__(self, every: Iterable[Match], *, today: date) -> None:
        self._today = today
        self._by_fact: dict[Fact, list[tuple[Row, ...]]] = {}
        self._known: dict[tuple[Fact, str], int] = {}
        for found in every:
            if found.is_eligible and found.open_musts:
                gaps = tuple(row for row in found.rows if row.is_gap)
                for fact in set.intersection(*(_facts_of_row(row) for row in gaps)):
                    self._by_fact.setdefault(fact, []).append(gaps)

    def opened_by(self, change: Change) -> int:
        """How many more would be eligible with every must-have met."""
        key = (change.fact, change.words)
        if key not in self._known:
            self._known[key] = sum(
                all(not row_for(row, change.profile, today=self._today).is_gap for row in gaps)
                for gaps in self._by_fact.get(change.fact, ())
            )
        return self._known[key]


def _facts_of_row(row: Row) -> set[Fact]:
    return {fact for ask in row.group for fact in facts_of(ask)}
