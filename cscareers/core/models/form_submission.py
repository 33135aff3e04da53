"""Forms that were carried out, so that a double click or a resent form makes one row."""

import uuid

from django.db import models


class FormSubmission(models.Model):
    """The answer (`location`) that the form with this `key` got from this user."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    # No foreign key: the kernel knows no user model, and a key outlives nobody for long.
    user_id = models.BigIntegerField(null=True)
    location = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.key)
