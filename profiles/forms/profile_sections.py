"""The sections of the profile that are one form: about you, conditions, who can see this."""

from decimal import Decimal
from typing import Any, Self

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from cscareers.core.form_fields import (
    CountriesField,
    MoneyField,
    YesNoField,
    currency_choices,
    write_amount,
    write_countries,
    write_yes_no,
)
from cscareers.core.salary import PayPeriod
from profiles.enums import Level, Schedule, Visibility, WorkMode
from profiles.forms.profile_fields import AreaField, one_of, some_of, write_area
from profiles.labels import choices
from profiles.models import CandidateProfile


class SectionForm(forms.Form):
    """Some columns of the profile, under their own names."""

    @classmethod
    def of(cls, profile: CandidateProfile) -> Self:
        """The form with what stands there."""
        return cls(initial=cls.written(profile))

    @classmethod
    def written(cls, profile: CandidateProfile) -> dict[str, Any]:
        """What stands in each field."""
        return {name: getattr(profile, name) for name in cls.base_fields}

    def changes(self) -> dict[str, Any]:
        """The columns as this valid form answers them."""
        return dict(self.cleaned_data)

    def take(self, error: ValidationError) -> None:
        """Say what the profile's own rules refused, at the field where there is one."""
        take_errors(self, error)


def take_errors(form: forms.Form, error: ValidationError) -> None:
    """Put a model's errors on a form: at the fields of the same name, else on top."""
    for name, messages in error.message_dict.items():
        field = name if name != NON_FIELD_ERRORS and name in form.fields else None
        form.add_error(field, messages)


class AboutForm(SectionForm):
    headline = forms.CharField(
        label="Headline",
        max_length=120,
        required=False,
        help_text="What you do, in a few words: “Team lead in retail support, 9 people”.",
    )
    summary = forms.CharField(
        label="Summary",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="What you are good at and what you look for. Leave out names of customers.",
    )
    level_now = one_of(Level, label="Your level now")
    level_wanted = one_of(
        Level,
        label="The level you look for",
        help_text="Jobs more than a step away from it are left out.",
    )


class ConditionsForm(SectionForm):
    pay_floor = MoneyField(
        label="Least pay",
        required=False,
        help_text="Before tax. Jobs that say they pay less are left out of your matches.",
    )
    pay_currency = forms.ChoiceField(
        label="Currency",
        choices=lambda: [("", "Choose"), *currency_choices()],
        required=False,
    )
    pay_period = forms.ChoiceField(
        label="The pay is for", choices=choices(PayPeriod), widget=forms.RadioSelect
    )
    modes = some_of(WorkMode, label="Ways of working")
    work_countries = CountriesField(
        label="Countries where you may work",
        required=False,
        help_text="As a citizen or with a permit. Separate them by commas, like Ireland, Germany."
        " EU stands for its 27 members.",
    )
    remote_from = AreaField(
        label="Where you would work remotely from",
        help_text="A country, or a state like Ohio, United States.",
    )
    schedules = some_of(
        Schedule,
        label="Working hours that suit you",
        help_text="Matches don’t count this yet.",
    )
    visa_needed = YesNoField(
        label="Do you need a visa from the employer?", yes="Yes, I need one", no="No"
    )

    @classmethod
    def written(cls, profile: CandidateProfile) -> dict[str, Any]:
        floor = profile.pay_floor
        return {
            **super().written(profile),
            "pay_floor": "" if floor is None else write_amount(floor),
            "work_countries": write_countries(tuple(profile.work_countries)),
            "remote_from": write_area(profile.remote_from),
            "visa_needed": write_yes_no(profile.visa_needed),
        }

    def clean_pay_floor(self) -> Decimal | None:
        floor: Decimal | None = self.cleaned_data["pay_floor"]
        if floor == 0:
            raise ValidationError("The least pay must be more than 0.", code="zero")
        return floor

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if typed.get("pay_floor") and not typed.get("pay_currency", "-"):
            self.add_error("pay_currency", "Choose the currency of the least pay.")
        return typed

    def changes(self) -> dict[str, Any]:
        found = super().changes()
        return {**found, "work_countries": list(found["work_countries"])}


class VisibilityForm(SectionForm):
    visibility = forms.ChoiceField(
        label="Who can see your profile?",
        choices=choices(Visibility),
        widget=forms.RadioSelect,
    )
