"""The rules by which postings in review are ordered, and what they said of each."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from postings.models.revision import PostingRevision


class RiskRule(models.Model):
    """One rule. Its `code` names the function that looks; `weight`, `params` and `enabled` are the
    moderators' to change. What it found on labelled ads comes with the code: `real_hits` of
    `real_total` honest ads is its false-positive rate."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    description = models.CharField(max_length=300)
    weight = models.PositiveSmallIntegerField(
        help_text="The most points that it gives. 0 gives none."
    )
    params = models.JSONField(default=dict, blank=True, verbose_name="limits")
    enabled = models.BooleanField(
        default=True,
        help_text="A rule that is off gives no points, but is tried: the report says what it"
        " would hit.",
    )
    fraud_hits = models.PositiveIntegerField(null=True, blank=True)
    fraud_total = models.PositiveIntegerField(null=True, blank=True)
    real_hits = models.PositiveIntegerField(null=True, blank=True)
    real_total = models.PositiveIntegerField(null=True, blank=True)
    measured_on = models.CharField(max_length=80, blank=True)
    measured_at = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(weight__lte=100),
                name="risk_rule_weight_at_most_100",
                violation_error_message="A rule gives at most 100 points.",
            ),
            models.CheckConstraint(
                condition=Q(
                    fraud_hits__isnull=True,
                    fraud_total__isnull=True,
                    real_hits__isnull=True,
                    real_total__isnull=True,
                    measured_at__isnull=True,
                )
                | Q(
                    fraud_hits__lte=F("fraud_total"),
                    real_hits__lte=F("real_total"),
                    fraud_total__gt=0,
                    real_total__gt=0,
                    measured_at__isnull=False,
                ),
                name="risk_rule_measured_in_full",
                violation_error_message="Figures come together, and hits are among the ads.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def recall(self) -> float | None:
        """The share of the labelled frauds that it hits."""
        if self.fraud_total is None or self.fraud_hits is None:
            return None
        return self.fraud_hits / self.fraud_total

    @property
    def false_positive_rate(self) -> float | None:
        """The share of the labelled honest ads that it hits."""
        if self.real_total is None or self.real_hits is None:
            return None
        return self.real_hits / self.real_total

    @property
    def precision(self) -> float | None:
        """The share of frauds among what it hits, on ads that are labelled; None without hits."""
        if self.fraud_hits is None or self.real_hits is None:
            return None
        hits = self.fraud_hits + self.real_hits
        return self.fraud_hits / hits if hits else None


class RiskAssessment(models.Model):
    """What the rules said of one revision. `hits` holds for each its code, name, points and the
    words that were found; `codes` repeats the codes for counting, those that are off included."""

    revision = models.OneToOneField(PostingRevision, on_delete=models.CASCADE, related_name="risk")
    score = models.PositiveIntegerField()
    hits = models.JSONField(default=list)
    codes = ArrayField(models.CharField(max_length=40), default=list)
    assessed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.score}: {self.revision}"
