"""The card of a posting: what a list shows of it, and the head of its own page."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from postings.content import PostingContent, ZonedPay
from postings.enums import Importance, Level
from postings.labels import label
from postings.models import Posting
from postings.presentation import MAX_MUST_HAVES, NEW_FOR_DAYS, PostingCard
from postings.reading import (
    Names,
    mode_words,
    names_for,
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
    """The card of `posting` as `content` has it; `zoned` is the band to show, the base by default.

    A draft may lack anything: what is not said is left empty.
    """
    level = content.level or Level.REPRESENTATIVE
    band = zoned or content.base_band
    words = pay_words(band) if band else None
    musts = must_have_phrases(content, names)
    published = posting.first_published_at
    closes = posting.closes_at
    return PostingCard(
        title=content.title,
        url=url or posting.get_absolute_url(),
        employer_name=employer.name,
        verified=employer.verification or None,  # type: ignore[arg-type]  # a coded value
        verified_on=employer.verified_at.date() if employer.verified_at else None,
        place=place_words(content, names),
        mode=mode_words(content),
        window=window_words(content),
        level=level,
        level_label=label(level),
        level_step=level.step,
        pay=words.sum if words else "Pay not stated yet",
        period=words.period if words else "",
        annual_note=words.annual if words else "",
        currency=band.band.currency if band else "",
        annual_min=band.band.annual_min if band else None,
        annual_max=band.band.annual_max if band else None,
        must_haves=tuple(musts[:MAX_MUST_HAVES]),
        more_asks=max(0, len(musts) - MAX_MUST_HAVES),
        published_at=published,
        confirmed_at=posting.confirmed_at,
        closes_at=closes,
        is_new=published is not None and now - published < timedelta(days=NEW_FOR_DAYS),
        closes_in_days=(closes - now).days if closes else None,
    )


def cards_for(postings: Iterable[Posting], *, now: datetime) -> list[PostingCard]:
    """Cards of approved postings in their order, three queries beside the one that fetches them.

    Select `employer` and `live_revision` with them.
    """
    rows = [(row, row.live_content) for row in postings]
    names = names_for(content for _, content in rows)
    return [
        card_for(content=content, names=names, employer=row.employer, posting=row, now=now)
        for row, content in rows
    ]
