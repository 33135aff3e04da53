"""Fields of the profile: dates as people remember them, coded choices, areas."""

from datetime import date
from enum import StrEnum
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cscareers.core.places import area_name, country_of, find_country, whereabouts
from profiles.labels import choices
from profiles.periods import EARLIEST_YEAR, LATEST_YEAR, BadDate, read_date


class DateTextField(forms.CharField):
    """A year, a month or a day, read by `profiles.periods.read_date`."""

    def __init__(self, **kwargs: Any) -> None:
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


class NumberField(forms.DecimalField):
    """A number that may be left out; whatever is wrong with another, `words` say what to write."""

    def __init__(self, words: str, **kwargs: Any) -> None:
        self.words = words
        widget = forms.TextInput(attrs={"inputmode": "decimal"})
        super().__init__(required=False, widget=widget, **kwargs)

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except ValidationError:
            raise ValidationError(self.words, code="number") from None


class LinesField(forms.CharField):
    """A list of at most `most` lines, each at most `longest` characters long."""

    widget = forms.Textarea(attrs={"rows": 3})

    def __init__(self, *, most: int, longest: int, **kwargs: Any) -> None:
        self.most, self.longest = most, longest
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> Any:
        text: str = super().clean(value)
        lines = [bare for line in text.splitlines() if (bare := line.strip())]
        if len(lines) > self.most:
            raise ValidationError(f"Write at most {self.most} lines.", code="lines")
        if any(len(line) > self.longest for line in lines):
            words = f"Write at most {self.longest} characters in a line."
            raise ValidationError(words, code="long")
        return lines


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


def write_area(code: str) -> str:
    """The area in words that `read_area` reads: a name, or the code where a name is not clear."""
    name = area_name(code)
    try:
        return name if not code or read_area(name) == code else code
    except ValidationError:
        return code


def _inside_a_country(text: str) -> frozenset[str]:
    """Subdivisions that "Ohio, United States" can mean; either name may have a comma in it."""
    parts = text.split(",")
    for at in range(1, len(parts)):
        name, land = ",".join(parts[:at]), find_country(",".join(parts[at:]))
        found = {code for code in whereabouts(name).subdivisions if country_of(code) == land}
        if found:
            return frozenset(found)
    return frozenset()


def read_area(text: str) -> str:
    """The code of the country or subdivision that `text` names: "Ireland", "Ohio, United States".

    Raises ValidationError for what is none, or can be several.
    """
    if country := find_country(text):
        return country
    codes = whereabouts(text).subdivisions
    if not codes:
        codes = _inside_a_country(text)
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
