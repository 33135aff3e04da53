"""Fields of forms that read what people type: amounts, countries, yes or no, whole numbers."""

import re
from decimal import Decimal
from functools import cache
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from cscareers.core.currencies import currencies
from cscareers.core.languages import language_names
from cscareers.core.places import country_names, find_country

_THOUSANDS: Final = re.compile(r"\d{1,3}(,\d{3})+(\.\d{1,2})?")
_PLAIN: Final = re.compile(r"\d{1,10}(\.\d{1,2})?")
_SPACES: Final = re.compile(r"[\s'’_]+")
_MOST: Final = Decimal(10_000_000_000)
# fmt: off
_EU: Final = (
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT",
    "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
)
# fmt: on
_GROUPS: Final = {"eu": _EU, "european union": _EU}


def read_amount(text: str) -> Decimal:
    """The amount that `text` writes: "72,000", "72000.50" or "72 000".

    Raises ValueError for anything that could be read in two ways, such as "72.000".
    """
    bare = _SPACES.sub("", text)
    if _THOUSANDS.fullmatch(bare):
        bare = bare.replace(",", "")
    elif not _PLAIN.fullmatch(bare):
        raise ValueError(text)
    amount = Decimal(bare)
    if amount >= _MOST:
        raise ValueError(text)
    return amount


def write_amount(amount: Decimal) -> str:
    """The amount as an employer would type it: "72,000" or "24.50"."""
    return f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"


class MoneyField(forms.CharField):
    """An amount of money, read by `read_amount`."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 40)
        super().__init__(**kwargs)
        self.widget.attrs["inputmode"] = "decimal"

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return read_amount(text)
        except ValueError:
            raise ValidationError(
                "Write the amount in digits, like 72,000 or 24.50.", code="amount"
            ) from None


class CountriesField(forms.CharField):
    """Countries by name or code, separated by commas; "EU" stands for its 27 members."""

    widget = forms.Textarea(attrs={"rows": 2})

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 6000)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        found: dict[str, None] = {}
        unknown = []
        for part in re.split(r"[,;\n]+", super().clean(value)):
            name = part.strip()
            code = find_country(name) if name else None
            if code:
                found[code] = None
            elif name.lower() in _GROUPS:
                found.update(dict.fromkeys(_GROUPS[name.lower()]))
            elif name:
                unknown.append(name)
        if unknown:
            names = ", ".join(f"“{name[:60]}”" for name in unknown[:3])
            raise ValidationError(
                f"We don’t know {names}. Write the names of countries, separated by commas.",
                code="country",
            )
        return tuple(found)


def write_countries(codes: tuple[str, ...]) -> str:
    """The countries as they are typed: names separated by commas."""
    names = country_names()
    written = (names.get(code, code) for code in codes)
    # A name with a comma in it would be read as two.
    return ", ".join(
        code if "," in name else name for code, name in zip(codes, written, strict=True)
    )


class YesNoField(forms.TypedChoiceField):
    """True, False, or None when nobody answered."""

    def __init__(self, *, yes: str = "Yes", no: str = "No", **kwargs: Any) -> None:
        super().__init__(
            choices=[("yes", yes), ("no", no)],
            coerce=lambda value: value == "yes",
            empty_value=None,
            widget=forms.RadioSelect,
            required=False,
            **kwargs,
        )


def write_yes_no(value: bool | None) -> str:
    return {True: "yes", False: "no", None: ""}[value]


def language_choices() -> list[tuple[str, str]]:
    """ISO 639-1 languages by their English names."""
    return list(language_names().items())


@cache
def currency_choices() -> list[tuple[str, str]]:
    """Currencies by code, those of most jobs first."""
    table = currencies()
    usual = [c for c in ("USD", "EUR", "GBP", "CAD", "AUD", "INR", "PLN", "SGD") if c in table]
    rest = [code for code in table if code not in usual]
    return [(code, f"{code}, {table[code].name}") for code in (*usual, *rest)]


def whole_number(*, most: int, words: str, **kwargs: Any) -> forms.IntegerField:
    """A whole number from 0 to `most`; `words` says what to write otherwise."""
    message = f"{words} Write a whole number from 0 to {most:,}."
    return forms.IntegerField(
        min_value=0,
        max_value=most,
        required=False,
        error_messages={"invalid": message, "min_value": message, "max_value": message},
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        **kwargs,
    )
