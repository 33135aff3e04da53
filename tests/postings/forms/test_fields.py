"""Fields that read what people type."""

import contextlib
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from cscareers.core.form_fields import (
    CountriesField,
    MoneyField,
    currency_choices,
    language_choices,
    read_amount,
    write_amount,
    write_countries,
)
from cscareers.core.places import country_names
from postings.enums import Channel
from postings.forms.fields import SubdivisionsField, ordered, read_subdivisions, write_subdivisions


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("72,000", "72000"),
        ("72000.50", "72000.50"),
        ("72 000", "72000"),
        ("72\N{NO-BREAK SPACE}000", "72000"),
        ("72'000", "72000"),
        ("1,234,567.8", "1234567.8"),
        ("0", "0"),
        (" 24.5 ", "24.5"),
    ],
)
def test_amounts_are_read_as_they_are_written(text: str, amount: str) -> None:
    assert read_amount(text) == Decimal(amount)


@pytest.mark.parametrize(
    "text",
    ["", "72.000", "72,50", "7,2000", "-5", "1e5", "72k", "$72", "٧٢٠٠٠x", "10000000000", "1.2.3"],
)
def test_what_can_be_read_in_two_ways_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_amount(text)


@given(st.decimals(min_value=0, max_value=9_999_999_999, places=2))
def test_an_amount_written_is_read_again(amount: Decimal) -> None:
    assert read_amount(write_amount(amount)) == amount


@given(st.text())
def test_any_text_is_an_amount_or_refused(text: str) -> None:
    with contextlib.suppress(ValueError):
        assert read_amount(text) >= 0


def test_a_money_field_says_how_to_write() -> None:
    assert MoneyField(required=False).clean("") is None
    with pytest.raises(ValidationError, match=r"like 72,000 or 24\.50"):
        MoneyField().clean("about 5")


def test_countries_by_name_code_and_group() -> None:
    field = CountriesField(required=False)
    assert field.clean("United States, ca;poland\nUS") == ("US", "CA", "PL")
    assert field.clean("") == ()
    assert len(field.clean("EU")) == 27
    assert field.clean(write_countries(("US", "CI", "GB"))) == ("US", "CI", "GB")
    with pytest.raises(ValidationError, match="We don’t know “Atlantis”, “Lemuria”"):
        field.clean("Atlantis, US, Lemuria")


@pytest.mark.parametrize("code", sorted(country_names()))
def test_each_country_is_written_so_that_it_is_read_again(code: str) -> None:
    assert CountriesField().clean(write_countries((code,))) == (code,)


def test_choices_keep_their_order_and_say_who_is_usual() -> None:
    assert ordered(Channel, ["chat", "phone", "chat"]) == (Channel.PHONE, Channel.CHAT)
    assert currency_choices()[0] == ("USD", "USD, US Dollar")
    assert ("es", "Spanish") in language_choices()
    codes = [code for code, _ in currency_choices()]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize(
    ("typed", "countries", "codes"),
    [
        ("Ohio, new york", ("US",), ("US-OH", "US-NY")),
        ("OH; US-NY", ("US", "CA"), ("US-OH", "US-NY")),
        ("Ontario,, Ontario", ("CA", "US"), ("CA-ON",)),
        ("Bayern", ("DE",), ("DE-BY",)),
    ],
)
def test_states_are_read_inside_the_countries(typed, countries, codes):
    names = SubdivisionsField().clean(typed)
    assert read_subdivisions(names, countries) == codes
    assert (
        read_subdivisions(SubdivisionsField().clean(write_subdivisions(codes)), countries) == codes
    )


@pytest.mark.parametrize(
    ("typed", "countries", "words"),
    [
        ("Ontario", ("US",), "We know no “Ontario” in the countries above."),
        ("Atlantis", ("US",), "We know no “Atlantis”"),
        ("Central", ("GH", "UG", "FJ"), "“Central” can be"),
    ],
)
def test_a_state_that_is_elsewhere_or_several_is_named(typed, countries, words):
    with pytest.raises(ValidationError, match=words):
        read_subdivisions([typed], countries)
