"""What somebody writes into their tracker."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from django import forms
from django.core.validators import URLValidator

from cscareers.core.forms import OnceForm
from postings.hiring.enums import TrackedStatus
from postings.hiring.labels import choices
from postings.hiring.models import TrackedJob
from postings.hiring.models.tracked import NOT_THE_WEB, WEB

FIRST_DAY: Final = date(1990, 1, 1)
LAST_DAY: Final = date(2100, 12, 31)
_CALENDARS_DIFFER: Final = timedelta(days=1)
"""Where the reader is, it may be the day before ours, or the day after."""
_NO_DAY: Final = "Enter the day as year, month and day, like 2027-01-31."


def _day(label: str, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _NO_DAY},
    )


class NotesForm(forms.Form):
    """What somebody adds to any job; all that they can change of one that they applied for here.
    `seen` is when the row was last changed, as the page showed it."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    next_on = _day("Next date", "We remind you by mail on that day, and on your page.")
    next_what = forms.CharField(
        label="What for",
        required=False,
        max_length=120,
        help_text="For example: call about the second interview",
    )
    notes = forms.CharField(
        label="Notes",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Only you read them. Up to 2,000 characters.",
    )

    def __init__(self, *args: Any, today: date, job: TrackedJob | None = None, **more: Any) -> None:
        if job is not None:
            held = {name: getattr(job, name) for name in self.base_fields if hasattr(job, name)}
            more["initial"] = {**held, "seen": job.updated_at.isoformat()}
        super().__init__(*args, **more)
        self.today, self.job = today, job

    def clean_next_on(self) -> date | None:
        """A day that is to come; one that has passed may stay as it was."""
        day: date | None = self.cleaned_data["next_on"]
        if day is None or (self.job and self.job.next_on == day):
            return day
        if not self.today - _CALENDARS_DIFFER <= day <= LAST_DAY:
            raise forms.ValidationError("Choose today or a later day.")
        return day

    def clean_seen(self) -> datetime | None:
        """When the page was made that sends this; None where it does not say."""
        try:
            return datetime.fromisoformat(self.cleaned_data["seen"])
        except ValueError:
            return None

    def clean(self) -> dict[str, Any]:
        """What for needs a day."""
        found = super().clean() or {}
        if found.get("next_what") and "next_on" in found and found["next_on"] is None:
            self.add_error("next_on", "Say on which day.")
        return found

    def columns(self) -> dict[str, Any]:
        """The columns of the row as this valid form says them."""
        return {n: v for n, v in self.cleaned_data.items() if n not in ("seen", "key")}


class StatusForm(NotesForm):
    """A job of the board that they did not apply for here: where they stand is theirs to say."""

    status = forms.ChoiceField(
        label="Where you stand",
        choices=choices(TrackedStatus),
        error_messages={"invalid_choice": "Choose where you stand."},
    )
    applied_on = _day("Applied on")
    field_order: Sequence[str] = ("status", "applied_on", "next_on", "next_what", "notes")

    def clean_applied_on(self) -> date | None:
        """A day that has come."""
        day: date | None = self.cleaned_data["applied_on"]
        if day is not None and not FIRST_DAY <= day <= self.today + _CALENDARS_DIFFER:
            raise forms.ValidationError("Choose a day that has come.")
        return day


class JobForm(StatusForm):
    """A job from elsewhere."""

    title = forms.CharField(label="Job", max_length=160)
    employer_name = forms.CharField(label="Employer", max_length=160, required=False)
    url = forms.URLField(
        label="Address of the ad",
        required=False,
        max_length=500,
        assume_scheme="https",
        validators=[URLValidator(WEB, message=NOT_THE_WEB)],
        error_messages={"invalid": NOT_THE_WEB},
    )
    field_order = ("title", "employer_name", "url", *StatusForm.field_order)


class NewJobForm(JobForm, OnceForm):
    """A job from elsewhere that is written down."""


class MoveForm(forms.Form):
    """A status chosen beside a job, or `wait`: no news, and they wait on."""

    WAIT: Final = "wait"
    status = forms.ChoiceField(choices=[*choices(TrackedStatus), (WAIT, "Still waiting")])
