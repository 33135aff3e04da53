"""Pay from the words of an advertisement: `$65K - $100K`, `€3.200 – €3.800 per month`. Pure.

A reading is a band with both ends or a single figure, in one currency, for one period. What needs
a guess (`up to £40k`, `from $20/hr`, `OTE £60k`, a bare `$125 - $175`) is no pay; the reading then
says why. Only three things are concluded: `K` or an amount that nobody earns in a month means a
year, a bare `$` is the US dollar unless the text names another one, and where OTE stands beside
what is named as base pay (`25k basic, 40k OTE`, `30k + OTE`) the base counts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Final

from cscareers.core.salary import PayBand, PayPeriod
from postings.importers.excerpts import excerpt


class NoPay(StrEnum):
    """Why a text holds no pay."""

    NO_AMOUNT = "no_amount"
    NO_CURRENCY = "no_currency"
    TWO_CURRENCIES = "two_currencies"
    NO_PERIOD = "no_period"
    ONE_END_ONLY = "one_end_only"
    NOT_BASE_PAY = "not_base_pay"
    ODD_BAND = "odd_band"
    SEVERAL_BANDS = "several_bands"


@dataclass(frozen=True, slots=True)
class PayReading:
    """`band`, or None with the reason; `guessed` where prose was searched for it, and then the
    `words` that it was found in."""

    band: PayBand | None
    reason: NoPay | None = None
    guessed: bool = field(default=False, compare=False)
    words: str = field(default="", compare=False)


_CODES: Final = (
    "AED ARS AUD BDT BGN BHD BRL CAD CHF CLP CNY COP CRC CZK DKK EGP EUR GBP GEL GHS HKD HUF IDR"
    " ILS INR ISK JPY KES KRW KWD LKR MAD MXN MYR NGN NOK NPR NZD OMR PEN PHP PKR PLN QAR RON RSD"
    " SAR SEK SGD THB TND TRY TWD UAH UGX USD UYU VND ZAR"
)
CURRENCY_CODES: Final = frozenset(_CODES.split())
_SIGNS: Final = {
    "us$": "USD", "ca$": "CAD", "c$": "CAD", "a$": "AUD", "au$": "AUD", "nz$": "NZD",
    "s$": "SGD", "hk$": "HKD", "r$": "BRL", "mx$": "MXN", "$": "USD", "£": "GBP", "€": "EUR",
    "₹": "INR", "rs.": "INR", "zł": "PLN", "₪": "ILS", "₱": "PHP", "₦": "NGN", "₴": "UAH",
    "฿": "THB", "₩": "KRW", "₫": "VND", "¥": "JPY",
}  # fmt: skip
# From here up an amount without a period is a year's: no month's pay is that high.
_YEAR_FROM: Final = {
    "INR": 200_000, "JPY": 2_000_000, "KRW": 20_000_000, "PHP": 200_000, "HUF": 3_000_000,
    "IDR": 60_000_000, "VND": 300_000_000, "CLP": 6_000_000, "COP": 30_000_000,
    "NGN": 2_000_000, "PKR": 800_000, "BDT": 500_000, "LKR": 1_500_000, "KES": 600_000,
    "CZK": 200_000, "RSD": 500_000, "ISK": 3_000_000, "THB": 300_000, "TWD": 300_000,
    "MXN": 150_000, "ZAR": 150_000, "SEK": 150_000, "NOK": 150_000, "DKK": 150_000,
    "UAH": 200_000, "ARS": 10_000_000, "CRC": 6_000_000, "UGX": 20_000_000, "UYU": 500_000,
    "EGP": 200_000, "NPR": 500_000, "TRY": 500_000, "AED": 120_000, "SAR": 120_000,
    "QAR": 120_000, "HKD": 200_000, "CNY": 150_000, "ILS": 100_000, "PLN": 60_000,
    "BRL": 80_000, "MYR": 60_000, "RON": 60_000, "MAD": 100_000, "GHS": 100_000, "PEN": 50_000,
    "TND": 30_000, "GEL": 30_000, "SGD": 30_000, "CHF": 30_000,
}  # fmt: skip
_YEAR_FROM_ELSE: Final = 14_000
_MOST_AN_HOUR: Final = 2_000
_LEAST_IN_THOUSANDS: Final = 10_000
_HIGHEST: Final = Decimal(10) ** 10
_CENT: Final = Decimal("0.01")
_WIDEST: Final = 10  # a maximum of more than ten times the minimum is a slip, not a band

_CODE = "|".join(sorted(CURRENCY_CODES))
_SIGN = r"(?:US|CA|AU|NZ|HK|MX|C|A|S|R)?\$|[£€₹₪₱₦₴฿₩₫¥]|\bRs\.|zł"
_NUMBER = r"\d{1,3}(?:(?:[,.'’]|[ \u00a0\u202f])\d{2,3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d{1,4})?"
_UNIT = r"(?:\s?(?:lakhs?|lacs?|lpa|million|mio|mm|k|m)\b)?"
_AMOUNT = (
    rf"(?:(?P<code@>\b(?:{_CODE}))\s?)?(?P<sign@>{_SIGN})?\s?"
    rf"(?P<number@>{_NUMBER})(?P<unit@>{_UNIT})"
    rf"(?:\s?(?P<after@>[£€₹]|zł|\b(?:{_CODE})\b))?"
)
_PERIODS: Final = {
    PayPeriod.HOUR: (
        r"(?:per|an|a|/|each)\s?(?:hour|hr)\b|\bhourly|p/?hr?\b|/\s?h\b|\bp\.\s?hr?\b"
    ),
    PayPeriod.DAY: r"(?:per|a|/|each)\s?day\b|\bdaily|\bp/?d\b|\bper diem",
    PayPeriod.WEEK: r"(?:per|a|/|each)\s?(?:week|wk)\b|\bweekly|\bp/?w\b",
    PayPeriod.MONTH: r"(?:per|a|/|each)\s?(?:month|mo|mth)\b|\bmonthly|\bp/?m\b|\bp\.m\.",
    PayPeriod.YEAR: (
        r"(?:per|a|/|each)\s?(?:year|yr|annum)\b|\byearly|\bannual(?:ly|ised|ized)?\b"
        r"|\bp\.?a\b|\blpa\b|/\s?y\b"
    ),
}
_FIRST, _SECOND = _AMOUNT.replace("@", "1"), _AMOUNT.replace("@", "2")
_BETWEEN_ENDS = "|".join([rf"\s?(?:{p})" for p in _PERIODS.values()])
_RANGE = re.compile(
    rf"(?<![\d.,])(?:{_FIRST})(?:{_BETWEEN_ENDS})?(?:\s(?:ltd|paye|umbrella|gross|net|basic))?"
    rf"(?:\s*(?:-|–|—|−|~|\bto\b|\band\b)\s*(?:{_SECOND}))?",
    re.IGNORECASE,
)
_PERIOD_RES: Final = {p: re.compile(pattern, re.IGNORECASE) for p, pattern in _PERIODS.items()}
_OTE: Final = r"\bote\b|\bon[- ]target"
_NOT_BASE = re.compile(rf"{_OTE}|\bincl\w*\.? (?:bonus|commission)", re.IGNORECASE)
_ON_TARGET = re.compile(_OTE, re.IGNORECASE)
_ADDED = re.compile(r"\+|\b(?:plus|and)\b", re.IGNORECASE)
_BASE_BEFORE = re.compile(r"\b(?:basic|base)(?: salary| pay)?\s*:?\s*$", re.IGNORECASE)
_BASE_AFTER = re.compile(
    rf"(?:{_BETWEEN_ENDS})?\s*(?:\(?(?:basic|base)\b|(?:plus|\+)\s*\w)", re.IGNORECASE
)
_LOWER_ONLY = re.compile(r"(?:\bfrom|\bstarting(?: at)?|\bat least|\bmin(?:imum)?\.?)\s*$", re.I)
_UPPER_ONLY = re.compile(r"(?:\bup to|\bupto|\bto|\bmax(?:imum)?\.?|<)\s*$", re.IGNORECASE)

_OPEN_END = re.compile(
    rf"\s?\+(?!\s*(?:\w|{_SIGN}))|\s(?:and|or) (?:up|above|more)\b|\sor less\b"
    r"|\s*(?:-|–|—|\bto\b)\s*(?:negotiable|competitive|doe|open)\b",
    re.IGNORECASE,
)


def read_salary(text: str, *, default_currency: str | None = None) -> PayReading:
    """What `text`, a field that holds pay and little else, says of base pay.

    `default_currency` is used where the text names none.
    """
    text = _clean(text)[:500]
    amounts = list(_ranges(text))
    if _NOT_BASE.search(text):
        base = next((found for found in amounts if _is_base(text, found)), None)
        if base is None:
            return PayReading(None, NoPay.NOT_BASE_PAY)
        return _read(text, base, default_currency)
    if not amounts:
        return PayReading(None, NoPay.NO_AMOUNT)
    return _read_together(text, amounts, default_currency)


def _is_base(text: str, found: re.Match[str]) -> bool:
    """Whether the text parts this amount from what is earned on target."""
    before, after = text[: found.start()], text[found.end() :]
    if not _ON_TARGET.search(after) or _NOT_BASE.search(before):
        return False
    named = re.search(r"\b(?:basic|base)$", found[0], re.IGNORECASE)
    return bool(named or _BASE_BEFORE.search(before) or _BASE_AFTER.match(after))


def _read_together(
    text: str, amounts: list[re.Match[str]], default_currency: str | None
) -> PayReading:
    """The first amount, unless a later one says more: `37000/annum 37K to 47K` is that range,
    `80,000 per year (80k+)` is open, `11 per hour (juniors) 13 per hour` is two pays."""
    first, *others = amounts
    reading = _read(text, first, default_currency)
    if first["number2"] is not None and len(set(_ends(first)[:2])) > 1:
        return reading
    figure = _ends(first)[0]
    currency = next(iter(_currencies(first, text)), default_currency)
    for other in others:
        low, high, _ = _ends(other)
        if other["number2"] is not None and low < high and figure in (low, high):
            return _read(text, other, currency)
        if low == high == figure and _OPEN_END.match(text, other.end()):
            return PayReading(None, NoPay.ONE_END_ONLY)
        period = _period_at(text, first)
        same_kind = period is not None and period is _period_at(text, other)
        added = _ADDED.search(text[first.end() : other.start()])
        if same_kind and low == high != figure and not added:
            return PayReading(None, NoPay.SEVERAL_BANDS)
    return reading


def _period_at(text: str, found: re.Match[str]) -> PayPeriod | None:
    """The period that stands right behind an amount."""
    stretch = text[found.start() : found.end() + 12]
    hits = (p for p, pattern in _PERIOD_RES.items() if pattern.search(stretch))
    return next(hits, None)


_PAY_WORD = re.compile(
    r"\b(?:salary|salaries|pay|compensation|wages?|remuneration|hourly rate|base)\b", re.IGNORECASE
)
_OTHER_MONEY = re.compile(
    r"\b(?:rais|fund|series|revenue|valu|invest|arr\b|bonus|budget|sign-?on|stipend|equity|mrr\b"
    r"|reimburs|allowance|relocation|quota|commission|referral|ote\b|million|billion|401|up to"
    r"|from|over|more than)",
    re.IGNORECASE,
)


def speaks_of_other_money(text: str) -> bool:
    """Whether the words near an amount say that it is no pay: revenue, funds, a bonus."""
    return _OTHER_MONEY.search(text) is not None


def find_salary(text: str) -> PayReading:
    """The base pay that a description states, the last resort: a range with its currency written,
    a word such as "salary" shortly before it, and nothing near that speaks of other money.

    Two different bands (one for each place, say) are no pay: which one counts is a guess.
    """
    text = _clean(text)
    bands: list[PayBand] = []
    words = ""
    for found in _ranges_after_pay_words(text):
        if found["number2"] is None or not _marked(found):
            continue
        near = text[max(0, found.start() - 40) : found.start()]
        if _OTHER_MONEY.search(near):
            continue
        if _NOT_BASE_AFTER.match(text, found.end()):
            continue
        window = text[found.start() : found.end() + 40]
        match = next(_ranges(window), None)
        reading = _read(window, match, None) if match else PayReading(None)
        if reading.band is not None and reading.band not in bands:
            bands.append(reading.band)
            words = words or excerpt(text, max(0, found.start() - 20), found.end())
    if len(bands) == 1:
        return PayReading(bands[0], words=words)
    return PayReading(None, NoPay.SEVERAL_BANDS if bands else NoPay.NO_AMOUNT)


_SHORTLY: Final = 100
_LONGEST_RANGE: Final = 200


def _ranges_after_pay_words(text: str) -> Iterator[re.Match[str]]:
    """Each amount or range of amounts that a word of pay stands shortly before. Only there is it
    looked for: looking through a whole text takes much longer than all the rest."""
    at = 0
    for start, last in _stretches_after_pay_words(text):
        for found in _ranges(text, max(at, start), last + _LONGEST_RANGE):
            if found.start() > last:
                break
            at = found.end()
            yield found


def _stretches_after_pay_words(text: str) -> Iterator[tuple[int, int]]:
    """Where such an amount may begin: stretches that overlap are one, so that a text of nothing
    but words of pay is looked through once."""
    start, last = 0, -1
    for word in _PAY_WORD.finditer(text):
        if word.start() > last:
            if last >= 0:
                yield start, last
            start = word.end()
        last = word.start() + _SHORTLY
    if last >= 0:
        yield start, last


def _clean(text: str) -> str:
    return re.sub(r"[\u00a0\u202f\u2009\t\r\n]+", " ", text)


def _marked(found: re.Match[str]) -> bool:
    return any(found[name + end] for name in ("code", "sign", "after") for end in "12")


_OTHER_NUMBER: Final = re.compile(
    r"\s?(?:%|\(k\)|hours?\b|hrs\b|days?\b|weeks?\b|years?\b|yrs\b|\+ ?years)"
)
_NOT_BASE_AFTER: Final = re.compile(r"\s*(?:OTE|on[- ]target|bonus|(?:in )?equity)", re.IGNORECASE)


def _ranges(text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
    """Each amount or range of amounts between `start` and `end`; `24 hours`, `10%`, `401(k)` and
    years are none."""
    for found in _RANGE.finditer(text, start, len(text) if end is None else end):
        if not _OTHER_NUMBER.match(text, found.end()):
            yield found


def _read(text: str, found: re.Match[str], default_currency: str | None) -> PayReading:
    before, rest = text[: found.start()], text[found.end() :]
    single = found["number2"] is None
    if single and (_LOWER_ONLY.search(before) or _UPPER_ONLY.search(before)):
        return PayReading(None, NoPay.ONE_END_ONLY)
    if _OPEN_END.match(rest):
        return PayReading(None, NoPay.ONE_END_ONLY)
    if re.match(r"\s?(?:m|mm|million|bn|billion)\b", rest, re.IGNORECASE):
        return PayReading(None, NoPay.ODD_BAND)
    currencies = _currencies(found, text)
    if len(currencies) > 1:
        return PayReading(None, NoPay.TWO_CURRENCIES)
    currency = currencies.pop() if currencies else default_currency
    if currency is None:
        return PayReading(None, NoPay.NO_CURRENCY)
    low, high, thousands = _ends(found)
    period = _period(text, found)
    if period is PayPeriod.HOUR and currency not in _YEAR_FROM and low >= _MOST_AN_HOUR:
        period = None  # "$90K to $140K, or an hourly rate"
    if period is None and thousands and currency not in _YEAR_FROM and high >= _LEAST_IN_THOUSANDS:
        period = PayPeriod.YEAR
    period = period or assumed_period(low, currency)
    if period is None:
        return PayReading(None, NoPay.NO_PERIOD)
    return sound_band(low, high, currency, period)


def assumed_period(low: Decimal, currency: str) -> PayPeriod | None:
    """A year for an amount that no month's pay reaches; else no period may be assumed."""
    return PayPeriod.YEAR if low >= _YEAR_FROM.get(currency, _YEAR_FROM_ELSE) else None


