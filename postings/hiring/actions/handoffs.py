"""Leading people to where an employer takes applications, and counting it."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from cscareers.core import throttling
from cscareers.core.networks import sender_of_day
from cscareers.core.rows import get_or_make
from postings.hiring.actions import tracker
from postings.hiring.enums import HandOffAnswer, TrackedStatus
from postings.hiring.models import HandOff
from postings.models import Posting
from profiles.models import User

BY_NETWORK: Final = throttling.Limit("hand-off", 60, timedelta(hours=1))
"""Clicks that are counted of one network without an account."""


@transaction.atomic
def hand_off(*, posting: Posting, user: User | None, address: str, now: datetime) -> HandOff:
    """Write down that somebody leaves for the employer's site. Of one person there is one row to
    ask about for each posting, with the last time they left.

    `address` is the IP address of whoever has no account, compared and not kept. Raises
    throttling.TooMany.
    """
    if user is None:
        throttling.count(BY_NETWORK, sender_of_day(address, now=now), now=now)
        return HandOff.objects.create(posting=posting, at=now)
    row, made = get_or_make(HandOff, posting=posting, user=user, settled="", defaults={"at": now})
    if not made:
        HandOff.objects.filter(pk=row.pk).update(at=now)
        row.at = now
    return row


@transaction.atomic
def settle(*, posting: Posting, user: User, answer: HandOffAnswer, now: datetime) -> None:
    """Keep what somebody says who came back from the employer's site. "Applied" goes into their
    tracker, dated by when they left; said twice it is there once. Raises TooMany."""
    left = HandOff.objects.filter(posting=posting, user=user, settled="")
    went = left.order_by("pk").first()
    left.update(settled=answer)
    if answer is not HandOffAnswer.APPLIED:
        return
    job = tracker.track(user=user, posting=posting, now=now)
    if job.status == TrackedStatus.INTERESTED:
        tracker.set_status(job=job, status=TrackedStatus.APPLIED, now=went.at if went else now)
