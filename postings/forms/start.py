"""The forms that begin or move a posting: what to start from, a new deadline, a mere yes."""

from collections.abc import Sequence
from typing import Any

from django import forms

from cscareers.core.forms import OnceForm
from postings.content import PostingContent
from postings.enums import Level
from postings.labels import label
from postings.level_templates import all_templates, template_for
from postings.models import Posting
from profiles.enums import Industry

EMPTY = "empty"


class StartForm(OnceForm):
    """What a new posting starts from: a template, nothing, or one of the employer's postings."""

    start = forms.ChoiceField(
        label="Start from",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what to start from."},
    )

    def __init__(self, *args: Any, postings: Sequence[Posting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.postings = {f"copy:{row.public_id}": row for row in postings}
        field = self.fields["start"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = [
            *((f"level:{t.level.value}", label(t.level)) for t in all_templates()),
            (EMPTY, "An empty page"),
            *((value, f"Copy of {row}") for value, row in self.postings.items()),
        ]
        self.hints = {
            **{f"level:{t.level.value}": t.summary for t in all_templates()},
            EMPTY: "You write everything yourself.",
            **{
                value: f"From {row.created_at:%b %Y}. Its deadline is left out."
                for value, row in self.postings.items()
            },
        }

    @property
    def copy_of(self) -> Posting | None:
        """The posting to copy, when that was chosen."""
        return self.postings.get(self.cleaned_data["start"])

    def content(self, sector: str) -> PostingContent:
        """The template's content, or an empty one; in the industry of the employer."""
        start: str = self.cleaned_data["start"]
        content = PostingContent()
        if start.startswith("level:"):
            content = template_for(Level(start.removeprefix("level:"))).content
        return (
            content if content.industry or not sector else content.with_(industry=Industry(sector))
        )


class ExtendForm(forms.Form):
    apply_until = forms.DateField(
        label="Last day to apply",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Leave it empty for no fixed day: the job then closes 60 days from today unless"
        " you confirm it again.",
        error_messages={"invalid": "Enter the day as year, month and day, like 2027-01-31."},
    )
