"""What runs behind the pages, for whoever looks after it: jobs, mails and periodic work."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

# Registers procrastinate's own page of jobs, which ours takes the place of.
from procrastinate.contrib.django import admin as theirs  # noqa: F401
from procrastinate.contrib.django.models import ProcrastinateJob

from cscareers.admin import ModerationSite, Notice
from cscareers.core import delivery
from cscareers.core.enums import MailEnd, PeriodOutcome
from cscareers.core.models import MAIL_ENDS, OutgoingMail, PeriodRun
from cscareers.core.queue_state import queue_state, troubled_mail
from cscareers.core.tasks import NotFailed, try_again
from postings.permissions import can_moderate
from profiles.admin.common import Decision, ReadOnlyAdmin, decide
from profiles.models import User

JOBS = "admin:procrastinate_procrastinatejob_changelist"
MAILS = "admin:core_outgoingmail_changelist"
RUNS = "admin:core_periodrun_changelist"
NO_END = "This mail was sent, or waits still."


def queue_notice() -> Notice:
    """How many jobs wait, since when, and what failed."""
    state = queue_state(now=timezone.now())
    words = f"{state.waiting} waiting, the oldest for {state.oldest_seconds} s"
    if not state.waiting:
        words = "nothing waits"
    later = f", {state.later} for their time" if state.later else ""
    failed = f"; {state.failed_last_day} failed within a day" if state.failed_last_day else ""
    alarming = state.late or state.failed_last_day > 0
    return Notice("Background jobs", f"{words}{later}{failed}.", reverse(JOBS), alarming=alarming)


def mail_notice() -> Notice:
    """How many mails did not arrive, or may not have."""
    refused, unclear = troubled_mail()
    words = f"{refused} refused, {unclear} unclear." if refused or unclear else "all well."
    return Notice("Mails", words, reverse(MAILS), alarming=unclear > 0)


def notices(request: HttpRequest) -> Iterable[Notice]:
    """How work behind the pages stands, for moderators."""
    if can_moderate(request.user):
        yield queue_notice()
        yield mail_notice()
        yield Notice("Periodic work", "when each was done last, and how it ended.", reverse(RUNS))


def _try_again(job: ProcrastinateJob, actor: User, note: str, now: datetime) -> None:
    try_again(job_id=job.pk, now=now)


def _send_again(mail: OutgoingMail, actor: User, note: str, now: datetime) -> None:
    if not delivery.send_again(mail_id=mail.pk):
        raise NotFailed


TRY_AGAIN = Decision(
    "try_again",
    "Try again",
    "Put these jobs back into the queue?",
    _try_again,
    ((NotFailed, "It did not fail, or the same waits already."),),
    None,
)
SEND_AGAIN = Decision(
    "send_again",
    "Send again",
    "Send these mails again? Of an unclear one the recipient may have two then.",
    _send_again,
    ((NotFailed, NO_END),),
    None,
)


class ModeratorsAdmin(ReadOnlyAdmin):
    """Rows that moderators alone see and act upon."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """True for moderators and superusers."""
        return can_moderate(request.user)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """The same."""
        return can_moderate(request.user)

    def has_act_permission(self, request: HttpRequest) -> bool:
        """True for moderators and superusers."""
        return can_moderate(request.user)


class _Watched(ModeratorsAdmin):
    """A list with how things stand at its head."""

    change_list_template = "admin/postings/queue.html"
    show_facets = admin.ShowFacets.NEVER

    def notices(self) -> list[Notice]:
        """What stands at the head."""
        return []

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list, with the notices."""
        return super().changelist_view(
            request, {"notices": self.notices(), **(extra_context or {})}
        )


admin.site.unregister(ProcrastinateJob)


@admin.register(ProcrastinateJob)
class JobAdmin(_Watched):
    list_display = ("task_name", "status", "attempts", "scheduled_at", "pk")
    list_filter = ("status", "task_name")
    search_fields = ("task_name",)
    ordering = ("-pk",)
    actions = ("try_again",)
    fields = ("task_name", "status", "attempts", "scheduled_at", "queue_name", "queueing_lock")

    def notices(self) -> list[Notice]:
        """The state of the queue."""
        return [queue_notice()]

    @admin.action(description="Try again", permissions=["act"])
    def try_again(
        self, request: HttpRequest, rows: QuerySet[ProcrastinateJob]
    ) -> HttpResponse | None:
        """Asks, then puts jobs that failed back."""
        return decide(self, request, rows, TRY_AGAIN)


class EndFilter(admin.SimpleListFilter):
    """How mails ended."""

    title = "end"
    parameter_name = "end"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The ends."""
        return [(end.value, end.capitalize()) for end in MailEnd]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The mails that ended so."""
        end = self.value()
        return queryset.filter(MAIL_ENDS[MailEnd(end)]) if end in list(MailEnd) else queryset


@admin.register(OutgoingMail)
class MailAdmin(_Watched):
    """Never the text: it holds links that open accounts."""

    list_display = ("recipient", "subject", "end", "answer", "attempts", "created_at", "sent_at")
    list_filter = (EndFilter,)
    search_fields = ("recipient",)
    ordering = ("-pk",)
    actions = ("send_again",)
    fields = ("recipient", "subject", "end", "answer", "attempts", "created_at", "sent_at")

    def notices(self) -> list[Notice]:
        """How many did not arrive."""
        return [mail_notice()]

    @admin.display(description="end")
    def end(self, mail: OutgoingMail) -> str:
        """How it ended."""
        return mail.end

    @admin.action(description="Send again", permissions=["act"])
    def send_again(self, request: HttpRequest, rows: QuerySet[OutgoingMail]) -> HttpResponse | None:
        """Asks, then sends what was refused or is unclear."""
        return decide(self, request, rows, SEND_AGAIN)


class LastFilter(admin.SimpleListFilter):
    """The last run of each work first; all runs on demand."""

    title = "runs"
    parameter_name = "runs"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """What is not the default."""
        return [("all", "All"), ("failed", "Failed")]

    def choices(self, changelist: Any) -> Any:
        """The default is named for what it shows."""
        for number, choice in enumerate(super().choices(changelist)):
            yield {**choice, "display": "Last of each"} if number == 0 else choice

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The runs that fit."""
        if self.value() == "all":
            return queryset
        if self.value() == "failed":
            return queryset.filter(outcome=PeriodOutcome.FAILED)
        last = PeriodRun.objects.order_by("name", "-period").distinct("name")
        return queryset.filter(pk__in=last.values("pk"))


@admin.register(PeriodRun)
class RunAdmin(_Watched):
    list_display = ("name", "period", "ended", "took", "numbers", "attempts", "error")
    list_filter = (LastFilter, "name")
    ordering = ("-period", "name", "pk")
    fields = ("name", "period", "begun_at", "ended_at", "ended", "numbers", "attempts", "error")

    @admin.display(description="end", ordering="outcome")
    def ended(self, run: PeriodRun) -> str:
        """How it ended, or that it has not."""
        return run.outcome or "running, or killed"

    @admin.display(description="took")
    def took(self, run: PeriodRun) -> str:
        """Seconds."""
        return f"{run.took.total_seconds():.1f} s" if run.took is not None else "–"

    @admin.display(description="counts")
    def numbers(self, run: PeriodRun) -> str:
        """What it counted, by name."""
        return ", ".join(f"{name} {number:,}" for name, number in run.counts.items()) or "–"


site = admin.site
assert isinstance(site, ModerationSite)  # noqa: S101 - AdminConfig.default_site
site.notices.append(notices)
