"""Saving and hiding postings for oneself. Nobody else learns of it, so there are no events."""

from datetime import datetime
from typing import Final

from django.db import transaction

from postings.enums import Mark
from postings.models import MarkedPosting, Posting
from profiles.models import User

MOST: Final = 500
"""Marks of one person; more than that nobody looks through."""


class TooManyMarks(Exception):
    """This person has `MOST` of them already."""


@transaction.atomic
def mark(*, user: User, posting: Posting, as_: Mark, now: datetime) -> None:
    """Save or hide `posting`, whatever it was before. Raises TooManyMarks."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    mine = MarkedPosting.objects.filter(user=user)
    if not mine.filter(posting=posting).exists() and mine.count() >= MOST:
        raise TooManyMarks
    MarkedPosting.objects.update_or_create(
        user=user, posting=posting, defaults={"mark": as_, "at": now}
    )


def unmark(*, user: User, posting: Posting) -> None:
    """Neither saved nor hidden any more."""
    MarkedPosting.objects.filter(user=user, posting=posting).delete()
