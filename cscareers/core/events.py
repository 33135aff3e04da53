"""The abstract event row: who did what to which thing, when and why. PostgreSQL keeps it as it is.

Rows can't be deleted, and nothing in them can change but one thing: the person may be blanked,
because somebody who leaves has a right to be forgotten while what happened stays.
"""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

_TAMPERED = """(
    (to_jsonb(OLD) - 'actor_id' - 'actor_label') IS DISTINCT FROM
    (to_jsonb(NEW) - 'actor_id' - 'actor_label')
    OR (NEW.actor_id IS NOT NULL AND NEW.actor_id IS DISTINCT FROM OLD.actor_id)
    OR (NEW.actor_label <> '' AND NEW.actor_label IS DISTINCT FROM OLD.actor_label)
)"""


def append_only() -> list[pgtrigger.Trigger]:
    """The triggers that make a table append-only."""
    return [
        pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Delete),
        pgtrigger.Protect(
            name="keep_as_written",
            operation=pgtrigger.Update,
            condition=pgtrigger.Condition(_TAMPERED),
        ),
    ]


class Event(models.Model):
    """`actor` is null for what the system did; `actor_label` keeps how that actor was named."""

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    actor_label = models.CharField(max_length=200, blank=True)
    verb = models.CharField(max_length=40)
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20, blank=True)
    reasons = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    note = models.TextField(blank=True)
    details = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField()

    class Meta:
        abstract = True
        triggers: ClassVar[list[pgtrigger.Trigger]] = append_only()

    def __str__(self) -> str:
        return f"{self.verb} at {self.at:%Y-%m-%d %H:%M}"
