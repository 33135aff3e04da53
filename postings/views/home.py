"""The home page: search, the newest jobs, ways in by level and place, with live counts."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cscareers.core.currencies import currencies
from postings.best_matches import best_matches
from postings.cards import cards_for
from postings.presentation import pay_scales
from postings.search.facets import FacetValue
from postings.search.params import SearchParams
from postings.search.query import search
from profiles.models import User

NEWEST = 10
PLACES = 8
REMOTE = 5


@dataclass(frozen=True, slots=True)
class WayIn:
    """A row of a list: what it leads to, how many jobs, and its bar in per cent."""

    label: str
    url: str
    count: int
    bar: float


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Home, with the counts of this moment, and for a candidate the best matches."""
    now, user = timezone.now(), request.user
    page = search(SearchParams(page_size=NEWEST), now=now)
    board = reverse("postings:board")
    cards = cards_for(page.postings, now=now)
    facets = page.facets
    counts = {value.value: value.count for value in facets["posted_days"]}
    context = {
        "board_url": board,
        "best": best_matches(user, now=now) if isinstance(user, User) else None,
        "count": page.count,
        "published_this_week": counts["7"],
        "verified": sum(value.count for value in facets["verified"]),
        "cards": cards,
        "scales": pay_scales(
            cards, symbols={card.currency: currencies()[card.currency].symbol() for card in cards}
        ),
        "levels": _ways(facets["level"], board, "level"),
        "places": _ways(facets["country"][:PLACES], board, "country"),
        "remote": _ways(facets["remote_from"][:REMOTE], board, "remote_from"),
        "canonical": request.build_absolute_uri("/"),
    }
    return render(request, "postings/home/home.html", context)


def _ways(values: Sequence[FacetValue], board: str, name: str) -> list[WayIn]:
    largest = max((value.count for value in values), default=1)
    return [
        WayIn(
            value.label,
            f"{board}?{name}={value.value}",
            value.count,
            round(100 * value.count / largest, 1),
        )
        for value in values
    ]
