"""Periodic work is done exactly once a period, whatever clocks, workers and people do."""

import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, connection, connections, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.periodic import PeriodicDeferrer

from cscareers.core import periods
from cscareers.core.enums import PeriodOutcome
from cscareers.core.models import PeriodRun
from tests.clocks import ZONES

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Work:
    """Work that counts how often it was done, and fails as often as told."""

    def __init__(self, fails: int = 0) -> None:
        self.fails, self.done = fails, 0

    def __call__(self, *, now: datetime) -> int:
        if self.fails:
            self.fails -= 1
            raise LookupError("ann@example.org")
        self.done += 1
        return 7


@pytest.fixture(scope="module", autouse=True)
def _tasks() -> None:
    app.perform_import_paths()


@pytest.mark.django_db
def test_a_finished_period_is_never_done_again() -> None:
    work = Work()
    run = periods.carry_out("test.work", work, period=NOON)
    assert periods.carry_out("test.work", work, period=NOON) is None
    assert periods.carry_out("test.work", work, period=NOON + timedelta(hours=1)) is not None
    assert periods.carry_out("test.other", work, period=NOON) is not None
    assert work.done == 3
    assert run is not None
    run.refresh_from_db()
    assert (run.outcome, run.counts, run.attempts, run.error) == ("ok", {"rows": 7}, 1, "")
    assert run.took is not None


@pytest.mark.django_db
def test_a_failure_is_noted_without_its_words_and_tried_again() -> None:
    work = Work(fails=1)
    with pytest.raises(LookupError):
        periods.carry_out("test.work", work, period=NOON)
    failed = PeriodRun.objects.get()
    assert (failed.outcome, failed.counts) == ("failed", {})
    assert failed.error.startswith("LookupError in test_periods.py:")
    periods.carry_out("test.work", work, period=NOON)
    failed.refresh_from_db()
    assert (failed.outcome, failed.attempts, failed.error, work.done) == ("ok", 2, "", 1)


@pytest.mark.django_db
def test_work_that_was_killed_in_the_middle_is_done_after_all() -> None:
    PeriodRun.objects.create(name="test.work", period=NOON, begun_at=NOON)
    work = Work()
    run = periods.carry_out("test.work", work, period=NOON)
    assert (work.done, run and run.attempts, PeriodRun.objects.count()) == (1, 2, 1)


