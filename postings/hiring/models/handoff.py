"""People who left for another site to apply there."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cscareers.core.coded import values
from postings.hiring.enums import HandOffAnswer
from postings.hiring.labels import choices


class HandOff(models.Model):
    """Somebody went from a posting to the address where its employer takes applications. `user` is
    None for whoever was not signed in: such a row counts and tells nothing of them. `settled` is
    what they said when they came back, "" as long as they were not asked.
    """

    posting = models.ForeignKey(
        "postings.Posting", on_delete=models.CASCADE, related_name="hand_offs"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="hand_offs",
    )
    at = models.DateTimeField()
    settled = models.CharField(max_length=10, choices=choices(HandOffAnswer), blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(settled__in=["", *values(HandOffAnswer)]), name="hand_off_settled_known"
            ),
            models.UniqueConstraint(
                fields=["posting", "user"],
                condition=Q(user__isnull=False, settled=""),
                name="hand_off_asked_once",
            ),
        ]
        indexes = [models.Index(fields=["user", "-at"], name="hand_off_of_user")]

    def __str__(self) -> str:
        return f"{self.posting_id} at {self.at}"
