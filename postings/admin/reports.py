"""The queue of reported jobs, and the page on which a moderator decides on their reports."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.contrib import admin, messages
from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, Min, Q, QuerySet, Value
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.timesince import timesince

from cscareers.core.coded import values
from postings.actions import reports
from postings.admin.alarm import reports_notice
from postings.admin.forms import ReportDecisionForm
from postings.admin.notes import notes_on
from postings.enums import FRAUD, Consequence, PostingState, ReportCategory, ReportStatus
from postings.labels import label
from postings.models import Posting, Report, ReportedPosting
from postings.permissions import can_moderate
from postings.states import POSTING_MOVES, target
from profiles.admin.common import ReadOnlyAdmin, link
from profiles.models import User

DISMISS: Final = "dismiss"
_OPEN: Final = Q(reports__status=ReportStatus.OPEN.value)
_BUTTONS: Final = {
    DISMISS: "Nothing wrong",
    **{one.value: f"Right: {label(one).lower()}" for one in Consequence},
}
REFUSALS: Final = {
    reports.DecidedAlready: (
        "Somebody else decided on some of these meanwhile. You see how they stand now."
    ),
    reports.NotPossible: "The job is in another state by now. You see how it stands.",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A report as the page lists it."""

    report: Report
    category: str
    source: str
    earlier_version: bool


class WaitingFilter(admin.SimpleListFilter):
    """With reports that wait unless one asks for others: the list is a queue first."""

    title = "reports"
    parameter_name = "reports"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Beside the queue itself."""
        return [("decided", "All decided"), ("all", "All")]

    def choices(self, changelist: Any) -> Any:
        """The default is named for what it shows."""
        for number, choice in enumerate(super().choices(changelist)):
            yield {**choice, "display": "Waiting"} if number == 0 else choice

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The rows that fit."""
        if self.value() == "all":
            return queryset.filter(all_reports__gt=0)
        if self.value() == "decided":
            return queryset.filter(all_reports__gt=0, open_reports=0)
        return queryset.filter(open_reports__gt=0)


