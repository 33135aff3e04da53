"""R13: promises, reminders and closing times through every change of the clocks of four years."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from postings.models import Posting
from postings.policy import (
    REMIND_FROM,
    REPLY_DAYS,
    answer_due_at,
    closes_at,
    due_reminder,
    end_of_day,
    last_day,
)
from tests.clocks import ZONES
from tests.factories.people import make_employer
from tests.factories.postings import published_posting

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
BEGIN, END = datetime(2025, 1, 1, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC)


@cache
def transitions(zone: str) -> tuple[datetime, ...]:
    """The hours of the four years in which the zone's clocks change."""
    there, found, at = ZoneInfo(zone), [], BEGIN
    while at < END:
        if at.astimezone(there).utcoffset() != (at + HOUR).astimezone(there).utcoffset():
            found.append(at)
        at += HOUR
    return tuple(found)


def days(zone: str) -> list[date]:
    """Those around each change, leap day, the ends of years; without changes one of each month."""
    there = ZoneInfo(zone)
    near = {
        at.astimezone(there).date() + step * DAY for at in transitions(zone) for step in (-1, 0, 1)
    }
    near |= {date(2028, 2, 28), date(2028, 2, 29), date(2025, 12, 31), date(2028, 12, 31)}
    return sorted(near | {date(year, month, 15) for year in (2025, 2028) for month in range(1, 13)})


def test_the_zones_change_as_they_do() -> None:
    assert {zone: len(transitions(zone)) for zone in ZONES} == {
        "Europe/Berlin": 8,
        "America/New_York": 8,
        "Australia/Lord_Howe": 8,
        "Africa/Casablanca": 8,
        "Pacific/Apia": 0,
        "Asia/Kolkata": 0,
    }


@pytest.mark.parametrize("zone", ZONES)
def test_a_day_ends_where_the_employer_is(zone: str) -> None:
    there = ZoneInfo(zone)
    for day in days(zone):
        ends = end_of_day(day, zone)
        assert last_day(ends, zone) == day
        assert ends.astimezone(there).date() == day + DAY
        assert (ends - timedelta.resolution).astimezone(there).date() == day
        confirmed = ends - 30 * DAY
        assert closes_at(confirmed_at=confirmed, apply_until=day, time_zone=zone) == ends
        assert closes_at(confirmed_at=ends - 60 * DAY, apply_until=day, time_zone=zone) == ends


@pytest.mark.parametrize("zone", ZONES)
def test_an_answer_is_due_after_whole_days_of_the_employers_calendar(zone: str) -> None:
    there = ZoneInfo(zone)
    for due_day in days(zone):
        for reply_days in REPLY_DAYS:
            applied_on = due_day - reply_days * DAY
            for hour in (time(0, 0), time(2, 30), time(23, 59, 59)):
                for fold in (0, 1):  # an hour that comes twice counts for its day both times
                    local = datetime.combine(applied_on, hour.replace(fold=fold), tzinfo=there)
                    applied = local.astimezone(UTC)
                    due = answer_due_at(applied_at=applied, reply_days=reply_days, time_zone=zone)
                    on = applied.astimezone(there).date()
                    assert last_day(due, zone) == on + reply_days * DAY
                    assert due == end_of_day(on + reply_days * DAY, zone)
                    assert abs(due - applied - reply_days * DAY) <= DAY + HOUR


@pytest.mark.parametrize("zone", ZONES)
def test_each_reminder_comes_once_and_on_its_day(zone: str) -> None:
    """A sweep each hour, whatever the clocks do meanwhile."""
    there = ZoneInfo(zone)
    for due_day in days(zone):
        due = end_of_day(due_day, zone)
        sent: dict[str, datetime] = {}
        at = due - 5 * DAY + timedelta(minutes=13)
        while at < due + DAY:
            kind = due_reminder(answer_due_at=due, now=at, time_zone=zone)
            if kind and kind not in sent:
                sent[kind] = at.astimezone(there)
            at += HOUR
        assert list(sent) == ["soon", "today"], due_day
        assert [when.date() for when in sent.values()] == [due_day - 3 * DAY, due_day]
        assert all(when.time() >= REMIND_FROM for when in sent.values())
        assert all(when.hour == REMIND_FROM.hour for when in sent.values())


@pytest.mark.django_db
@pytest.mark.parametrize("zone", ZONES)
def test_no_posting_is_seen_after_it_closes_nor_hidden_before(zone: str) -> None:
    changes = transitions(zone)
    when = changes[-1] if changes else datetime(2028, 2, 29, 12, tzinfo=UTC)
    day = when.astimezone(ZoneInfo(zone)).date()
    posting = published_posting(
        employer=make_employer(time_zone=zone), now=when - 10 * DAY, apply_until=day
    )
    ends = end_of_day(day, zone)
    seen = [
        Posting.objects.published(now=at).filter(pk=posting.pk).exists()
        for at in (ends - timedelta.resolution, ends, ends + HOUR)
    ]
    assert (posting.closes_at, seen) == (ends, [True, False, False])
