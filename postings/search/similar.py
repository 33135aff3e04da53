"""Open postings like a given one."""

from datetime import datetime

from django.db.models import Case, IntegerField, Q, Value, When

from postings.cards import with_cards
from postings.content import PostingContent
from postings.models import Posting, PostingQuerySet

COUNT = 4


def similar_to(posting: Posting, content: PostingContent, *, now: datetime) -> PostingQuerySet:
    """Up to `COUNT` open postings of the same level, those that people of the same countries can
    take first, then the newest."""
    countries = [place.country for place in content.locations] or list(content.applicant_countries)
    within_reach = Q(document__countries__overlap=countries) | Q(
        document__applicant_countries__overlap=countries
    )
    near = Case(When(within_reach, then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = Posting.objects.published(now=now).exclude(pk=posting.pk)
    if content.level is not None:
        rows = rows.filter(document__level=content.level)
    ordered = rows.order_by(near, "-first_published_at", "-pk")
    return with_cards(ordered)[:COUNT]
