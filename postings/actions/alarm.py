"""Telling moderators that somebody waits longer than we promise."""

from datetime import datetime

from django.db.models import Q

from postings import emails
from postings.actions.moderators import MODERATORS
from postings.queue_age import any_late, reports_age, revisions_age
from profiles.models import User


def warn_moderators(*, now: datetime) -> int:
    """Write to each moderator, once a day at the most, when a queue is late; how many there are
    to write to."""
    ages = (revisions_age(now=now), reports_age(now=now))
    if not any_late(ages):
        return 0
    staff = User.objects.filter(is_active=True, is_staff=True)
    people = staff.filter(Q(groups__name=MODERATORS) | Q(is_superuser=True)).distinct()
    told = list(people.order_by("pk"))
    for person in told:
        emails.queue_late(person=person, ages=ages, day=now.date())
    return len(told)
