"""Alerts by mail: taken, confirmed, changed, paused, stopped."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from cscareers.core import mail, throttling
from cscareers.core.networks import fingerprint, sender_of_day
from postings.hiring import alert_mail
from postings.hiring.engines.alert_clock import next_due, not_again_on
from postings.hiring.enums import AlertEnd, AlertKind, Cadence
from postings.hiring.models import Subscription, SubscriptionQuerySet
from postings.policy import MOST_ALERTS
from profiles.models import User

BY_NETWORK: Final = throttling.Limit("alert-network", 20, timedelta(hours=1))
"""Alerts that one network asks for without an account."""
BY_ADDRESS: Final = throttling.Limit("alert-address", 1, timedelta(hours=1))
"""Mails that ask one address to confirm an alert: nobody's post is flooded through our form."""
BY_USER: Final = throttling.Limit("alert-user", 40, timedelta(hours=1))


class HaveItAlready(Exception):
    """The reader has this alert; `alert` is it."""

    def __init__(self, alert: Subscription) -> None:
        super().__init__(alert.public_id)
        self.alert = alert


class TooManyAlerts(Exception):
    """The reader has as many alerts as one can have."""


class NotPossible(Exception):
    """The alert is in no state in which this can be done, any more or yet."""


@dataclass(frozen=True, slots=True)
class Follow:
    """What an alert follows: a canonical query, and the same in words."""

    query: str
    words: str
    kind: AlertKind = AlertKind.SEARCH


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When mails go: `weekday` (0 is Monday) for one a week, None for one a day."""

    hour: int
    time_zone: str
    weekday: int | None = None

    @property
    def columns(self) -> dict[str, Any]:
        cadence = Cadence.DAILY if self.weekday is None else Cadence.WEEKLY
        return {
            "cadence": cadence,
            "weekday": self.weekday,
            "hour": self.hour,
            "time_zone": self.time_zone,
        }


@transaction.atomic
def subscribe(
    *, user: User, follow: Follow, name: str, rhythm: Rhythm, now: datetime
) -> Subscription:
    """A new alert of an account. It runs at once where the account's address is confirmed; else it
    is asked for. Raises HaveItAlready, TooManyAlerts, throttling.TooMany."""
    throttling.count(BY_USER, user.pk, now=now)
    # One after the other, so that the number below is true for this one.
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    mine = Subscription.objects.of_user(user).filter(ended_at__isnull=True)
    if had := mine.filter(kind=follow.kind, query=follow.query).first():
        raise HaveItAlready(had)
    if mine.count() >= MOST_ALERTS:
        raise TooManyAlerts
    alert = _new(user=user, follow=follow, name=name, rhythm=rhythm, now=now)
    if EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=True).exists():
        return _run(alert, now=now)
    throttling.count(BY_ADDRESS, _key_of(user.email), now=now)
    alert_mail.ask_to_confirm(alert, is_known=False, now=now)
    return alert


def subscribe_address(
    *, email: str, follow: Follow, name: str, rhythm: Rhythm, address: str, now: datetime
) -> None:
    """Ask `email` whether it wants the alert. What comes of it stands in that mail alone: the page
    tells nobody which addresses have alerts here. `address` is the IP address, which is not kept.

    Raises throttling.TooMany.
    """
    email = email.lower()
    throttling.count(BY_NETWORK, sender_of_day(address, now=now), now=now)
    throttling.count(BY_ADDRESS, _key_of(email), now=now)
    with transaction.atomic():
        mine = Subscription.objects.filter(email=email, ended_at__isnull=True)
        alert = mine.filter(kind=follow.kind, query=follow.query).first()
        if alert is None:
            if mine.count() >= MOST_ALERTS:
                return
            try:
                with transaction.atomic():
                    alert = _new(email=email, follow=follow, name=name, rhythm=rhythm, now=now)
            except IntegrityError:  # somebody was faster by a moment, and has sent the mail
                return
        alert_mail.ask_to_confirm(alert, is_known=not alert.is_waiting, now=now)


def _key_of(email: str) -> str:
    return fingerprint("alert-address", email.lower())


def _new(
    *,
    user: User | None = None,
    email: str = "",
    follow: Follow,
    name: str,
    rhythm: Rhythm,
    now: datetime,
) -> Subscription:
    return Subscription.objects.create(
        user=user,
        email=email,
        kind=follow.kind,
        query=follow.query,
        words=follow.words,
        name=name,
        created_at=now,
        **rhythm.columns,
    )


@transaction.atomic
def confirm(*, alert: Subscription, now: datetime) -> Subscription:
    """The reader takes it; doing so twice changes nothing. Raises NotPossible once it has ended."""
    locked = _locked(alert)
    if locked.ended_at is not None:
        raise NotPossible
    return _run(locked, now=now) if locked.is_waiting else locked


@transaction.atomic
def change(*, alert: Subscription, name: str, rhythm: Rhythm, now: datetime) -> Subscription:
    """Another name or rhythm; a day that had its mail gets no second one. Raises NotPossible."""
    locked = _running(alert)
    for column, value in {"name": name, **rhythm.columns}.items():
        setattr(locked, column, value)
    return _schedule(locked, now=now)


@transaction.atomic
def pause(*, alert: Subscription, now: datetime) -> Subscription:
    """No mails until it is resumed, one that waits in the queue included. Raises NotPossible."""
    locked = _running(alert)
    if locked.paused_at is None:
        locked.paused_at = now
        _take_back(locked)
    return _schedule(locked, now=now)


@transaction.atomic
def resume(*, alert: Subscription, now: datetime) -> Subscription:
    """Mails again; also for an alert that its reader has stopped a little while ago.

    Raises HaveItAlready, TooManyAlerts, NotPossible.
    """
    locked = _locked(alert)
    if locked.is_waiting:
        raise NotPossible
    if locked.ended_at is not None:
        _check_room(locked)
    locked.paused_at = locked.ended_at = None
    locked.ended_why = ""
    return _schedule(locked, now=now)


@transaction.atomic
def keep(*, alert: Subscription, now: datetime) -> Subscription:
    """The reader says that it is still wanted. Raises NotPossible once it has ended."""
    return _schedule(_running(alert), now=now)


@transaction.atomic
def end(*, alert: Subscription, why: AlertEnd = AlertEnd.READER, now: datetime) -> Subscription:
    """Stop it at once, one that waits in the queue included. Doing so twice changes nothing."""
    locked = _locked(alert)
    if locked.ended_at is None:
        locked.ended_at, locked.ended_why, locked.next_at = now, why, None
        locked.save(update_fields=["ended_at", "ended_why", "next_at"])
        _take_back(locked)
    return locked


@transaction.atomic
def delete(*, alert: Subscription) -> None:
    """Forget it with all that it sent."""
    rows = Subscription.objects.select_for_update(of=("self",), no_key=True)
    locked = rows.filter(pk=alert.pk).first()
    if locked is not None:
        _take_back(locked)
        locked.delete()


def _locked(alert: Subscription) -> Subscription:
    rows = Subscription.objects.select_for_update(of=("self",), no_key=True).select_related("user")
    locked = rows.filter(pk=alert.pk).first()
    if locked is None:
        raise NotPossible
    return locked


def _running(alert: Subscription) -> Subscription:
    locked = _locked(alert)
    if locked.is_waiting or locked.ended_at is not None:
        raise NotPossible
    return locked


def _run(alert: Subscription, *, now: datetime) -> Subscription:
    alert.confirmed_at = now
    return _schedule(alert, now=now)


def _schedule(alert: Subscription, *, now: datetime) -> Subscription:
    """Write the alert with its next mail; whoever touches an alert wants it."""
    alert.renewed_at, alert.asked_at = now, None
    alert.next_at = None if alert.paused_at else due_after(alert, now=now)
    alert.save()
    return alert


def due_after(alert: Subscription, *, now: datetime) -> datetime:
    """When its next mail is due; not on a day that had one."""
    last, after = alert.last_period_at, now
    if last is not None:
        after = not_again_on(last, now=now, time_zone=alert.time_zone)
    return next_due(after=after, hour=alert.hour, time_zone=alert.time_zone, weekday=alert.weekday)


def _check_room(alert: Subscription) -> None:
    others = _same_reader(alert).filter(ended_at__isnull=True).exclude(pk=alert.pk)
    if had := others.filter(kind=alert.kind, query=alert.query).first():
        raise HaveItAlready(had)
    if others.count() >= MOST_ALERTS:
        raise TooManyAlerts


def _same_reader(alert: Subscription) -> SubscriptionQuerySet:
    if alert.user is not None:
        return Subscription.objects.of_user(alert.user)
    return Subscription.objects.filter(email=alert.email)


def _take_back(alert: Subscription) -> None:
    mail.take_back(to=alert.address, keys_begin=alert_mail.keys_begin(alert))