def sound_band(low: Decimal, high: Decimal, currency: str, period: PayPeriod) -> PayReading:
    """A band that a person could mean, to the hundredth, else the reason."""
    if high > low * _WIDEST or high >= _HIGHEST:
        return PayReading(None, NoPay.ODD_BAND)
    low, high = low.quantize(_CENT), high.quantize(_CENT)
    try:
        return PayReading(PayBand(low, high, currency, period))
    except ValueError:
        return PayReading(None, NoPay.ODD_BAND)


def _currencies(found: re.Match[str], text: str) -> set[str]:
    """Named by code or by a sign that has one meaning; a bare `$` gives way to a dollar's code."""
    marks = [found[name + end] for name in ("code", "sign", "after") for end in "12"]
    marks += re.findall(rf"^\s*\(?({_CODE})\b", text[found.end() :])
    marks += re.findall(rf"\b({_CODE})\s*:?\s*$", text[: found.start()])
    named = {_SIGNS.get(mark.lower(), mark.upper()) for mark in marks if mark}
    dollars = {code for code in named if code.endswith("D") or code in ("MXN", "BRL", "CLP", "COP")}
    if "$" in marks and len(dollars) == 2 and "USD" in dollars and "USD" not in marks:
        named.discard("USD")
    return named


def _period(text: str, found: re.Match[str]) -> PayPeriod | None:
    """The period named nearest after the amount; else one named before it."""
    after, before = text[found.start() :], text[: found.start()]
    hits = [(m.start(), p) for p, pattern in _PERIOD_RES.items() if (m := pattern.search(after))]
    if not hits:
        hits = [(0, p) for p, pattern in _PERIOD_RES.items() if pattern.search(before)]
        if len(hits) > 1:
            return None
    return min(hits)[1] if hits else None


