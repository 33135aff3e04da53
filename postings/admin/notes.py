"""Private notes of moderators: written beside a job, read wherever the job or employer is."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from cscareers.core.http import safe_next
from postings.actions.notes import write_note
from postings.models import ModeratorNote, Posting
from postings.models.moderation import NOTE_LENGTH
from postings.permissions import can_moderate
from profiles.admin.common import ReadOnlyAdmin, ReadOnlyInline, link
from profiles.models import User

QUEUE = "admin:postings_postingrevision_changelist"


def notes_on(posting: Posting) -> list[ModeratorNote]:
    """The notes on a posting and on its employer, newest first; one query."""
    rows = ModeratorNote.objects.filter(Q(posting=posting) | Q(employer=posting.employer_id))
    return list(rows.order_by("-at", "-pk"))


class NoteInline(ReadOnlyInline):
    model = ModeratorNote
    fields = ("at", "author_label", "text")
    readonly_fields = fields
    verbose_name_plural = "private notes"

    def get_queryset(self, request: HttpRequest) -> QuerySet[ModeratorNote]:
        """Newest first."""
        return super().get_queryset(request).order_by("-at", "-pk")


@admin.register(ModeratorNote)
class ModeratorNoteAdmin(ReadOnlyAdmin):
    list_display = ("at", "about", "author_label", "text")
    list_select_related = ("posting", "employer")
    search_fields = ("text", "author_label", "posting__title", "employer__name")
    ordering = ("-at", "-pk")
    raw_id_fields = ("posting", "employer")  # the other widget has no name for screen readers
    fields = ("posting", "employer", "text")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """The moderators' right."""
        return can_moderate(request.user)

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """Lists of one employer or job are linked from their pages."""
        return lookup in ("employer__id__exact", "posting__id__exact")

    def get_urls(self) -> list[URLPattern]:
        """The way in from the pages of a job."""
        view = self.admin_site.admin_view(self.write)
        return [
            path("on/<int:pk>/", view, name="postings_moderatornote_write"),
            *super().get_urls(),
        ]

    @admin.display(description="about")
    def about(self, note: ModeratorNote) -> SafeString | str:
        """A link to the job or the employer."""
        return link(note.posting or note.employer)

    def save_model(
        self,
        request: HttpRequest,
        obj: ModeratorNote,
        form: Any,
        change: bool,
    ) -> None:
        """By the same action as everywhere; the row that it made is the admin's object."""
        about = obj.posting or obj.employer
        assert about is not None  # noqa: S101 - the constraint was checked
        made = write_note(about=about, text=obj.text, actor=_who(request), now=timezone.now())
        obj.pk, obj.at = made.pk, made.at

    @method_decorator(require_POST)
    def write(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Keep a note on the job `pk` or on its employer, and go back to the page."""
        posting = Posting.objects.select_related("employer").filter(pk=pk).first()
        if posting is None or not can_moderate(request.user):
            raise Http404
        text = request.POST.get("text", "").replace("\0", "").strip()
        about = posting.employer if request.POST.get("about") == "employer" else posting
        if not text or len(text) > NOTE_LENGTH:
            messages.error(request, f"Write a note of 1 to {NOTE_LENGTH} characters.")
        else:
            write_note(about=about, text=text, actor=_who(request), now=timezone.now())
            messages.success(request, f"Your note on {about} is kept. Only moderators see it.")
        back = safe_next(request, request.POST.get("next"), fallback=reverse(QUEUE))
        return HttpResponseRedirect(back)


def _who(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101  (admin_view let nobody else in)
    return request.user
