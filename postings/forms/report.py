"""What a reader says about a posting."""

from typing import Any

from django import forms

from cscareers.core.forms import GuardedForm
from postings.enums import ReportCategory
from postings.labels import choices
from postings.models.report import WORDS_LENGTH


class ReportForm(GuardedForm):
    category = forms.ChoiceField(
        label="What is wrong?",
        choices=choices(ReportCategory),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is wrong."},
    )
    words = forms.CharField(
        label="What did you see?",
        max_length=WORDS_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Where it says so, what you were asked for, and by whom. Leave out what is"
        " private to you: no account numbers.",
    )
    email = forms.EmailField(
        label="Your e-mail address",
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="If you want to hear what came of it. The employer never sees it, and we delete"
        " it 90 days after we have told you.",
        error_messages={"invalid": "Enter an address like name@example.com."},
    )

    def clean(self) -> dict[str, Any]:
        """“Something else” needs words."""
        found = super().clean()
        silent = not found.get("words") and "words" not in self.errors
        if silent and found.get("category") == ReportCategory.OTHER:
            self.add_error("words", "Say what is wrong: “Something else” alone tells nothing.")
        return found
