"""What an owner says about an employer."""

from dataclasses import replace
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.files.uploadedfile import UploadedFile

from cscareers.core import images
from cscareers.core.forms import OnceForm
from cscareers.core.models import Country
from profiles.actions.employers import EmployerFacts
from profiles.enums import EmployerSize, Industry
from profiles.labels import choices
from profiles.models import Employer

_AREAS = (
    *("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic"),
    *("Australia", "Europe", "Indian", "Pacific", "UTC"),
)


@cache
def time_zones() -> tuple[tuple[str, str], ...]:
    """The IANA time zones that are named by a place, and UTC, as choices."""
    names = sorted(name for name in available_timezones() if name.partition("/")[0] in _AREAS)
    return tuple((name, name.replace("_", " ")) for name in names)


class _EmployerFields(forms.Form):
    name = forms.CharField(
        label="Name", max_length=120, help_text="As people know it, without “Ltd” or “Inc”."
    )
    site = forms.URLField(
        label="Website",
        max_length=200,
        assume_scheme="https",
        error_messages={"invalid": "Enter an address like example.com."},
        help_text=(
            "The employer’s own. If you confirm an e-mail address at the same domain, we show"
            " that, with the date."
        ),
    )
    sector = forms.ChoiceField(label="Industry", choices=[("", "Choose"), *choices(Industry)])
    size = forms.ChoiceField(label="Size", choices=[("", "Choose"), *choices(EmployerSize)])
    country = forms.ModelChoiceField(
        Country.objects.order_by("name"), label="Country", empty_label="Choose"
    )
    time_zone = forms.ChoiceField(
        label="Time zone",
        required=False,
        help_text="A job’s last day to apply ends at midnight here.",
    )
    description = forms.CharField(
        label="About the employer",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="What you do, for whom, and how the service team is set up. Markdown works.",
    )
    logo = forms.FileField(
        label="Logo",
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp,image/gif"}),
        help_text="PNG, JPEG, WebP or GIF, at most 1 MB. We make it at most 512 pixels wide.",
    )

    zone_hint = "The one of the country’s capital"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = [  # type: ignore[attr-defined]
            ("", self.zone_hint),
            *time_zones(),
        ]

    def clean_site(self) -> str:
        """Only http and https: `ftp:` is no website."""
        site = str(self.cleaned_data["site"])
        if not site.lower().startswith(("http://", "https://")):
            raise forms.ValidationError("Enter an address like example.com.")
        return site

    def clean_logo(self) -> bytes | None:
        """The picture written anew; None when none was sent."""
        upload = self.cleaned_data.get("logo")
        if not isinstance(upload, UploadedFile):
            return None
        if (upload.size or 0) > images.MAX_BYTES:
            raise forms.ValidationError("The file is larger than 1 MB. Choose a smaller one.")
        try:
            return images.re_encode(upload.read())
        except images.BadPicture as error:
            raise forms.ValidationError(str(error)) from error

    def facts(self) -> EmployerFacts:
        """What the valid form says."""
        kept = ("name", "site", "sector", "size", "country", "time_zone", "description")
        return EmployerFacts(**{name: self.cleaned_data[name] for name in kept})


class NewEmployerForm(OnceForm, _EmployerFields):
    """Makes an employer. The time zone is the country's capital's unless one is chosen."""


class EmployerForm(_EmployerFields):
    """Changes an employer; `version` is the one that the person saw."""

    remove_logo = forms.BooleanField(label="Remove the logo", required=False)
    orders_by_match = forms.BooleanField(
        label="Show and order applications by how they match",
        required=False,
        help_text=(
            "Off: lists of applications and their export say nothing of the match, for everybody in"
            " your team. What each candidate has of what you ask stays on their own page."
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    @classmethod
    def initial_of(cls, employer: Employer) -> dict[str, Any]:
        """The values that the form starts with."""
        return {
            "name": employer.name,
            "site": employer.site,
            "sector": employer.sector,
            "size": employer.size,
            "country": employer.country_id,
            "time_zone": employer.time_zone,
            "description": employer.description,
            "orders_by_match": employer.orders_by_match,
            "version": employer.version,
        }

    def differences(self, theirs: Employer) -> list[tuple[str, str, str]]:
        """Label, what stands there now and what was typed here, for each field that differs."""
        found = []
        for name, now in self.initial_of(theirs).items():
            typed = self.cleaned_data[name]
            if name == "version" or getattr(typed, "pk", typed) == now:
                continue
            shown = theirs.country.name if name == "country" and theirs.country else now
            found.append((str(self.fields[name].label), _words(shown), _words(typed)))
        return found

    def facts(self) -> EmployerFacts:
        """What the valid form says."""
        return replace(super().facts(), orders_by_match=self.cleaned_data["orders_by_match"])


def _words(value: object) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return str(value or "–")
