"""The forms that begin or move a posting: what to start from, a new deadline, a mere yes."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms

from cscareers.core.forms import OnceForm
from postings.content import PostingContent
from postings.enums import Level
from postings.importers.ad_text import read_ad
from postings.importers.schema_org import PostingDraft, Refused, read_posting
from postings.importers.uploads import Unreadable, read_upload
from postings.labels import label
from postings.level_templates import all_templates, template_for
from postings.models import Posting
from profiles.enums import Industry

EMPTY = "empty"
READ: Final = "ad"
"""The value of the button `go` that begins with the ad."""
MOST_OF_AN_AD: Final = 20_000


@dataclass(frozen=True, slots=True)
class PastedAd:
    """What an ad says, and the fields of it that nobody stated as such."""

    draft: PostingDraft
    guesses: tuple[str, ...] = ()


class StartForm(OnceForm):
    """What a new posting starts from: a template, nothing, one of the employer's postings, or the
    text of an ad, for which there is a button of its own."""

    start = forms.ChoiceField(
        label="Start from",
        widget=forms.RadioSelect,
        required=False,
    )
    ad = forms.CharField(
        label="The text of your ad",
        widget=forms.Textarea(attrs={"rows": 10}),
        required=False,
        help_text="With the title in the first line. Up to 20,000 characters.",
    )

    def __init__(self, *args: Any, postings: Sequence[Posting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reads_ad = self.data.get("go") == READ
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

    def clean_ad(self) -> PastedAd | None:
        """What the ad says; None where there is none."""
        text = self.cleaned_data["ad"].replace("\r\n", "\n")
        if len(text) > MOST_OF_AN_AD:
            raise forms.ValidationError(
                f"This has {len(text):,} characters. Paste at most {MOST_OF_AN_AD:,}: leave out"
                " what is about you as an employer.",
                code="too_long",
            )
        return pasted_ad(text) if text else None

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        has_ad = "ad" in self.errors or typed.get("ad") is not None
        if self.reads_ad and not has_ad:
            self.add_error("ad", "Paste the text of your ad.")
        elif has_ad and not self.reads_ad:
            self.add_error(
                "ad",
                "There is an ad in this field. Press “Read the ad” to start from it, or empty the"
                " field.",
            )
        elif not self.reads_ad and not typed.get("start") and "start" not in self.errors:
            self.add_error("start", "Choose what to start from.")
        return typed

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


def pasted_ad(text: str) -> PastedAd:
    """What the text of an ad says. JSON-LD, and a page with it, is read as what it states; of
    anything else all is a guess."""
    document, guesses = _document(text)
    draft = read_posting(document, untitled=True)
    if isinstance(draft, Refused):
        raise forms.ValidationError(
            "This is data, but no job. Paste the words of your ad.", code="refused"
        )
    if draft.cut:
        raise forms.ValidationError(
            f"With its marks this is longer than {MOST_OF_AN_AD:,} characters. Leave out what is"
            " about you as an employer.",
            code="too_long",
        )
    return PastedAd(draft, guesses)


def _document(text: str) -> tuple[Any, tuple[str, ...]]:
    """A JobPosting document, and what of it is guessed."""
    if text[0] in "{[<":
        try:
            lines = read_upload(text.encode(errors="replace"))
            documents = [json.loads(line.text) for line in lines]
        except (Unreadable, ValueError, RecursionError):
            documents = []  # an ad that begins with a sign, or in HTML without JSON-LD
        if len(documents) > 1:
            raise forms.ValidationError(
                f"This holds {len(documents)} jobs. Paste one, or import them as a file.",
                code="several",
            )
        if documents:
            return documents[0], ()
    ad = read_ad(text)
    return ad.document, ad.guesses


class ExtendForm(forms.Form):
    apply_until = forms.DateField(
        label="Last day to apply",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Leave it empty for no fixed day: the job then closes 60 days from today unless"
        " you confirm it again.",
        error_messages={"invalid": "Enter the day as year, month and day, like 2027-01-31."},
    )
