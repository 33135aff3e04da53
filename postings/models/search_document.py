"""The search document: one narrow row a posting, written by `postings.search.document`."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from postings.models.posting import Posting


class SearchDocument(models.Model):
    """What search, facets and sorts read of a posting, of its base pay band and its approved
    content. `card` is what a list shows of it, ready made. UTC offsets are minutes."""

    posting = models.OneToOneField(
        Posting, on_delete=models.CASCADE, primary_key=True, related_name="document"
    )
    level = models.CharField(max_length=20)
    mode = models.CharField(max_length=10, blank=True)
    industry = models.CharField(max_length=40, blank=True)
    employment = ArrayField(models.CharField(max_length=20), default=list)
    specialisations = ArrayField(models.CharField(max_length=40), default=list)
    schedule = ArrayField(models.CharField(max_length=20), default=list)
    benefits = ArrayField(models.CharField(max_length=30), default=list)
    languages = ArrayField(models.CharField(max_length=8), default=list)
    skills = ArrayField(models.IntegerField(), default=list)
    countries = ArrayField(models.CharField(max_length=2), default=list)
    cities = ArrayField(models.IntegerField(), default=list)
    applicant_countries = ArrayField(models.CharField(max_length=2), default=list)
    applicant_areas = ArrayField(models.CharField(max_length=8), default=list)
    """Countries that are accepted as a whole, and of the others the subdivisions."""
    utc_offset_min = models.SmallIntegerField(null=True)
    utc_offset_max = models.SmallIntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True)
    annual_min = models.BigIntegerField(null=True)
    annual_max = models.BigIntegerField(null=True)
    education_rank = models.PositiveSmallIntegerField(default=0)
    years = models.PositiveSmallIntegerField(default=0)
    visa_sponsorship = models.BooleanField(default=False)
    text_language = models.CharField(max_length=8, default="en")
    """English is stemmed in the vectors, other languages are not."""
    replies_share = models.PositiveSmallIntegerField(null=True)
    """What share of its applicants the employer answered in time, in per cent; None while that is
    not public. Written with `ReplyFacts`."""
    published_at = models.DateTimeField()
    title_vector = SearchVectorField()
    text_vector = SearchVectorField()
    card = models.JSONField(default=dict)

    class Meta:
        indexes = [
            GinIndex(fields=["text_vector"], name="document_text"),
            GinIndex(fields=["skills"], name="document_skills"),
            GinIndex(fields=["countries"], name="document_countries"),
            models.Index(fields=["level", "mode"], name="document_level_mode"),
            models.Index(fields=["currency", "annual_max"], name="document_pay"),
            models.Index(fields=["-published_at", "-posting"], name="document_newest"),
        ]

    def __str__(self) -> str:
        return f"document of {self.posting_id}"


class PostingLocation(models.Model):
    """A place where a published posting's work is done: a city, or a country alone."""

    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="locations")
    position = models.PositiveSmallIntegerField()
    country = models.ForeignKey("core.Country", on_delete=models.PROTECT, related_name="+")
    city = models.ForeignKey(
        "core.City", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["posting", "position"], name="location_position_once")
        ]

    def __str__(self) -> str:
        return str(self.city or self.country)
