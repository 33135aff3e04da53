"""Feeds of any search on the board: Atom and JSON Feed, the newest job first."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from cscareers.core.http import SITE_NAME
from postings.cards import cards_for, with_cards
from postings.filter_words import search_words
from postings.filters import PostingFilterSet
from postings.presentation import PostingCard

MOST: Final = 50
"""Jobs in a feed."""
_TAGGED: Final = "2026"
"""In the ids: a year in which we held the host, as RFC 4151 wants it."""
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML can't hold."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One job of a feed. `updated` is when its text was approved or its employer last confirmed
    it, whichever came later."""

    id: str
    url: str
    title: str
    summary: str
    published: datetime
    updated: datetime
    closes: datetime
    card: PostingCard


@dataclass(frozen=True, slots=True)
class Feed:
    """`url` is the feed itself, `page` the board under the same search."""

    title: str
    url: str
    page: str
    entries: tuple[Entry, ...]


@login_not_required
@require_safe
def atom(request: HttpRequest) -> HttpResponseBase:
    """`/jobs/feed.atom`."""
    return _answer(request, "postings:feed_atom", _as_atom, "application/atom+xml; charset=utf-8")


@login_not_required
@require_safe
def json_feed(request: HttpRequest) -> HttpResponseBase:
    """`/jobs/feed.json`, a JSON Feed 1.1."""
    return _answer(request, "postings:feed_json", _as_json, "application/feed+json")


def _answer(
    request: HttpRequest, route: str, write: Callable[[Feed], bytes], content_type: str
) -> HttpResponseBase:
    """The feed, 304 for whoever has it already, or 400: a reader of feeds sees no hint beside a
    value that was left out, and would follow another search than the one it asked for."""
    now = timezone.now()
    filters = PostingFilterSet(request.GET, now=now)
    if problems := filters.problems:
        lines = [f"{name}: {' '.join(messages)}" for name, messages in problems.items()]
        return HttpResponse("\n".join(lines) + "\n", "text/plain; charset=utf-8", status=400)
    feed = feed_of(filters, route=route, now=now)
    body = write(feed)
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    response = HttpResponse(body, content_type)
    response["ETag"] = etag
    response["Cache-Control"] = "no-cache"
    if feed.entries:
        newest = max(entry.updated for entry in feed.entries)
        response["Last-Modified"] = http_date(newest.timestamp())
    # Only the tag is compared: a date can't tell that a job has gone from the list.
    return get_conditional_response(request, etag=etag, response=response) or response


def feed_of(filters: PostingFilterSet, *, route: str, now: datetime) -> Feed:
    """The newest jobs of the search, as many as a page asks for with `page_size`, else `MOST`."""
    params = filters.params.with_(sort="")
    most = params.page_size if "page_size" in filters.data else MOST
    rows = with_cards(filters.newest).annotate(approved_at=F("live_revision__decided_at"))
    postings = list(rows[:most])
    cards = cards_for(postings, now=now)
    words = ", ".join(search_words(filters.params, filters.terms))
    query = f"?{params.query}" if params.query else ""
    return Feed(
        title=f"{words}: jobs on {SITE_NAME}" if words else f"Customer service jobs on {SITE_NAME}",
        url=f"{settings.SITE_URL}{reverse(route)}{query}",
        page=f"{settings.SITE_URL}{reverse('postings:board')}{query}",
        entries=tuple(map(_entry, postings, cards)),
    )


def _entry(posting: Any, card: PostingCard) -> Entry:
    moments = (posting.first_published_at, posting.confirmed_at, posting.approved_at)
    return Entry(
        id=f"tag:{urlsplit(settings.SITE_URL).hostname},{_TAGGED}:job/{card.public_id}",
        url=f"{settings.SITE_URL}{card.url}",
        title=_plain(f"{card.title}, {card.employer_name}"),
        summary=_plain(". ".join(_sentences(card)) + "."),
        published=posting.first_published_at,
        updated=max(moment for moment in moments if moment is not None),
        closes=posting.closes_at,
        card=card,
    )


def _sentences(card: PostingCard) -> Iterable[str]:
    yield f"{card.pay} {card.period}".strip() + (f" ({card.annual_note})" * bool(card.annual_note))
    yield card.level_label
    yield ", ".join(part for part in (card.place, card.mode) if part)
    if card.must_haves:
        more = f" and {card.more_asks} more" if card.more_asks else ""
        yield "Asks " + "; ".join(card.must_haves) + more
    if card.closes_on:
        yield f"Apply until {card.closes_on:%-d %b %Y}"


def _plain(text: str) -> str:
    return _CONTROLS.sub(" ", text)


def _as_atom(feed: Feed) -> bytes:
    written = Atom1Feed(
        title=_plain(feed.title),
        link=feed.page,
        description="",
        feed_url=feed.url,
        feed_guid=feed.url,
        language="en",
    )
    for entry in feed.entries:
        written.add_item(
            title=entry.title,
            link=entry.url,
            description=escape(entry.summary),  # Django marks every summary as HTML
            unique_id=entry.id,
            author_name=_plain(entry.card.employer_name),
            pubdate=entry.published,
            updateddate=entry.updated,
            categories=[entry.card.level_label],
        )
    return written.writeString("utf-8").encode()


def _as_json(feed: Feed) -> bytes:
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.url,
        "language": "en",
        "items": [_item(entry) for entry in feed.entries],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _item(entry: Entry) -> Mapping[str, Any]:
    card = entry.card
    return {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "content_text": entry.summary,
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "authors": [{"name": card.employer_name}],
        "tags": [card.level_label],
        "_job": {
            "id": card.public_id,
            "level": card.level,
            "employer": card.employer_name,
            "place": card.place,
            "pay": {
                "words": f"{card.pay} {card.period}".strip(),
                "currency": card.currency,
                "annual_min": card.annual_min,
                "annual_max": card.annual_max,
            },
            "closes_at": entry.closes.isoformat(),
        },
    }
