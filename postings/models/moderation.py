"""What moderators write for themselves: notes on a posting or an employer, and saved replies."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

from cscareers.core.coded import values
from postings.enums import RejectionReason
from postings.labels import choices
from postings.models.posting import Posting
from profiles.models import Employer

NOTE_LENGTH = 2000
REPLY_LENGTH = 2000


class ModeratorNote(models.Model):
    """A private note: on a posting or on an employer, never shown outside the admin."""

    posting = models.ForeignKey(
        Posting, on_delete=models.CASCADE, null=True, blank=True, related_name="moderator_notes"
    )
    employer = models.ForeignKey(
        Employer, on_delete=models.CASCADE, null=True, blank=True, related_name="moderator_notes"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    author_label = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(posting__isnull=True) ^ Q(employer__isnull=True),
                name="moderator_note_about_one_thing",
                violation_error_message="Choose a job or an employer, one of them.",
            ),
            models.CheckConstraint(
                condition=~Q(text="")
                & Q(models.lookups.LessThanOrEqual(Length("text"), NOTE_LENGTH)),
                name="moderator_note_has_words",
                violation_error_message=f"Write 1 to {NOTE_LENGTH} characters.",
            ),
        ]

    def __str__(self) -> str:
        return f"Note of {self.at:%d %b %Y} on {self.posting or self.employer}"


class SavedReply(models.Model):
    """Words that moderators often write; `{title}` and `{employer}` stand for the job's own."""

    name = models.CharField(
        max_length=80,
        unique=True,
        error_messages={"unique": "There is a reply of this name already."},
        help_text="As it stands in the list of replies.",
    )
    reasons = ArrayField(
        models.CharField(max_length=40, choices=choices(RejectionReason)),
        default=list,
        blank=True,
        help_text="Ticked together with the reply.",
    )
    text = models.TextField(
        max_length=REPLY_LENGTH,
        help_text="{title} becomes the job's title, {employer} its employer's name.",
    )

    class Meta:
        verbose_name_plural = "saved replies"
        constraints = [
            models.CheckConstraint(
                condition=Q(reasons__contained_by=values(RejectionReason)),
                name="saved_reply_reasons_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def filled(self, *, title: str, employer: str) -> str:
        """The reply about one job; other braces stay as they are."""
        return self.text.replace("{title}", title).replace("{employer}", employer)
