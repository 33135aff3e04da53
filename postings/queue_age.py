"""How long moderators are awaited: the age of each queue against what we promise."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db.models import Count, Min, Q
from django.utils.timesince import timesince

from postings.enums import RevisionState
from postings.models import PostingRevision, Report

REVISIONS: Final = "Review queue"
REPORTS: Final = "Reports"


@dataclass(frozen=True, slots=True)
class QueueAge:
    """`late` of those that wait do so for longer than the promise."""

    name: str
    waiting: int
    late: int
    oldest: datetime | None
    now: datetime

    @property
    def words(self) -> str:
        """One or two sentences for the head of the queue."""
        if self.oldest is None:
            return "Nothing waits."
        age = timesince(self.oldest, self.now, depth=1).replace("\N{NO-BREAK SPACE}", " ")
        told = f"{self.waiting} wait{'s' if self.waiting == 1 else ''}, the oldest for {age}."
        if not self.late:
            return f"{told} All within our {promised()}."
        return f"{told} {self.late} longer than the {promised()} that we promise."


def promise() -> timedelta:
    """Within what time a moderator decides: MODERATION_HOURS."""
    return timedelta(hours=settings.MODERATION_HOURS)


def promised() -> str:
    """The promise in words."""
    hours = settings.MODERATION_HOURS
    return f"{hours} hour{'' if hours == 1 else 's'}"


def revisions_age(*, now: datetime) -> QueueAge:
    """The age of the review queue; one query."""
    rows = PostingRevision.objects.filter(state=RevisionState.IN_REVIEW)
    found = rows.aggregate(
        waiting=Count("pk"),
        late=Count("pk", filter=Q(submitted_at__lte=now - promise())),
        oldest=Min("submitted_at"),
    )
    return QueueAge(name=REVISIONS, now=now, **found)


def reports_age(*, now: datetime) -> QueueAge:
    """The age of the reports that wait; one query."""
    found = Report.objects.open().aggregate(
        waiting=Count("pk"),
        late=Count("pk", filter=Q(created_at__lte=now - promise())),
        oldest=Min("created_at"),
    )
    return QueueAge(name=REPORTS, now=now, **found)


def any_late(ages: Iterable[QueueAge]) -> bool:
    """Whether a promise is broken somewhere."""
    return any(age.late for age in ages)
