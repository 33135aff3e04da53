"""Postings for moderators: look, pause, suspend, reinstate."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from postings.actions import lifecycle, moderation
from postings.admin.events import PostingEventInline
from postings.admin.notes import NoteInline
from postings.models import Posting, PostingRevision, Report
from postings.permissions import can_moderate
from profiles.admin.common import (
    Decision,
    OptionalNoteForm,
    ReadOnlyAdmin,
    ReadOnlyInline,
    decide,
    link,
)
from profiles.models import User

ILLEGAL = "Its state does not allow that, or somebody else was quicker. Look at its history."
_REFUSALS = ((lifecycle.IllegalMove, ILLEGAL),)


def _pause(posting: Posting, actor: User, note: str, now: datetime) -> None:
    moderation.pause(posting=posting, actor=actor, note=note, now=now)


def _suspend(posting: Posting, actor: User, note: str, now: datetime) -> None:
    moderation.suspend(posting=posting, actor=actor, note=note, now=now)


def _reinstate(posting: Posting, actor: User, note: str, now: datetime) -> None:
    moderation.reinstate(posting=posting, actor=actor, note=note, now=now)


def _release(posting: Posting, actor: User, note: str, now: datetime) -> None:
    moderation.release(posting=posting, actor=actor, note=note, now=now)


def _confirm(posting: Posting, actor: User, note: str, now: datetime) -> None:
    lifecycle.confirm(posting=posting, actor=actor, note=note, now=now, by_us=True)


PAUSE = Decision(
    "pause",
    "Pause",
    "Pause these jobs? Their employers can open them again.",
    _pause,
    _REFUSALS,
)
SUSPEND = Decision(
    "suspend",
    "Suspend",
    "Suspend these jobs? Only a moderator can bring them back.",
    _suspend,
    _REFUSALS,
)
REINSTATE = Decision(
    "reinstate",
    "Reinstate",
    "Reinstate these jobs? They are as they were before, unless their time is over.",
    _reinstate,
    _REFUSALS,
    OptionalNoteForm,
)


RELEASE = Decision(
    "release",
    "End the hold",
    "Open these jobs again? We hold them because of reports, or until a change.",
    _release,
    _REFUSALS,
    OptionalNoteForm,
)
CONFIRM = Decision(
    "confirm",
    "Confirm as open",
    "Confirm that these jobs are open, after you have looked? What was paused because nobody"
    " confirmed it is open again.",
    _confirm,
    _REFUSALS,
    OptionalNoteForm,
)


class ReportInline(ReadOnlyInline):
    model = Report
    fields = ("created_at", "category", "words", "status", "decided_at", "outcome")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Report]:
        """Newest first."""
        return super().get_queryset(request).order_by("-created_at", "-pk")


class RevisionInline(ReadOnlyInline):
    model = PostingRevision
    fk_name = "posting"
    fields = ("number", "review", "state", "author", "submitted_at", "decided_at", "decided_by")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[PostingRevision]:
        """Newest first, without their texts."""
        rows = super().get_queryset(request).select_related("author", "decided_by", "posting")
        return rows.defer("content").order_by("-number")

    @admin.display(description="revision")
    def review(self, revision: PostingRevision) -> SafeString | str:
        """A link to the page of the review."""
        return link(revision, f"Revision {revision.number}")


@admin.register(Posting)
class PostingAdmin(ReadOnlyAdmin):
    list_display = (
        "title_or_none",
        "company",
        "state",
        "withheld",
        "origin",
        "first_published_at",
        "closes_at",
    )
    list_filter = ("state", "withheld", "origin")
    list_select_related = ("employer",)
    search_fields = ("title", "public_id", "employer__name")
    ordering = ("-pk",)
    show_facets = admin.ShowFacets.ALWAYS
    inlines = (NoteInline, RevisionInline, ReportInline, PostingEventInline)
    actions = ("pause", "suspend", "reinstate", "release", "confirm")
    change_form_template = "admin/change_form_decisions.html"
    fields = (
        "title_or_none",
        "public_page",
        "company",
        "writer",
        "state",
        "withheld",
        "held_at",
        "paused_for",
        "origin",
        "date_posted",
        "first_published_at",
        "confirmed_at",
        "apply_until",
        "closes_at",
        "external_identifier",
        "created_at",
    )
    readonly_fields = ("title_or_none", "public_page", "company", "writer")

    @admin.display(description="title", ordering="title")
    def title_or_none(self, posting: Posting) -> str:
        """The title, or that there is none yet."""
        return str(posting)

    @admin.display(description="employer", ordering="employer__name")
    def company(self, posting: Posting) -> SafeString | str:
        """A link to the employer."""
        return link(posting.employer)

    @admin.display(description="written by")
    def writer(self, posting: Posting) -> SafeString | str:
        """A link to the author's account."""
        return link(posting.author)

    @admin.display(description="public page")
    def public_page(self, posting: Posting) -> SafeString | str:
        """A link to the page when the public sees it."""
        if not posting.is_public(now=timezone.now()):
            return "Not public now"
        return format_html('<a href="{0}">{0}</a>', posting.get_absolute_url())

    def get_queryset(self, request: HttpRequest) -> QuerySet[Posting]:
        """With the employer, which most of it names."""
        return super().get_queryset(request).select_related("employer")

    def has_moderate_permission(self, request: HttpRequest) -> bool:
        """The moderators' right."""
        return can_moderate(request.user)

    @admin.action(description="Pause", permissions=["moderate"])
    def pause(self, request: HttpRequest, rows: QuerySet[Posting]) -> HttpResponse | None:
        """Asks, then pauses."""
        return decide(self, request, rows, PAUSE)

    @admin.action(description="Suspend", permissions=["moderate"])
    def suspend(self, request: HttpRequest, rows: QuerySet[Posting]) -> HttpResponse | None:
        """Asks, then suspends."""
        return decide(self, request, rows, SUSPEND)

    @admin.action(description="Reinstate", permissions=["moderate"])
    def reinstate(self, request: HttpRequest, rows: QuerySet[Posting]) -> HttpResponse | None:
        """Asks, then reinstates."""
        return decide(self, request, rows, REINSTATE)

    @admin.action(description="End the hold", permissions=["moderate"])
    def release(self, request: HttpRequest, rows: QuerySet[Posting]) -> HttpResponse | None:
        """Asks, then opens what we held."""
        return decide(self, request, rows, RELEASE)

    @admin.action(description="Confirm as open", permissions=["moderate"])
    def confirm(self, request: HttpRequest, rows: QuerySet[Posting]) -> HttpResponse | None:
        """Asks, then confirms: for jobs that nobody else can confirm, like imported ones."""
        return decide(self, request, rows, CONFIRM)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The row with its decisions."""
        allowed = self.has_moderate_permission(request)
        extra = {
            "decisions": (PAUSE, SUSPEND, REINSTATE, RELEASE, CONFIRM) if allowed else (),
            "list_url": reverse("admin:postings_posting_changelist"),
        }
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **extra})
