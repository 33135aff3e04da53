"""Currencies that people are paid in, with their symbols and the way amounts are written."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType

from babel.numbers import format_currency, get_currency_symbol

from cscareers.core.tables import read_tsv

_FILE = Path(__file__).resolve().parent / "data" / "currencies.tsv"


@dataclass(frozen=True, slots=True)
class Currency:
    """An ISO 4217 currency; `minor_units` is its number of decimals."""

    code: str
    name: str
    minor_units: int

    def symbol(self, locale: str = "en") -> str:
        """The sign as readers of the locale know it; the code where there is none."""
        return get_currency_symbol(self.code, locale=locale)


@cache
def currencies() -> Mapping[str, Currency]:
    """All currencies by code, in order of their codes."""
    return MappingProxyType(
        {
            row["code"]: Currency(row["code"], row["name"], int(row["minor_units"]))
            for row in read_tsv(_FILE)
        }
    )


def is_currency(code: str) -> bool:
    """Whether the code stands for a currency that somebody may be paid in."""
    return code in currencies()


def format_amount(amount: Decimal | int, code: str, locale: str = "en") -> str:
    """The amount with the currency's sign; decimals only when there are any. A sign of letters
    alone stands a space apart, as "PLN 7,600"."""
    sign = get_currency_symbol(code, locale=locale)
    shown = format_currency(amount, code, locale=locale)
    if amount == int(amount):
        pattern = "¤#,##0"
        shown = format_currency(amount, code, pattern, locale=locale, currency_digits=False)
    if sign[-1].isalpha() and shown.startswith(sign):
        return shown.replace(sign, f"{sign}\N{NO-BREAK SPACE}", 1)
    return shown
