"""The print of an approved text, written by `postings.duplicates.store`."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from postings.models.posting import Posting


class TextPrint(models.Model):
    """Numbers by which postings with alike texts find each other; see
    `postings.duplicates.prints`."""

    posting = models.OneToOneField(
        Posting, on_delete=models.CASCADE, primary_key=True, related_name="text_print"
    )
    bands = ArrayField(models.IntegerField())

    class Meta:
        indexes = [GinIndex(fields=["bands"], name="text_print_bands")]

    def __str__(self) -> str:
        return f"print of {self.posting_id}"
