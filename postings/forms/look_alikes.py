"""What an author says of a draft that looks like other postings."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms

from postings.actions.reposts import Answer, holds_up, may_follow
from postings.duplicates.query import LookAlike, Standing
from postings.models import Posting, PostingRevision
from postings.models.revision import MAX_EXPLANATION

OTHER: Final = "other"
_FOLLOWS: Final = "follows:"


class LookAlikeForm(forms.Form):
    """Two of the three ways on: to post one of the employer's own jobs again, or to say why this
    is another one. The third, to edit the draft, is a link. Where all look-alikes are over it
    asks, but needs no answer."""

    answer = forms.ChoiceField(
        label="How do they go together?",
        widget=forms.RadioSelect,
        error_messages={"required": "Say how this job and the one that is live go together."},
    )
    explanation = forms.CharField(
        label="Why is it another job?",
        max_length=MAX_EXPLANATION,
        required=False,
        help_text="A sentence is enough, like “A second team that works evenings”. Only we read"
        " it.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        found: Sequence[LookAlike],
        posting: Posting,
        revision: PostingRevision,
    ) -> None:
        super().__init__(data)
        mine = {f"{_FOLLOWS}{a.public_id}": a for a in found if may_follow(posting, a)}
        self.holds = any(map(holds_up, found))
        self.hints = {key: _HINTS[alike.standing] for key, alike in mine.items()}
        answer = self.fields["answer"]
        assert isinstance(answer, forms.ChoiceField)  # noqa: S101 - for the type checker
        answer.required = self.holds
        answer.choices = [
            *((key, f"It is “{alike.title}” again") for key, alike in mine.items()),
            (OTHER, "It is another job"),
        ]
        said = [key for key, alike in mine.items() if alike.posting_id == posting.successor_of_id]
        answer.initial = said[0] if said else OTHER if revision.explanation else None
        self.fields["explanation"].initial = revision.explanation

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        other = cleaned.get("answer") == OTHER
        if self.holds and other and "explanation" in cleaned and not cleaned["explanation"]:
            self.add_error(
                "explanation", forms.ValidationError("Say why it is another job.", code="required")
            )
        return cleaned

    @property
    def said(self) -> Answer:
        """The answer of a valid form."""
        answer: str = self.cleaned_data["answer"]
        if answer.startswith(_FOLLOWS):
            return Answer(follows=answer.removeprefix(_FOLLOWS))
        return Answer(explanation=self.cleaned_data["explanation"] if answer == OTHER else "")


_AGAIN: Final = "People read how often it was posted, and since when."
_HINTS: Final = {
    Standing.OPEN: f"That one closes when we approve this one. {_AGAIN}",
    Standing.PAUSED: f"The paused one closes when we approve this one. {_AGAIN}",
    Standing.OVER: _AGAIN,
}
