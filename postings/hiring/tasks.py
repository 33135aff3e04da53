"""Background jobs of the hiring loop."""

from django.utils import timezone
from procrastinate.contrib.django import app

from postings.hiring.actions import confirmations, drafts, promises, reply_facts, tracker
from profiles.models import Employer


@app.periodic(cron="13 * * * *")
@app.task(name="hiring.remind_due", queueing_lock="hiring.remind_due", pass_context=False)
def remind_due(timestamp: int) -> int:
    """Remind employers of answers that are due soon or today."""
    del timestamp
    return promises.remind_due(now=timezone.now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="hiring.break_promises", queueing_lock="hiring.break_promises", pass_context=False)
def break_promises(timestamp: int) -> int:
    """Pause postings whose promised answers are overdue."""
    del timestamp
    return promises.break_promises(now=timezone.now())


@app.task(name="hiring.count_replies")
def count_replies(*, employer_id: int) -> None:
    """Count an employer's answers anew, after one was given."""
    employer = Employer.objects.filter(pk=employer_id).first()
    if employer is not None:
        reply_facts.count_replies(employer=employer, now=timezone.now())


@app.periodic(cron="47 3 * * *")
@app.task(name="hiring.count_all_replies", queueing_lock="hiring.count_all_replies")
def count_all_replies(timestamp: int) -> int:
    """Count all employers' answers anew: days passed."""
    del timestamp
    return reply_facts.count_all_replies(now=timezone.now())


@app.periodic(cron="23 * * * *")
@app.task(name="hiring.ask_still_hiring", queueing_lock="hiring.ask_still_hiring")
def ask_still_hiring(timestamp: int) -> int:
    """Ask employers whether their jobs are still open."""
    del timestamp
    return confirmations.ask(now=timezone.now())


@app.periodic(cron="5-59/10 * * * *")
@app.task(name="hiring.pause_unconfirmed", queueing_lock="hiring.pause_unconfirmed")
def pause_unconfirmed(timestamp: int) -> int:
    """Pause jobs that nobody has confirmed for two weeks."""
    del timestamp
    return confirmations.pause_unconfirmed(now=timezone.now())


@app.periodic(cron="23 4 * * *")
@app.task(name="hiring.sweep_drafts", queueing_lock="hiring.sweep_drafts", pass_context=False)
def sweep_drafts(timestamp: int) -> int:
    """Delete applications that nobody can or will finish; their number."""
    del timestamp
    return drafts.sweep(now=timezone.now())


@app.periodic(cron="33 * * * *")
@app.task(name="hiring.remind_tracked", queueing_lock="hiring.remind_tracked", pass_context=False)
def remind_tracked(timestamp: int) -> int:
    """Remind people of what they noted in their tracker for today."""
    del timestamp
    return tracker.remind_due(now=timezone.now())
