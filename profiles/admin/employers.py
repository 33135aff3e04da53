"""Employers for moderators: look, suspend, reinstate."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from profiles.actions import suspension
from profiles.admin.common import (
    Decision,
    OptionalNoteForm,
    ReadOnlyAdmin,
    ReadOnlyInline,
    decide,
    link,
)
from profiles.models import Employer, EmployerEvent, Membership, User

_REFUSALS = ((suspension.AlreadySo, "It is so already: somebody else was quicker."),)


def _suspend(employer: Employer, actor: User, note: str, now: datetime) -> None:
    suspension.suspend_employer(employer=employer, actor=actor, note=note, now=now)


def _reinstate(employer: Employer, actor: User, note: str, now: datetime) -> None:
    suspension.reinstate_employer(employer=employer, actor=actor, note=note, now=now)


SUSPEND = Decision(
    "suspend",
    "Suspend",
    "Suspend these employers? All their jobs leave every public place at once.",
    _suspend,
    _REFUSALS,
)
REINSTATE = Decision(
    "reinstate",
    "Reinstate",
    "Reinstate these employers? Jobs that were public before are public again.",
    _reinstate,
    _REFUSALS,
    OptionalNoteForm,
)


class SuspendedFilter(admin.SimpleListFilter):
    """Suspended or not."""

    title = "suspended"
    parameter_name = "suspended"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The two choices."""
        return [("1", "Suspended"), ("0", "Not suspended")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The rows that fit."""
        if self.value() not in ("0", "1"):
            return queryset
        return queryset.filter(suspended_at__isnull=self.value() == "0")


class MembershipInline(ReadOnlyInline):
    model = Membership
    fields = ("person", "role", "joined_at")
    readonly_fields = fields
    verbose_name_plural = "team"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        """With the people."""
        return super().get_queryset(request).select_related("user").order_by("joined_at", "pk")

    @admin.display(description="person")
    def person(self, membership: Membership) -> SafeString | str:
        """A link to the account."""
        return link(membership.user, membership.user.email)


class EmployerEventInline(ReadOnlyInline):
    model = EmployerEvent
    fields = ("at", "verb", "actor_label", "from_state", "to_state", "note", "details")
    readonly_fields = fields
    verbose_name_plural = "history"

    def get_queryset(self, request: HttpRequest) -> QuerySet[EmployerEvent]:
        """Newest first."""
        return super().get_queryset(request).order_by("-at", "-pk")


@admin.register(Employer)
class EmployerAdmin(ReadOnlyAdmin):
    list_display = ("name", "website", "verification", "verified_at", "country", "suspended_at")
    list_filter = (SuspendedFilter, "verification", "imported", "sector")
    list_select_related = ("country",)
    search_fields = ("name", "slug", "site", "verified_domain")
    ordering = ("name", "pk")
    show_facets = admin.ShowFacets.ALWAYS
    inlines = (MembershipInline, EmployerEventInline)
    actions = ("suspend", "reinstate")
    change_form_template = "admin/change_form_decisions.html"
    fieldsets = (
        (None, {"fields": ("name", "website", "jobs", "notes", "suspended_at", "imported")}),
        ("Verification", {"fields": ("verification", "verified_domain", "verified_at")}),
        (
            "What it says",
            {"fields": ("sector", "size", "country", "time_zone", "description", "created_at")},
        ),
    )
    readonly_fields = ("website", "jobs", "notes")

    @admin.display(description="website")
    def website(self, employer: Employer) -> SafeString | str:
        """A link to the site, which learns nothing of where it was followed."""
        if not employer.site:
            return "–"
        return format_html('<a href="{0}" rel="noreferrer">{0}</a>', employer.site)

    @admin.display(description="jobs")
    def jobs(self, employer: Employer) -> SafeString:
        """A link to the list of its jobs."""
        url = reverse("admin:postings_posting_changelist")
        return format_html(
            '<a href="{}?employer__id__exact={}">All jobs of {}</a>', url, employer.pk, employer
        )

    @admin.display(description="private notes")
    def notes(self, employer: Employer) -> SafeString:
        """Links to the moderators' notes on it, and to write one."""
        read = reverse("admin:postings_moderatornote_changelist")
        write = reverse("admin:postings_moderatornote_add")
        return format_html(
            '<a href="{}?employer__id__exact={}">Read</a> · <a href="{}?employer={}">Write one</a>',
            read, employer.pk, write, employer.pk,
        )  # fmt: skip

    def has_suspend_permission(self, request: HttpRequest) -> bool:
        """The moderators' right."""
        return bool(request.user.has_perm("profiles.suspend_employer"))

    @admin.action(description="Suspend", permissions=["suspend"])
    def suspend(self, request: HttpRequest, rows: QuerySet[Employer]) -> HttpResponse | None:
        """Asks, then suspends."""
        return decide(self, request, rows, SUSPEND)

    @admin.action(description="Reinstate", permissions=["suspend"])
    def reinstate(self, request: HttpRequest, rows: QuerySet[Employer]) -> HttpResponse | None:
        """Asks, then reinstates."""
        return decide(self, request, rows, REINSTATE)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The row with its decisions."""
        allowed = self.has_suspend_permission(request)
        extra = {
            "decisions": (SUSPEND, REINSTATE) if allowed else (),
            "list_url": reverse("admin:profiles_employer_changelist"),
        }
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **extra})
