"""Fields of the profile: dates as people remember them, coded choices, areas."""

from datetime import date
from enum import StrEnum
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from cscareers.core.places import country_of, find_country, whereabouts
from profiles.labels import choices
from profiles.periods import BadDate, read_date

EARLIEST_YEAR: Final = 1940
LATEST_YEAR: Final = 2100


class DateTextField(forms.CharField):
    """A year, a month or a day, read by `profiles.periods.read_date`."""

    def __init__(self, *, not_after: str = "", **kwargs: Any) -> None:
        """`not_after`: what to say of a date that lies ahead; "" where it may."""
        self.not_after = not_after
        super().__init__(max_length=40, required=False, **kwargs)

    def clean(self, value: Any) -> str:
        try:
            found = read_date(super().clean(value))
        except BadDate as error:
            raise ValidationError(str(error), code="date") from None
        if found and not EARLIEST_YEAR <= int(found[:4]) <= LATEST_YEAR:
            words = f"Enter a year from {EARLIEST_YEAR} to {LATEST_YEAR}."
            raise ValidationError(words, code="date")
        return found


def refuse_future(text: str, words: str, *, today: date) -> None:
    """Raises ValidationError, saying `words`, for a date of which no part has come yet."""
    if text and text > today.isoformat()[: len(text)]:
        raise ValidationError(words, code="future")


def one_of(
    enum: type[StrEnum], *, radio: bool = False, empty: str = "Not said", **kwargs: Any
) -> forms.ChoiceField:
    """A field for one member of `enum`, or "" for what is not said."""
    options = choices(enum)
    return forms.ChoiceField(
        choices=options if radio else [("", empty), *options],
        widget=forms.RadioSelect if radio else forms.Select,
        required=False,
        **kwargs,
    )


def some_of(enum: type[StrEnum], **kwargs: Any) -> forms.MultipleChoiceField:
    """A field for any members of `enum`."""
    return forms.MultipleChoiceField(
        choices=choices(enum), widget=forms.CheckboxSelectMultiple, required=False, **kwargs
    )


class AreaField(forms.CharField):
    """A country, or a state or province of one, by name or code; cleaned to its ISO 3166 code."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=120, required=False, **kwargs)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        return read_area(text) if text else ""


def read_area(text: str) -> str:
    """The code of the country or subdivision that `text` names: "Ireland", "Ohio, United States".

    Raises ValidationError for what is none, or can be several.
    """
    if country := find_country(text):
        return country
    codes = whereabouts(text).subdivisions
    name, comma, land = text.rpartition(",")
    if comma and not codes:
        inside = find_country(land)
        codes = frozenset(c for c in whereabouts(name).subdivisions if country_of(c) == inside)
    if len(codes) == 1:
        return next(iter(codes))
    if codes:
        raise ValidationError(
            f"“{text[:60]}” can be {' or '.join(sorted(codes)[:4])}. Write the country behind it,"
            " or the code.",
            code="area",
        )
    raise ValidationError(
        f"We don’t know “{text[:60]}”. Write a country like Ireland, or a state with its country"
        " like Ohio, United States.",
        code="area",
    )
