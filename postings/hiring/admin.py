"""Admin pages of the hiring loop: alerts and their runs, to look at."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from postings.admin.operations import ModeratorsAdmin
from postings.hiring.actions import alerts
from postings.hiring.models import AlertRun, Subscription
from profiles.admin.common import Decision, decide


def _stop(alert: Subscription, actor: Any, note: str, now: datetime) -> None:
    alerts.end(alert=alert, now=now)


STOP = Decision(
    "stop",
    "Stop",
    "Stop these alerts? For readers who asked by mail; they can start them again for 30 days.",
    _stop,
    ((alerts.NotPossible, "It is deleted."),),
    None,
)


@admin.register(Subscription)
class SubscriptionAdmin(ModeratorsAdmin):
    """Whose alerts run, and when their next mails are due."""

    list_display = (
        "public_id",
        "address",
        "kind",
        "words",
        "cadence",
        "next_at",
        "last_sent_at",
        "ended_why",
    )
    list_filter = ("kind", "cadence", "ended_why")
    search_fields = ("=public_id", "=email", "=user__email")
    list_select_related = ("user",)
    ordering = ("-pk",)
    actions = ("stop",)

    @admin.action(description="Stop", permissions=["act"])
    def stop(self, request: HttpRequest, queryset: QuerySet[Subscription]) -> HttpResponse | None:
        """Ask, then stop them."""
        return decide(self, request, queryset, STOP)


@admin.register(AlertRun)
class AlertRunAdmin(ModeratorsAdmin):
    """What each run of the alerts did."""

    list_display = (
        "period",
        "begun_at",
        "ended_at",
        "due",
        "sent",
        "postings",
        "failures",
        "is_silent",
    )
    list_filter = ("is_silent",)
    ordering = ("-period",)
