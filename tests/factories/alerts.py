"""Alerts of tests, taken by the same actions as everybody's."""

from datetime import UTC, datetime
from typing import Any

from allauth.account.models import EmailAddress

from postings.hiring.actions import alerts
from postings.hiring.actions.alerts import Follow, Rhythm
from postings.hiring.enums import AlertKind
from postings.hiring.models import Subscription
from profiles.models import User
from tests.factories.people import make_user

BERLIN_7 = Rhythm(7, "Europe/Berlin")


def make_reader(email: str = "", **fields: Any) -> User:
    """An account whose address is confirmed."""
    user = make_user(email, **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def make_alert(
    user: User | None = None,
    *,
    query: str = "",
    kind: AlertKind = AlertKind.SEARCH,
    rhythm: Rhythm = BERLIN_7,
    now: datetime | None = None,
    name: str = "My jobs",
) -> Subscription:
    """A running alert of `user`, or of a new reader."""
    return alerts.subscribe(
        user=user or make_reader(),
        follow=Follow(query, name, kind),
        name=name,
        rhythm=rhythm,
        now=now or datetime.now(UTC),
    )
