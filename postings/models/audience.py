"""The crowd of a day, and what each employer has asked about it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from profiles.models import Employer


class FrozenCrowd(models.Model):
    """What the profiles that count said on `day`, as `postings.audience.frozen` writes it, without
    a word on whose they are. Only the newest is kept."""

    day = models.DateField(unique=True)
    people = models.JSONField()
    capped = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = "frozen crowd"

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"


class AudienceQuestions(models.Model):
    """The different questions that an employer has asked about the crowd on `day`, as hashes."""

    employer = models.OneToOneField(
        Employer, on_delete=models.CASCADE, related_name="audience_questions"
    )
    day = models.DateField()
    asked = ArrayField(models.CharField(max_length=32), default=list)

    class Meta:
        verbose_name_plural = "audience questions"

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"
