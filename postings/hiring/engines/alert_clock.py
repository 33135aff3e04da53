"""When the mails of an alert are due: one each period, whatever clocks do. Pure.

A period is a day of the reader's calendar, or a week of it. Its mail is due at the reader's hour:
where the clock skips that hour, at the moment when it goes on; where it shows the hour twice, at
the first time. A day that a zone leaves out altogether is no period.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_SECOND = timedelta(seconds=1)
_WEEK = 7


def next_due(*, after: datetime, hour: int, time_zone: str, weekday: int | None = None) -> datetime:
    """The first moment later than `after` at which a mail is due, in UTC. `weekday` (0 is Monday)
    makes it one a week."""
    zone = ZoneInfo(time_zone)
    day = after.astimezone(zone).date() - timedelta(days=1)
    if weekday is not None:
        day += timedelta(days=(weekday - day.weekday()) % _WEEK)
    while True:
        due = at_hour(day, hour, zone)
        # A week whose day is left out has its mail when the next day begins.
        if due > after and (weekday is not None or exists(day, zone)):
            return due
        day += timedelta(days=1 if weekday is None else _WEEK)


def at_hour(day: date, hour: int, zone: ZoneInfo) -> datetime:
    """The first instant of `day` at which the clocks of `zone` show `hour` or, where they skip it,
    anything later; in UTC."""
    wall = datetime.combine(day, time(hour), tzinfo=zone)
    instant = wall.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == wall.replace(tzinfo=None):
        return instant
    return _jump(wall.replace(fold=1).astimezone(UTC), instant, zone)


def exists(day: date, zone: ZoneInfo) -> bool:
    """False for a day that the calendar of `zone` leaves out."""
    return at_hour(day, 0, zone) < at_hour(day + timedelta(days=1), 0, zone)


def _jump(before: datetime, later: datetime, zone: ZoneInfo) -> datetime:
    """The instant between the two at which the clock goes forward, to the second."""
    offset = before.astimezone(zone).utcoffset()
    while later - before > _SECOND:
        middle = before + (later - before) // 2
        middle = middle.replace(microsecond=0) if middle.microsecond else middle
        if middle <= before:
            break
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            later = middle
    return later


def not_again_on(last: datetime, *, now: datetime, time_zone: str) -> datetime:
    """The moment after which the next mail may be due, when `last` was the one before and hour,
    zone or cadence have been changed since: `now`, or the end of the day that had its mail."""
    zone = ZoneInfo(time_zone)
    day = last.astimezone(zone).date()
    ends = at_hour(day + timedelta(days=1), 0, zone) - timedelta.resolution
    return max(now, ends)
