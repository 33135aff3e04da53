"""Leading people to where an employer takes applications, and counting it."""

from datetime import datetime

from django.db import transaction

from postings.hiring.models import HandOff
from postings.models import Posting
from profiles.models import User


@transaction.atomic
def hand_off(*, posting: Posting, user: User | None, now: datetime) -> HandOff:
    """Write down that somebody leaves for the employer's site. Of one person there is one row to
    ask about for each posting, with the last time they left."""
    if user is None:
        return HandOff.objects.create(posting=posting, at=now)
    row, made = HandOff.objects.get_or_create(
        posting=posting, user=user, settled="", defaults={"at": now}
    )
    if not made:
        HandOff.objects.filter(pk=row.pk).update(at=now)
        row.at = now
    return row
