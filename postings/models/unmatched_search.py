"""Words that people searched for and the board does not know."""

from django.db import models
from django.db.models import Q

from cscareers.core.coded import values
from postings.enums import UnmatchedStatus
from postings.labels import choices
from profiles.models import Skill


class UnmatchedSearch(models.Model):
    """Words in their folded form with how often and when, by day; nothing tells who searched."""

    words = models.CharField(max_length=80, unique=True)
    searches = models.PositiveIntegerField(default=1)
    first_seen = models.DateField()
    last_seen = models.DateField()
    status = models.CharField(
        max_length=10, choices=choices(UnmatchedStatus), default=UnmatchedStatus.OPEN.value
    )
    skill = models.ForeignKey(
        Skill, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    """The term that the words lead to now."""

    class Meta:
        verbose_name = "search without an answer"
        verbose_name_plural = "searches without an answer"
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=values(UnmatchedStatus)), name="unmatched_status_known"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="unmatched_has_words"),
        ]
        indexes = [
            models.Index(fields=["status", "-searches", "-last_seen"], name="unmatched_queue")
        ]

    def __str__(self) -> str:
        return self.words
