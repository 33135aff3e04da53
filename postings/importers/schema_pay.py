"""Pay of a schema.org JobPosting: from structure, from text, last from the description. Pure."""

import re
from decimal import Decimal
from typing import Any, Final

from cscareers.core.salary import PayBand, PayPeriod
from postings.importers import jsonld
from postings.importers.salary_text import (
    CURRENCY_CODES,
    NoPay,
    PayReading,
    assumed_period,
    find_salary,
    read_salary,
    sound_band,
)

_UNITS: Final = {
    "hour": PayPeriod.HOUR, "hourly": PayPeriod.HOUR, "hur": PayPeriod.HOUR, "hr": PayPeriod.HOUR,
    "day": PayPeriod.DAY, "daily": PayPeriod.DAY,
    "week": PayPeriod.WEEK, "weekly": PayPeriod.WEEK, "wee": PayPeriod.WEEK,
    "month": PayPeriod.MONTH, "monthly": PayPeriod.MONTH, "mon": PayPeriod.MONTH,
    "year": PayPeriod.YEAR, "yearly": PayPeriod.YEAR, "annual": PayPeriod.YEAR,
    "annually": PayPeriod.YEAR, "ann": PayPeriod.YEAR, "annum": PayPeriod.YEAR,
}  # fmt: skip
_HOURS_A_WEEK: Final = re.compile(
    r"\b(\d{2}(?:\.\d)?)\s?(?:hours?|hrs?)\.?\s?(?:per|a|/|each)?\s?(?:week|wk)", re.IGNORECASE
)


def read_pay(document: dict[str, Any]) -> PayReading:
    """The base pay of `document`, or the reason for none; what the structure says comes first."""
    default = _currency(document.get("salaryCurrency"))
    reason: NoPay | None = None
    for item in jsonld.each(document.get("baseSalary")):
        reading = _item(item, default)
        if reading.band is not None:
            return PayReading(_with_hours(reading.band, document))
        reason = reason or reading.reason
    found = find_salary(jsonld.raw(document.get("description"))[:100_000])
    if found.band is not None:
        return PayReading(_with_hours(found.band, document), guessed=True)
    return PayReading(None, reason or found.reason)


def _item(item: Any, default: str | None) -> PayReading:
    if isinstance(item, str):
        bare = jsonld.number(item)
        return _amounts(bare, bare, default, None) if bare is not None else read_salary(
            item, default_currency=default
        )  # fmt: skip
    if isinstance(item, dict):
        return _structure(item, default)
    bare = jsonld.number(item)
    return _amounts(bare, bare, default, None)


def _structure(item: dict[str, Any], default: str | None) -> PayReading:
    """A MonetaryAmount, with the value inside or flat."""
    currency = _currency(item.get("currency")) or default
    value = next(jsonld.each(item.get("value")), None)
    if isinstance(value, str) and jsonld.number(value) is None:
        return read_salary(value, default_currency=currency)
    inner = value if isinstance(value, dict) else item
    single = jsonld.number(inner.get("value"))
    low, high = jsonld.number(inner.get("minValue")), jsonld.number(inner.get("maxValue"))
    if low is None and high is None:
        low = high = single
    unit = jsonld.text(
        inner.get("unitText") or inner.get("unitCode") or item.get("unitText"), limit=40
    )
    if unit and _unit(unit) is None:
        return PayReading(None, NoPay.NO_PERIOD)
    return _amounts(low, high, currency, _unit(unit))


def _amounts(
    low: Decimal | None, high: Decimal | None, currency: str | None, period: PayPeriod | None
) -> PayReading:
    if low is None and high is None:
        return PayReading(None, NoPay.NO_AMOUNT)
    if low is None or high is None:
        return PayReading(None, NoPay.ONE_END_ONLY)
    if low <= 0 or low > high:
        return PayReading(None, NoPay.ODD_BAND)
    if currency is None:
        return PayReading(None, NoPay.NO_CURRENCY)
    period = period or assumed_period(low, currency)
    if period is None:
        return PayReading(None, NoPay.NO_PERIOD)
    return sound_band(low, high, currency, period)


def _unit(unit: str) -> PayPeriod | None:
    word = re.sub(r"^(?:per|an|a|/)\s*", "", unit.lower()).strip(" ./")
    return _UNITS.get(word)


def _currency(value: Any) -> str | None:
    code = jsonld.text(value, limit=10).upper()
    return code if code in CURRENCY_CODES else None


def _with_hours(band: PayBand, document: dict[str, Any]) -> PayBand:
    """The band with the hours a week that the document states, where pay is by the hour."""
    found = _HOURS_A_WEEK.search(jsonld.text(document.get("workHours")))
    if band.period is not PayPeriod.HOUR or found is None or not 0 < Decimal(found[1]) <= 80:
        return band
    return PayBand(band.minimum, band.maximum, band.currency, band.period, Decimal(found[1]))