@pytest.mark.django_db(transaction=True)
def test_two_workers_do_not_do_it_at_once() -> None:
    work = Work()
    other = connections["default"].copy()
    try:
        lock = periods._lock("test.work")
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [lock])
        assert periods.carry_out("test.work", work, period=NOON) is None
    finally:
        other.close()
    assert (work.done, PeriodRun.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_the_database_holds_one_row_a_period_with_an_outcome_when_it_ended() -> None:
    PeriodRun.objects.create(name="a", period=NOON, begun_at=NOON)
    for wrong in (
        {"name": "a"},
        {"name": "b", "outcome": "ok"},
        {"name": "b", "ended_at": NOON},
        {"name": "b", "ended_at": NOON, "outcome": "so-so"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            PeriodRun.objects.create(**{"period": NOON, "begun_at": NOON, **wrong})


@pytest.mark.django_db
def test_a_missed_day_is_caught_up_once_and_what_is_due_soon_again_is_not() -> None:
    now = datetime(2026, 3, 1, 9, 5, tzinfo=UTC)
    daily = sorted(work.name for work in periods.KNOWN.values() if work.every > timedelta(hours=2))
    assert "core.forget_mail" in daily
    assert {"postings.expire_due", "core.catch_up"} & set(daily) == set()
    assert periods.catch_up(now=now) == len(daily)
    jobs = {job.task_name: job.args for job in ProcrastinateJob.objects.all()}
    assert sorted(jobs) == daily
    due = datetime(2026, 3, 1, 3, 23, tzinfo=UTC)
    assert jobs["core.forget_mail"] == {"timestamp": int(due.timestamp())}
    assert periods.catch_up(now=now) == 0  # they wait already
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded'")
    for number, name in enumerate(daily):
        PeriodRun.objects.create(
            name=name,
            period=periods.KNOWN[name].due_at(now),
            begun_at=now,
            ended_at=now,
            outcome=PeriodOutcome.FAILED if number == 0 else PeriodOutcome.OK,
            attempts=periods.RETRY.max_attempts if number == 0 else 1,
        )
    assert periods.catch_up(now=now) == 0  # done, or given up
    assert periods.catch_up(now=now - timedelta(hours=1)) == 0  # the clock was put back
    assert periods.catch_up(now=now + timedelta(days=1)) == len(daily)


@pytest.mark.django_db
def test_rows_of_runs_are_dropped_after_a_while() -> None:
    for days in (31, 29):
        begun = NOON - timedelta(days=days)
        PeriodRun.objects.create(name="a", period=begun, begun_at=begun)
    assert periods.forget(before=NOON - timedelta(days=30)) == 1
    assert PeriodRun.objects.get().begun_at == NOON - timedelta(days=29)


def test_all_periodic_work_goes_this_way() -> None:
    scheduled = {name for name, _ in app.periodic_registry.periodic_tasks}
    # The care of the queue looks at what is stalled by now, as often as it can.
    assert scheduled - set(periods.KNOWN) == {"core.retry_stalled"}


def test_when_work_fell_due() -> None:
    work = periods.KNOWN["core.forget_mail"]
    due = datetime(2024, 2, 29, 3, 23, tzinfo=UTC)
    assert work.due_at(due) == due
    assert work.due_at(due + timedelta(microseconds=1)) == due
    assert work.due_at(due - timedelta(microseconds=1)) == due - timedelta(days=1)
    assert work.every == timedelta(days=1)


def transitions(zone: str) -> list[datetime]:
    """The days of 2025–2028 on which the clocks of the zone change, as the hour of it in UTC."""
    found = []
    at, end = datetime(2025, 1, 1, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC)
    place = ZoneInfo(zone)
    while at < end:
        later = at + timedelta(hours=1)
        if at.astimezone(place).utcoffset() != later.astimezone(place).utcoffset():
            found.append(at)
        at = later
    return found


@pytest.fixture
def local_time(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The machine itself lives in that zone."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


def deferred(moments: list[datetime]) -> Counter[tuple[str, int]]:
    """What the worker's scheduler enqueues, looking at the clock at these moments."""
    # It looks at most ten minutes back when it starts; here as far as the moments lie apart.
    scheduler = PeriodicDeferrer(registry=app.periodic_registry, max_delay=90_000)
    found: Counter[tuple[str, int]] = Counter()
    for moment in moments:
        with time_machine.travel(moment, tick=False):
            for task, timestamp in scheduler.get_previous_tasks(at=time.time()):
                if task.task.name in periods.KNOWN:
                    found[task.task.name, timestamp] += 1
    return found


@pytest.mark.parametrize("local_time", ZONES, indirect=True)
def test_each_period_comes_once_through_every_change_of_the_clocks(local_time: str) -> None:
    leap_day = datetime(2028, 2, 29, tzinfo=UTC)
    schedules = [(work, work.every) for work in periods.KNOWN.values()]
    for day in [*transitions(local_time), leap_day]:
        begin = day - timedelta(hours=3, minutes=58)
        moments = [begin + timedelta(hours=1) * step for step in range(9)]
        found = deferred(moments)
        expected: Counter[tuple[str, int]] = Counter()
        for work, every in schedules:
            due = work.due_at(begin)
            while due <= moments[-1]:
                expected[work.name, int(due.timestamp())] = 1
                due += every
        assert found == expected


def test_the_zones_do_change_their_clocks() -> None:
    counts = {zone: len(transitions(zone)) for zone in ZONES}
    assert counts == {
        "Europe/Berlin": 8,
        "America/New_York": 8,
        "Australia/Lord_Howe": 8,
        "Africa/Casablanca": 8,
        "Pacific/Apia": 0,
        "Asia/Kolkata": 0,
    }


@pytest.mark.django_db
def test_a_clock_that_is_put_back_an_hour_repeats_nothing() -> None:
    work, ran = Work(), []
    begin = datetime(2026, 10, 25, 0, 2, tzinfo=UTC)
    forth = [begin + timedelta(minutes=10 * step) for step in range(13)]
    again = [moment - timedelta(hours=1) for moment in forth[7:]] + forth[7:]
    for moments in (forth, again):  # a scheduler that was started anew remembers nothing
        for name, stamp in deferred(moments):
            if name == "postings.expire_due":
                ran.append(stamp)
                periods.carry_out(name, work, period=datetime.fromtimestamp(stamp, UTC))
    assert len(ran) > len(set(ran)) == work.done == 13
