"""Background jobs of the hiring loop."""

from datetime import datetime

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from cscareers.core.periods import periodic
from postings.hiring.actions import (
    alert_runs,
    confirmations,
    drafts,
    promises,
    reply_facts,
    tracker,
)
from profiles.models import Employer


@periodic("hiring.remind_due", cron="13 * * * *")
def remind_due(*, now: datetime) -> int:
    """Remind employers of answers that are due soon or today."""
    return promises.remind_due(now=now)


@periodic("hiring.break_promises", cron="*/10 * * * *")
def break_promises(*, now: datetime) -> int:
    """Pause postings whose promised answers are overdue."""
    return promises.break_promises(now=now)


@app.task(name="hiring.count_replies")
def count_replies(*, employer_id: int) -> None:
    """Count an employer's answers anew, after one was given."""
    employer = Employer.objects.filter(pk=employer_id).first()
    if employer is not None:
        reply_facts.count_replies(employer=employer, now=timezone.now())


@periodic("hiring.count_all_replies", cron="47 3 * * *")
def count_all_replies(*, now: datetime) -> int:
    """Count all employers' answers anew: days passed."""
    return reply_facts.count_all_replies(now=now)


@periodic("hiring.ask_still_hiring", cron="23 * * * *")
def ask_still_hiring(*, now: datetime) -> int:
    """Ask employers whether their jobs are still open."""
    return confirmations.ask(now=now)


@periodic("hiring.pause_unconfirmed", cron="5-59/10 * * * *")
def pause_unconfirmed(*, now: datetime) -> int:
    """Pause jobs that nobody has confirmed for two weeks."""
    return confirmations.pause_unconfirmed(now=now)


@periodic("hiring.sweep_drafts", cron="23 4 * * *")
def sweep_drafts(*, now: datetime) -> int:
    """Delete applications that nobody can or will finish; their number."""
    return drafts.sweep(now=now)


@periodic("hiring.remind_tracked", cron="33 * * * *")
def remind_tracked(*, now: datetime) -> int:
    """Remind people of what they noted in their tracker for today."""
    return tracker.remind_due(now=now)


@periodic("hiring.begin_alerts", cron="*/15 * * * *")
def begin_alerts(*, now: datetime) -> int:
    """Start sending the alerts that are due; their number."""
    run = alert_runs.begin(now=now)
    return run.due if run else 0


@app.task(name="hiring.send_alerts", retry=RetryStrategy(max_attempts=4, wait=30))
def send_alerts(*, run_id: int, ids: list[int]) -> None:
    """Send those of these alerts that are still due."""
    alert_runs.send(run_id=run_id, ids=ids, now=timezone.now())


@periodic("hiring.tend_alerts", cron="19 9 * * *")
def tend_alerts(*, now: datetime) -> int:
    """Ask readers of a year whether they still want theirs, end what nobody answered for, and
    forget what is old; how many were asked."""
    alert_runs.end_silent(now=now)
    alert_runs.forget(now=now)
    return alert_runs.ask_if_wanted(now=now)
