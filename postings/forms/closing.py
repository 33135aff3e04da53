"""The step "How people apply": until when, where, and what the law wants said."""

from typing import Any

from django import forms

from cscareers.core.form_fields import YesNoField, write_yes_no
from postings.content import PostingContent
from postings.forms.page import Propose, StepPage, TextField
from postings.forms.rows import Typed
from postings.reading import Names


class ClosingForm(forms.Form):
    apply_url = forms.URLField(
        label="Address where people apply",
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text="A page of your own site or of your applicant system, like"
        " https://example.org/jobs/12.",
        error_messages={"invalid": "Enter a web address, like https://example.org/jobs/12."},
    )
    apply_until = forms.DateField(
        label="Last day to apply",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="The job closes at the end of this day in your time zone. Without a day it"
        " closes 60 days after you last confirmed it.",
        error_messages={"invalid": "Enter the day as year, month and day, like 2027-01-31."},
    )
    vacancy_exists = YesNoField(
        label="Is there an open vacancy today?",
        no="No, this is for future openings",
        help_text="People see your answer.",
    )
    ai_used = YesNoField(
        label="Do you use AI to screen, rank or choose people?",
        help_text="People see your answer.",
    )
    ai_note = forms.CharField(
        label="What does the AI do?",
        max_length=500,
        required=False,
        help_text="If you answered yes.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_apply_url(self) -> str:
        url = str(self.cleaned_data["apply_url"])
        if url and not url.startswith(("http://", "https://")):
            raise forms.ValidationError(
                "Enter a web address that starts with https://.", code="scheme"
            )
        return url


class ClosingPage(StepPage):
    fields = ("apply_url", "apply_until", "vacancy_exists", "ai_used", "ai_note")
    main = ClosingForm
    texts = (TextField("apply_url", "apply_url"), TextField("ai_note", "ai_note"))

    @classmethod
    def written(cls, content: PostingContent, names: Names) -> Typed:
        return {
            "apply_url": content.apply_url,
            "apply_until": content.apply_until,
            "vacancy_exists": write_yes_no(content.vacancy_exists),
            "ai_used": write_yes_no(content.ai_used),
            "ai_note": content.ai_note,
        }

    def answers(self, content: PostingContent, propose: Propose) -> dict[str, Any]:
        return dict(self.form.cleaned_data)
