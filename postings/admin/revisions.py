"""The review queue, and the page on which a moderator decides."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib import admin, messages
from django.db.models import CharField, F, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.views.decorators.clickjacking import xframe_options_sameorigin

from postings.actions import lifecycle, moderation, reposts
from postings.admin import replies
from postings.admin.alarm import revisions_notice
from postings.admin.decided import DecidedPages, done_words
from postings.admin.forms import DecisionForm
from postings.admin.notes import notes_on
from postings.admin.review import as_approved, kind_of, names_of_hits, review_of
from postings.enums import RejectionReason, RevisionState
from postings.labels import label
from postings.models import PostingRevision
from postings.permissions import can_moderate
from postings.posting_page import page_for
from profiles.admin.common import Decision, decide, link, refusal_sentence
from profiles.models import User

QUEUE_ORDER: Final = (F("risk__score").desc(nulls_last=True), "submitted_at", "pk")
DECIDED = "Somebody else decided on this already, or it was taken back. You see how it stands now."
REFUSALS: Final[Sequence[tuple[type[Exception], str]]] = (
    (lifecycle.IllegalMove, DECIDED),
    (lifecycle.EmployerSuspended, "Its employer is suspended: reinstate that first."),
    (moderation.AuthorSuspended, "Its author’s account is suspended: reinstate that first."),
    (moderation.NotPublishable, "Search engines would refuse it. Send it back with the reason."),
    (reposts.CannotFollow, "What it follows was posted again or taken out of view. Send it back."),
    (moderation.ReasonNeeded, "Choose at least one reason."),
)


def _approve(revision: PostingRevision, actor: User, note: str, now: datetime) -> None:
    moderation.approve(revision=revision, actor=actor, now=now)


APPROVE = Decision(
    "approve",
    "Approve",
    "Approve these? They are public at once.",
    _approve,
    REFUSALS,
    None,
)


class StateFilter(admin.SimpleListFilter):
    """In review unless one asks for others: the list is a queue first."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The queue first."""
        states = [state for state in RevisionState if state is not RevisionState.IN_REVIEW]
        return [("all", "All"), *((state.value, label(state)) for state in states)]

    def choices(self, changelist: Any) -> Any:
        """The default is named for what it shows."""
        for number, choice in enumerate(super().choices(changelist)):
            yield {**choice, "display": "In review"} if number == 0 else choice

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The rows that fit."""
        if self.value() == "all":
            return queryset
        return queryset.filter(state=self.value() or RevisionState.IN_REVIEW)


@admin.register(PostingRevision)
class PostingRevisionAdmin(DecidedPages):
    change_list_template = "admin/postings/queue.html"
    list_display = (
        "title",
        "points",
        "why",
        "employer",
        "verification",
        "kind",
        "waiting",
        "state",
    )
    list_filter = (StateFilter,)
    search_fields = ("posting__title", "posting__public_id", "posting__employer__name")
    show_facets = admin.ShowFacets.ALWAYS
    actions = ("approve",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[PostingRevision]:
        """With what the list names, without the texts."""
        title = Cast(KeyTextTransform("title", "content"), CharField())
        rows = super().get_queryset(request).select_related("posting__employer")
        named: QuerySet[PostingRevision] = rows.annotate(
            content_title=title,
            risk_score=F("risk__score"),
            risk_hits=F("risk__hits"),
        ).defer("content")
        return named

    def get_ordering(self, request: HttpRequest) -> tuple[Any, ...]:
        """The riskiest first; of equal ones what waits longest."""
        return QUEUE_ORDER

    def get_urls(self) -> list[URLPattern]:
        """The pages of one review stand before Django's own."""
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/change/", wrap(self.review), name="postings_postingrevision_change"),
            path("<int:pk>/preview/", wrap(self.preview), name="postings_postingrevision_preview"),
            *super().get_urls(),
        ]

    @admin.display(description="job")
    def title(self, revision: PostingRevision) -> str:
        """The title that it would have."""
        found: str | None = getattr(revision, "content_title", None)
        return found or "Untitled job"

    @admin.display(description="risk", ordering="risk__score", empty_value="–")
    def points(self, revision: PostingRevision) -> int | None:
        """The points of the rules that hit."""
        score: int | None = getattr(revision, "risk_score", None)
        return score

    @admin.display(description="why", empty_value="Nothing found")
    def why(self, revision: PostingRevision) -> str | None:
        """The names of the rules that hit, the heaviest first."""
        return names_of_hits(getattr(revision, "risk_hits", None) or ()) or None

    @admin.display(description="employer")
    def employer(self, revision: PostingRevision) -> SafeString | str:
        """A link to the employer."""
        return link(revision.posting.employer)

    @admin.display(description="verified", empty_value="Not verified")
    def verification(self, revision: PostingRevision) -> str | None:
        """The rung of its employer."""
        employer = revision.posting.employer
        return employer.get_verification_display() if employer.verification else None

    @admin.display(description="first or change")
    def kind(self, revision: PostingRevision) -> str:
        """Whether the public knows the job already."""
        return kind_of(revision.posting)

    @admin.display(description="waiting", ordering="submitted_at")
    def waiting(self, revision: PostingRevision) -> str:
        """How long a moderator has been awaited."""
        if revision.submitted_at is None or revision.state != RevisionState.IN_REVIEW:
            return "–"
        return timesince(revision.submitted_at, timezone.now(), depth=1)

    def has_moderate_permission(self, request: HttpRequest) -> bool:
        """The moderators' right."""
        return can_moderate(request.user)

    @admin.action(description="Approve", permissions=["moderate"])
    def approve(self, request: HttpRequest, rows: QuerySet[PostingRevision]) -> HttpResponse | None:
        """Asks, then approves."""
        return decide(self, request, rows.defer(None), APPROVE)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The queue, by its name."""
        head = {"title": "Review queue", "notices": [revisions_notice()]}
        named = {**head, **(extra_context or {})}
        return super().changelist_view(request, named)

    def review(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The page with the facts; a moderator approves or sends back."""
        revision = self._revision(request, pk)
        form = DecisionForm(request.POST or None)
        if request.method == "POST":
            if not self.has_moderate_permission(request):
                raise Http404
            if replies.INSERT in request.POST:
                form = replies.inserted(request, revision)
            elif (answer := self._decide(request, revision, form)) is not None:
                return answer
            revision = self._revision(request, pk)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Review: {revision.value.title or 'Untitled job'}",
            "opts": self.opts,
            "review": review_of(revision, now=timezone.now()),
            "form": form,
            "errors": form.errors if form.is_bound else None,
            "may_decide": self.has_moderate_permission(request),
            "queue_url": self._queue_url(),
            "notes": notes_on(revision.posting),
            "replies": replies.ReplyForm(),
            "note_url": reverse("admin:postings_moderatornote_write", args=(revision.posting_id,))
            if self.has_moderate_permission(request)
            else "",
        }
        return render(request, "admin/postings/postingrevision/review.html", context)

    @method_decorator(xframe_options_sameorigin)
    @method_decorator(csp_replace({"frame-ancestors": [SELF]}))
    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The posting as the public will see it, for the frame on the page of the review."""
        revision = self._revision(request, pk)
        now, content = timezone.now(), revision.value
        shown = as_approved(revision.posting, content, now=now)
        context = {
            "page": page_for(shown, content, now=now),
            "employer_url": "",
            "apply_url": content.apply_url,
            "apply_hint": content.apply_url,
            "apply_label": "Apply on the employer’s site",
            "applied_at": None,
            "pay_note": "",
            "report_url": "",
        }
        return render(request, "admin/postings/postingrevision/preview.html", context)

    def _revision(self, request: HttpRequest, pk: int) -> PostingRevision:
        if not self.has_view_permission(request):
            raise Http404
        rows = PostingRevision.objects.select_related(
            "posting__employer__country", "posting__author", "posting__live_revision",
            "posting__copied_from", "posting__successor_of", "author", "decided_by", "risk",
        )  # fmt: skip
        revision = rows.filter(pk=pk).first()
        if revision is None:
            raise Http404
        return revision

    def _decide(
        self, request: HttpRequest, revision: PostingRevision, form: DecisionForm
    ) -> HttpResponse | None:
        """Where to go after the decision; None when the page is shown again."""
        approves = "_approve" in request.POST or "_next" in request.POST
        form.needs_reason = not approves
        if not form.is_valid():
            return None
        now, actor, words = timezone.now(), request.user, form.cleaned_data
        assert isinstance(actor, User)  # noqa: S101  (admin_view let nobody else in)
        try:
            if approves:
                moderation.approve(revision=revision, actor=actor, now=now)
            else:
                moderation.reject(
                    revision=revision,
                    actor=actor,
                    now=now,
                    reasons=[RejectionReason(code) for code in words["reasons"]],
                    note=words["note"],
                )
        except tuple(kind for kind, _ in REFUSALS) as refusal:
            messages.error(request, refusal_sentence(REFUSALS, refusal))
            return None
        messages.success(request, done_words(revision, approved=approves))
        go_on = "_next" in request.POST or "_reject_next" in request.POST
        return HttpResponseRedirect(self._after(go_on=go_on))

    def _after(self, *, go_on: bool) -> str:
        waiting = PostingRevision.objects.filter(state=RevisionState.IN_REVIEW)
        following = waiting.order_by(*QUEUE_ORDER).values_list("pk", flat=True).first()
        if go_on and following is not None:
            url = reverse("admin:postings_postingrevision_change", args=(following,))
            return f"{url}#content-start"  # keyboards go on where the next job begins
        return self._queue_url()

    def _queue_url(self) -> str:
        return reverse("admin:postings_postingrevision_changelist")
