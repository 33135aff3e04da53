"""The step "Pay": bands with their zones, pay beside the base, benefits."""

from decimal import Decimal
from typing import Any, TypeVar

from django import forms

from cscareers.core.form_fields import (
    CountriesField,
    MoneyField,
    currency_choices,
    write_amount,
    write_countries,
)
from cscareers.core.salary import PayBand, PayPeriod
from postings.content import Benefit, ExtraPay, PostingContent, ZonedPay
from postings.enums import BenefitKind, ExtraPayKind
from postings.forms.fields import one_of
from postings.forms.page import Propose, StepPage, TextField
from postings.forms.rows import RowForm, RowList, Typed
from postings.reading import Names

T = TypeVar("T")
MAX_BANDS = 8
MAX_HOURS = 80


def _currencies() -> list[tuple[str, str]]:
    return [("", "Choose"), *currency_choices()]


class BandRow(RowForm):
    """A pay band; without an amount it counts as not there."""

    blank_when = ("minimum", "maximum")
    minimum = MoneyField(
        label="Lowest pay",
        error_messages={"required": "Enter the lowest pay."},
        help_text="Before tax, without bonus. Digits, like 72,000.",
    )
    maximum = MoneyField(
        label="Highest pay",
        error_messages={"required": "Enter the highest pay."},
        help_text="What somebody who meets all you ask can get on the first day.",
    )
    currency = forms.ChoiceField(
        label="Currency",
        choices=_currencies,
        error_messages={"required": "Choose the currency."},
    )
    period = forms.TypedChoiceField(
        label="The pay is for",
        choices=[(period.value, f"{period.value.capitalize()}") for period in PayPeriod],
        coerce=PayPeriod,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the period that the pay is for."},
    )
    hours_per_week = forms.DecimalField(
        label="Hours a week",
        required=False,
        max_digits=4,
        decimal_places=1,
        min_value=Decimal(1),
        max_value=Decimal(MAX_HOURS),
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value", "max_digits", "max_decimal_places"),
            f"Write the hours a week as a number from 1 to {MAX_HOURS}, like 40 or 37.5.",
        ),
    )
    zone = CountriesField(
        label="Only for people in",
        required=False,
        widget=forms.TextInput,
        help_text="Countries, separated by commas. Leave it empty for everywhere.",
    )

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        low, high = typed.get("minimum"), typed.get("maximum")
        if low is not None and low <= 0:
            self.add_error("minimum", "The lowest pay must be more than 0.")
        elif low is not None and high is not None and low > high:
            self.add_error(
                "maximum",
                "The highest pay must not be below the lowest. You wrote"
                f" {write_amount(low)} as the lowest and {write_amount(high)} as the highest.",
            )
        return typed


class ExtraRow(RowForm):
    blank_when = ("kind", "value")
    kind = one_of(ExtraPayKind, label="Kind")
    value = forms.CharField(
        label="How much, and when",
        max_length=200,
        error_messages={"required": "Say how much it is and what it depends on."},
    )

    def clean_kind(self) -> ExtraPayKind:
        kind: ExtraPayKind | None = self.cleaned_data["kind"]
        return _asked(kind, "Choose bonus, commission or equity.")


class BenefitRow(RowForm):
    blank_when = ("kind", "value")
    kind = one_of(BenefitKind, label="Benefit")
    value = forms.CharField(label="How much", max_length=200, required=False)

    def clean_kind(self) -> BenefitKind:
        kind: BenefitKind | None = self.cleaned_data["kind"]
        return _asked(kind, "Choose the benefit.")


def _asked(value: T | None, message: str) -> T:
    if value is None:
        raise forms.ValidationError(message, code="choose")
    return value


class PayPage(StepPage):
    fields = ("pay_bands", "extra_pay", "benefits")
    lists = (
        RowList("bands", BandRow, most=MAX_BANDS, shown=1, key="minimum"),
        RowList("extras", ExtraRow, most=10),
        RowList("benefits", BenefitRow, most=len(BenefitKind)),
    )
    list_of = {"pay_bands": "bands", "extra_pay": "extras"}
    texts = (
        TextField("extra_pay", "value", "extras"),
        TextField("benefits", "value", "benefits"),
    )

    @classmethod
    def written(cls, content: PostingContent, names: Names) -> Typed:
        return {
            "bands": [_written_band(zoned) for zoned in content.pay_bands],
            "extras": [{"kind": e.kind, "value": e.value} for e in content.extra_pay],
            "benefits": [{"kind": b.kind, "value": b.value} for b in content.benefits],
        }

    def answers(self, content: PostingContent, propose: Propose) -> dict[str, Any]:
        return {
            "pay_bands": tuple(_band(row.cleaned_data) for row in self.filled("bands")),
            "extra_pay": tuple(
                ExtraPay(row.cleaned_data["kind"], row.cleaned_data["value"])
                for row in self.filled("extras")
            ),
            "benefits": tuple(
                Benefit(row.cleaned_data["kind"], row.cleaned_data["value"])
                for row in self.filled("benefits")
            ),
        }


def _written_band(zoned: ZonedPay) -> Typed:
    band = zoned.band
    hours = band.hours_per_week
    return {
        "minimum": write_amount(band.minimum),
        "maximum": write_amount(band.maximum),
        "currency": band.currency,
        "period": band.period,
        "hours_per_week": "" if hours is None else f"{hours.normalize():f}",
        "zone": write_countries(zoned.zone),
    }


def _band(typed: dict[str, Any]) -> ZonedPay:
    band = PayBand(
        minimum=typed["minimum"],
        maximum=typed["maximum"],
        currency=typed["currency"],
        period=typed["period"],
        hours_per_week=typed["hours_per_week"],
    )
    return ZonedPay(band=band, zone=typed["zone"])
