"""Which reminders of due answers went out: each once."""

from django.db import models

from cscareers.core.coded import values
from postings.hiring.enums import ReminderKind
from postings.hiring.labels import choices
from postings.hiring.models.application import Application


class AnswerReminder(models.Model):
    """An application stood in a mail that reminds its employer of the answer that is due."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=5, choices=choices(ReminderKind))
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "kind"], name="reminder_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=values(ReminderKind)), name="reminder_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.application_id}"
