"""The kernel's own background tasks: mail, and the care of the queue itself."""

from datetime import datetime, timedelta

import structlog
from asgiref.sync import async_to_sync
from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import Status

from cscareers.core import delivery, idempotency, mail, periods
from cscareers.core.periods import periodic

log = structlog.get_logger(__name__)

# A worker says every 10 seconds that it lives; after 30 seconds of silence it does not.
SILENT_SECONDS = 30
# 4 s, 16 s, 64 s … 18 h: after the first try eight more over a day, then a person must look.
MAIL_RETRY = RetryStrategy(max_attempts=8, exponential_wait=4)
KEEP_FORMS = timedelta(days=30)
# With the day between two runs it is gone after two days; a double click takes a second.
KEEP_SAID = timedelta(days=1)
KEEP_MAIL = timedelta(days=90)
KEEP_RUNS = timedelta(days=30)
KEEP_JOBS_HOURS = 24 * 7


@app.task(name="core.send_mail", retry=MAIL_RETRY)
def send_mail(*, mail_id: int) -> None:
    """Send one stored mail; does nothing when it was sent before."""
    delivery.deliver(mail_id=mail_id, now=timezone.now())


@app.periodic(cron="* * * * * */20")
# Before whatever waits: else jobs of a dead worker come back only after all the others.
@app.task(
    name="core.retry_stalled",
    queueing_lock="core.retry_stalled",
    pass_context=True,
    priority=100,
)
async def retry_stalled(context: JobContext, timestamp: int) -> int:
    """Put jobs of workers that were killed back into the queue; their number."""
    del timestamp  # each run looks at what is stalled by now
    manager = context.app.job_manager
    revived = 0
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_SECONDS):
        try:
            await manager.retry_job(job)
        except (UniqueViolation, ConnectorException) as error:
            # Its twin (same queueing lock) waits already and will do the work.
            if not isinstance(error, UniqueViolation) or job.id is None:
                raise
            await manager.finish_job_by_id_async(
                job_id=job.id, status=Status.FAILED, delete_job=False
            )
        else:
            revived += 1
            log.warning("job_revived", task=job.task_name, job_id=job.id)
    return revived


@periodic("core.catch_up", cron="*/10 * * * *")
def catch_up(*, now: datetime) -> int:
    """Do the work of a period in which no worker ran; how much."""
    return periods.catch_up(now=now)


@periodic("core.forget_jobs", cron="17 3 * * *")
def forget_jobs(*, now: datetime) -> None:
    """Drop finished jobs after a week."""
    del now  # procrastinate asks the database's clock
    async_to_sync(app.job_manager.delete_old_jobs)(
        nb_hours=KEEP_JOBS_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )


@periodic("core.forget_mail", cron="23 3 * * *")
def forget_mail(*, now: datetime) -> int:
    """Drop the traces of sent mail after 90 days; their number."""
    return mail.forget_sent(before=now - KEEP_MAIL)


@periodic("core.forget_forms", cron="29 3 * * *")
def forget_forms(*, now: datetime) -> int:
    """Drop the keys of forms after 30 days: nobody sends one twice so late; their number. What
    was said of them goes after a day."""
    idempotency.hush(before=now - KEEP_SAID)
    return idempotency.forget(before=now - KEEP_FORMS)


@periodic("core.forget_runs", cron="37 3 * * *")
def forget_runs(*, now: datetime) -> int:
    """Drop the rows of periodic work after 30 days; their number."""
    return periods.forget(before=now - KEEP_RUNS)
