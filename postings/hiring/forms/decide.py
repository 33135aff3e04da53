"""What an employer says when it decides on an application, or on several."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.safestring import SafeString

from cscareers.core.forms import OnceForm
from postings.hiring.engines.replies import PLACES, unknown_places
from postings.hiring.enums import ApplicationState, RejectReason
from postings.hiring.labels import choices, label
from postings.hiring.models import ReplyTemplate
from postings.hiring.models.review import REPLY_LENGTH
from postings.hiring.states import EMPLOYER_VERBS

ROW: Final = "row:"
PLACES_HINT: Final = "{candidate}, {title} and {employer} become the names."

Rows = Sequence[Mapping[str, Any]]


def without_slips(text: str) -> str:
    """The text, when all that stands in braces is something that we fill in."""
    if unknown := unknown_places(text):
        known = ", ".join(f"{{{place}}}" for place in PLACES)
        raise forms.ValidationError(f"We can’t fill in {', '.join(unknown)}. We know {known}.")
    return text


class MoveForm(OnceForm):
    """Where an application goes; `seen` is the state that the page showed."""

    verb = forms.ChoiceField(choices=[(verb, verb) for verb in EMPLOYER_VERBS])
    seen = forms.ChoiceField(choices=choices(ApplicationState))


class DecisionForm(OnceForm):
    """The words that go with a decision; `replies` are the saved ones of its kind."""

    seen = forms.ChoiceField(choices=choices(ApplicationState), widget=forms.HiddenInput)
    reply = forms.ChoiceField(label="Start from a saved reply", required=False)
    note = forms.CharField(
        label="Your words to the candidate",
        required=False,
        max_length=REPLY_LENGTH,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=f"They stand in the mail and on the candidate’s page. {PLACES_HINT}",
    )

    def __init__(self, *args: Any, replies: Iterable[ReplyTemplate] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.replies = {reply.public_id: reply for reply in replies}
        named = [(reply.public_id, reply.name) for reply in self.replies.values()]
        self.fields["reply"].choices = [("", "None"), *named]  # type: ignore[attr-defined]

    def clean_note(self) -> str:
        """The words, with nothing in braces that we can't fill in."""
        return without_slips(str(self.cleaned_data["note"]))

    def with_reply(self) -> str:
        """What was typed, and below it the saved reply that was chosen."""
        typed = str(self.data.get("note", "")).strip()
        reply = self.replies.get(str(self.data.get("reply", "")))
        if reply is None or reply.text in typed:
            return typed
        return f"{typed}\n\n{reply.text}" if typed else reply.text

    def carried(self) -> list[SafeString]:
        """What was typed as hidden fields, for a page that only asks whether to send it. They have
        no ids: what nobody sees must not be described."""
        self.auto_id = False
        return [field.as_hidden() for field in self]

    def again(self, **changes: Any) -> dict[str, Any]:
        """What was typed, as the start of the same form anew."""
        typed = {name: self.data.get(name, "") for name in self.fields if name != "key"}
        return {**typed, **changes}

    def reasons(self) -> list[RejectReason]:
        """The coded reasons of the valid form; only a rejection has any."""
        return []

    @property
    def requirement(self) -> str:
        """The id of the requirement row that a rejection names."""
        return ""

    @property
    def requirement_name(self) -> str:
        return ""


class RejectForm(DecisionForm):
    """Says no: because of a row of what the job asks, or of something in the process. `rows` are
    those of the frozen explanation that are not met."""

    reason = forms.ChoiceField(
        label="Reason",
        error_messages={"required": "Choose why. The candidate reads it."},
        help_text="The candidate reads it, on their page and in the mail.",
    )
    field_order = ("reason", "reply", "note")

    def __init__(self, *args: Any, rows: Rows, with_status: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = {row["requirement"]["id"]: row["requirement"]["name"] for row in rows}
        asked = [
            (
                f"{ROW}{row['requirement']['id']}",
                f"{row['requirement']['name']} ({row['status']})"
                if with_status
                else row["requirement"]["name"],
            )
            for row in rows
        ]
        process = [
            (reason.value, label(reason))
            for reason in RejectReason
            if reason is not RejectReason.REQUIREMENT
        ]
        groups: list[Any] = [("", "Choose")]
        groups += [("What the job asks", asked)] if asked else []
        self.fields["reason"].choices = [*groups, ("Something else", process)]  # type: ignore[attr-defined]

    def reasons(self) -> list[RejectReason]:
        """The one that was chosen."""
        if self.requirement:
            return [RejectReason.REQUIREMENT]
        return [RejectReason(self.cleaned_data["reason"])]

    @property
    def requirement(self) -> str:
        """The id of the row, where one was chosen."""
        reason = str(self.cleaned_data["reason"])
        return reason.removeprefix(ROW) if reason.startswith(ROW) else ""

    @property
    def requirement_name(self) -> str:
        return str(self.names.get(self.requirement, ""))
