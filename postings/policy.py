"""Every time limit of a posting and of an application, and the one clock they run by. Pure.

Days end in the employer's time zone and are kept as instants in UTC, so that no comparison hangs on
where somebody is.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

FRESH_FOR: Final = timedelta(days=60)
"""How long one confirmation keeps a posting open at the most."""

ASK_AGAIN_AFTER: Final = timedelta(days=7)
"""So long after a confirmation we ask whether they still hire."""
LAST_WARNING_AFTER: Final = timedelta(days=13)
"""So long after a confirmation we ask for the last time."""
UNCONFIRMED_AFTER: Final = timedelta(days=14)
"""So long after a confirmation an open posting is paused."""

REPLY_DAYS: Final = (7, 14, 21, 45)
"""Within so many days an employer can promise a first answer. 45 is the longest that Ontario
allows after an interview (Employment Standards Act, from 1 January 2026)."""
USUAL_REPLY_DAYS: Final = 14
REMIND_BEFORE: Final = timedelta(days=3)
"""So long before an answer is due its employer is reminded for the first time."""
REMIND_FROM: Final = time(7)
"""Reminders go out from this hour on, where the employer is."""
FACTS_WINDOW: Final = timedelta(days=365)
"""Reply facts count the applications of so long a time."""
FEWEST_FOR_FACTS: Final = 10
"""Reply facts of fewer applications are not shown: they would say more of people than of habits."""

NO_NEWS_AFTER_PROMISE: Final = timedelta(days=30)
"""So long after a promised answer was due its candidate is offered to call it ghosted."""
NO_NEWS_AFTER_APPLYING: Final = timedelta(days=45)
"""The same without a promise: so long after they applied elsewhere, or last heard of it."""

DRAFT_GRACE: Final = timedelta(hours=48)
"""An application begun before the last day to apply was over may be finished so long after it."""
STRAY_DRAFT_KEPT: Final = timedelta(days=7)
"""An application begun without an account can be gone on with so long after it was last saved."""
DRAFT_KEPT: Final = timedelta(days=60)
"""A draft is kept so long after its posting is over, for what stands in it."""

MOST_ALERTS: Final = 20
"""Alerts that one address can have at a time."""
MOST_IN_ALERT: Final = 20
"""Jobs in one mail of an alert; it says how many more there are."""
ALERT_REACH: Final = timedelta(days=30)
"""A job first published earlier than this is new to no alert, however long that was paused."""
ALERT_OVERLAP: Final = timedelta(minutes=10)
"""So far each mail looks back behind the one before it: a job may be written down a little after
the moment of its publication. The ledger keeps it from being sent twice."""
CONFIRM_ALERT_WITHIN: Final = timedelta(days=3)
"""So long the link works by which an address takes an alert; then what was asked for is dropped."""
STILL_WANTED_AFTER: Final = timedelta(days=365)
"""So long after its reader last said so we ask whether an alert is still wanted."""
SILENT_FOR: Final = timedelta(days=30)
"""So long after that question an alert without an answer ends."""
KEEP_ALERTED: Final = timedelta(days=365)
"""So long we know which jobs an alert has sent."""
KEEP_ENDED_ALERT: Final = timedelta(days=30)
"""So long an alert that was stopped can be taken up again; then it is deleted."""

KEEP_EXPORTS: Final = timedelta(days=365)
"""So long an employer may keep what it exported of its applicants: as long as it has to show how it
chose, a year in the United States (29 CFR 1602.14)."""


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


def answer_due_at(*, applied_at: datetime, reply_days: int, time_zone: str) -> datetime:
    """When the promised first answer is due: at the end of the day, by the employer's calendar,
    that comes `reply_days` after the one of the application."""
    applied_on = applied_at.astimezone(ZoneInfo(time_zone)).date()
    return end_of_day(applied_on + timedelta(days=reply_days), time_zone)


def due_reminder(*, answer_due_at: datetime, now: datetime, time_zone: str) -> str:
    """Of which reminder it is time at `now`: `soon` from `REMIND_BEFORE` ahead of the day on which
    an answer is due, `today` on that day, each from `REMIND_FROM` on; else empty."""
    here = now.astimezone(ZoneInfo(time_zone))
    if now >= answer_due_at or here.time() < REMIND_FROM:
        return ""
    ahead = last_day(answer_due_at, time_zone) - here.date()
    if not ahead:
        return "today"
    return "soon" if ahead <= REMIND_BEFORE else ""


def delete_export_by(*, now: datetime, time_zone: str) -> date:
    """The day, by the employer's calendar, by which what it exports at `now` is deleted."""
    return now.astimezone(ZoneInfo(time_zone)).date() + KEEP_EXPORTS
