"""Saved and hidden jobs: the list of both, and the page that marks one."""

from collections.abc import Mapping
from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from cscareers.core.http import safe_next
from postings.access import get_public_posting
from postings.actions import shelf as actions
from postings.cards import cards_for, scales_for, with_cards
from postings.enums import Mark
from postings.models import MarkedPosting, Posting
from postings.shelf import shelf_for
from profiles.access import UserRequest

NONE: Final = "none"
SAID: Final[Mapping[str, str]] = {
    Mark.SAVED: "Saved: {title}",
    Mark.HIDDEN: "Hidden from your matches: {title}",
    NONE: "Taken off your list: {title}",
}
FULL: Final = f"You have {actions.MOST} saved and hidden jobs. Take some off your list first."


@require_safe
def saved(request: UserRequest) -> HttpResponse:
    """All that somebody saved, then what they hid, the latest first; also what is over."""
    now = timezone.now()
    rows = MarkedPosting.objects.filter(user=request.user).select_related("posting__employer")
    entries = list(rows.order_by("-at", "-pk"))
    keys = [entry.posting_id for entry in entries]
    listed = with_cards(Posting.objects.published(now=now).filter(pk__in=keys))
    cards = cards_for(listed.order_by("pk"), now=now)
    by_id = {card.public_id: card for card in cards}
    groups = [
        (mark, [(e, by_id.get(e.posting.public_id)) for e in entries if e.mark == mark])
        for mark in Mark
    ]
    path = reverse("postings:saved")
    context = {
        "groups": groups,
        "scales": scales_for(cards),
        "shelf": shelf_for(request.user, by_id, back=path),
        "board_url": reverse("postings:board"),
        "path": path,
    }
    return render(request, "postings/saved/saved.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def mark(request: UserRequest, public_id: str) -> HttpResponse:
    """Save, hide or take off one job; a GET, or a form without an answer, asks which."""
    posting, _ = get_public_posting(public_id, now=timezone.now())
    back = posting.get_absolute_url()
    wanted = request.POST.get("mark", "")
    if wanted not in SAID:
        return render(request, "postings/saved/mark.html", {"posting": posting, "back": back})
    try:
        _carry_out(request, posting, wanted)
    except actions.TooManyMarks:
        messages.error(request, FULL)
    else:
        messages.success(request, SAID[wanted].format(title=posting))
    return redirect(safe_next(request, request.POST.get("next"), fallback=back))


def _carry_out(request: UserRequest, posting: Posting, wanted: str) -> None:
    if wanted == NONE:
        actions.unmark(user=request.user, posting=posting)
    else:
        actions.mark(user=request.user, posting=posting, as_=Mark(wanted), now=timezone.now())
