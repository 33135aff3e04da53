"""Which shipped data file stands in the database, so that an unchanged one is not read again."""

from django.db import models


class LoadedData(models.Model):
    """The SHA-256 `digest` of the file (or files) last loaded under `name`."""

    name = models.CharField(max_length=80, primary_key=True)
    digest = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
