"""Background jobs of postings."""

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

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


@app.periodic(cron="*/10 * * * *")
@app.task(name="postings.expire_due", queueing_lock="postings.expire_due", pass_context=False)
def expire_due(timestamp: int) -> int:
    """Write down which postings are over by their date."""
    return lifecycle.expire_due(now=timezone.now())


@app.periodic(cron="41 3 * * *")
@app.task(name="postings.forget_reporters", queueing_lock="postings.forget_reporters")
def forget_reporters(timestamp: int) -> int:
    """Blank what leads to readers whose reports were decided 90 days ago; their number."""
    del timestamp
    return reports.forget_reporters(now=timezone.now())


@app.periodic(cron="7 * * * *")
@app.task(name="postings.warn_moderators", queueing_lock="postings.warn_moderators")
def warn_moderators(timestamp: int) -> int:
    """Write to moderators when somebody waits longer than we promise; once a day at the most."""
    del timestamp
    return alarm.warn_moderators(now=timezone.now())


@app.task(name="postings.reindex_employer")
def reindex_employer(*, employer_id: int) -> None:
    """Write the search documents of an employer's postings anew: its name stands in them."""
    for pk in projection.approved_ids(employer_id):
        projection.project_again(pk=pk)


@app.task(name="postings.carry_out_import", retry=RetryStrategy(max_attempts=3, wait=30))
def carry_out_import(*, run_id: int) -> None:
    """Go on with an import: look at its lines, import them, or take them back."""
    import_runs.carry_out(run_id=run_id, now=timezone.now())


@app.periodic(cron="41 * * * *")
@app.task(name="postings.sweep_imports", queueing_lock="postings.sweep_imports", pass_context=False)
def sweep_imports(timestamp: int) -> int:
    """Drop uploads that nobody confirmed for a day, and go on with what got stuck."""
    return import_runs.sweep(now=timezone.now())


@app.task(name="postings.reindex_skill")
def reindex_skill(*, skill_id: int) -> int:
    """Write the search documents of the postings that ask for a term anew; their number."""
    return skill_uses.reindex_skill(skill_id=skill_id)


@app.periodic(cron="11 4 * * *")
@app.task(name="postings.forget_searches", queueing_lock="postings.forget_searches")
def forget_searches(timestamp: int) -> int:
    """Drop words that somebody searched for once, 90 days ago; their number."""
    del timestamp
    return unmatched_searches.forget(now=timezone.now())


@app.task(name="postings.reassess_waiting")
def reassess_waiting() -> int:
    """Ask the risk rules again about all that is in review."""
    return risk.reassess_waiting(now=timezone.now())


@app.task(name="postings.reassess_posting")
def reassess_posting(*, posting_id: int) -> int:
    """Ask the risk rules again about what is in review of one posting."""
    return risk.reassess_waiting(now=timezone.now(), posting_id=posting_id)


@app.periodic(cron="0 0 * * *")
@app.task(name="postings.freeze_crowd", queueing_lock="postings.freeze_crowd", pass_context=False)
def freeze_crowd(timestamp: int) -> int:
    """Copy what profiles say for the figures of the day, so that no page waits for it."""
    del timestamp
    return audience.freeze_crowd(now=timezone.now())
