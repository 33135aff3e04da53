"""Saved replies: kept by moderators, put into the note of a decision by a list and a button."""

from typing import TYPE_CHECKING, Final

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from postings.admin.forms import DecisionForm
from postings.enums import RejectionReason
from postings.labels import choices, label
from postings.models import PostingRevision, SavedReply

if TYPE_CHECKING:
    ReplyModelForm = forms.ModelForm[SavedReply]
    ReplyModelAdmin = admin.ModelAdmin[SavedReply]
else:  # Django's own classes take no parameters at run time.
    ReplyModelForm, ReplyModelAdmin = forms.ModelForm, admin.ModelAdmin

INSERT: Final = "_insert"


class SavedReplyForm(ReplyModelForm):
    reasons = forms.MultipleChoiceField(
        choices=choices(RejectionReason),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Ticked together with the reply.",
    )

    class Meta:
        model = SavedReply
        fields = ("name", "reasons", "text")


@admin.register(SavedReply)
class SavedReplyAdmin(ReplyModelAdmin):
    form = SavedReplyForm
    list_display = ("name", "for_reasons", "text")
    search_fields = ("name", "text")
    ordering = ("name", "pk")
    show_full_result_count = False

    @admin.display(description="reasons")
    def for_reasons(self, reply: SavedReply) -> str:
        """In words."""
        return ", ".join(label(RejectionReason(code)) for code in reply.reasons) or "–"


class ReplyForm(forms.Form):
    """The list of replies beside a note."""

    reply = forms.ModelChoiceField(
        SavedReply.objects.order_by("name", "pk"),
        label="Saved reply",
        required=False,
        empty_label="Choose a reply",
    )


def inserted(request: HttpRequest, revision: PostingRevision) -> DecisionForm:
    """The decision's form with the chosen reply below what was typed, and its reasons ticked."""
    chosen = ReplyForm(request.POST)
    note = request.POST.get("note", "").strip()
    reasons: list[str] = [
        code for code in request.POST.getlist("reasons") if code in set(RejectionReason)
    ]
    if chosen.is_valid() and (reply := chosen.cleaned_data["reply"]) is not None:
        title = revision.value.title or "your job"
        words = reply.filled(title=title, employer=revision.posting.employer.name)
        note = f"{note}\n\n{words}" if note else words
        reasons += [code for code in reply.reasons if code not in reasons]
    return DecisionForm(initial={"note": note, "reasons": reasons})
