"""The one clock of a posting: when it closes. Pure."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

FRESH_FOR: Final = timedelta(days=60)
"""How long one confirmation keeps a posting open."""


def end_of_day(day: date, time_zone: str) -> datetime:
    """The instant at which `day` ends in `time_zone`, in UTC.

    A deadline at midnight that the zone skips (a clock going forward) ends when the clock does
    reach the next day.
    """
    midnight = datetime.combine(day + timedelta(days=1), time(), tzinfo=ZoneInfo(time_zone))
    return midnight.astimezone(UTC)


def last_day(closes_at: datetime, time_zone: str) -> date:
    """The last day on which one can apply, by the calendar of `time_zone`: what closes at a
    midnight is open through the day before."""
    return (closes_at - timedelta.resolution).astimezone(ZoneInfo(time_zone)).date()


def closes_at(*, confirmed_at: datetime, apply_until: date | None, time_zone: str) -> datetime:
    """The earlier of the end of `apply_until` in the employer's `time_zone` and `confirmed_at`
    plus `FRESH_FOR`."""
    stale = confirmed_at + FRESH_FOR
    if apply_until is None or apply_until > (stale + timedelta(days=1)).date():
        return stale  # wherever the employer is; a far-off day has no end that could be reckoned
    return min(stale, end_of_day(apply_until, time_zone))
