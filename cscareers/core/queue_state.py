"""How the queue of background jobs stands."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import connection

from cscareers.core.enums import MailEnd
from cscareers.core.models import MAIL_ENDS, OutgoingMail

LATE_AFTER: Final = timedelta(seconds=90)
"""A job that could be done has waited for so long: no worker runs, or it can't keep up."""

_STATE = """
SELECT count(*) FILTER (WHERE due <= %(now)s),
       extract(epoch FROM %(now)s - min(due) FILTER (WHERE due <= %(now)s)),
       count(*) FILTER (WHERE due > %(now)s)
FROM (
    SELECT coalesce(
        job.scheduled_at,
        (SELECT min(at) FROM procrastinate_events WHERE job_id = job.id AND type = 'deferred')
    ) AS due
    FROM procrastinate_jobs job WHERE job.status = 'todo'
) waiting
"""
_FAILED = """
SELECT count(DISTINCT event.job_id) FROM procrastinate_events event
JOIN procrastinate_jobs job ON job.id = event.job_id AND job.status = 'failed'
WHERE event.type = 'failed' AND event.at > %(since)s
"""


@dataclass(frozen=True, slots=True)
class QueueState:
    """Jobs that could be done now, since when the oldest of them could, jobs that wait for their
    time (also for another try), and jobs that failed for good within a day."""

    waiting: int
    oldest_seconds: int
    later: int
    failed_last_day: int

    @property
    def late(self) -> bool:
        """True when the oldest should have been done by now."""
        return self.oldest_seconds > LATE_AFTER.total_seconds()


def queue_state(*, now: datetime) -> QueueState:
    """The state of the queue, in two queries."""
    with connection.cursor() as cursor:
        cursor.execute(_STATE, {"now": now})
        waiting, oldest, later = cursor.fetchone()
        cursor.execute(_FAILED, {"since": now - timedelta(days=1)})
        (failed,) = cursor.fetchone()
    return QueueState(waiting, int(oldest or 0), later, failed)


def troubled_mail() -> tuple[int, int]:
    """How many mails were refused for good, and of how many we don't know whether they arrived."""
    refused, unclear = (
        OutgoingMail.objects.filter(MAIL_ENDS[end]).count()
        for end in (MailEnd.REFUSED, MailEnd.UNCLEAR)
    )
    return refused, unclear
