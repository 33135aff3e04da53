"""The step "Place": where the work is done and who can apply."""

import re
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from cscareers.core.form_fields import (
    CountriesField,
    YesNoField,
    whole_number,
    write_countries,
    write_yes_no,
)
from cscareers.core.models import City
from cscareers.core.nearby import city_words
from cscareers.core.places import find_cities, find_country
from postings.content import Place, PostingContent
from postings.enums import WorkMode
from postings.forms.fields import SubdivisionsField, one_of, read_subdivisions, write_subdivisions
from postings.forms.page import Propose, StepPage
from postings.forms.rows import RowForm, RowList, Typed
from postings.reading import Names, utc_words

_CHOICE: Final = re.compile(r"(city|country):([A-Z]{2}|[0-9]{1,10})")
OFFSETS: Final = tuple(range(-12 * 60, 14 * 60 + 1, 30))


class PlaceRow(RowForm):
    """A place in words. `choice` is the place that the words stand for, once it is clear."""

    blank_when = ("text",)
    text = forms.CharField(label="City or country", max_length=200, required=False)
    choice = forms.CharField(
        label="Which one do you mean?", max_length=20, required=False, widget=forms.HiddenInput
    )

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        text = typed.get("text", "")
        if text and "choice" in typed:
            typed["place"] = self._place(text, typed["choice"])
        return typed

    def _place(self, text: str, choice: str) -> Place | None:
        if code := find_country(text):
            return Place(country=code)
        cities = find_cities(text)
        chosen = _chosen_city(choice)
        if chosen and (chosen.pk in {city.pk for city in cities} or city_words(chosen) == text):
            return Place(country=chosen.country_id, city=chosen.pk)
        if len(cities) == 1:
            return Place(country=cities[0].country_id, city=cities[0].pk)
        if cities:
            options = [(f"city:{city.pk}", city_words(city)) for city in cities]
            self.fields["choice"].widget = forms.RadioSelect(choices=options)
            self.add_error("choice", f"“{text}” can be several places. Choose one.")
        else:
            self.add_error(
                "text",
                f"We don’t know “{text}”. Write a city and its country, like Dublin, Ireland.",
            )
        return None


def _chosen_city(choice: str) -> City | None:
    found = _CHOICE.fullmatch(choice)
    if found is None or found[1] != "city" or not found[2].isdigit():
        return None
    return City.objects.select_related("country").filter(pk=int(found[2])).first()


def _offset(label: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=[("", "Any"), *((str(minutes), utc_words(minutes)) for minutes in OFFSETS)],
        coerce=int,
        empty_value=None,
        required=False,
    )


class PlaceForm(forms.Form):
    mode = one_of(WorkMode, radio=True, label="Where is the work done?")
    onsite_days = whole_number(
        most=31,
        words="This is not a number of days.",
        label="Days on site a month",
        help_text="For hybrid work.",
    )
    applicant_countries = CountriesField(
        label="Countries that people may work from",
        required=False,
        help_text="For remote work. Separate them by commas, like United States, Canada. EU stands"
        " for its 27 members.",
    )
    applicant_subdivisions = SubdivisionsField(
        label="States or provinces, if not all of a country",
        required=False,
        help_text="For example Ohio, New York. A country without any here is open as a whole.",
    )
    utc_offset_min = _offset("First UTC offset")
    utc_offset_max = _offset("Last UTC offset")
    visa_sponsorship = YesNoField(label="Do you sponsor a visa?")
    relocation = YesNoField(label="Do you help with moving?")

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if typed.get("applicant_subdivisions") and "applicant_countries" in typed:
            try:
                typed["applicant_subdivisions"] = read_subdivisions(
                    typed["applicant_subdivisions"], typed["applicant_countries"]
                )
            except ValidationError as error:
                self.add_error("applicant_subdivisions", error)
        return typed


class PlacePage(StepPage):
    fields = (
        "mode",
        "locations",
        "onsite_days",
        "applicant_countries",
        "applicant_subdivisions",
        "utc_offset_min",
        "utc_offset_max",
        "visa_sponsorship",
        "relocation",
    )
    main = PlaceForm
    lists = (RowList("locations", PlaceRow, most=20, shown=1, key="text"),)

    @classmethod
    def written(cls, content: PostingContent, names: Names) -> Typed:
        return {
            "mode": content.mode,
            "onsite_days": content.onsite_days,
            "applicant_countries": write_countries(content.applicant_countries),
            "applicant_subdivisions": write_subdivisions(content.applicant_subdivisions),
            "utc_offset_min": content.utc_offset_min,
            "utc_offset_max": content.utc_offset_max,
            "visa_sponsorship": write_yes_no(content.visa_sponsorship),
            "relocation": write_yes_no(content.relocation),
            "locations": [_written_place(place, names) for place in content.locations],
        }

    def answers(self, content: PostingContent, propose: Propose) -> dict[str, Any]:
        places = [row.cleaned_data["place"] for row in self.filled("locations")]
        return {**self.form.cleaned_data, "locations": tuple(dict.fromkeys(places))}


def _written_place(place: Place, names: Names) -> Typed:
    city = names.cities.get(place.city) if place.city else None
    if city is None:
        return {"text": names.country(place.country), "choice": ""}
    words = ", ".join(
        part for part in (city.name, city.region, names.country(place.country)) if part
    )
    return {"text": words, "choice": f"city:{city.pk}"}
