"""What the pages of alerts show: a search to follow, an alert in words, and its next mail."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from django.http import QueryDict

from cscareers.core.models import Country
from postings.filter_words import search_words
from postings.filters import PostingFilterSet
from postings.hiring.models import Subscription
from postings.search.params import PAGE_SIZE, SearchParams
from postings.search.terms import Terms
from profiles.models import CandidatePlace, CandidateProfile, User

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser

UTC_ZONE: Final = "UTC"


@dataclass(frozen=True, slots=True)
class Asked:
    """A search that somebody wants to follow: its valid part in one spelling, in words, and what
    was left out."""

    params: SearchParams
    terms: Terms
    words: tuple[str, ...]
    problems: tuple[str, ...]

    @property
    def query(self) -> str:
        return self.params.query


def asked(data: QueryDict, *, now: datetime) -> Asked:
    """The search of a query string, without its order and its place in the list."""
    filters = PostingFilterSet(data, now=now)
    params = filters.params.with_(sort="", page_size=PAGE_SIZE)
    problems = tuple(text for texts in filters.problems.values() for text in texts)
    return Asked(params, filters.terms, search_words(params, filters.terms), problems)


def likely_zone(user: "AbstractBaseUser | AnonymousUser", search: Asked) -> str:
    """The time zone that the reader most likely has: of their alerts, their places, their search;
    UTC when nothing tells. The form shows it, to be changed."""
    if isinstance(user, User):
        if (last := Subscription.objects.filter(user=user).order_by("-pk").first()) is not None:
            return last.time_zone
        place = CandidatePlace.objects.filter(profile__user=user).select_related("city")
        if (first := place.order_by("pk").first()) is not None:
            return first.city.time_zone
    city = search.terms.cities.get(search.params.city or 0)
    if city is not None:
        return city.time_zone
    profile = CandidateProfile.objects.filter(user=user.pk).first() if user.pk else None
    codes = [
        *((profile.remote_from, *profile.work_countries) if profile else ()),
        search.params.remote_from,
        *search.params.country,
    ]
    code = next((code[:2] for code in codes if code), "")
    country = Country.objects.filter(pk=code).first() if code else None
    return country.time_zone if country else UTC_ZONE


@dataclass(frozen=True, slots=True)
class State:
    """Where an alert stands: a word for it, and what clocks show in its zone at its next mail;
    `detail` where that is not ahead."""

    word: str
    detail: str
    next_at: datetime | None


def state_of(alert: Subscription, *, now: datetime) -> State:
    """The state of an alert in words."""
    if alert.is_waiting:
        return State("Not confirmed", "Open the link in the mail that we sent you.", None)
    if alert.ended_at is not None:
        return State("Stopped", "It sends nothing. You can start it again for 30 days.", None)
    if alert.next_at is None:
        return State("Paused", "It sends nothing until you start it again.", None)
    if alert.next_at <= now:
        return State("Running", "A mail is due now, and goes if there is something new.", None)
    shown = alert.next_at.astimezone(ZoneInfo(alert.time_zone)).replace(tzinfo=None)
    return State("Running", "", shown)


def listed(alerts: Iterable[Subscription], *, now: datetime) -> list[tuple[Subscription, State]]:
    """The alerts with their states, in their order."""
    return [(alert, state_of(alert, now=now)) for alert in alerts]
