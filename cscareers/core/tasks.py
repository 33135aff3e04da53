"""The one door to background work: a job by its name, inside the caller's transaction.

Actions enqueue by name and never import task modules, so the layers below don't know the
ones above. An unknown name would be accepted in silence; a test resolves every name.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

import psycopg
from django.db import connection, transaction
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException

if TYPE_CHECKING:
    from procrastinate.manager import JobManager


def enqueue(
    name: str,
    /,
    *,
    queueing_lock: str | None = None,
    at: datetime | None = None,
    **kwargs: Any,
) -> bool:
    """Defer the task called `name`; False when a job with the same queueing lock waits already.

    The job becomes visible to workers when the surrounding transaction commits, and never
    when it rolls back. `at` is the earliest moment to run it. The arguments must be JSON:
    pass ids, not objects.
    """
    from procrastinate.tasks import configure_task  # noqa: PLC0415  needs the app registry

    deferrer = configure_task(
        name=name, job_manager=_manager(), queueing_lock=queueing_lock, schedule_at=at
    )
    try:
        # A savepoint: without it a job that waits already would spoil the whole transaction.
        with _outages_by_their_name(), transaction.atomic():
            deferrer.defer(**kwargs)
    except AlreadyEnqueued:
        return False
    return True


def enqueue_many(name: str, arguments: Sequence[Mapping[str, Any]]) -> None:
    """Defer the task called `name` once for each of `arguments`, all in one statement; see
    `enqueue`."""
    from procrastinate.tasks import configure_task  # noqa: PLC0415  needs the app registry

    if arguments:
        deferrer = configure_task(name=name, job_manager=_manager())
        with _outages_by_their_name():
            deferrer.batch_defer(*map(dict, arguments))


@contextmanager
def _outages_by_their_name() -> Iterator[None]:
    """An outage inside is the same error as in any other query: procrastinate calls every failure
    of the database a ConnectorException, and ours would be a 500 where all others are a 503."""
    with connection.wrap_database_errors:
        try:
            yield
        except ConnectorException as error:
            if isinstance(error.__cause__, psycopg.OperationalError | psycopg.InterfaceError):
                raise error.__cause__ from error
            raise


class NotFailed(Exception):
    """The job did not fail, or it waits again already: itself, or one that does the same."""


def try_again(*, job_id: int, now: datetime) -> None:
    """Put a job that failed back into the queue; NotFailed for any other."""
    from procrastinate.contrib.django.models import ProcrastinateJob  # noqa: PLC0415

    if not ProcrastinateJob.objects.filter(pk=job_id, status="failed").exists():
        raise NotFailed
    try:
        with _outages_by_their_name(), transaction.atomic():
            _manager().retry_job_by_id(job_id=job_id, retry_at=now)
    except ConnectorException as error:
        raise NotFailed from error


def _manager() -> "JobManager":
    """A manager that writes through Django's own connection, in the web and in the worker.

    In the worker procrastinate's app has a connection of its own, outside our transaction.
    """
    from procrastinate.contrib.django.django_connector import (  # noqa: PLC0415
        DjangoConnector,
    )
    from procrastinate.manager import JobManager  # noqa: PLC0415

    return JobManager(DjangoConnector())
