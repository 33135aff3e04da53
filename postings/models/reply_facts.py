"""How an employer answers whoever applies to it: figures that everybody may read."""

from typing import Final

from django.db import models
from django.db.models import F, Q

from postings.policy import FEWEST_FOR_FACTS
from profiles.models import Employer

_DAY: Final = 24


class ReplyFacts(models.Model):
    """One row an employer, written by `postings.hiring.actions.reply_facts`: of the last year's
    applications `due` were answered or had their day, and `in_time` of them were answered by it."""

    employer = models.OneToOneField(
        Employer, on_delete=models.CASCADE, primary_key=True, related_name="reply_facts"
    )
    due = models.PositiveIntegerField()
    in_time = models.PositiveIntegerField()
    median_hours = models.PositiveIntegerField(null=True)
    """From the application to its first answer, of those that were answered."""
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(in_time__lte=F("due")), name="replies_in_time_of_due"
            )
        ]

    def __str__(self) -> str:
        return f"{self.in_time} of {self.due}"

    @property
    def shown(self) -> bool:
        """They are of enough applications to be public."""
        return self.due >= FEWEST_FOR_FACTS

    @property
    def share(self) -> int:
        """Answered in time, in whole per cent, rounded down: 100 is all of them."""
        return 100 * self.in_time // self.due if self.due else 0

    @property
    def median_days(self) -> int | None:
        """The median in whole days, rounded half up; None when nobody was answered."""
        return None if self.median_hours is None else (self.median_hours + _DAY // 2) // _DAY

    @property
    def words(self) -> str:
        """As pages say it: answered in time, of how many, after how many days."""
        said = f"Replied to {self.in_time} of {self.due} within the promised time"
        match self.median_days:
            case None:
                return said
            case 0:
                return f"{said}, median less than a day"
            case days:
                return f"{said}, median {days} day{'' if days == 1 else 's'}"


def public_facts(employer: Employer) -> ReplyFacts | None:
    """The facts of an employer if they may be shown. One query, unless fetched with it."""
    facts: ReplyFacts | None = getattr(employer, "reply_facts", None)
    return facts if facts is not None and facts.shown else None
