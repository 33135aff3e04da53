"""The card of a posting: what a list shows of it, and the head of its own page.

Its words that depend on the content alone are written once into the search document when a
revision is approved (`card_document`); a list reads them there and asks for no names.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from babel.numbers import get_currency_symbol

from postings.content import PostingContent, ZonedPay
from postings.enums import Importance, Level
from postings.labels import label
from postings.models import Posting, PostingQuerySet, public_facts
from postings.policy import last_day
from postings.presentation import (
    MAX_MUST_HAVES,
    NEW_FOR_DAYS,
    PayScales,
    PostingCard,
    pay_scales,
)
from postings.reading import (
    LOCALE,
    Names,
    mode_words,
    pay_words,
    place_words,
    requirement_groups,
    requirement_phrase,
    window_words,
)
from profiles.models import Employer


def must_have_phrases(content: PostingContent, names: Names) -> list[str]:
    """The must-haves as short phrases; an any-of group is one, joined by "or"."""
    return [
        " or ".join(requirement_phrase(row, names) for row in group)
        for group in requirement_groups(content)
        if group[0].importance is Importance.MUST
    ]


def card_document(
    content: PostingContent, names: Names, zoned: ZonedPay | None = None
) -> dict[str, Any]:
    """The words and sums of a card that depend on `content` alone, as JSON types.

    `zoned` is the band to show, the base by default. A draft may lack anything.
    """
    band = zoned or content.base_band
    words = pay_words(band) if band else None
    musts = must_have_phrases(content, names)
    return {
        "place": place_words(content, names),
        "mode": mode_words(content),
        "window": window_words(content),
        "level": str(content.level or Level.REPRESENTATIVE),
        "pay": words.sum if words else "Pay not stated yet",
        "period": words.period if words else "",
        "annual_note": words.annual if words else "",
        "currency": band.band.currency if band else "",
        "annual_min": band.band.annual_min if band else None,
        "annual_max": band.band.annual_max if band else None,
        "must_haves": musts[:MAX_MUST_HAVES],
        "more_asks": max(0, len(musts) - MAX_MUST_HAVES),
    }


def card_for(
    *,
    content: PostingContent,
    names: Names,
    employer: Employer,
    posting: Posting,
    now: datetime,
    url: str = "",
    zoned: ZonedPay | None = None,
) -> PostingCard:
    """The card of `posting` as `content` has it, approved or not; see `card_document`."""
    return _card(
        card_document(content, names, zoned),
        title=content.title,
        employer=employer,
        posting=posting,
        now=now,
        url=url,
    )


def with_cards(postings: PostingQuerySet) -> PostingQuerySet:
    """The postings with all that `cards_for` reads, in one query."""
    return postings.select_related("employer__reply_facts", "document").defer(
        "document__text_vector", "document__title_vector", "employer__description"
    )


def cards_for(postings: Iterable[Posting], *, now: datetime) -> list[PostingCard]:
    """Cards of approved postings in their order; no query when fetched by `with_cards`."""
    return [
        _card(row.document.card, title=row.title, employer=row.employer, posting=row, now=now)
        for row in postings
    ]


def _card(
    kept: Mapping[str, Any],
    *,
    title: str,
    employer: Employer,
    posting: Posting,
    now: datetime,
    url: str = "",
) -> PostingCard:
    level = Level(kept["level"])
    published = posting.first_published_at
    return PostingCard(
        title=title,
        url=url or posting.get_absolute_url(),
        public_id=posting.public_id,
        employer_name=employer.name,
        verified=employer.verification or None,  # type: ignore[arg-type]  # a coded value
        verified_on=employer.verified_at.date() if employer.verified_at else None,
        place=kept["place"],
        mode=kept["mode"],
        window=kept["window"],
        level=level,
        level_label=label(level),
        level_step=level.step,
        pay=kept["pay"],
        period=kept["period"],
        annual_note=kept["annual_note"],
        currency=kept["currency"],
        annual_min=kept["annual_min"],
        annual_max=kept["annual_max"],
        must_haves=tuple(kept["must_haves"]),
        more_asks=kept["more_asks"],
        published_at=published,
        confirmed_at=posting.confirmed_at,
        closes_on=last_day(posting.closes_at, employer.time_zone) if posting.closes_at else None,
        is_new=published is not None and now - published < timedelta(days=NEW_FOR_DAYS),
        closes_in_days=_days_left(posting, employer, now),
        replies=replies_words(employer),
    )


def replies_words(employer: Employer) -> str:
    """How an employer answers, in words; empty while that is not public."""
    facts = public_facts(employer)
    return facts.words if facts else ""


def _days_left(posting: Posting, employer: Employer, now: datetime) -> int | None:
    """Days until the last day to apply, by the employer's calendar: 0 is today."""
    if posting.closes_at is None:
        return None
    today = now.astimezone(ZoneInfo(employer.time_zone)).date()
    return (last_day(posting.closes_at, employer.time_zone) - today).days


def scales_for(cards: Sequence[PostingCard], *, main: str | None = None) -> PayScales:
    """The pay scales of a list of cards, with the symbols of their currencies."""
    symbols = {
        card.currency: get_currency_symbol(card.currency, locale=LOCALE)
        for card in cards
        if card.currency
    }
    return pay_scales(cards, main=main, symbols=symbols)
