"""Accounts for moderators: look, suspend, reinstate."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
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
from profiles.admin.employers import SuspendedFilter
from profiles.models import AccountEvent, Membership, User

_REFUSALS = (
    (suspension.AlreadySo, "It is so already: somebody else was quicker."),
    (suspension.StaffProtected, "Your own account and other moderators’ are not yours to decide."),
)


def _suspend(user: User, actor: User, note: str, now: datetime) -> None:
    suspension.suspend_account(user=user, actor=actor, note=note, now=now)


def _reinstate(user: User, actor: User, note: str, now: datetime) -> None:
    suspension.reinstate_account(user=user, actor=actor, note=note, now=now)


SUSPEND = Decision(
    "suspend",
    "Suspend",
    "Suspend these accounts? They can’t sign in, and jobs that they wrote leave public places.",
    _suspend,
    _REFUSALS,
)
REINSTATE = Decision(
    "reinstate",
    "Reinstate",
    "Reinstate these accounts? Jobs that were public before are public again.",
    _reinstate,
    _REFUSALS,
    OptionalNoteForm,
)


class EmployersInline(ReadOnlyInline):
    model = Membership
    fields = ("where", "role", "joined_at")
    readonly_fields = fields
    verbose_name_plural = "employers"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        """With the employers."""
        return super().get_queryset(request).select_related("employer").order_by("joined_at", "pk")

    @admin.display(description="employer")
    def where(self, membership: Membership) -> SafeString | str:
        """A link to the employer."""
        return link(membership.employer)


class AccountEventInline(ReadOnlyInline):
    model = AccountEvent
    fk_name = "subject"
    fields = ("at", "verb", "actor_label", "note")
    readonly_fields = fields
    verbose_name_plural = "history"

    def get_queryset(self, request: HttpRequest) -> QuerySet[AccountEvent]:
        """Newest first."""
        return super().get_queryset(request).order_by("-at", "-pk")


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    list_display = ("email", "name", "is_staff", "date_joined", "suspended_at")
    list_filter = (SuspendedFilter, "is_staff")
    search_fields = ("email", "name", "public_id")
    ordering = ("email", "pk")
    show_facets = admin.ShowFacets.ALWAYS
    inlines = (EmployersInline, AccountEventInline)
    actions = ("suspend", "reinstate")
    change_form_template = "admin/change_form_decisions.html"
    # Never the password's hash.
    fields = (
        "email",
        "name",
        "is_active",
        "suspended_at",
        "is_staff",
        "groups",
        "date_joined",
        "last_login",
    )

    def has_suspend_permission(self, request: HttpRequest) -> bool:
        """The moderators' right."""
        return bool(request.user.has_perm("profiles.suspend_account"))

    @admin.action(description="Suspend", permissions=["suspend"])
    def suspend(self, request: HttpRequest, rows: QuerySet[User]) -> HttpResponse | None:
        """Asks, then suspends."""
        return decide(self, request, rows, SUSPEND)

    @admin.action(description="Reinstate", permissions=["suspend"])
    def reinstate(self, request: HttpRequest, rows: QuerySet[User]) -> HttpResponse | None:
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
            "list_url": reverse("admin:profiles_user_changelist"),
        }
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **extra})
