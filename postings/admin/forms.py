"""What a moderator says."""

from collections.abc import Sequence
from typing import Any

from django import forms

from postings.enums import Consequence, RejectionReason
from postings.labels import choices


class DecisionForm(forms.Form):
    """Reasons and words for the author; asked for only when the posting goes back."""

    needs_reason = False

    reasons = forms.MultipleChoiceField(
        label="Reasons",
        choices=choices(RejectionReason),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Needed to send it back. Each has a sentence of its own in the mail.",
    )
    note = forms.CharField(
        label="Note to the author",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 40, "class": "vLargeTextField"}),
        help_text="Sent by mail and shown on the draft. Plain words, one request a line.",
    )

    def clean(self) -> dict[str, Any]:
        """A posting goes back with a reason, and with words where the reason is “other”."""
        words = super().clean() or {}
        if self.needs_reason and not self.errors:
            if not words.get("reasons"):
                self.add_error("reasons", "Choose at least one reason.")
            elif words["reasons"] == [RejectionReason.OTHER] and not words.get("note"):
                self.add_error("note", "Say what to change: “Other” alone helps nobody.")
        return words


class ReportDecisionForm(forms.Form):
    """Which reports are decided, the decision, and words to either side."""

    decision = forms.ChoiceField(error_messages={"required": "Choose one of the buttons below."})
    reports = forms.TypedMultipleChoiceField(
        label="Reports",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick the reports that you decide on."},
    )
    note = forms.CharField(
        label="To the employer",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 40, "class": "vLargeTextField"}),
        help_text="Sent by mail. Never say who reported. Needed unless you find nothing wrong.",
    )
    outcome = forms.CharField(
        label="To the reporters",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 40, "class": "vLargeTextField"}),
        help_text="Goes below the outcome, to those who left an address.",
    )

    def __init__(
        self, *args: Any, open_reports: Sequence[int], decisions: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("reports", list(open_reports))
        choices = {"reports": open_reports, "decision": decisions}
        for name, values in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
            field.choices = [(str(value), str(value)) for value in values]

    def clean(self) -> dict[str, Any]:
        """The employer hears why something happens to its job."""
        words = super().clean() or {}
        felt = (Consequence.SUSPEND, Consequence.CLOSE, Consequence.CHANGE)
        if words.get("decision") in felt and not words.get("note"):
            self.add_error("note", "Tell the employer why.")
        return words
