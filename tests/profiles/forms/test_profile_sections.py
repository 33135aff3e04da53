"""Forms of the sections of a profile."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from cscareers.core.places import country_names, subdivision_names
from profiles.forms.profile_fields import read_area, write_area
from profiles.forms.profile_sections import AboutForm, ConditionsForm, VisibilityForm
from profiles.models import CandidateProfile

CONDITIONS = {"pay_period": "year"}


@pytest.mark.parametrize(
    ("data", "field", "words"),
    [
        ({"pay_floor": "40,000"}, "pay_currency", "Choose the currency of the least pay."),
        ({"pay_floor": "0"}, "pay_floor", "The least pay must be more than 0."),
        ({"pay_floor": "40.000"}, "pay_floor",
         "Write the amount in digits, like 72,000 or 24.50."),
        ({"work_countries": "Ireland, Atlantis"}, "work_countries",
         "We don’t know “Atlantis”. Write the names of countries, separated by commas."),
        ({"remote_from": "Atlantis"}, "remote_from",
         "We don’t know “Atlantis”. Write a country like Ireland, or a state with its country like"
         " Ohio, United States."),
        ({"modes": ["remote", "swimming"]}, "modes",
         "Select a valid choice. swimming is not one of the available choices."),
        ({"pay_period": ""}, "pay_period", "This field is required."),
    ],
)  # fmt: skip
def test_conditions_that_can_not_be_are_refused_at_their_field(data, field, words) -> None:
    assert ConditionsForm({**CONDITIONS, **data}).errors == {field: [words]}


def test_conditions_as_columns() -> None:
    typed = {
        "pay_floor": "40,000", "pay_currency": "EUR", "pay_period": "year",
        "modes": ["remote", "onsite"], "work_countries": "Ireland, DE", "visa_needed": "no",
        "remote_from": "ohio", "schedules": [],
    }  # fmt: skip
    form = ConditionsForm(typed)
    assert form.is_valid()
    assert form.changes() == {
        "pay_floor": Decimal(40000), "pay_currency": "EUR", "pay_period": "year",
        "modes": ["remote", "onsite"], "work_countries": ["IE", "DE"], "visa_needed": False,
        "remote_from": "US-OH", "schedules": [],
    }  # fmt: skip


def test_what_is_written_into_a_form_is_read_again() -> None:
    profile = CandidateProfile(
        headline="Lead", summary="Two\nlines", level_now="manager", pay_floor=Decimal("31.50"),
        pay_currency="EUR", pay_period="hour", modes=["hybrid"], work_countries=["BO", "IE"],
        remote_from="US-OH", schedules=["nights"], visa_needed=True, visibility="nobody",
    )  # fmt: skip
    for form_type in (AboutForm, ConditionsForm, VisibilityForm):
        form = form_type(form_type.written(profile))
        assert form.is_valid(), form.errors
        assert form.changes() == {name: getattr(profile, name) for name in form.fields}


def test_every_area_written_is_read_again() -> None:
    codes = [*country_names(), *subdivision_names()]
    assert [code for code in codes if read_area(write_area(code)) != code] == []
    assert (write_area(""), write_area("US-OH")) == ("", "Ohio, United States")


def test_a_name_of_several_areas_is_asked_about() -> None:
    with pytest.raises(ValidationError, match="can be AR-F or ES-RI"):
        read_area("La Rioja")
