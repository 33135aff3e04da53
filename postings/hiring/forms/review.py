"""What a team writes about an application for itself, and the words that it saves for answers."""

from typing import Any

from django import forms

from cscareers.core.forms import OnceForm
from postings.hiring.enums import ReplyKind
from postings.hiring.forms.decide import PLACES_HINT, without_slips
from postings.hiring.labels import choices
from postings.hiring.models.review import NOTE_LENGTH, REPLY_LENGTH, TAG_LENGTH


class NoteForm(OnceForm):
    text = forms.CharField(
        label="Note for your team",
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="The candidate does not see it here, but has a right to ask you for it.",
        error_messages={"required": "Write the note first."},
    )


class TagForm(forms.Form):
    name = forms.CharField(
        label="Tag",
        max_length=TAG_LENGTH,
        error_messages={"required": "Write the tag first."},
    )

    def clean_name(self) -> str:
        """The tag with single blanks."""
        return " ".join(str(self.cleaned_data["name"]).split())


class ReplyForm(OnceForm):
    kind = forms.ChoiceField(label="For which answer", choices=choices(ReplyKind))
    name = forms.CharField(label="Name", max_length=80, help_text="Only your team sees it.")
    text = forms.CharField(
        label="Text",
        max_length=REPLY_LENGTH,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=f"{PLACES_HINT} You can still change it before you send it.",
    )

    def clean_name(self) -> str:
        """The name with single blanks."""
        return " ".join(str(self.cleaned_data["name"]).split())

    def clean_text(self) -> str:
        """The text, with nothing in braces that we can't fill in."""
        return without_slips(str(self.cleaned_data["text"]))

    def saved(self) -> dict[str, Any]:
        """What the valid form says, as `actions.review.save_reply` takes it."""
        said = self.cleaned_data
        return {"kind": ReplyKind(said["kind"]), "name": said["name"], "text": said["text"]}