def _ends(found: re.Match[str]) -> tuple[Decimal, Decimal, bool]:
    """Both ends in whole units, and whether a unit such as `K` was written.

    In `65 - 100K` the unit stands for both ends.
    """
    unit1, unit2 = (_factor(found["unit1"]), _factor(found["unit2"]))
    low = _number(found["number1"], unit1 or unit2)
    if found["number2"] is None:
        return low * (unit1 or 1), low * (unit1 or 1), unit1 is not None
    high = _number(found["number2"], unit2 or unit1)
    if unit2 is not None and unit1 is None and low < 1000:
        unit1 = unit2
    return low * (unit1 or 1), high * (unit2 or 1), unit1 is not None or unit2 is not None


def _factor(unit: str | None) -> int | None:
    word = (unit or "").strip().lower()
    if not word:
        return None
    if word == "k":
        return 1_000
    return 100_000 if word[0] == "l" else 1_000_000


def _number(text: str, unit: int | None) -> Decimal:
    """The value of digits with separators of any country: `70,000` `3.200` `2,00,000` `24.50`.

    A single separator before exactly three digits parts thousands, unless a unit follows.
    """
    text = re.sub(r"[ '’\u00a0\u202f]", "", text)
    last = max(text.rfind("."), text.rfind(","))
    if last == -1:
        return Decimal(text)
    decimals = text[last + 1 :]
    separators = [c for c in text if c in ".,"]
    mixed = len(set(separators)) == 2
    if mixed or (len(separators) == 1 and (len(decimals) != 3 or unit is not None)):
        return Decimal(re.sub("[.,]", "", text[:last]) + "." + decimals)
    if len(decimals) != 3:
        return Decimal(re.sub("[.,]", "", text[:last]) + "." + decimals)
    return Decimal(re.sub("[.,]", "", text))
