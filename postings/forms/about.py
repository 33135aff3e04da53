"""The step "The job": title, level, kind of work, text."""

from typing import Any

from django import forms

from cscareers.core.form_fields import language_choices
from postings.content import UNKNOWN_LANGUAGE, PostingContent
from postings.enums import EmploymentType, Level, Specialisation
from postings.forms.fields import one_of, ordered, some_of
from postings.forms.page import Propose, StepPage, TextField
from postings.forms.rows import Typed
from postings.importers.language import language_of
from postings.level_templates import all_templates
from postings.reading import Names
from profiles.enums import Industry

MAX_TITLE = 120
MAX_DESCRIPTION = 20_000


class AboutForm(forms.Form):
    title = forms.CharField(
        label="Title of the job",
        max_length=MAX_TITLE,
        required=False,
        help_text="As people search for it, like “Customer service manager”. Leave pay and place"
        " to the next pages.",
    )
    level = one_of(Level, radio=True, label="Level")
    employment = some_of(EmploymentType, label="Type of employment")
    description = forms.CharField(
        label="Text about the job",
        max_length=MAX_DESCRIPTION,
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="What the job is for and what a usual week looks like. Markdown works: **bold**,"
        " lists with a dash, [links](https://example.org).",
    )
    text_language = forms.ChoiceField(
        label="Language of the text", choices=language_choices, required=False
    )
    specialisations = some_of(Specialisation, label="Specialisations")
    industry = one_of(Industry, label="Industry")

    @property
    def level_hints(self) -> dict[str, str]:
        """When to choose each level."""
        return {template.level.value: template.summary for template in all_templates()}


class AboutPage(StepPage):
    fields = (
        "title",
        "level",
        "employment",
        "description",
        "text_language",
        "specialisations",
        "industry",
    )
    main = AboutForm
    texts = (TextField("title", "title"), TextField("description", "description"))

    @classmethod
    def written(cls, content: PostingContent, names: Names) -> Typed:
        known = content.text_language != UNKNOWN_LANGUAGE
        shown = {name: getattr(content, name) for name in cls.fields}
        return shown | {"text_language": content.text_language if known else "en"}

    def answers(self, content: PostingContent, propose: Propose) -> dict[str, Any]:
        typed = self.form.cleaned_data
        return {
            **{name: typed[name] for name in ("title", "level", "industry")},
            "description": typed["description"].replace("\r\n", "\n"),
            "text_language": typed["text_language"] or _seen(typed["description"]),
            "employment": ordered(EmploymentType, typed["employment"]),
            "specialisations": ordered(Specialisation, typed["specialisations"]),
        }


def _seen(description: str) -> str:
    """The language of a text whose author names none; English until a text shows another."""
    seen = language_of(description)
    return "en" if seen == UNKNOWN_LANGUAGE else seen
