"""The reference rates in force: the newest stored day of each currency."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cscareers.core.models import ExchangeRate


@dataclass(frozen=True, slots=True)
class Rates:
    """Units of each currency for one euro, and the oldest `day` among them (None when empty)."""

    per_euro: dict[str, Decimal]
    day: date | None

    def convert(self, amount: Decimal, *, source: str, target: str) -> Decimal | None:
        """`amount` of `source` in `target`; None when either has no rate."""
        if source == target:
            return amount
        if source not in self.per_euro or target not in self.per_euro:
            return None
        return amount / self.per_euro[source] * self.per_euro[target]


def current_rates() -> Rates:
    """The newest rate of each currency."""
    rows = ExchangeRate.objects.order_by("currency", "-day").distinct("currency")
    newest = {row.currency: row for row in rows}
    return Rates(
        per_euro={"EUR": Decimal(1), **{code: row.per_euro for code, row in newest.items()}},
        day=min((row.day for row in newest.values()), default=None),
    )
