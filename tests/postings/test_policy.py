"""When a posting closes: the end of a day where the employer is, or 60 days."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postings.policy import FRESH_FOR, closes_at, end_of_day, last_day

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "zone", "ends"),
    [
        (date(2026, 11, 30), "UTC", datetime(2026, 12, 1, 0, tzinfo=UTC)),
        (date(2026, 11, 30), "America/New_York", datetime(2026, 12, 1, 5, tzinfo=UTC)),
        (date(2026, 6, 30), "America/New_York", datetime(2026, 7, 1, 4, tzinfo=UTC)),
        (date(2026, 11, 30), "Asia/Kolkata", datetime(2026, 11, 30, 18, 30, tzinfo=UTC)),
        (date(2026, 11, 30), "Pacific/Kiritimati", datetime(2026, 11, 30, 10, tzinfo=UTC)),
        # The days on which Berlin's clocks change have 23 and 25 hours.
        (date(2026, 3, 28), "Europe/Berlin", datetime(2026, 3, 28, 23, tzinfo=UTC)),
        (date(2026, 3, 29), "Europe/Berlin", datetime(2026, 3, 29, 22, tzinfo=UTC)),
        (date(2026, 10, 25), "Europe/Berlin", datetime(2026, 10, 25, 23, tzinfo=UTC)),
        # Beirut's clocks go forward at midnight: the next day begins at 1 there.
        (date(2026, 3, 28), "Asia/Beirut", datetime(2026, 3, 28, 22, tzinfo=UTC)),
    ],
)
def test_the_end_of_a_day(day: date, zone: str, ends: datetime) -> None:
    assert end_of_day(day, zone) == ends
    assert last_day(ends, zone) == day
    local = ends.astimezone(ZoneInfo(zone))
    assert local.date() == day + timedelta(days=1)
    assert (ends - timedelta(seconds=1)).astimezone(ZoneInfo(zone)).date() == day


def test_without_a_day_it_closes_60_days_after_confirmation() -> None:
    assert timedelta(days=60) == FRESH_FOR
    closes = closes_at(confirmed_at=NOW, apply_until=None, time_zone="UTC")
    assert closes == NOW + timedelta(days=60)


def test_the_earlier_of_the_two_counts() -> None:
    soon = closes_at(confirmed_at=NOW, apply_until=date(2026, 11, 30), time_zone="UTC")
    late = closes_at(confirmed_at=NOW, apply_until=date(2027, 11, 30), time_zone="UTC")
    never = closes_at(confirmed_at=NOW, apply_until=date.max, time_zone="Pacific/Niue")
    assert never == NOW + FRESH_FOR
    assert soon == datetime(2026, 12, 1, tzinfo=UTC)
    assert late == NOW + FRESH_FOR


@given(
    confirmed=st.integers(0, 7300).map(lambda days: NOW - timedelta(days=days, minutes=days)),
    day=st.none() | st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    zone=st.sampled_from(["UTC", "America/New_York", "Europe/Berlin", "Asia/Kolkata"]),
)
def test_it_never_closes_later_than_either(
    confirmed: datetime, day: date | None, zone: str
) -> None:
    closes = closes_at(confirmed_at=confirmed, apply_until=day, time_zone=zone)
    assert closes <= confirmed + FRESH_FOR
    assert day is None or closes <= end_of_day(day, zone)
