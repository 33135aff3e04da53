"""Fields of the wizard: parts of countries, and coded choices of postings."""

import re
from collections.abc import Collection, Iterable
from enum import StrEnum
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cscareers.core.places import country_of, subdivision_names, whereabouts
from postings.labels import choices


class SubdivisionsField(forms.CharField):
    """Names or codes of states and provinces, separated by commas, as they were typed."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 6000)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        parts = re.split(r"[,;\n]+", super().clean(value))
        return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def read_subdivisions(typed: Iterable[str], countries: Collection[str]) -> tuple[str, ...]:
    """The codes of subdivisions of `countries`. Raises ValidationError for what is none of them,
    or means several."""
    found: dict[str, None] = {}
    for name in typed:
        codes = {c for c in whereabouts(name).subdivisions if country_of(c) in countries}
        if len(codes) > 1:
            raise ValidationError(
                f"“{name[:60]}” can be {' or '.join(sorted(codes))}. Write the code.",
                code="subdivision",
            )
        if not codes:
            raise ValidationError(
                f"We know no “{name[:60]}” in the countries above. Write the names of states or"
                " provinces, separated by commas.",
                code="subdivision",
            )
        found.update(dict.fromkeys(codes))
    return tuple(found)


def write_subdivisions(codes: tuple[str, ...]) -> str:
    """The subdivisions as they are typed: names, or codes where a name would mean several."""
    names = {code: subdivision_names().get(code, code) for code in codes}
    lands = {country_of(code) for code in codes}
    return ", ".join(
        name if "," not in name and _is_one(name, lands) else code for code, name in names.items()
    )


def _is_one(name: str, countries: Collection[str]) -> bool:
    return sum(country_of(code) in countries for code in whereabouts(name).subdivisions) == 1


def one_of(enum: type[StrEnum], *, radio: bool = False, **kwargs: Any) -> forms.TypedChoiceField:
    """A field for one member of `enum`; None when empty. A list to choose from, or radio
    buttons."""
    options = choices(enum)
    return forms.TypedChoiceField(
        choices=options if radio else [("", "Choose"), *options],
        coerce=enum,
        empty_value=None,
        widget=forms.RadioSelect if radio else forms.Select,
        required=False,
        **kwargs,
    )


def some_of(enum: type[StrEnum], **kwargs: Any) -> forms.TypedMultipleChoiceField:
    """A field for any members of `enum`, in the order of the enum."""
    return forms.TypedMultipleChoiceField(
        choices=choices(enum),
        coerce=enum,
        empty_value=[],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        **kwargs,
    )


def ordered(enum: type[StrEnum], chosen: list[Any]) -> tuple[Any, ...]:
    """The chosen members, each once, in the order of the enum."""
    return tuple(member for member in enum if member in chosen)
