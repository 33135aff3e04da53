"""Signs and amounts of money as people read them."""

from decimal import Decimal

import pytest

from cscareers.core.currencies import currencies, format_amount, is_currency


@pytest.mark.parametrize(
    ("amount", "code", "locale", "written"),
    [
        (70_000, "USD", "en", "$70,000"),
        (Decimal("21.50"), "GBP", "en", "£21.50"),
        (Decimal("21.00"), "GBP", "en", "£21"),
        (5_000_000, "JPY", "en", "¥5,000,000"),
        (50_000, "EUR", "de", "€50.000"),
        (7_600, "PLN", "en", "PLN\N{NO-BREAK SPACE}7,600"),
        (82_000, "CAD", "en", "CA$82,000"),
    ],
)
def test_amounts_are_written_with_decimals_only_when_there_are_any(
    amount: Decimal | int, code: str, locale: str, written: str
) -> None:
    assert format_amount(amount, code, locale) == written


def test_metals_and_test_codes_are_not_money() -> None:
    assert [code for code in ("XAU", "XTS", "XXX", "usd", "") if is_currency(code)] == []
    assert is_currency("USD")


def test_a_symbol_is_the_readers_own() -> None:
    assert currencies()["CAD"].symbol("en") == "CA$"
    assert currencies()["CAD"].symbol("en_CA") == "$"
