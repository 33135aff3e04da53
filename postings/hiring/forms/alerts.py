"""What somebody says about an alert: its name, when its mails come, and where to."""

from typing import Any, Final

from django import forms

from cscareers.core.forms import GuardedForm, OnceForm
from postings.hiring.actions.alerts import Rhythm
from postings.hiring.enums import Cadence
from postings.hiring.labels import choices
from postings.hiring.models import Subscription
from postings.hiring.models.alert import HOURS, NAME_LENGTH, WEEKDAYS
from profiles.forms.employers import time_zones

USUAL_HOUR: Final = 7


class _RhythmFields(forms.Form):
    cadence = forms.ChoiceField(
        label="How often?",
        choices=choices(Cadence),
        widget=forms.RadioSelect,
        initial=Cadence.DAILY,
        help_text="Only when there is something new.",
    )
    weekday = forms.TypedChoiceField(
        label="Day, for once a week",
        choices=list(enumerate(WEEKDAYS)),
        coerce=int,
        initial=0,
        required=False,
    )
    hour = forms.TypedChoiceField(
        label="Hour",
        choices=[(hour, f"{hour:02d}:00") for hour in range(HOURS)],
        coerce=int,
        initial=USUAL_HOUR,
    )
    time_zone = forms.ChoiceField(
        label="Time zone", help_text="The city nearest to you with your time."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = time_zones()  # type: ignore[attr-defined]

    @property
    def rhythm(self) -> Rhythm:
        """What a valid form asks for."""
        said = self.cleaned_data
        weekly = said["cadence"] == Cadence.WEEKLY
        return Rhythm(said["hour"], said["time_zone"], (said["weekday"] or 0) if weekly else None)


class _NameField(forms.Form):
    name = forms.CharField(
        label="Name",
        max_length=NAME_LENGTH,
        help_text="For you: it stands in the subject of its mails.",
    )


class NewAlertForm(_NameField, _RhythmFields, OnceForm):
    """Of somebody who is signed in."""


class AddressAlertForm(_RhythmFields, GuardedForm):
    """Of anybody: the address is asked before anything is sent to it."""

    email = forms.EmailField(
        label="Your e-mail address",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="We send you a link first. Nothing else comes before you have said yes there.",
        error_messages={"invalid": "Enter an address like name@example.com."},
    )
    field_order = ("email",)


class ChangeAlertForm(_NameField, _RhythmFields):
    """Name and rhythm of an alert as they are."""

    def __init__(self, *args: Any, alert: Subscription, **kwargs: Any) -> None:
        initial = {
            "name": alert.name,
            "cadence": alert.cadence,
            "weekday": alert.weekday or 0,
            "hour": alert.hour,
            "time_zone": alert.time_zone,
        }
        super().__init__(*args, initial=initial, **kwargs)
