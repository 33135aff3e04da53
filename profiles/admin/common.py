"""What our admin pages share: rows that nobody edits, and decisions that ask first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

if TYPE_CHECKING:
    AnyAdmin = admin.ModelAdmin[Any]
    AnyInline = admin.TabularInline[Any, Any]
else:  # Django's own classes take no parameters at run time.
    AnyAdmin, AnyInline = admin.ModelAdmin, admin.TabularInline


class ReadOnlyAdmin(AnyAdmin):
    """Rows to look at; what changes them are decisions, never a form."""

    list_per_page = 50
    show_full_result_count = False
    save_on_top = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False


class ReadOnlyInline(AnyInline):
    """Rows of another table below the page of one row, to look at."""

    template = "admin/rows.html"
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False


class NoteForm(forms.Form):
    """The words that go with a decision."""

    note = forms.CharField(
        label="Note",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60, "class": "vLargeTextField"}),
        help_text="Sent by mail to the people concerned.",
    )


class OptionalNoteForm(NoteForm):
    """The same where words may be left out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].required = False


@dataclass(frozen=True, slots=True)
class Decision:
    """One verb of a moderator, for one row or many.

    `perform(row, actor, note, now)` calls an action; `refusals` are the errors that it may raise,
    with a sentence for each. `form` None: there is nothing to say.
    """

    name: str
    label: str
    question: str
    perform: Callable[[Any, Any, str, datetime], object]
    refusals: Sequence[tuple[type[Exception], str]]
    form: type[NoteForm] | None = NoteForm


def decide(
    model_admin: AnyAdmin,
    request: HttpRequest,
    rows: QuerySet[Any],
    decision: Decision,
) -> HttpResponse | None:
    """The page that asks, then one action for each row; what was refused is told row by row."""
    sent = "confirmed" in request.POST
    form = decision.form(request.POST if sent else None) if decision.form else None
    chosen = list(rows.order_by("pk"))
    if not sent or (form is not None and not form.is_valid()):
        return _ask(model_admin, request, chosen, decision, form)
    note = form.cleaned_data["note"] if form is not None else ""
    done = 0
    for row in chosen:
        try:
            decision.perform(row, request.user, note, timezone.now())
            done += 1
        except tuple(kind for kind, _ in decision.refusals) as refusal:
            messages.error(request, f"{row}: {refusal_sentence(decision.refusals, refusal)}")
    if done:
        messages.success(request, f"{decision.label}: {done} of {len(chosen)} done.")
    return None


def refusal_sentence(refusals: Sequence[tuple[type[Exception], str]], refusal: Exception) -> str:
    """What to tell the moderator; a sentence that is empty stands for the error's own text."""
    words = next(text for kind, text in refusals if isinstance(refusal, kind))
    return words or str(refusal)


def _ask(
    model_admin: AnyAdmin,
    request: HttpRequest,
    chosen: list[Model],
    decision: Decision,
    form: NoteForm | None,
) -> HttpResponse:
    context = {
        **model_admin.admin_site.each_context(request),
        "title": decision.question,
        "opts": model_admin.opts,
        "media": model_admin.media,
        "rows": chosen,
        "decision": decision,
        "form": form,
        "errors": form.errors if form is not None else None,
        "action_checkbox_name": ACTION_CHECKBOX_NAME,
    }
    return render(request, "admin/decide.html", context)


def link(row: Model | None, text: str = "") -> SafeString | str:
    """A link to the admin page of `row`; a dash for None."""
    if row is None:
        return "–"
    meta = row._meta
    url = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=(row.pk,))
    return format_html('<a href="{}">{}</a>', url, text or str(row))
