"""Counters of our own limits, shared by all workers and kept over restarts."""

from django.db import models


class RateLimit(models.Model):
    """`hits` of `key` in the window that began at `window_start`."""

    key = models.CharField(max_length=120, primary_key=True)
    window_start = models.DateTimeField()
    hits = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.key
