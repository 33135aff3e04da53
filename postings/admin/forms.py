"""What a moderator says."""

from typing import Any

from django import forms

from postings.enums import RejectionReason
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
