"""Keeping track of jobs for oneself. Nobody else learns of it, so there are no events."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import F, Q

from postings.hiring import emails
from postings.hiring.enums import TrackedStatus
from postings.hiring.models import Application, TrackedJob
from postings.models import Posting
from profiles.models import User

MOST: Final = 500
"""Jobs that one person tracks by hand; more than that nobody looks through."""
SAID_OF_OURS: Final = (TrackedStatus.GHOSTED, TrackedStatus.APPLIED)
"""What somebody may say of an application here: that it is ghosted, and that back again."""


class TooMany(Exception):
    """This person tracks `MOST` jobs already."""


class ChangedMeanwhile(Exception):
    """The row was changed in another window; `job` is what stands there now."""

    def __init__(self, job: TrackedJob) -> None:
        super().__init__(job.public_id)
        self.job = job


class SetByApplication(Exception):
    """The application says where it stands; nobody sets that by hand."""


@transaction.atomic
def track(*, user: User, posting: Posting, now: datetime) -> TrackedJob:
    """The row for a posting; a new one says that they are interested. Raises TooMany."""
    _one_at_a_time(user)
    mine = TrackedJob.objects.of_owner(user)
    found = mine.filter(posting=posting).first()
    if found is not None:
        return found
    fields = {"posting": posting, "title": posting.title, "employer_name": posting.employer.name}
    return _insert(user, fields, now)


@transaction.atomic
def add(*, user: User, fields: Mapping[str, Any], now: datetime) -> TrackedJob:
    """A job from elsewhere, as its person wrote it down. Raises TooMany."""
    _one_at_a_time(user)
    return _insert(user, fields, now)


def _one_at_a_time(user: User) -> None:
    User.objects.select_for_update(no_key=True).get(pk=user.pk)


def _insert(user: User, fields: Mapping[str, Any], now: datetime) -> TrackedJob:
    if TrackedJob.objects.of_owner(user).count() >= MOST:
        raise TooMany
    return TrackedJob.objects.create(user=user, created_at=now, updated_at=now, **fields)


@transaction.atomic
def change(*, job: TrackedJob, fields: Mapping[str, Any], seen: datetime, now: datetime) -> None:
    """Write `fields`, unless the row is another one than the page showed that was last changed at
    `seen`: raises ChangedMeanwhile. Raises SetByApplication for what an application says."""
    status = fields.get("status", job.status)
    if status != job.status:
        _check_status(job, status)
        fields = {**fields, "news_on": now.date()}
    same = TrackedJob.objects.filter(pk=job.pk, updated_at=seen)
    if same.update(**fields, updated_at=now) != 1:
        raise ChangedMeanwhile(TrackedJob.objects.get(pk=job.pk))


@transaction.atomic
def set_status(*, job: TrackedJob, status: TrackedStatus, now: datetime) -> None:
    """Say where one stands; a first "applied" is dated today. Raises SetByApplication."""
    _check_status(job, status)
    job.status, job.news_on, job.updated_at = status, now.date(), now
    if status is TrackedStatus.APPLIED and job.applied_on is None:
        job.applied_on = now.date()
    job.save(update_fields=["status", "news_on", "applied_on", "updated_at"])


def _check_status(job: TrackedJob, status: str) -> None:
    if status not in SAID_OF_OURS and has_application(job):
        raise SetByApplication


def has_application(job: TrackedJob) -> bool:
    """Whether they applied for this job here."""
    mine = Application.objects.filter(posting=job.posting_id, candidate=job.user_id)
    return job.posting_id is not None and mine.exists()


def still_wait(*, job: TrackedJob, now: datetime) -> None:
    """Say that there is no news and that one waits on: nobody is asked again for a while."""
    TrackedJob.objects.filter(pk=job.pk).update(news_on=now.date(), updated_at=now)


def remove(*, job: TrackedJob) -> None:
    """Forget a job with its notes; an application stays what it is."""
    job.delete()


@transaction.atomic
def remind_due(*, now: datetime, most: int = 500) -> int:
    """Remind everybody of what they noted for today, once for each day that they chose; their
    number. What a stopped worker missed is sent when it runs again."""
    today: date = now.date()
    due = TrackedJob.objects.filter(next_on__lte=today, user__is_active=True)
    due = due.filter(Q(reminded_for__isnull=True) | ~Q(reminded_for=F("next_on")))
    rows = list(
        due.select_related("user").select_for_update(of=("self",), skip_locked=True, no_key=True)
        .order_by("next_on", "pk")[:most]
    )  # fmt: skip
    for job in rows:
        emails.reminded(job=job)
        job.reminded_for = job.next_on
    TrackedJob.objects.bulk_update(rows, ["reminded_for"])
    return len(rows)
