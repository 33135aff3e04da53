"""The few open jobs that suit somebody best, for the page that everybody begins on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.http import QueryDict

from postings.cards import cards_for, with_cards
from postings.filters import PostingFilterSet
from postings.match_drawing import MatchDrawing, draw
from postings.matches_page import why_url
from postings.matching.candidates import facts_of_user
from postings.matching.explanations import explanations
from postings.matching.overview import overview
from postings.matching.ranking import Tier
from postings.matching.retrieval import asked_postings
from postings.models import Posting
from postings.presentation import PostingCard
from postings.shelf import hidden_ids
from profiles.models import User

MOST: Final = 3


@dataclass(frozen=True, slots=True)
class BestMatch:
    card: PostingCard
    match: MatchDrawing
    url: str


@dataclass(frozen=True, slots=True)
class BestMatches:
    """`rows` are the best, at most one must-have away; of all eligible ones so many are in the
    first tier and so many one gap away."""

    rows: tuple[BestMatch, ...]
    eligible: int
    in_first_tier: int
    one_gap: int


def best_matches(user: User, *, now: datetime) -> BestMatches | None:
    """The best matches of `user`, in six queries; None for whoever says nothing that a job asks,
    in one."""
    today = now.date()
    profile = facts_of_user(user, today=today)
    if profile is None or profile.says_nothing:
        return None
    asked = asked_postings(PostingFilterSet(QueryDict(), now=now))
    found = overview(profile, asked.postings, today=today, hidden=hidden_ids(user))
    near = [one for one in found.eligible if one.tier in (Tier.ALL, Tier.ONE_GAP)][:MOST]
    ids = [one.posting.id for one in near]
    rows = with_cards(Posting.objects.published(now=now).filter(public_id__in=ids))
    cards = {card.public_id: card for card in cards_for(rows.order_by("pk"), now=now)}
    told = explanations(profile, near, found.openings, today=today)
    return BestMatches(
        rows=tuple(
            BestMatch(cards[one["posting"]], draw(one), why_url(one["posting"]))
            for one in told
            if one["posting"] in cards
        ),
        eligible=len(found.eligible),
        in_first_tier=found.tiers[Tier.ALL],
        one_gap=found.tiers[Tier.ONE_GAP],
    )
