"""The pay bands of a published posting."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from cscareers.core.coded import values
from cscareers.core.salary import PayPeriod
from postings.labels import choices
from postings.models.posting import Posting


class PostingPay(models.Model):
    """Base pay for the countries in `zone`, or for everywhere when it is empty. `annual_*` are
    whole units of `currency` a year (`cscareers.core.salary.annualise`)."""

    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="pay_bands")
    position = models.PositiveSmallIntegerField()
    zone = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    minimum = models.DecimalField(max_digits=14, decimal_places=2)
    maximum = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3)
    period = models.CharField(max_length=10, choices=choices(PayPeriod))
    hours_per_week = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    annual_min = models.BigIntegerField()
    annual_max = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["posting", "position"], name="pay_position_once"),
            models.CheckConstraint(condition=Q(minimum__gt=0), name="pay_minimum_positive"),
            models.CheckConstraint(
                condition=Q(minimum__lte=F("maximum")), name="pay_minimum_not_above_maximum"
            ),
            models.CheckConstraint(
                condition=Q(annual_min__lte=F("annual_max")), name="pay_annual_order"
            ),
            models.CheckConstraint(
                condition=Q(period__in=values(PayPeriod)), name="pay_period_known"
            ),
            models.CheckConstraint(
                condition=Q(hours_per_week__isnull=True)
                | Q(hours_per_week__gt=0, hours_per_week__lte=80),
                name="pay_hours_per_week_sane",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.minimum}–{self.maximum} {self.currency} a {self.period}"
