"""The matches of a candidate as pages draw them: groups by tier, what would open more, what is not
shown and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Final
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from cscareers.core.currencies import format_amount
from cscareers.core.places import area_name
from postings.cards import cards_for, scales_for, with_cards
from postings.enums import Mark, RequirementKind, WorkMode
from postings.filters import PostingFilterSet
from postings.labels import label
from postings.match_drawing import TIERS, MatchDrawing, draw
from postings.matching.candidates import facts_of_user
from postings.matching.eligibility import NAMES
from postings.matching.explanations import explanations
from postings.matching.inputs import SPEC_VERSION, Preferences, Profile
from postings.matching.openings import Gain
from postings.matching.overview import Overview, overview
from postings.matching.paging import UnknownPosting, slice_after
from postings.matching.ranking import Match, Tier
from postings.matching.retrieval import asked_postings, read
from postings.models import Posting
from postings.presentation import BandDrawing, Fact, PostingCard
from postings.shelf import hidden_ids, shelf_for
from profiles.labels import label as profile_label
from profiles.models import User
from profiles.profile_page import SECTION_URL

MOST_GAINS: Final = 3
MOST_TO_ADD: Final = 5
NOT_SHOWN: Final = "not_shown"
"""The parameter that asks for the jobs that one condition keeps away."""
SECTIONS: Final[Mapping[str, str]] = {
    RequirementKind.SKILL: "skills",
    RequirementKind.TOOL: "tools",
    RequirementKind.CERTIFICATE: "education",
    RequirementKind.LANGUAGE: "languages",
    RequirementKind.EDUCATION: "education",
    RequirementKind.EXPERIENCE: "work",
}
"""Where a profile says what a kind of requirement asks."""
CONDITIONS_SECTION: Final = "conditions"
HINTS: Final[Mapping[Tier | None, str]] = {
    Tier.ALL: "You have each must-have that they ask.",
    Tier.ONE_GAP: "A stretch: one must-have away.",
    Tier.MORE: "Two must-haves away, or more.",
    None: "They list no requirement, so there is nothing to compare.",
}
WHY_NOT: Final[Mapping[str, str]] = {
    "place": "Place, or who may apply",
    "mode": "Way of working",
    "pay": "Top of the pay is below your least",
    "visa": "No visa is sponsored",
    "level": "Level far from what you want",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One match of the list; `url` leads to its own page."""

    card: PostingCard
    band: BandDrawing | None
    match: MatchDrawing
    url: str
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The matches of one tier that stand on this page; `count` is how many there are in all."""

    key: str
    title: str
    hint: str
    count: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class GainLine:
    """What one fact would do, and where to say it."""

    opens: int
    asked: int
    words: str
    detail: str
    url: str


@dataclass(frozen=True, slots=True)
class NotShown:
    """Jobs that one condition keeps away; see `overview.Failed`."""

    label: str
    count: int
    alone: int
    met: int
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class MatchesPage:
    """All that `templates/postings/matches/matches.html` draws. `kept_by` is the condition whose
    jobs are shown, None on the page of matches itself; `anywhere`: countries are to be asked."""

    total: int
    is_whole: bool
    eligible: int
    hidden: int
    has_facts: bool
    groups: tuple[Group, ...]
    gains: tuple[GainLine, ...]
    not_shown: tuple[NotShown, ...]
    kept_by: NotShown | None
    conditions: tuple[Fact, ...]
    anywhere: bool
    filters_on: int
    problems: tuple[str, ...]
    conditions_url: str
    path: str
    here: str
    board_url: str
    alert_url: str
    next_url: str
    first_url: str
    summary: str

    @property
    def opens(self) -> bool:
        """Whether some single fact opens a job."""
        return any(gain.opens for gain in self.gains)

    @property
    def not_eligible(self) -> int:
        return self.total - self.eligible - self.hidden


def section_url(slug: str) -> str:
    """The section of the own profile."""
    return reverse(SECTION_URL, kwargs={"section": slug})


def links() -> dict[str, str]:
    """By the kind of a requirement: where the own profile answers it."""
    return {str(kind): section_url(slug) for kind, slug in SECTIONS.items()}


def matches_page(
    user: User,
    filters: PostingFilterSet,
    *,
    after: str,
    not_shown: str,
    path: str,
    now: datetime,
) -> MatchesPage:
    """The page of `user` over the postings that pass `filters`; six queries beside those of the
    filters."""
    today = now.date()
    profile = facts_of_user(user, today=today) or Profile()
    asked = asked_postings(filters)
    found = overview(profile, asked.postings, today=today, hidden=hidden_ids(user))
    maker = _Maker(user, found, filters, path, not_shown if not_shown in NAMES else "")
    return maker.page(after, is_whole=asked.is_whole, now=now)


class _Maker:
    def __init__(
        self, user: User, found: Overview, filters: PostingFilterSet, path: str, not_shown: str
    ) -> None:
        self.user = user
        self.found = found
        self.filters = filters
        self.query = filters.params.query
        self.path = path
        self.not_shown = not_shown

    def url(self, **more: str) -> str:
        extra = urlencode({name: value for name, value in more.items() if value})
        query = "&".join(part for part in (self.query, extra) if part)
        return f"{self.path}?{query}" if query else self.path

    def page(self, after: str, *, is_whole: bool, now: datetime) -> MatchesPage:
        found, has_facts = self.found, not self.found.profile.says_nothing
        listed = found.failing(self.not_shown) if self.not_shown else found.eligible
        if not has_facts and not self.not_shown:
            listed = ()
        problems = [text for texts in self.filters.problems.values() for text in texts]
        size = self.filters.params.page_size
        try:
            page = slice_after(listed, after, size, among=found.ranked)
        except UnknownPosting as error:
            problems.append(str(error))
            after, page = "", slice_after(listed, "", size)
        kept = tuple(self.kept())
        entries = self.entries(page.shown, now=now)
        following = page.following
        return MatchesPage(
            total=len(found.ranked),
            is_whole=is_whole,
            eligible=len(found.eligible),
            hidden=found.hidden_eligible,
            has_facts=has_facts,
            groups=tuple(self.groups(page.shown, entries)),
            gains=tuple(gain_lines(found, most=MOST_GAINS if has_facts else MOST_TO_ADD)),
            not_shown=kept,
            kept_by=next((one for one in kept if one.is_current), None),
            conditions=tuple(condition_facts(found.profile.preferences)),
            anywhere=has_facts and not found.profile.preferences.countries,
            filters_on=len(self.filters.params.filters),
            problems=tuple(problems),
            conditions_url=section_url(CONDITIONS_SECTION),
            path=self.path,
            here=self.url(not_shown=self.not_shown, after=after),
            board_url=f"{reverse('postings:board')}?{self.query}",
            alert_url=f"{reverse('hiring:alert_new')}?kind=match&{self.query}".rstrip("&"),
            next_url=self.url(not_shown=self.not_shown, after=following) if following else "",
            first_url=self.url(not_shown=self.not_shown) if page.begin else "",
            summary=_summary(page.begin, len(page.shown), len(listed)),
        )

    def entries(self, shown: Sequence[Match], *, now: datetime) -> dict[str, Entry]:
        """By posting id, in the order of `shown`."""
        ids = [found.posting.id for found in shown]
        rows = with_cards(Posting.objects.published(now=now).filter(public_id__in=ids))
        postings = {row.public_id: row for row in rows.order_by("pk")}
        there = [found for found in shown if found.posting.id in postings]
        cards = cards_for([postings[found.posting.id] for found in there], now=now)
        told = explanations(self.found.profile, there, self.found.openings, today=self.found.today)
        urls, scales = links(), scales_for(cards)
        shelf = shelf_for(self.user, ids, back="")
        return {
            one["posting"]: Entry(
                card=card,
                band=scales.draw(card),
                match=draw(one, urls),
                url=why_url(one["posting"]),
                mark=shelf.mark_of(one["posting"]) if shelf else None,
            )
            for card, one in zip(cards, told, strict=True)
        }

    def groups(self, shown: Sequence[Match], entries: Mapping[str, Entry]) -> Iterable[Group]:
        if self.not_shown:
            every = tuple(entries.values())
            if every:
                yield Group("not-shown", "", "", len(self.found.failing(self.not_shown)), every)
            return
        for tier, matches in groupby(shown, key=lambda found: found.tier):
            ids = [found.posting.id for found in matches]
            yield Group(
                key=str(tier or "none"),
                title=TIERS[tier] if tier else "Nothing to compare",
                hint=HINTS[tier],
                count=self.found.tiers[tier],
                entries=tuple(entries[one] for one in ids if one in entries),
            )

    def kept(self) -> Iterable[NotShown]:
        for one in self.found.failed:
            yield NotShown(
                WHY_NOT[one.name],
                one.count,
                one.alone,
                one.met,
                self.url(not_shown=one.name),
                one.name == self.not_shown,
            )


@dataclass(frozen=True, slots=True)
class MatchPage:
    """All that `templates/postings/matches/why.html` draws."""

    card: PostingCard
    match: MatchDrawing
    mark: Mark | None
    has_facts: bool
    version: str
    url: str
    conditions_url: str
    profile_url: str


def match_page(user: User, posting: Posting, *, now: datetime) -> MatchPage:
    """One match among all open ones; five queries, and two more for an old posting."""
    profile = facts_of_user(user, today=now.date()) or Profile()
    asked = asked_postings(PostingFilterSet(QueryDict(), now=now))
    postings = asked.postings
    if posting.public_id not in (one.id for one in postings):
        one = Posting.objects.published(now=now).filter(pk=posting.pk)
        postings = (*read(one).postings, *postings)
    found = overview(profile, postings, today=now.date())
    mine = next(one for one in found.ranked if one.posting.id == posting.public_id)
    [told] = explanations(profile, [mine], found.openings, today=found.today)
    rows = with_cards(Posting.objects.published(now=now).filter(pk=posting.pk))
    [card] = cards_for(rows.order_by("pk"), now=now)
    shelf = shelf_for(user, [posting.public_id], back="")
    return MatchPage(
        card=card,
        mark=shelf.mark_of(posting.public_id) if shelf else None,
        match=draw(told, links()),
        has_facts=not profile.says_nothing,
        version=SPEC_VERSION,
        url=why_url(posting.public_id),
        conditions_url=section_url(CONDITIONS_SECTION),
        profile_url=reverse("me:profile"),
    )


def why_url(public_id: str) -> str:
    """The page of one match of the person who is signed in."""
    return reverse("me:match", kwargs={"public_id": public_id})


def gain_lines(found: Overview, *, most: int) -> list[GainLine]:
    """What opens most jobs; where nothing does alone, and for somebody who says nothing yet, what
    most of them ask."""
    opening = [gain for gain in found.gains if gain.opens]
    if opening and not found.profile.says_nothing:
        return [_gain_line(gain) for gain in opening[:most]]
    asked = sorted(found.gains, key=lambda gain: (-gain.asked, gain.name))
    return [_gain_line(replace(gain, opens=0)) for gain in asked[:most]]


def _gain_line(gain: Gain) -> GainLine:
    jobs = "1 job asks" if gain.asked == 1 else f"{gain.asked} jobs ask"
    said = f"{jobs} for more of it than you have." if gain.is_said else f"{jobs} for it."
    return GainLine(
        opens=gain.opens,
        asked=gain.asked,
        words=gain.change if gain.opens else gain.name,
        detail=said if gain.is_said else f"{said[:-1]} and you have not said.",
        url=section_url(SECTIONS[gain.kind]),
    )


def _summary(begin: int, shown: int, count: int) -> str:
    if not shown or shown == count:
        return ""
    return f"Showing {begin + 1:,} to {begin + shown:,} of {count:,}"


def condition_facts(mine: Preferences) -> Iterable[Fact]:
    """What decides on eligibility, in words."""
    countries = ", ".join(area_name(code) for code in mine.countries)
    yield Fact("Work in", countries or "Not said")
    if mine.remote_from:
        yield Fact("Remote from", area_name(mine.remote_from))
    for reach in mine.places:
        yield Fact("On site", f"{reach.spot.name}, up to {reach.radius_km} km")
    modes = ", ".join(label(mode) for mode in WorkMode if mode in mine.modes)
    yield Fact("Way of working", modes or "Any")
    floor = mine.pay_floor
    if floor is None:
        yield Fact("Pay", "Any")
    else:
        amount = format_amount(floor.amount, floor.currency)
        yield Fact("Pay", f"{amount} {profile_label(floor.period)} or more")
    if mine.level_wanted:
        yield Fact("Level", label(mine.level_wanted), detail="or a step beside it")
    yield Fact("Visa", {True: "Needed", False: "Not needed", None: "Not said"}[mine.visa_needed])
