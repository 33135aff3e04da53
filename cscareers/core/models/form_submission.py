"""Forms that were carried out, so that a double click or a resent form makes one row."""

import uuid

from django.db import models


class FormSubmission(models.Model):
    """The answer that the form with this `key` got for this user: where to go on (`location`), and
    what the page there says (`said`, pairs of a level and words)."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    # No foreign key: the kernel knows no user model, and a key outlives nobody for long.
    user_id = models.BigIntegerField(null=True)
    location = models.CharField(max_length=300, blank=True)
    said = models.JSONField(default=list, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.key)
