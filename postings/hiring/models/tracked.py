"""Jobs that somebody keeps track of: their own notes, dates and, of jobs elsewhere, the status."""

from typing import Final

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q

from cscareers.core.coded import values
from cscareers.core.ids import new_public_id
from postings.hiring.enums import TrackedStatus
from postings.hiring.labels import choices
from profiles.models import User

WEB: Final = ("http", "https")
NOT_THE_WEB: Final = "Enter a web address that begins with https:// or http://."


class TrackedJobQuerySet(models.QuerySet["TrackedJob"]):
    def of_owner(self, user: User) -> "TrackedJobQuerySet":
        """What somebody keeps track of; nobody else reads it."""
        return self.filter(user=user)


class TrackedJob(models.Model):
    """See the module. `posting` is None for a job that is not on our board; title and employer are
    kept beside it, because a posting may change or go.

    `status` is what the person says. For a posting that they applied for here it counts only as far
    as `postings.hiring.engines.tracker` says: there the application tells where they stand, and
    nothing of it is copied. `news_on` is the last day on which they heard, or said that they still
    wait; `reminded_for` the `next_on` that they were reminded of.
    """

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tracked_jobs"
    )
    posting = models.ForeignKey(
        "postings.Posting", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    title = models.CharField(max_length=160)
    employer_name = models.CharField(max_length=160, blank=True)
    url = models.URLField(
        max_length=500,
        blank=True,
        validators=[URLValidator(WEB, message=NOT_THE_WEB)],
    )
    status = models.CharField(
        max_length=30, choices=choices(TrackedStatus), default=TrackedStatus.INTERESTED.value
    )
    applied_on = models.DateField(null=True, blank=True)
    news_on = models.DateField(null=True, blank=True)
    next_on = models.DateField(null=True, blank=True)
    next_what = models.CharField(max_length=120, blank=True)
    reminded_for = models.DateField(null=True, blank=True)
    notes = models.TextField(max_length=2000, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    objects = TrackedJobQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=values(TrackedStatus)), name="tracked_job_status_known"
            ),
            models.CheckConstraint(
                condition=~Q(title=""),
                name="tracked_job_has_a_title",
                violation_error_message="Say what the job is called.",
            ),
            models.UniqueConstraint(
                fields=["user", "posting"],
                condition=Q(posting__isnull=False),
                name="tracked_job_once",
                violation_error_message="This job is in your tracker already.",
            ),
            models.CheckConstraint(
                condition=Q(url="") | Q(url__iregex="^https?://"),
                name="tracked_job_url_is_of_the_web",
                violation_error_message=NOT_THE_WEB,
            ),
            models.CheckConstraint(
                condition=Q(next_what="") | Q(next_on__isnull=False),
                name="tracked_job_next_has_a_day",
                violation_error_message="Say on which day.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_on"], condition=Q(next_on__isnull=False), name="tracked_job_next"
            )
        ]

    def __str__(self) -> str:
        return self.title
