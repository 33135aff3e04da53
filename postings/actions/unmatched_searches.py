"""Words that were searched for in vain: kept without a trace of who, for moderators."""

from datetime import datetime, timedelta
from typing import Final

from django.db import connection, transaction

from cscareers.core import throttling
from cscareers.core.networks import sender_of_day
from postings.actions.skill_uses import reindex_later
from postings.enums import UnmatchedStatus
from postings.models import UnmatchedSearch
from postings.search.unmatched import unknown_terms
from profiles.actions import skill_review
from profiles.models import Skill, User

BY_NETWORK: Final = throttling.Limit("unmatched-search", 20, timedelta(hours=1))
MOST_KEPT: Final = 5_000
FORGOTTEN_AFTER: Final = timedelta(days=90)
"""So long after the last search, words that wait and were searched for once are dropped."""
_COUNT: Final = """
INSERT INTO postings_unmatchedsearch AS kept (words, searches, first_seen, last_seen, status)
VALUES (%s, 1, %s, %s, 'open')
ON CONFLICT (words) DO UPDATE SET searches = kept.searches + 1, last_seen = excluded.last_seen
RETURNING xmax = 0
"""


class DecidedAlready(Exception):
    """Somebody decided on these words meanwhile."""


def note(*, text: str, alone: bool, address: str, now: datetime) -> None:
    """Count what nothing here knows in a search that found nothing; see `unknown_terms`.

    `address` is the IP address, which is compared and not kept; above the limit nothing is counted.
    """
    try:
        throttling.count(BY_NETWORK, sender_of_day(address, now=now), now=now)
    except throttling.TooMany:
        return
    for words in unknown_terms(text, alone=alone):
        with connection.cursor() as cursor:
            cursor.execute(_COUNT, [words, now.date(), now.date()])
            is_new = cursor.fetchone()[0]
        if is_new:
            _make_room()


def _make_room() -> None:
    """Above the most that are kept, the rarest and oldest go."""
    queue = UnmatchedSearch.objects.order_by("-searches", "-last_seen", "-pk")
    surplus = list(queue.values_list("pk", flat=True)[MOST_KEPT:])
    if surplus:
        UnmatchedSearch.objects.filter(pk__in=surplus).delete()


def ignore(*, row: UnmatchedSearch) -> None:
    """Ask no more about these words. Raises DecidedAlready."""
    _decide(row, UnmatchedStatus.IGNORED)


@transaction.atomic
def make_alias(*, row: UnmatchedSearch, skill: Skill, actor: User, now: datetime) -> None:
    """Let these words lead to `skill`. Raises DecidedAlready, `skill_review.NotAnAlias`."""
    skill_review.add_alias(skill=skill, name=row.words, source="search", actor=actor, now=now)
    _decide(row, UnmatchedStatus.ALIAS, skill)
    reindex_later(skill)


def _decide(row: UnmatchedSearch, status: UnmatchedStatus, skill: Skill | None = None) -> None:
    rows = UnmatchedSearch.objects.filter(pk=row.pk, status=UnmatchedStatus.OPEN)
    if rows.update(status=status, skill=skill) != 1:
        raise DecidedAlready


def forget(*, now: datetime) -> int:
    """Drop words that wait, were searched for once and not again for long; their number."""
    rows = UnmatchedSearch.objects.filter(
        status=UnmatchedStatus.OPEN, searches=1, last_seen__lt=(now - FORGOTTEN_AFTER).date()
    )
    return rows.delete()[0]
