"""The step "How people apply": until when, where, and what the law wants said."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms

from cscareers.core.form_fields import YesNoField, write_yes_no
from postings.completeness import MOST_QUESTIONS, Problem
from postings.content import PostingContent
from postings.forms.page import Propose, StepPage, TextField
from postings.forms.rows import RowForm, RowList, Typed
from postings.policy import REPLY_DAYS, USUAL_REPLY_DAYS
from postings.reading import Names

MAX_QUESTION: Final = 200
HERE, ELSEWHERE = "here", "elsewhere"


class QuestionRow(RowForm):
    blank_when = ("text",)
    text = forms.CharField(label="Question", max_length=MAX_QUESTION, required=False)

    def clean_text(self) -> str:
        return " ".join(str(self.cleaned_data["text"]).split())


class ClosingForm(forms.Form):
    """What stands in the part that was not chosen does not count, and keeps nobody."""

    where = forms.ChoiceField(
        label="Where do people apply?",
        choices=[(HERE, "Here, with their profile"), (ELSEWHERE, "On another site")],
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose where people apply."},
    )
    reply_days = forms.TypedChoiceField(
        label="You answer everybody within",
        choices=[(days, f"{days} days") for days in REPLY_DAYS],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        help_text="People see this promise. An answer is a yes, a no or an invitation.",
        error_messages={"invalid_choice": "Choose 7, 14, 21 or 45 days."},
    )
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

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if typed.get("where") == HERE:
            self._forget("apply_url", "")
            if "reply_days" not in self.errors and typed.get("reply_days") is None:
                self.add_error("reply_days", "Choose within how many days you answer everybody.")
        elif "where" not in self.errors:
            self._forget("reply_days", None)
        return typed

    def _forget(self, name: str, empty: Any) -> None:
        self.errors.pop(name, None)
        self.cleaned_data[name] = empty


class ClosingPage(StepPage):
    fields = (
        "apply_url", "reply_days", "questions", "apply_until", "vacancy_exists", "ai_used",
        "ai_note",
    )  # fmt: skip
    main = ClosingForm
    lists = (
        RowList("questions", QuestionRow, most=MOST_QUESTIONS, shown=MOST_QUESTIONS, key="text"),
    )
    texts = (
        TextField("apply_url", "apply_url"),
        TextField("questions", "text", "questions"),
        TextField("ai_note", "ai_note"),
    )

    @classmethod
    def written(cls, content: PostingContent, names: Names) -> Typed:
        here = HERE if content.applies_here else ""
        return {
            "where": ELSEWHERE if content.apply_url else here,
            "reply_days": content.reply_days or USUAL_REPLY_DAYS,
            "questions": [{"text": text} for text in content.questions],
            "apply_url": content.apply_url,
            "apply_until": content.apply_until,
            "vacancy_exists": write_yes_no(content.vacancy_exists),
            "ai_used": write_yes_no(content.ai_used),
            "ai_note": content.ai_note,
        }

    def answers(self, content: PostingContent, propose: Propose) -> dict[str, Any]:
        typed = {**self.form.cleaned_data}
        typed.pop("where")
        questions = (row.cleaned_data["text"] for row in self.filled("questions"))
        return {**typed, "questions": tuple(questions)}

    def show(self, problems: Iterable[Problem]) -> None:
        chosen = self.form.cleaned_data.get("where")
        for problem in problems:
            if problem.field != "apply_url" or problem.guessed:
                super().show([problem])
            elif chosen == ELSEWHERE:
                self.form.add_error("apply_url", "Enter the address where people apply.")
            else:
                self.form.add_error("where", problem.message)

    def dropped(self) -> str:
        address = str(self.form["apply_url"].value() or "").strip()
        if self.form.cleaned_data.get("where") != HERE or not address:
            return ""
        return f"People apply here, so the address {address[:200]} is no longer part of the job."
