"""What a member says to those who still wait when a job is filled or closed."""

from collections.abc import Sequence
from typing import Any

from django import forms

from postings.hiring.forms.decide import PLACES_HINT, DecisionForm
from postings.hiring.models import Application


class EndingForm(DecisionForm):
    """Words to everybody who is answered, and who was hired of those with an offer. `told` names
    the applications whose mails the page showed."""

    hired = forms.MultipleChoiceField(
        label="Who was hired?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="They have your offer. Whoever is ticked reads that they are hired; the others"
        " read that the job is filled.",
    )
    told = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = ("hired", "reply", "note")

    def __init__(self, *args: Any, offered: Sequence[Application], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["seen"]
        self.fields["note"].label = "Your words to everybody who still waits"
        self.fields["note"].help_text = f"They stand in each mail. {PLACES_HINT}"
        if offered:
            choices = [(one.public_id, one.shown_name) for one in offered]
            self.fields["hired"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["hired"]

    def again(self, **changes: Any) -> dict[str, Any]:
        """What was typed and ticked, as the start of the same form anew."""
        ticked = self.data.getlist("hired") if hasattr(self.data, "getlist") else []
        return {**super().again(), "hired": ticked, **changes}

    @property
    def hired_ids(self) -> set[str]:
        """The public ids of those who are ticked."""
        return set(self.cleaned_data.get("hired", ()))

    @property
    def told_ids(self) -> set[str]:
        """The public ids of those whose mails were shown."""
        return set(str(self.cleaned_data["told"]).split())
