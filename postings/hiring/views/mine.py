"""What somebody applied for, as they see it: the list, one application, taking it back."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from postings.hiring.access import get_file, get_own_application
from postings.hiring.actions import applications as actions
from postings.hiring.actions.moves import IllegalMove
from postings.hiring.engines.log import event_lines, last_move
from postings.hiring.engines.own import draft_until, drafts_of, standing_of, with_reminded
from postings.hiring.engines.returns import questions_for
from postings.hiring.engines.sent import sent_of
from postings.hiring.enums import ApplicationState
from postings.hiring.forms.mine import WithdrawForm
from postings.hiring.models import Application, ApplicationDraft
from postings.hiring.views.files import explanation_file, pdf_file
from profiles.access import UserRequest


@require_safe
def applications(request: UserRequest) -> HttpResponse:
    """All that somebody sent and began, the latest first; three queries."""
    now = timezone.now()
    rows = with_reminded(Application.objects.of_candidate(request.user))
    rows = rows.select_related("posting__employer")
    lines = [(row, standing_of(row, now=now)) for row in rows.order_by("-applied_at", "-pk")]
    context = {
        "drafts": _drafts(request, now),
        "groups": [
            ("Open", [line for line in lines if line[0].is_open]),
            ("Over", [line for line in lines if not line[0].is_open]),
        ],
        "board_url": reverse("postings:board"),
        "returned": questions_for(request.user),
    }
    return render(request, "hiring/mine/applications.html", context)


def _drafts(
    request: UserRequest, now: datetime
) -> list[tuple[ApplicationDraft, datetime | None, bool]]:
    """The drafts, each with its last moment, and whether it can still be sent."""
    return [
        (
            draft,
            draft_until(draft),
            actions.takes_applications(draft.posting, opened_at=draft.opened_at, now=now),
        )
        for draft in drafts_of(request.user)
    ]


@require_safe
def application(request: UserRequest, application: str) -> HttpResponse:
    """One's own application: where it stands, what happened, what the employer got."""
    now = timezone.now()
    found = get_own_application(request.user, application)
    sent = sent_of(found.copy)
    withdrawn = found.state == ApplicationState.WITHDRAWN
    context = {
        "application": found,
        "posting": found.posting,
        "standing": standing_of(found, now=now),
        "events": event_lines(found, found.events.order_by("-at", "-pk")),
        "sent": sent,
        "file": getattr(found, "file", None),
        "rows": {row.id for row in sent.match.rows},
        "again": withdrawn and actions.takes_applications(found.posting, opened_at=now, now=now),
        "has_offer": found.state == ApplicationState.OFFER,
        "explanation_url": reverse("me:explanation", kwargs={"application": found.public_id}),
    }
    return render(request, "hiring/mine/application.html", context)


@require_safe
def explanation(request: UserRequest, application: str) -> HttpResponse:
    """The match of one's own application, byte for byte as the employer gets it."""
    return explanation_file(get_own_application(request.user, application))


@require_safe
def file(request: UserRequest, application: str) -> HttpResponse:
    """The file that went with one's own application; 404 where none did."""
    return pdf_file(get_file(get_own_application(request.user, application)))


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: UserRequest, application: str) -> HttpResponse:
    """Take an application back, or decline an offer; asks first, and again when it moved on."""
    found = get_own_application(request.user, application)
    page = redirect("me:application", application=found.public_id)
    form = WithdrawForm(request.POST or None, initial={"seen": found.state})
    moved = None
    if request.method == "POST" and form.is_valid():
        seen, note = form.cleaned_data["seen"] or found.state, form.cleaned_data["note"]
        try:
            actions.withdraw(
                application=found, actor=request.user, now=timezone.now(), note=note, seen=seen
            )
        except IllegalMove:
            found.refresh_from_db(fields=["state"])
            moved = last_move(found)
            form = WithdrawForm(initial={"seen": found.state, "note": note})
        else:
            messages.success(request, f"{found.posting.employer.name} is told.")
            return page
    if not found.is_open:
        _say_that_it_is_over(request, found)
        return page
    context = {
        "form": form,
        "moved": moved,
        "posting": found.posting,
        "has_offer": found.state == ApplicationState.OFFER,
        "page_url": page.url,
        "danger": True,
    }
    return render(request, "hiring/mine/withdraw.html", context)


def _say_that_it_is_over(request: UserRequest, found: Application) -> None:
    event = last_move(found)
    when = f"{timezone.localtime(event.at):%-d %b %Y, %H:%M}"
    messages.info(request, f"There is nothing to take back: {event.words.lower()} on {when}.")
