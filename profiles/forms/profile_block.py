"""The form that keeps an employer out."""

from typing import Any, Final

from django import forms

from profiles.blocking import find_employers
from profiles.employer_names import employer_key
from profiles.models import Employer

BY_NAME: Final = "by-name"


class BlockForm(forms.Form):
    """An employer by its typed name: `cleaned_data["employer"]`, or None to block the name."""

    name = forms.CharField(
        label="Block an employer",
        max_length=120,
        help_text="Its name, as it calls itself. It never learns of it.",
        error_messages={"required": "Name the employer."},
    )
    choice = forms.CharField(
        label="Which one do you mean?", max_length=20, required=False, widget=forms.HiddenInput
    )

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if not employer_key(name):
            raise forms.ValidationError("Write the name in letters.", code="letters")
        return name

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if name := typed.get("name"):
            typed["employer"] = self._employer(name, typed.get("choice", ""))
        return typed

    def _employer(self, name: str, choice: str) -> Employer | None:
        found, near = find_employers(name)
        if found or choice == BY_NAME:
            return found
        for employer in near:
            if choice == employer.public_id:
                return employer
        if near:
            self.fields["choice"].widget = forms.RadioSelect(
                choices=[
                    *((one.public_id, f"{one.name} ({one.site})") for one in near),
                    (BY_NAME, f"None of these: block “{name}”, should it come here"),
                ]
            )
            several = f"Several employers may be “{name}”. Choose one."
            one = f"An employer here has a name like “{name}”. Say whether you mean it."
            self.add_error("choice", one if len(near) == 1 else several)
        return None
