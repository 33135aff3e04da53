"""Pay: factors, rounding, and what holds for every band."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cscareers.core.salary import PayBand, PayPeriod, annualise

amounts = st.decimals(min_value="0.01", max_value="9999999", places=2)
periods = st.sampled_from(PayPeriod)
hours = st.none() | st.decimals(min_value="0.5", max_value="80", places=1)


@pytest.mark.parametrize(
    ("amount", "period", "hours_per_week", "yearly"),
    [
        ("20", PayPeriod.HOUR, None, 41_600),
        ("20", PayPeriod.HOUR, "40", 41_600),
        ("20", PayPeriod.HOUR, "37.5", 39_000),
        ("250", PayPeriod.DAY, None, 65_000),
        ("1000", PayPeriod.WEEK, None, 52_000),
        ("3200", PayPeriod.MONTH, None, 38_400),
        ("70000", PayPeriod.YEAR, None, 70_000),
        ("250", PayPeriod.DAY, "20", 65_000),
    ],
)
def test_each_period_has_its_factor(
    amount: str, period: PayPeriod, hours_per_week: str | None, yearly: int
) -> None:
    stated = None if hours_per_week is None else Decimal(hours_per_week)
    assert annualise(Decimal(amount), period, stated) == yearly


@pytest.mark.parametrize(
    ("amount", "yearly"),
    [("0.49", 0), ("0.50", 1), ("1.50", 2), ("2.50", 3), ("2.4999", 2), ("70000.5", 70_001)],
)
def test_halves_are_rounded_up(amount: str, yearly: int) -> None:
    assert annualise(Decimal(amount), PayPeriod.YEAR) == yearly


@given(amounts, amounts, periods, hours)
def test_more_pay_is_never_less_a_year(
    one: Decimal, other: Decimal, period: PayPeriod, stated: Decimal | None
) -> None:
    low, high = sorted((one, other))
    assert annualise(low, period, stated) <= annualise(high, period, stated)


@given(amounts, hours, hours)
def test_more_hours_are_never_less_a_year(
    amount: Decimal, one: Decimal | None, other: Decimal | None
) -> None:
    low, high = sorted(value or Decimal(40) for value in (one, other))
    assert annualise(amount, PayPeriod.HOUR, low) <= annualise(amount, PayPeriod.HOUR, high)


@given(amounts, periods.filter(lambda period: period is not PayPeriod.HOUR), hours)
def test_hours_count_for_hourly_pay_alone(
    amount: Decimal, period: PayPeriod, stated: Decimal | None
) -> None:
    assert annualise(amount, period, stated) == annualise(amount, period)


@given(amounts, periods)
def test_rounding_moves_a_figure_by_half_a_unit_at_most(amount: Decimal, period: PayPeriod) -> None:
    factor = {"hour": 2080, "day": 260, "week": 52, "month": 12, "year": 1}[period]
    assert abs(annualise(amount, period) - amount * factor) <= Decimal("0.5")


@given(amounts, amounts, periods, hours)
def test_a_band_keeps_its_order_a_year(
    one: Decimal, other: Decimal, period: PayPeriod, stated: Decimal | None
) -> None:
    low, high = sorted((one, other))
    band = PayBand(low, high, "EUR", period, stated)
    assert (band.annual_min, band.annual_max) == (
        annualise(low, period, stated),
        annualise(high, period, stated),
    )
    assert band.annual_min <= band.annual_max


@pytest.mark.parametrize(("low", "high"), [("0", "10"), ("-1", "10"), ("10", "9.99")])
def test_an_empty_or_upside_down_band_is_no_pay(low: str, high: str) -> None:
    with pytest.raises(ValueError, match="The lower end of a band must"):
        PayBand(Decimal(low), Decimal(high), "USD", PayPeriod.YEAR)


@pytest.mark.parametrize(
    ("period", "stated", "assumes"),
    [
        (PayPeriod.HOUR, None, True),
        (PayPeriod.HOUR, Decimal(40), False),
        (PayPeriod.MONTH, None, False),
    ],
)
def test_only_hourly_pay_without_hours_assumes_forty(
    period: PayPeriod, stated: Decimal | None, assumes: bool
) -> None:
    assert PayBand(Decimal(20), Decimal(25), "USD", period, stated).assumes_hours is assumes
