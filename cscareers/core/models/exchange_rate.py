"""Reference exchange rates of the European Central Bank, dated."""

from django.db import models


class ExchangeRate(models.Model):
    """One euro in units of `currency` on `day`; the euro itself stands at 1."""

    currency = models.CharField(max_length=3)
    day = models.DateField()
    per_euro = models.DecimalField(max_digits=16, decimal_places=6)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["currency", "day"], name="exchange_rate_once_a_day"),
            models.CheckConstraint(
                condition=models.Q(per_euro__gt=0), name="exchange_rate_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.per_euro} {self.currency} on {self.day}"
