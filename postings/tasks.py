"""Background jobs of postings."""

from datetime import datetime

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from cscareers.core.periods import periodic
from postings.actions import (
    alarm,
    audience,
    import_runs,
    lifecycle,
    projection,
    reports,
    risk,
    skill_uses,
    unmatched_searches,
)


@periodic("postings.expire_due", cron="*/10 * * * *")
def expire_due(*, now: datetime) -> int:
    """Write down which postings are over by their date."""
    return lifecycle.expire_due(now=now)


@periodic("postings.forget_reporters", cron="41 3 * * *")
def forget_reporters(*, now: datetime) -> int:
    """Blank what leads to readers whose reports were decided 90 days ago; their number."""
    return reports.forget_reporters(now=now)


@periodic("postings.warn_moderators", cron="7 * * * *")
def warn_moderators(*, now: datetime) -> int:
    """Write to moderators when somebody waits longer than we promise; once a day at the most."""
    return alarm.warn_moderators(now=now)


@app.task(name="postings.reindex_employer")
def reindex_employer(*, employer_id: int) -> None:
    """Write the search documents of an employer's postings anew: its name stands in them."""
    for pk in projection.approved_ids(employer_id):
        projection.project_again(pk=pk)


@app.task(name="postings.carry_out_import", retry=RetryStrategy(max_attempts=3, wait=30))
def carry_out_import(*, run_id: int) -> None:
    """Go on with an import: look at its lines, import them, or take them back."""
    import_runs.carry_out(run_id=run_id, now=timezone.now())


@periodic("postings.sweep_imports", cron="41 * * * *")
def sweep_imports(*, now: datetime) -> int:
    """Drop uploads that nobody confirmed for a day, and go on with what got stuck."""
    return import_runs.sweep(now=now)


@app.task(name="postings.reindex_skill")
def reindex_skill(*, skill_id: int) -> int:
    """Write the search documents of the postings that ask for a term anew; their number."""
    return skill_uses.reindex_skill(skill_id=skill_id)


@periodic("postings.forget_searches", cron="11 4 * * *")
def forget_searches(*, now: datetime) -> int:
    """Drop words that somebody searched for once, 90 days ago; their number."""
    return unmatched_searches.forget(now=now)


@app.task(name="postings.reassess_waiting")
def reassess_waiting() -> int:
    """Ask the risk rules again about all that is in review."""
    return risk.reassess_waiting(now=timezone.now())


@app.task(name="postings.reassess_posting")
def reassess_posting(*, posting_id: int) -> int:
    """Ask the risk rules again about what is in review of one posting."""
    return risk.reassess_waiting(now=timezone.now(), posting_id=posting_id)


@periodic("postings.freeze_crowd", cron="0 0 * * *")
def freeze_crowd(*, now: datetime) -> int:
    """Copy what profiles say for the figures of the day, so that no page waits for it."""
    return audience.freeze_crowd(now=now)
