"""One mail a period, through every change of the clocks from 2025 to 2028."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from postings.hiring.engines.alert_clock import at_hour, exists, next_due, not_again_on
from tests.clocks import ZONES

FIRST, LAST = date(2025, 1, 1), date(2028, 12, 31)
DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]


def changes(zone: ZoneInfo) -> list[date]:
    """The days on which the clocks of `zone` change."""
    offsets = [datetime(d.year, d.month, d.day, tzinfo=zone).utcoffset() for d in DAYS]
    return [d for d, now, then in zip(DAYS, offsets, offsets[1:], strict=False) if now != then]


def run(begin: date, end: date, zone: str, hour: int, weekday: int | None = None) -> Iterator[date]:
    """The local days of the mails that are due between two days, as a worker finds them."""
    local = ZoneInfo(zone)
    now = at_hour(begin, 0, local) - timedelta.resolution
    while (now := next_due(after=now, hour=hour, time_zone=zone, weekday=weekday)) < at_hour(
        end, 0, local
    ):
        yield now.astimezone(local).date()


@pytest.mark.parametrize("zone", ZONES)
def test_each_day_has_one_mail_for_four_years(zone):
    assert list(run(FIRST, LAST, zone, hour=2)) == DAYS[:-1]


@pytest.mark.parametrize("zone", ZONES)
def test_each_hour_has_one_mail_around_each_change(zone):
    for day in changes(ZoneInfo(zone)) or [date(2026, 3, 29)]:
        begin = day - timedelta(days=2)
        expected = [begin + timedelta(days=n) for n in range(5)]
        for hour in range(24):
            assert list(run(begin, day + timedelta(days=3), zone, hour)) == expected, (day, hour)


@pytest.mark.parametrize("zone", ZONES)
def test_each_week_has_one_mail(zone):
    sundays = [day for day in DAYS if day.weekday() == 6]
    assert list(run(FIRST, LAST, zone, hour=2, weekday=6)) == [d for d in sundays if d < LAST]


def test_the_zones_change_their_clocks_as_often_as_they_do():
    found = {zone: len(changes(ZoneInfo(zone))) for zone in ZONES}
    assert found == dict(zip(ZONES, (8, 8, 8, 8, 0, 0), strict=True))


@pytest.mark.parametrize(
    ("zone", "day", "hour", "utc"),
    [
        ("Europe/Berlin", date(2026, 3, 29), 2, "2026-03-29T01:00"),  # skipped: at 3, when it is 2
        ("Europe/Berlin", date(2026, 3, 29), 3, "2026-03-29T01:00"),
        ("Europe/Berlin", date(2026, 10, 25), 2, "2026-10-25T00:00"),  # twice: the first
        ("Australia/Lord_Howe", date(2026, 10, 4), 2, "2026-10-03T15:30"),  # half an hour
        ("Australia/Lord_Howe", date(2026, 4, 5), 1, "2026-04-04T14:00"),
        ("Antarctica/Troll", date(2026, 3, 29), 2, "2026-03-29T01:00"),  # in the middle of two
        ("Asia/Kolkata", date(2026, 3, 29), 7, "2026-03-29T01:30"),
    ],
)
def test_an_hour_that_is_skipped_or_comes_twice(zone, day, hour, utc):
    assert at_hour(day, hour, ZoneInfo(zone)) == datetime.fromisoformat(f"{utc}+00:00")


def test_a_day_that_never_was_is_no_period_but_its_week_is():
    apia = ZoneInfo("Pacific/Apia")
    lost = date(2011, 12, 30)
    assert (exists(lost, apia), exists(date(2011, 12, 31), apia)) == (False, True)
    around = (date(2011, 12, 29), date(2012, 1, 1))
    days = list(run(*around, "Pacific/Apia", hour=7))
    assert days == [date(2011, 12, 29), date(2011, 12, 31)]
    friday = next_due(
        after=datetime(2011, 12, 24, tzinfo=UTC), hour=7, time_zone="Pacific/Apia", weekday=4
    )
    assert friday.astimezone(apia) == datetime(2011, 12, 31, tzinfo=apia)


def test_another_hour_on_a_day_that_had_its_mail_counts_from_the_next():
    had = datetime(2026, 10, 25, 6, tzinfo=UTC)  # 7 in Berlin, on a day of 25 hours
    now = datetime(2026, 10, 25, 8, tzinfo=UTC)
    after = not_again_on(had, now=now, time_zone="Europe/Berlin")
    due = next_due(after=after, hour=20, time_zone="Europe/Berlin")
    assert due == datetime(2026, 10, 26, 19, tzinfo=UTC)
    later = now + timedelta(days=3)
    assert not_again_on(had, now=later, time_zone="Europe/Berlin") == later
