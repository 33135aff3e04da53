"""What is new for each of many alerts: one search for equal queries, by the board's filters."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db.models import Q
from django.http import QueryDict

from postings.enums import Mark, WorkMode
from postings.filter_words import filter_words
from postings.filters import PostingFilterSet
from postings.hiring.enums import AlertKind
from postings.hiring.models import AlertedPosting, Subscription
from postings.matching.candidates import facts_of_many
from postings.matching.inputs import PostingFacts, Profile
from postings.matching.ranking import Gate, Match, near_match, ranked
from postings.matching.retrieval import read
from postings.matching.signals import Status
from postings.models import MarkedPosting, Posting
from postings.policy import ALERT_OVERLAP, ALERT_REACH
from postings.search.params import SearchParams
from postings.search.terms import Terms
from profiles.models import CandidateProfile

_LISTED: Final[Mapping[str, str]] = {
    "employment": "employment",
    "specialisation": "specialisations",
    "schedule": "schedule",
    "language": "languages",
}
_ONE: Final = ("level", "mode", "industry")


@dataclass(frozen=True, slots=True)
class Hit:
    """A posting that a search finds."""

    pk: int
    public_id: str
    published_at: datetime
    chain: int | None


@dataclass(frozen=True, slots=True)
class Search:
    """One query over what was published later than `since`, the newest first. With `problems`
    something that it names is no more, and it finds nothing: the rest alone would find too much."""

    params: SearchParams
    terms: Terms
    since: datetime
    hits: tuple[Hit, ...]
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class News:
    """What an alert has to say: postings that it never sent, the newest first; those of a match in
    the published order of matches, with how each one matches."""

    search: Search
    hits: tuple[Hit, ...] = ()
    matches: Mapping[int, Match] = field(default_factory=dict)


def since(alert: Subscription, *, now: datetime) -> datetime:
    """What was first published later than this is new to the alert."""
    if alert.last_sent_at is not None:
        begin = alert.last_sent_at - ALERT_OVERLAP
    else:
        begin = alert.confirmed_at or alert.created_at
    return max(begin, now - ALERT_REACH)


class Finder:
    """Finds what is new for `alerts`, some of them at a time. Alerts with the same query are asked
    one after the other, so that one search serves them and no more than one is kept."""

    def __init__(self, alerts: Iterable[Subscription], *, now: datetime) -> None:
        self.now = now
        self._since: dict[str, datetime] = {}
        for alert in alerts:
            begin = since(alert, now=now)
            self._since[alert.query] = min(begin, self._since.get(alert.query, begin))
        self._last: tuple[str, Search] | None = None
        self._facts: dict[int, PostingFacts] = {}
        self._gates: dict[int, Gate] = {}

    def news(self, alerts: Sequence[Subscription]) -> dict[int, News]:
        """By primary key, for alerts that were handed in at first."""
        ordered = sorted(alerts, key=lambda alert: alert.query)
        searches = {alert.pk: self._search(alert.query) for alert in ordered}
        sent = _Sent(alerts, [hit for search in searches.values() for hit in search.hits])
        profiles = self._profiles(alerts)
        found = {}
        for alert in ordered:
            search = searches[alert.pk]
            begin = since(alert, now=self.now)
            new = [
                hit for hit in search.hits if hit.published_at > begin and sent.lacks(alert, hit)
            ]
            if alert.kind == AlertKind.MATCH:
                found[alert.pk] = self._matched(search, new, profiles.get(alert.user_id or 0))
            else:
                found[alert.pk] = News(search, tuple(new))
        return found

    def _search(self, query: str) -> Search:
        if self._last is None or self._last[0] != query:
            self._last = query, find(query, since=self._since[query], now=self.now)
        return self._last[1]

    def _profiles(self, alerts: Iterable[Subscription]) -> Mapping[int, Profile]:
        """By user; one query for who they are, one for all that they say."""
        users = [alert.user_id for alert in alerts if alert.kind == AlertKind.MATCH]
        if not users:
            return {}
        candidates = list(CandidateProfile.objects.filter(user__in=users).order_by("pk"))
        facts = facts_of_many(candidates, today=self.now.date())
        return {candidate.user_id: facts[candidate.pk] for candidate in candidates}

    def _matched(self, search: Search, new: Sequence[Hit], profile: Profile | None) -> News:
        """Those that the person could do, with at most one must-have open."""
        if profile is None or profile.says_nothing or not new:
            return News(search)
        facts, today = self._postings(new), self.now.date()
        tried = (
            (hit, near_match(profile, facts[hit.pk], today=today))
            for hit in new
            if hit.pk in facts and not self._gates[hit.pk].shuts_out(profile)
        )
        pairs = {match.posting.id: (hit, match) for hit, match in tried if match is not None}
        best = [pairs[match.posting.id] for match in ranked(match for _, match in pairs.values())]
        return News(search, tuple(hit for hit, _ in best), {hit.pk: match for hit, match in best})

    def _postings(self, hits: Collection[Hit]) -> Mapping[int, PostingFacts]:
        lacking = {hit.public_id: hit.pk for hit in hits if hit.pk not in self._facts}
        if lacking:
            rows = Posting.objects.published(now=self.now).filter(pk__in=lacking.values())
            for facts in read(rows.order_by("pk"), most=len(lacking)).postings:
                self._facts[lacking[facts.id]] = facts
                self._gates[lacking[facts.id]] = Gate.of(facts)
        return self._facts


def find(query: str, *, since: datetime, now: datetime) -> Search:
    """What a canonical query finds of the postings that were published later than `since`."""
    filters = PostingFilterSet(QueryDict(query), now=now)
    problems = tuple(text for texts in filters.problems.values() for text in texts)
    hits: tuple[Hit, ...] = ()
    if not problems:
        rows = filters.newest.filter(document__published_at__gt=since)
        columns = ("pk", "public_id", "document__published_at", "chain_id")
        hits = tuple(Hit(*row) for row in rows.values_list(*columns))
    return Search(filters.params, filters.terms, since, hits, problems)


class _Sent:
    """What alerts have sent already, and what their readers hid; three queries.

    A posting that was posted again is new, unless one before it in its chain was sent.
    """

    def __init__(self, alerts: Sequence[Subscription], hits: Sequence[Hit]) -> None:
        chains = {hit.chain for hit in hits if hit.chain is not None}
        ids = {hit.pk for hit in hits}
        sent = AlertedPosting.objects.filter(subscription__in=[alert.pk for alert in alerts])
        concerned = sent.filter(Q(posting__in=ids) | Q(posting__chain__in=chains))
        rows = concerned.values_list("subscription", "posting", "posting__chain") if ids else []
        self.postings = {(alert, posting) for alert, posting, _ in rows}
        self.chains = {(alert, chain) for alert, _, chain in rows if chain is not None}
        users = [alert.user_id for alert in alerts if alert.user_id is not None]
        marks = MarkedPosting.objects.filter(user__in=users, mark=Mark.HIDDEN, posting__in=ids)
        self.hidden = set(marks.values_list("user", "posting")) if users and ids else set()

    def lacks(self, alert: Subscription, hit: Hit) -> bool:
        """Whether the alert never sent this, and its reader does not hide it."""
        return (
            (alert.pk, hit.pk) not in self.postings
            and (alert.pk, hit.chain) not in self.chains
            and (alert.user_id, hit.pk) not in self.hidden
        )


# ---- why ----


def why_found(found: Search, document: Any) -> str:
    """Which filters a posting passed, in words; of filters with several values those that it has.
    `document` is its search document."""
    words = [
        filter_words(name, value, found.params, found.terms)
        for name, value in found.params.filters
        if _passed(name, value, found, document)
    ]
    return f"It passes: {'; '.join(words)}." if words else "You asked for every new job."


def _passed(name: str, value: str, found: Search, document: Any) -> bool:
    if name in _ONE:
        return bool(getattr(document, name) == value)
    if name in _LISTED:
        return value in getattr(document, _LISTED[name])
    if name == "country":
        return value in document.countries
    if name == "city":
        near = set(found.terms.within(found.params)) & set(document.cities)
        return document.mode != WorkMode.REMOTE and bool(near)
    if name == "remote_from":
        return bool(document.mode == WorkMode.REMOTE)
    return True  # the search asked for each of these


def why_matched(match: Match) -> str:
    """How it matches, in one line: all must-haves, or the one that is open."""
    musts = match.musts
    total, met = musts.total(), musts[Status.MET]
    if not total:
        return "It asks no must-haves; nothing you said stands against it."
    if met == total:
        return "You meet its one must-have." if total == 1 else f"You meet all {total} must-haves."
    gap = next(row for row in match.rows if row.is_gap)
    return f"You meet {met} of {total} must-haves. The gap: {gap.name}, {gap.asks.lower()}."
