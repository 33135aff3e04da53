"""What people keep of the board for themselves: saved and hidden postings."""

from django.conf import settings
from django.db import models

from cscareers.core.coded import values
from postings.enums import Mark
from postings.labels import choices
from postings.models.posting import Posting


class MarkedPosting(models.Model):
    """A posting that somebody saved or hid; one or the other. Nobody else sees it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="marked_postings"
    )
    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="+")
    mark = models.CharField(max_length=10, choices=choices(Mark))
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "posting"], name="marked_posting_once"),
            models.CheckConstraint(
                condition=models.Q(mark__in=values(Mark)), name="marked_posting_mark_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.posting}: {self.mark}"
