"""A candidate's profile as a whole: what its sections say, and what saying more would unlock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.http import QueryDict

from postings.filters import PostingFilterSet
from postings.matches_page import GainLine, gain_lines
from postings.matching.candidates import facts_of
from postings.matching.inputs import Profile
from postings.matching.overview import overview
from postings.matching.ranking import Tier
from postings.matching.retrieval import asked_postings
from profiles.models import CandidateProfile
from profiles.profile_page import Section, sections

MOST_UNLOCKED: Final = 5
MOST_LINES: Final = 3


@dataclass(frozen=True, slots=True)
class SectionLine:
    """A row of the list of sections; see `components/task_list.html`."""

    label: str
    url: str
    state: str
    state_label: str
    hint: str


@dataclass(frozen=True, slots=True)
class ProfileOverview:
    """All that `templates/postings/candidate/profile.html` draws. `eligible`: open jobs that meet
    one's conditions, the level that one wants among them; what is counted is counted of these."""

    has_facts: bool
    sections: tuple[SectionLine, ...]
    unlocks: tuple[GainLine, ...]
    open_jobs: int
    eligible: int
    in_first_tier: int
    one_gap: int

    @property
    def opens(self) -> bool:
        """Whether some single fact opens a job."""
        return any(one.opens for one in self.unlocks)


def profile_overview(candidate: CandidateProfile, *, now: datetime) -> ProfileOverview:
    """The overview of a profile, also of one that is not saved yet."""
    today = now.date()
    mine = facts_of(candidate, today=today) if candidate.pk else Profile()
    asked = asked_postings(PostingFilterSet(QueryDict(), now=now))
    found = overview(mine, asked.postings, today=today)
    return ProfileOverview(
        has_facts=not mine.says_nothing,
        sections=tuple(_line(one) for one in sections(candidate, today=today)),
        unlocks=tuple(gain_lines(found, most=MOST_UNLOCKED)),
        open_jobs=len(found.ranked),
        eligible=len(found.eligible),
        in_first_tier=found.tiers[Tier.ALL],
        one_gap=found.tiers[Tier.ONE_GAP],
    )


def _line(one: Section) -> SectionLine:
    return SectionLine(
        label=one.title,
        url=one.url,
        state="todo" if one.is_empty else "done",
        state_label="Nothing yet" if one.is_empty else str(one.count) if one.count else "Said",
        hint=_few(one.lines),
    )


def _few(lines: Sequence[str]) -> str:
    more = len(lines) - MOST_LINES
    return " · ".join([*lines[:MOST_LINES], *([f"and {more} more"] if more > 0 else [])])
