"""Counting how an employer answers, and writing it where pages and search read it."""

from datetime import datetime
from typing import Any, Final

from django.db import connection, transaction

from postings.hiring.models import Application
from postings.hiring.states import UNASKED_STATES
from postings.models import ReplyFacts
from postings.policy import FACTS_WINDOW
from postings.search.document import write_share
from profiles.models import Employer

_COUNT: Final = """
SELECT count(*),
       count(*) FILTER (WHERE answered_at <= answer_due_at),
       (percentile_disc(0.5) WITHIN GROUP (ORDER BY answered_at - applied_at))
FROM postings_application a
JOIN postings_posting p ON p.id = a.posting_id
WHERE p.employer_id = %(employer)s AND a.applied_at > %(since)s
  AND (answered_at IS NOT NULL OR (answer_due_at <= %(now)s
       AND (a.state <> ALL(%(unasked)s) OR a.moved_at > answer_due_at)))
"""
"""Whoever withdrew before the day, and whoever lost the job to us before it, is not counted."""


@transaction.atomic
def count_replies(*, employer: Employer, now: datetime) -> ReplyFacts:
    """Count an employer's answers anew, as they stand at `now`; the figures, now in search too."""
    Employer.objects.select_for_update(no_key=True).get(pk=employer.pk)  # one count at a time
    bounds: dict[str, Any] = {
        "employer": employer.pk,
        "since": now - FACTS_WINDOW,
        "now": now,
        "unasked": [str(state) for state in UNASKED_STATES],
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, bounds)
        due, in_time, median = cursor.fetchone()
    facts, _ = ReplyFacts.objects.update_or_create(
        employer=employer,
        defaults={
            "due": due,
            "in_time": in_time,
            "median_hours": None if median is None else int(median.total_seconds() // 3600),
            "counted_at": now,
        },
    )
    write_share(employer.pk)
    return facts


def count_all_replies(*, now: datetime) -> int:
    """Count the answers of every employer that had an application or has facts; how many. A day
    that passes changes them without anybody's doing."""
    applied = Application.objects.filter(applied_at__gt=now - FACTS_WINDOW)
    employers = Employer.objects.filter(pk__in=applied.values("posting__employer"))
    employers |= Employer.objects.filter(reply_facts__due__gt=0)
    number = 0
    for employer in employers.distinct().order_by("pk").iterator():
        count_replies(employer=employer, now=now)
        number += 1
    return number
