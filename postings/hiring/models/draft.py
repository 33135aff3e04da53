"""An application that is being written, and the one file that may go with it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cscareers.core.ids import new_public_id
from postings.hiring.models.application import Application

FILE_BYTES = 5 * 1024 * 1024


class ApplicationDraft(models.Model):
    """What somebody has written so far; gone when it is sent. Without an account (`user` is None)
    whoever has `public_id` in their session goes on with it, and signing up makes it theirs.

    `answers`: see `postings.hiring.engines.answers`; `replies`: what was answered to the employer's
    questions, each with its words: `[{"question": …, "answer": …}]`. `version` counts saved steps,
    so that two tabs can't overwrite each other.
    """

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id, editable=False)
    posting = models.ForeignKey(
        "postings.Posting", on_delete=models.CASCADE, related_name="application_drafts"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="application_drafts",
    )
    answers = models.JSONField(default=dict, blank=True)
    keep_answers = models.BooleanField(default=True)
    """The answers go into the profile as well, when the application is sent."""
    replies = models.JSONField(default=list, blank=True)
    note = models.TextField(max_length=2000, blank=True)
    opened_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["posting", "user"],
                condition=Q(user__isnull=False),
                name="application_draft_once",
            )
        ]

    def __str__(self) -> str:
        return self.public_id


class ApplicationFile(models.Model):
    """A PDF that goes with an application. Its bytes stand in the database, so that they are there
    exactly when the application is; only a view that has asked who may read it gives them out."""

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id, editable=False)
    draft = models.OneToOneField(
        ApplicationDraft, on_delete=models.CASCADE, null=True, blank=True, related_name="file"
    )
    application = models.OneToOneField(
        Application, on_delete=models.CASCADE, null=True, blank=True, related_name="file"
    )
    name = models.CharField(max_length=120)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    data = models.BinaryField()
    uploaded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(size__gt=0, size__lte=FILE_BYTES), name="application_file_size"
            ),
            models.CheckConstraint(
                condition=Q(draft__isnull=True) ^ Q(application__isnull=True),
                name="application_file_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return self.name
