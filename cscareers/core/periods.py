"""Periodic work, done exactly once a period.

A period is the moment at which the work fell due by its schedule, in UTC: no change of the clocks
in any zone doubles or skips one. It is a row (`PeriodRun`), and whoever finds its row finished
does nothing: a second worker, a job that was revived, a clock that was put back.
"""

import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, Final

import structlog
from django.db import connection
from django.db.models import F, Q
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from cscareers.core.enums import PeriodOutcome
from cscareers.core.models import PeriodRun
from cscareers.core.tasks import enqueue

log = structlog.get_logger(__name__)

Counts = Mapping[str, int]
Work = Callable[..., int | Counts | None]
RETRY: Final = RetryStrategy(max_attempts=3, wait=60)
CAUGHT_UP_FROM: Final = timedelta(hours=2)
"""Work that is due more often makes up for a missed period by its next one."""


@dataclass(frozen=True, slots=True)
class Periodic:
    """Work with its schedule."""

    name: str
    cron: str

    def due_at(self, now: datetime) -> datetime:
        """When it fell due the last time, `now` included."""
        moments = self._moments(int(now.timestamp()) + 1)
        return datetime.fromtimestamp(moments.get_prev(float), UTC)

    @property
    def every(self) -> timedelta:
        """How long from one period to the next."""
        moments = self._moments(0)
        return timedelta(seconds=-moments.get_next(float) + moments.get_next(float))

    def _moments(self, start: int) -> Any:
        """The schedule as the worker reads it, from that second on."""
        reader = type(app.periodic_registry.periodic_tasks[self.name, ""].croniter)
        return reader(self.cron, start)


KNOWN: Final[dict[str, Periodic]] = {}
"""All periodic work by name."""


def periodic(name: str, *, cron: str) -> Callable[[Work], Work]:
    """Make a function of `now` (keyword) a task that the worker carries out by this schedule.

    What it returns, a number or numbers by name, stands in the admin. It may be carried out again
    after it was killed in the middle, never after it came to its end.
    """

    def register(work: Work) -> Work:
        KNOWN[name] = Periodic(name, cron)

        def task(timestamp: int) -> None:
            carry_out(name, work, period=datetime.fromtimestamp(timestamp, UTC))

        task.__doc__ = work.__doc__
        registered = app.task(name=name, queueing_lock=name, retry=RETRY)(task)
        app.periodic(cron=cron)(registered)
        return work

    return register


def carry_out(name: str, work: Work, *, period: datetime) -> PeriodRun | None:
    """Do the work of that period; None when it was done before, or somebody is doing it."""
    with _alone(name) as free:
        run = _begin(name, period) if free else None
        if run is None:
            return None
        try:
            done = work(now=timezone.now())
        except Exception as error:
            _end(run, PeriodOutcome.FAILED, error=_place(error))
            raise
        counts = {"rows": done} if isinstance(done, int) else dict(done or {})
        _end(run, PeriodOutcome.OK, counts=counts)
        return run


def catch_up(*, now: datetime) -> int:
    """Enqueue what fell due while no worker ran, the last period of each; how many."""
    late = 0
    for work in KNOWN.values():
        period = work.due_at(now)
        runs = PeriodRun.objects.filter(name=work.name, period__gte=period)
        given_up = Q(attempts__gte=RETRY.max_attempts)
        if work.every < CAUGHT_UP_FROM or runs.filter(Q(outcome=PeriodOutcome.OK) | given_up):
            continue
        late += enqueue(work.name, queueing_lock=work.name, timestamp=int(period.timestamp()))
    return late


def forget(*, before: datetime) -> int:
    """Delete the rows of runs that began before that moment; their number."""
    deleted, _ = PeriodRun.objects.filter(begun_at__lt=before).delete()
    return deleted


def _begin(name: str, period: datetime) -> PeriodRun | None:
    """The row to work on, or None when the period is over; the caller is alone with this name."""
    now = timezone.now()
    run, new = PeriodRun.objects.get_or_create(name=name, period=period, defaults={"begun_at": now})
    if new:
        return run
    again = PeriodRun.objects.filter(pk=run.pk).exclude(outcome=PeriodOutcome.OK)
    if not again.update(
        begun_at=now, ended_at=None, outcome="", error="", attempts=F("attempts") + 1
    ):
        return None
    run.refresh_from_db()
    return run


def _end(
    run: PeriodRun, outcome: PeriodOutcome, *, counts: Counts | None = None, error: str = ""
) -> None:
    run.ended_at, run.outcome = timezone.now(), outcome
    run.counts, run.error = dict(counts or {}), error
    run.save(update_fields=["ended_at", "outcome", "counts", "error"])


def _place(error: Exception) -> str:
    """Kind of the error and the line that raised it."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__} in {where}"[:200]


@contextmanager
def _alone(name: str) -> Iterator[bool]:
    """True when nobody else does work of this name; PostgreSQL lets go when we are killed."""
    lock = _lock(name)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [lock])
        (free,) = cursor.fetchone()
    try:
        yield free
    finally:
        if free:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [lock])


def _lock(name: str) -> int:
    return int.from_bytes(sha256(name.encode()).digest()[:8], signed=True)
