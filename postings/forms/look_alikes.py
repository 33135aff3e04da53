"""What an author says of a draft that looks like other postings."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms

from postings.actions.reposts import Answer, certainly_repeats, holds_up, may_follow
from postings.duplicates.query import LookAlike, Standing
from postings.models import Posting, PostingRevision
from postings.models.revision import MAX_EXPLANATION

OTHER: Final = "other"
_FOLLOW: Final = "follow:"


class LookAlikeForm(forms.Form):
    """Two of the three ways on, as choices: to post one of the employer's own again, or to say
    why this is another job. The third, to edit the draft, is a link. Only ended look-alikes ask
    for no answer."""

    answer = forms.ChoiceField(
        label="How do they go together?",
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether this job is posted again or another one."},
    )
    explanation = forms.CharField(
        label="Why is it another job?",
        max_length=MAX_EXPLANATION,
        required=False,
        help_text="A sentence is enough, like “A second team, in the evening”. Only we read it.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        found: Sequence[LookAlike],
        posting: Posting,
        revision: PostingRevision,
        certain: bool,
    ) -> None:
        mine = [alike for alike in found if may_follow(posting, alike)]
        self.holds = any(map(holds_up, found))
        self.hints = {f"{_FOLLOW}{alike.public_id}": _hint(alike) for alike in mine}
        said = {OTHER: revision.explanation and self.holds}
        followed = {alike.posting_id: f"{_FOLLOW}{alike.public_id}" for alike in mine}
        super().__init__(data, initial={"explanation": revision.explanation})
        self.fields["answer"].required = self.holds
