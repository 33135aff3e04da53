"""Runs of the alerts: what is due is sent in small transactions, each mail once.

A run is cut into jobs, a job into chunks. A chunk writes what was sent (the ledger), the mails and
the next due times together, so a worker that is killed leaves whole chunks; whoever takes its job
up again finds the rest still due.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

import structlog
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F

from cscareers.core.mail import queue_mails
from cscareers.core.tasks import enqueue_many
from postings.hiring import alert_mail
from postings.hiring.actions import alerts
from postings.hiring.engines.alerts import Finder
from postings.hiring.enums import AlertEnd
from postings.hiring.models import AlertedPosting, AlertRun, Subscription, SubscriptionQuerySet
from postings.models import Posting
from postings.policy import (
    CONFIRM_ALERT_WITHIN,
    KEEP_ALERTED,
    KEEP_ENDED_ALERT,
    SILENT_FOR,
    STILL_WANTED_AFTER,
)

log = structlog.get_logger(__name__)
PERIOD: Final = timedelta(minutes=15)
"""There are zones of half and quarter hours."""
IN_A_JOB: Final = 500
IN_A_CHUNK: Final = 50
STUCK_AFTER: Final = timedelta(hours=1)
"""A run that is not through by then no longer keeps the next one waiting."""
KEEP_RUNS: Final = timedelta(days=365)


@transaction.atomic
def begin(*, now: datetime) -> AlertRun | None:
    """Start the run of this quarter of an hour; None when nothing is due, when it was started, or
    when the one before is still at work (what is due is then due in the next)."""
    if AlertRun.objects.filter(ended_at__isnull=True, begun_at__gt=now - STUCK_AFTER).exists():
        return None
    due = Subscription.objects.due(now=now).order_by("kind", "query", "pk")
    ids = list(due.values_list("pk", flat=True))
    if not ids:
        return None
    period = now - (now - datetime.min.replace(tzinfo=now.tzinfo)) % PERIOD
    run, is_new = AlertRun.objects.get_or_create(
        period=period, defaults={"begun_at": now, "due": len(ids)}
    )
    if not is_new:
        return None
    jobs = [{"run_id": run.pk, "ids": some} for some in _parts(ids, IN_A_JOB)]
    enqueue_many("hiring.send_alerts", jobs)
    return run


def send(*, run_id: int, ids: Sequence[int], now: datetime) -> None:
    """Send what is due of these alerts, which stand in the order of their queries."""
    run = AlertRun.objects.get(pk=run_id)
    due = Subscription.objects.due(now=now).filter(pk__in=ids).order_by("kind", "query", "pk")
    finder = Finder(due, now=now)
    for chunk in _parts([alert.pk for alert in due], IN_A_CHUNK):
        try:
            _send_chunk(run, finder, chunk, now=now)
        except (OperationalError, InterfaceError):
            raise  # the database is away: the job is tried again
        except Exception:
            # One of them can't be sent. The others shall not wait for it.
            log.exception("alerts_chunk_failed", run=run.pk)
            _send_one_by_one(run, chunk, now=now)
    _finish(run, now=now)


def _parts(ids: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for begin in range(0, len(ids), size):
        yield ids[begin : begin + size]


def _send_one_by_one(run: AlertRun, chunk: Sequence[int], *, now: datetime) -> None:
    for pk in chunk:
        try:
            alone = Subscription.objects.due(now=now).filter(pk=pk)
            _send_chunk(run, Finder(alone, now=now), [pk], now=now)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            log.exception("alert_failed", run=run.pk, alert=pk)
            _pass_over(run, pk, now=now)


@transaction.atomic
def _pass_over(run: AlertRun, pk: int, *, now: datetime) -> None:
    """Try again when the next mail is due: what it did not send is still new then."""
    due = Subscription.objects.due(now=now).select_for_update(of=("self",), no_key=True)
    alert = due.filter(pk=pk).first()
    if alert is not None:
        _move_on(alert, now=now)
        alert.save(update_fields=["last_period_at", "next_at"])
        AlertRun.objects.filter(pk=run.pk).update(failures=F("failures") + 1)


@transaction.atomic
def _send_chunk(run: AlertRun, finder: Finder, chunk: Sequence[int], *, now: datetime) -> None:
    rows = Subscription.objects.due(now=now).filter(pk__in=chunk).select_related("user")
    found = list(rows.select_for_update(of=("self",), no_key=True).order_by("pk"))
    news = finder.news(found)
    cards = alert_mail.open_cards(list(news.values()), now=now)
    letters, ledger = [], []
    for alert in found:
        mail = alert_mail.digest(alert, news[alert.pk], cards, now=now)
        if mail is not None:
            letters.append(alert_mail.letter(alert, mail))
            ledger += [
                AlertedPosting(subscription=alert, posting_id=posting, at=now)
                for posting in mail.postings
            ]
            alert.last_sent_at = now
        _move_on(alert, now=now)
    AlertedPosting.objects.bulk_create(ledger)
    queue_mails(letters)
    Subscription.objects.bulk_update(found, ["last_sent_at", "last_period_at", "next_at"])
    AlertRun.objects.filter(pk=run.pk).update(
        sent=F("sent") + len(letters), postings=F("postings") + len(ledger)
    )


def _move_on(alert: Subscription, *, now: datetime) -> None:
    alert.last_period_at = alert.next_at
    alert.next_at = alerts.due_after(alert, now=now)


def _finish(run: AlertRun, *, now: datetime) -> None:
    """End the run when nothing of it is due any more."""
    if Subscription.objects.due(now=run.begun_at).exists():
        return
    if not AlertRun.objects.filter(pk=run.pk, ended_at__isnull=True).update(ended_at=now):
        return
    run.refresh_from_db()
    day = run.begun_at - timedelta(days=1)
    published = Posting.objects.published(now=now).filter(first_published_at__gt=day)
    if run.sent == 0 and published.exists():
        AlertRun.objects.filter(pk=run.pk).update(is_silent=True)
        log.warning("alerts_silent", run=run.pk, due=run.due)


# ---- once a day ----


def ask_if_wanted(*, now: datetime) -> int:
    """Ask the readers of alerts from whom we have not heard for a year; how many."""
    rows = Subscription.objects.live().filter(
        renewed_at__lte=now - STILL_WANTED_AFTER, asked_at__isnull=True
    )
    asked = 0
    for alert in _each(rows):
        alert.asked_at = now
        alert.save(update_fields=["asked_at"])
        alert_mail.ask_if_wanted(alert, now=now)
        asked += 1
    return asked


def end_silent(*, now: datetime) -> int:
    """End the alerts whose readers left that question alone for a month; how many."""
    ended = 0
    for alert in _each(Subscription.objects.live().filter(asked_at__lte=now - SILENT_FOR)):
        alerts.end(alert=alert, why=AlertEnd.SILENT, now=now)
        ended += 1
    return ended


def _each(rows: SubscriptionQuerySet) -> Iterator[Subscription]:
    """One alert after the other, locked in a transaction of its own: its reader may have answered,
    or deleted it, since the rows were listed."""
    for pk in list(rows.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            locked = rows.select_for_update(of=("self",), no_key=True).select_related("user")
            alert = locked.filter(pk=pk).first()
            if alert is not None:
                yield alert


def forget(*, now: datetime) -> int:
    """Drop what nobody confirmed, what ended a month ago, and what was sent a year ago; rows."""
    old = (
        Subscription.objects.filter(
            confirmed_at__isnull=True, created_at__lt=now - CONFIRM_ALERT_WITHIN
        ),
        Subscription.objects.filter(ended_at__lt=now - KEEP_ENDED_ALERT),
        AlertedPosting.objects.filter(at__lt=now - KEEP_ALERTED),
        AlertRun.objects.filter(begun_at__lt=now - KEEP_RUNS),
    )
    return sum(rows.delete()[0] for rows in old)
