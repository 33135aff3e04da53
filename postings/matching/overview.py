"""All matches of one profile, sorted for somebody who looks for a job. Pure."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from postings.matching.eligibility import NAMES
from postings.matching.inputs import PostingFacts, Profile
from postings.matching.openings import Gain, Openings, gains
from postings.matching.ranking import Match, Tier, match, ranked


@dataclass(frozen=True, slots=True)
class Failed:
    """A constraint with the number of postings that it keeps from somebody; `alone` of them are
    kept by nothing else, and of these `met` have every must-have met."""

    name: str
    count: int
    alone: int
    met: int


@dataclass(frozen=True)
class Overview:
    """`ranked` are all matches in the published order; `hidden` the ids of postings that the
    person does not want to see."""

    profile: Profile
    ranked: tuple[Match, ...]
    today: date
    hidden: Collection[str] = ()

    @cached_property
    def eligible(self) -> tuple[Match, ...]:
        """Those that nothing stands against, in the published order, without the hidden."""
        found = (found for found in self.ranked if found.is_eligible)
        return tuple(one for one in found if one.posting.id not in self.hidden)

    @cached_property
    def hidden_eligible(self) -> int:
        """How many that nothing stands against are hidden."""
        return sum(one.is_eligible and one.posting.id in self.hidden for one in self.ranked)

    @cached_property
    def tiers(self) -> Mapping[Tier | None, int]:
        """How many eligible postings each tier has; None: those without requirement rows."""
        return Counter(found.tier for found in self.eligible)

    @cached_property
    def stretch(self) -> tuple[Match, ...]:
        """Eligible, and one gap away."""
        return tuple(found for found in self.eligible if found.tier is Tier.ONE_GAP)

    @cached_property
    def failed(self) -> tuple[Failed, ...]:
        """The constraints that keep postings away, in their order; one may be kept by several."""
        kept = [(_failing(found), found.tier is Tier.ALL) for found in self.ranked]
        return tuple(
            Failed(
                name,
                count,
                alone=sum(names == (name,) for names, _ in kept),
                met=sum(names == (name,) and is_met for names, is_met in kept),
            )
            for name in NAMES
            if (count := sum(name in names for names, _ in kept))
        )

    def failing(self, name: str) -> tuple[Match, ...]:
        """The postings that one constraint keeps away, in the published order."""
        return tuple(found for found in self.ranked if name in _failing(found))

    @cached_property
    def openings(self) -> Openings:
        return Openings(self.ranked, today=self.today)

    @cached_property
    def gains(self) -> tuple[Gain, ...]:
        """What each fact that is asked and not had would do, the most first."""
        return gains(self.profile, self.eligible, self.openings, today=self.today)


def overview(
    profile: Profile,
    postings: Iterable[PostingFacts],
    *,
    today: date,
    hidden: Collection[str] = (),
) -> Overview:
    """The matches of `profile` with all of `postings` on that day."""
    every = ranked(match(profile, posting, today=today) for posting in postings)
    return Overview(profile, tuple(every), today, hidden)


def _failing(found: Match) -> tuple[str, ...]:
    return tuple(one.name for one in found.constraints if one.passed is False)