@admin.register(ReportedPosting)
class ReportedPostingAdmin(ReadOnlyAdmin):
    list_display = ("job", "company", "standing", "open_count", "categories", "waiting")
    list_display_links = ("job",)
    list_filter = (WaitingFilter,)
    search_fields = ("title", "public_id", "employer__name")
    show_facets = admin.ShowFacets.NEVER
    change_list_template = "admin/postings/queue.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReportedPosting]:
        """With what the list says of the reports that wait."""
        rows: QuerySet[ReportedPosting] = super().get_queryset(request).select_related("employer")
        return rows.annotate(
            all_reports=Count("reports"),
            open_reports=Count("reports", filter=_OPEN),
            fraud_reports=Count("reports", filter=_OPEN & Q(reports__category__in=values(FRAUD))),
            oldest=Min("reports__created_at", filter=_OPEN),
            said=ArrayAgg("reports__category", filter=_OPEN, distinct=True, default=Value([])),
        )

    def get_ordering(self, request: HttpRequest) -> Any:
        """Held jobs first: their employers wait too. Then fraud, then the oldest."""
        return (
            F("held_at").asc(nulls_last=True),
            F("fraud_reports").desc(),
            F("oldest").asc(nulls_last=True),
            "pk",
        )

    def get_urls(self) -> list[URLPattern]:
        """The page of the decision stands before Django's own."""
        wrap = self.admin_site.admin_view
        own = path("<int:pk>/change/", wrap(self.review), name="postings_reportedposting_change")
        return [own, *super().get_urls()]

    @admin.display(description="job")
    def job(self, posting: ReportedPosting) -> str:
        """Its title."""
        return str(posting)

    @admin.display(description="employer")
    def company(self, posting: ReportedPosting) -> SafeString | str:
        """A link to the employer."""
        return link(posting.employer)

    @admin.display(description="state")
    def standing(self, posting: ReportedPosting) -> str:
        """Its state, and whether reports hold it."""
        return standing(posting)

    @admin.display(description="reports that wait")
    def open_count(self, posting: ReportedPosting) -> int:
        """How many."""
        return int(getattr(posting, "open_reports", 0))

    @admin.display(description="about")
    def categories(self, posting: ReportedPosting) -> str:
        """What they are about, fraud first."""
        said = set(getattr(posting, "said", ()))
        ordered = [*FRAUD, *(one for one in ReportCategory if one not in FRAUD)]
        return "; ".join(label(one) for one in ordered if one.value in said) or "–"

    @admin.display(description="oldest", ordering="oldest")
    def waiting(self, posting: ReportedPosting) -> str:
        """How long the oldest one waits."""
        oldest: datetime | None = getattr(posting, "oldest", None)
        return timesince(oldest, timezone.now(), depth=1) if oldest else "–"

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The queue, by its name."""
        head = {"title": "Reports", "notices": [reports_notice()]}
        return super().changelist_view(request, {**head, **(extra_context or {})})

    def review(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The reports of one job beside the job; a moderator decides on those that are ticked."""
        if not self.has_view_permission(request):
            raise Http404
        posting = self._posting(pk)
        lines = _lines(posting)
        waiting = [line.report.pk for line in lines if line.report.status == ReportStatus.OPEN]
        decisions = possible(posting) if can_moderate(request.user) else []
        form = ReportDecisionForm(request.POST or None, open_reports=waiting, decisions=decisions)
        if request.method == "POST":
            if not decisions:
                raise Http404
            if form.is_valid() and self._decide(request, posting, form):
                return HttpResponseRedirect(reverse(self._queue()))
            posting = self._posting(pk)
            lines = _lines(posting)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Reports: {posting}",
            "opts": self.opts,
            "posting": posting,
            "standing": standing(posting),
            "public": posting.is_public(now=timezone.now()),
            "lines": lines,
            "ticked": {int(one) for one in form["reports"].value() or () if str(one).isdecimal()},
            "waiting": [line for line in lines if line.report.status == ReportStatus.OPEN],
            "form": form,
            "errors": form.errors if form.is_bound else None,
            "buttons": [(name, _BUTTONS[name]) for name in decisions],
            "queue_url": reverse(self._queue()),
            "notes": notes_on(posting),
            "note_url": reverse("admin:postings_moderatornote_write", args=(posting.pk,))
            if decisions
            else "",
        }
        return render(request, "admin/postings/reportedposting/review.html", context)

    def _posting(self, pk: int) -> Posting:
        rows = Posting.objects.select_related("employer", "live_revision")
        posting = rows.filter(pk=pk).first()
        if posting is None:
            raise Http404
        return posting

    def _decide(self, request: HttpRequest, posting: Posting, form: ReportDecisionForm) -> bool:
        """Whether it was done; if not, the moderator is told why."""
        words, actor = form.cleaned_data, request.user
        assert isinstance(actor, User)  # noqa: S101  (admin_view let nobody else in)
        common = {
            "posting": posting,
            "reports": words["reports"],
            "actor": actor,
            "now": timezone.now(),
            "note": words["note"],
            "outcome": words["outcome"],
        }
        try:
            if words["decision"] == DISMISS:
                reports.dismiss(**common)
            else:
                reports.uphold(consequence=Consequence(words["decision"]), **common)
        except tuple(REFUSALS) as refusal:
            messages.error(request, REFUSALS[type(refusal)])
            return False
        number = len(words["reports"])
        decided = f"{number} report{'' if number == 1 else 's'} decided"
        messages.success(request, f"“{posting}”: {decided}. {_BUTTONS[words['decision']]}.")
        return True

    def _queue(self) -> str:
        return "admin:postings_reportedposting_changelist"


def standing(posting: Posting) -> str:
    """The state of a posting in words, with what keeps it there."""
    words = label(PostingState(posting.state))
    return (
        f"{words}, held by us since {posting.held_at:%d %b %Y, %H:%M}" if posting.held_at else words
    )


def possible(posting: Posting) -> list[str]:
    """The decisions that the posting's state allows, the harshest last."""
    found = [DISMISS, Consequence.NONE.value]
    if posting.state == PostingState.PUBLISHED or posting.held_at is not None:
        found.append(Consequence.CHANGE.value)
    found += [
        verb.value
        for verb in (Consequence.CLOSE, Consequence.SUSPEND)
        if target(POSTING_MOVES, verb.value, posting.state)
    ]
    return found


def _lines(posting: Posting) -> list[Line]:
    """The reports of `posting`, those that wait first, newest first; readers are told apart by
    letters, which stand for nobody."""
    rows = posting.reports.select_related("decided_by").order_by("-created_at", "-pk")
    found = sorted(rows, key=lambda report: report.status != ReportStatus.OPEN)
    networks: dict[str, str] = {}
    lines = []
    for report in found:
        letter = networks.setdefault(report.network_key, _letter(len(networks)))
        kind = "An account" if report.by_account else "Without an account"
        source = f"{kind}, network {letter}" if report.network_key else "Forgotten"
        earlier = report.revision_id != posting.live_revision_id
        lines.append(Line(report, report.get_category_display(), source, earlier))
    return lines


def _letter(number: int) -> str:
    """A, B, … Z, then numbers."""
    return chr(ord("A") + number) if number < 26 else str(number + 1)
