"""No posting without somebody behind it: the weekly question, and the pause when nobody answers.

What its own team has paused is asked about no more; it needs a confirmation, though, to come back.
What we hold is asked about when we have decided.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction

from postings.actions import lifecycle
from postings.enums import PauseReason
from postings.hiring import emails
from postings.hiring.engines.confirm_links import ConfirmLink, Standing
from postings.models import Posting, PostingQuerySet
from postings.policy import ASK_AGAIN_AFTER, LAST_WARNING_AFTER, UNCONFIRMED_AFTER
from postings.states import LIVE_STATES
from profiles.models import User


def ask(*, now: datetime) -> int:
    """Ask for each posting that nobody confirmed for a week whether it is still open, and once
    more a day before it is paused; the number of mails. Each goes out once for a confirmation."""
    asked = 0
    weekly = _unconfirmed(ASK_AGAIN_AFTER, UNCONFIRMED_AFTER, now=now)
    for posting in _asked_about(weekly):
        last = posting.confirmed_at is not None and posting.confirmed_at <= now - LAST_WARNING_AFTER
        with transaction.atomic():
            asked += emails.still_hiring(posting=posting, last=last)
    return asked


def pause_unconfirmed(*, now: datetime) -> int:
    """Pause what nobody confirmed for `UNCONFIRMED_AFTER`, and say why; how many."""
    due = _unconfirmed(UNCONFIRMED_AFTER, None, now=now)
    due = due.exclude(paused_for__contains=[PauseReason.UNCONFIRMED])
    return sum(_pause(pk, now=now) for pk in list(due.values_list("pk", flat=True)))


@transaction.atomic
def _pause(pk: int, *, now: datetime) -> bool:
    posting = Posting.objects.locked().get(pk=pk)
    if not _unconfirmed(UNCONFIRMED_AFTER, None, now=now).filter(pk=pk).exists():
        return False  # confirmed, held or ended meanwhile
    if PauseReason.UNCONFIRMED in posting.paused_for:
        return False
    told = PauseReason.MEMBER not in posting.paused_for and not posting.withheld
    event = lifecycle.pause(posting=posting, actor=None, now=now, why=PauseReason.UNCONFIRMED)
    if told:
        emails.unconfirmed(posting=posting, event=event)
    return True


@transaction.atomic
def confirm_by_link(*, link: ConfirmLink, actor: User, now: datetime) -> Standing:
    """Confirm the posting of a link that its recipient followed; how the link stood before, and
    nothing is done unless it still asks."""
    posting = Posting.objects.locked().get(public_id=link.posting)
    standing = link.standing(posting, now=now)
    if standing is Standing.ASKS:
        lifecycle.confirm(posting=posting, actor=actor, now=now)
    return standing


def _unconfirmed(least: timedelta, most: timedelta | None, *, now: datetime) -> PostingQuerySet:
    """What runs and was last confirmed at least so long ago, and less than `most`."""
    rows = Posting.objects.filter(
        state__in=LIVE_STATES,
        closes_at__gt=now,
        held_at__isnull=True,
        confirmed_at__lte=now - least,
    )
    if most is not None:
        rows = rows.filter(confirmed_at__gt=now - most)
    return rows.order_by("confirmed_at", "pk")


def _asked_about(rows: PostingQuerySet) -> Iterator[Posting]:
    open_ones = rows.filter(withheld=False).exclude(paused_for__contains=[PauseReason.MEMBER])
    return open_ones.select_related("employer", "author").iterator()
