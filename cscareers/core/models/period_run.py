"""What periodic work did, a row a period."""

from datetime import timedelta

from django.db import models

from cscareers.core.coded import values
from cscareers.core.enums import PeriodOutcome


class PeriodRun(models.Model):
    """The work called `name` for the period that fell due at `period`; there is one such row.

    Without an outcome it is being done, or whoever did it was killed.
    """

    name = models.CharField(max_length=80)
    period = models.DateTimeField()
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    error = models.CharField(max_length=200, blank=True)
    """Kind of the error and where it arose; none of its words, which may name people."""
    attempts = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["name", "period"], name="core_periodrun_once"),
            models.CheckConstraint(
                condition=models.Q(outcome__in=["", *values(PeriodOutcome)]),
                name="core_periodrun_outcome",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="", ended_at=None)
                | (~models.Q(outcome="") & models.Q(ended_at__isnull=False)),
                name="core_periodrun_ended_with_outcome",
            ),
        )
        indexes = (models.Index(fields=["begun_at"], name="core_periodrun_begun"),)

    def __str__(self) -> str:
        return f"{self.name} {self.period:%Y-%m-%d %H:%M}"

    @property
    def took(self) -> timedelta | None:
        """How long the last attempt took."""
        return self.ended_at - self.begun_at if self.ended_at else None
