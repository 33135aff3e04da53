"""Pay: one value object and the one place where pay of different periods is compared. Pure.

The factors are those of the public interface: a year is 52 weeks or 260 days or 12 months, an
hour counts `hours_per_week` times 52. 40 hours a week (2,080 a year, the usage of US wage
statistics) is assumed only where a band does not say, and pages say so.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final

DEFAULT_HOURS_PER_WEEK: Final = Decimal(40)
WEEKS_PER_YEAR: Final = 52
DAYS_PER_YEAR: Final = 260
MONTHS_PER_YEAR: Final = 12


class PayPeriod(StrEnum):
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


def annualise(amount: Decimal, period: PayPeriod, hours_per_week: Decimal | None = None) -> int:
    """`amount` a `period` as whole units of the same currency a year, rounded half up."""
    hours = DEFAULT_HOURS_PER_WEEK if hours_per_week is None else hours_per_week
    factor = {
        PayPeriod.HOUR: hours * WEEKS_PER_YEAR,
        PayPeriod.DAY: Decimal(DAYS_PER_YEAR),
        PayPeriod.WEEK: Decimal(WEEKS_PER_YEAR),
        PayPeriod.MONTH: Decimal(MONTHS_PER_YEAR),
        PayPeriod.YEAR: Decimal(1),
    }[period]
    return int((amount * factor).quantize(Decimal(1), rounding=ROUND_HALF_UP))


@dataclass(frozen=True, slots=True)
class PayBand:
    """Base pay as the employer states it: `minimum`–`maximum` of `currency` a `period`.

    Raises ValueError when the band is empty or upside down: such a band is no pay.
    """

    minimum: Decimal
    maximum: Decimal
    currency: str
    period: PayPeriod
    hours_per_week: Decimal | None = None

    def __post_init__(self) -> None:
        if self.minimum <= 0:
            raise ValueError("The lower end of a band must be more than 0.")
        if self.minimum > self.maximum:
            raise ValueError("The lower end of a band must not be above its upper end.")

    @property
    def annual_min(self) -> int:
        return annualise(self.minimum, self.period, self.hours_per_week)

    @property
    def annual_max(self) -> int:
        return annualise(self.maximum, self.period, self.hours_per_week)

    @property
    def assumes_hours(self) -> bool:
        """True when the yearly figure rests on the 40 hours that nobody stated."""
        return self.period is PayPeriod.HOUR and self.hours_per_week is None
