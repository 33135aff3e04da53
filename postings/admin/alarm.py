"""The age of the queues, at the head of the admin's first page and of the queues themselves."""

from collections.abc import Iterable

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from cscareers.admin import ModerationSite, Notice
from postings.permissions import can_moderate
from postings.queue_age import QueueAge, reports_age, revisions_age

QUEUE = "admin:postings_postingrevision_changelist"
REPORTED = "admin:postings_reportedposting_changelist"
DECIDED = "admin:postings_postingrevision_decided"


def revisions_notice() -> Notice:
    """How the review queue stands."""
    return _notice(revisions_age(now=timezone.now()), QUEUE)


def reports_notice() -> Notice:
    """How the reports stand."""
    return _notice(reports_age(now=timezone.now()), REPORTED)


def notices(request: HttpRequest) -> Iterable[Notice]:
    """Both, for moderators, and the way to what they decided today."""
    if not can_moderate(request.user):
        return
    yield revisions_notice()
    yield reports_notice()
    yield Notice("What I decided today", "with a way to take an approval back.", reverse(DECIDED))


def _notice(age: QueueAge, url: str) -> Notice:
    return Notice(age.name, age.words, reverse(url), alarming=age.late > 0)


site = admin.site
assert isinstance(site, ModerationSite)  # noqa: S101 - AdminConfig.default_site
site.notices.append(notices)
