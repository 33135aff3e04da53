"""What one changed fact does to all the postings asked about. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from postings.enums import RequirementKind
from postings.matching import words
from postings.matching.changes import Change, Fact, changes, facts_of
from postings.matching.inputs import Ask, Profile
from postings.matching.ranking import Match, Row, row_for
from postings.matching.signals import Status


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


@dataclass(frozen=True, slots=True)
class Gain:
    """What one fact would do: the change of it that `opens` most, `asked` by how many postings
    that don't get what they ask; `is_said`: the profile says something of it already."""

    fact: Fact
    kind: RequirementKind
    name: str
    change: str
    opens: int
    asked: int
    is_said: bool


@dataclass(slots=True)
class _Wanted:
    """What postings want of one fact: the changes, each with how many call for it."""

    ask: Ask
    postings: set[str] = field(default_factory=set)
    called: Counter[str] = field(default_factory=Counter)
    changes: dict[str, Change] = field(default_factory=dict)


def gains(
    profile: Profile, eligible: Iterable[Match], openings: Openings, *, today: date
) -> tuple[Gain, ...]:
    """For each fact that a requirement of `eligible` asks and does not get, what it would do; what
    opens most first, then what is asked most."""
    wanted: dict[Fact, _Wanted] = {}
    tried: dict[tuple[object, ...], tuple[Change, ...]] = {}
    for found in eligible:
        for ask in _unmet(found):
            for change in _changes(ask, profile, tried, today=today):
                one = wanted.setdefault(change.fact, _Wanted(ask))
                one.postings.add(found.posting.id)
                one.called[change.words] += 1
                one.changes[change.words] = change
    found_gains = (_gain(fact, one, profile, openings) for fact, one in wanted.items())
    return tuple(sorted(found_gains, key=lambda one: (-one.opens, -one.asked, one.change)))


def _unmet(found: Match) -> Iterable[Ask]:
    return (ask for row in found.rows if row.signal.status is not Status.MET for ask in row.group)


def _changes(
    ask: Ask, profile: Profile, tried: dict[tuple[object, ...], tuple[Change, ...]], *, today: date
) -> tuple[Change, ...]:
    """The changes that `ask` calls for; each way to ask is looked at once."""
    key = (ask.kind, ask.slug, ask.language, ask.cefr, ask.education, ask.level, ask.years)
    if key not in tried:
        tried[key] = tuple(changes(ask, profile, today=today))
    return tried[key]


def _gain(fact: Fact, one: _Wanted, profile: Profile, openings: Openings) -> Gain:
    """Of the changes of a fact that which opens most; of equals that which most call for."""
    opens = {said: openings.opened_by(change) for said, change in one.changes.items()}
    best = max(sorted(opens), key=lambda said: (opens[said], one.called[said]))
    kind = fact[0] if fact[0] is not RequirementKind.SKILL else one.ask.kind
    return Gain(
        fact=fact,
        kind=kind,
        name=words.fact(kind, one.ask),
        change=best,
        opens=opens[best],
        asked=len(one.postings),
        is_said=_is_said(fact, profile),
    )


def _is_said(fact: Fact, profile: Profile) -> bool:
    kind, code = fact
    match kind:
        case RequirementKind.LANGUAGE:
            return profile.languages.get(code) is not None
        case RequirementKind.EDUCATION:
            return profile.education is not None
        case RequirementKind.EXPERIENCE:
            return profile.experience is not None
        case _:
            return code in profile.skills or code in profile.certificates
