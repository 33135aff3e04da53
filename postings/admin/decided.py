"""What a moderator decided today, and the way to take an approval back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cscareers.core.events import Event
from postings.actions import undo
from postings.labels import EVENT_WORDS
from postings.models import PostingEvent, PostingRevision
from postings.permissions import can_moderate
from profiles.admin.common import OptionalNoteForm, ReadOnlyAdmin, link
from profiles.models import AccountEvent, EmployerEvent, User

DECISIONS: Final = (
    "approve", "approve-revision", "reject", "reject-revision", "retract", "retract-revision",
    "pause", "suspend", "reinstate", "hold", "release", "close",
    "uphold-reports", "dismiss-reports", "ask-change",
)  # fmt: skip
REFUSALS: Final = {
    undo.TooLate: "That was more than a day ago. Suspend the job instead.",
    undo.ChangedSince: "Something happened to the job since, so that this can’t be undone alone.",
    undo.TookAPlace: "It ended the job that it follows, which can’t be opened again. Suspend it.",
}


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision of a moderator."""

    at: datetime
    what: str
    about: SafeString | str
    words: str
    undo_url: str


def decided_since(user: User, since: datetime, *, now: datetime) -> list[Decided]:
    """What `user` decided on jobs, employers and accounts since then, newest first; 3 queries."""
    mine = {"actor": user, "at__gte": since}
    postings = PostingEvent.objects.filter(verb__in=DECISIONS, **mine)
    employers = EmployerEvent.objects.filter(verb__in=("suspend", "reinstate"), **mine)
    accounts = AccountEvent.objects.filter(verb__in=("suspend", "reinstate"), **mine)
    found = [
        *_lines(postings.select_related("posting", "revision"), "posting", now=now),
        *_lines(employers.select_related("employer"), "employer", now=now),
        *_lines(accounts.select_related("subject"), "subject", now=now),
    ]
    return [line for _, line in sorted(found, key=lambda pair: pair[0], reverse=True)]


def _lines(
    events: Iterable[Event], about: str, *, now: datetime
) -> Iterable[tuple[tuple[datetime, int], Decided]]:
    for event in events:
        row: Model = getattr(event, about)
        url = ""
        if isinstance(event, PostingEvent) and undo.can_retract(event, now=now):
            url = reverse("admin:postings_postingrevision_undo", args=(event.revision_id,))
        what = EVENT_WORDS.get(event.verb, event.verb)
        yield (event.at, event.pk), Decided(event.at, what, link(row), event.note, url)


def done_words(revision: PostingRevision, *, approved: bool) -> SafeString | str:
    """What the moderator reads after a decision; after an approval with the way back."""
    title = revision.value.title or "Untitled job"
    if not approved:
        return f"“{title}” is sent back, and its author is told."
    url = reverse("admin:postings_postingrevision_undo", args=(revision.pk,))
    return format_html('“{}” is approved and public. <a href="{}">Take it back</a>', title, url)


class DecidedPages(ReadOnlyAdmin):
    """The two pages, for the admin of revisions."""

    def get_urls(self) -> list[URLPattern]:
        """Before Django's own, which take anything."""
        wrap = self.admin_site.admin_view
        return [
            path("decided/", wrap(self.decided), name="postings_postingrevision_decided"),
            path("<int:pk>/undo/", wrap(self.undo), name="postings_postingrevision_undo"),
            *super().get_urls(),
        ]

    def decided(self, request: HttpRequest) -> HttpResponse:
        """My decisions since midnight, each approval with its undo."""
        user = _moderator(request)
        now = timezone.now()
        since = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
        context = {
            **self.admin_site.each_context(request),
            "title": "What I decided today",
            "opts": self.opts,
            "lines": decided_since(user, since, now=now),
            "queue_url": reverse("admin:postings_postingrevision_changelist"),
        }
        return render(request, "admin/postings/postingrevision/decided.html", context)

    def undo(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask, then take the approval of revision `pk` back."""
        user = _moderator(request)
        approvals = PostingEvent.objects.filter(revision=pk, verb__in=undo.APPROVALS)
        event = approvals.select_related("posting", "revision").order_by("-pk").first()
        now = timezone.now()
        form = OptionalNoteForm(request.POST or None)
        if request.method == "POST" and event is not None and form.is_valid():
            try:
                undo.retract(event=event, actor=user, now=now, note=form.cleaned_data["note"])
            except tuple(REFUSALS) as refusal:
                messages.error(request, REFUSALS[type(refusal)])
            else:
                messages.success(request, f"“{event.posting}”: the approval is taken back.")
            return HttpResponseRedirect(reverse("admin:postings_postingrevision_decided"))
        context = {
            **self.admin_site.each_context(request),
            "title": "Take the approval back?",
            "opts": self.opts,
            "event": event,
            "possible": event is not None and undo.can_retract(event, now=now),
            "form": form,
            "decided_url": reverse("admin:postings_postingrevision_decided"),
        }
        return render(request, "admin/postings/postingrevision/undo.html", context)


def _moderator(request: HttpRequest) -> User:
    """The moderator who asks; a 404 for everybody else."""
    if not can_moderate(request.user):
        raise Http404
    assert isinstance(request.user, User)  # noqa: S101  (admin_view let nobody else in)
    return request.user
