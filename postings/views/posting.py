"""The page of one posting, and what stands in its place when it is over."""

from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from postings.access import get_public_posting
from postings.applying import applying
from postings.cards import card_for, cards_for, scales_for
from postings.enums import PauseReason, PostingState
from postings.markup import script_for
from postings.match_panel import match_panel
from postings.models import Posting
from postings.posting_page import page_for, paused_words
from postings.reading import names_for
from postings.search.similar import similar_to
from postings.shelf import shelf_for
from postings.traces import traces_of

OVER_WORDS = {
    PostingState.PAUSED: "The employer has paused this job. It may open again.",
    PostingState.FILLED: "The employer has hired somebody.",
    PostingState.CLOSED: "The employer has closed this job.",
    PostingState.EXPIRED: "The last day to apply is over.",
    PostingState.SUSPENDED: "We have taken this job out of view.",
}

HELD = "We have paused this job while we look into what readers reported."


@login_not_required
@require_safe
def posting(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """A posting in full: 200 when it is open, 410 when it is over, 301 from a wrong slug."""
    now = timezone.now()
    row, is_open = get_public_posting(public_id, now=now)
    if slug != row.slug:
        return HttpResponsePermanentRedirect(row.get_absolute_url())
    content = row.live_content
    similar = cards_for(similar_to(row, content, now=now), now=now)
    context = {
        "board_url": reverse("postings:board"),
        "similar": similar,
        "similar_scales": scales_for(similar),
    }
    if not is_open:
        return _over(request, row, context)
    names = names_for([content])
    page = page_for(row, content, now=now, names=names)
    shelf = shelf_for(request.user, [row.public_id], back=row.get_absolute_url())
    context |= {
        "page": page,
        "shelf": shelf,
        "mark": shelf.mark_of(row.public_id) if shelf else None,
        "traces": traces_of(request.user, row),
        "path": row.get_absolute_url(),
        "match": match_panel(request.user, row, content, names, now=now),
        "match_url": reverse("me:match", kwargs={"public_id": row.public_id}),
        "save_url": reverse("postings:mark", kwargs={"public_id": row.public_id}),
        "employer_url": reverse("postings:employer", kwargs={"slug": row.employer.slug}),
        "level_url": f"{context['board_url']}?level={page.card.level}",
        "canonical": request.build_absolute_uri(row.get_absolute_url()),
        "json_url": row.get_absolute_url().removesuffix("/") + ".json",
        "applying": applying(request.user, request.session, row, content),
        "report_url": reverse("postings:report", args=(row.slug, row.public_id)),
        "pay_note": "Base pay as the employer states it.",
        "markup": script_for(row, content, names),
    }
    return render(request, "postings/posting/posting.html", context)


def _over(request: HttpRequest, row: Posting, context: dict[str, object]) -> HttpResponse:
    now = timezone.now()
    content = row.live_content
    context["card"] = card_for(
        content=content,
        names=names_for([content]),
        employer=row.employer,
        posting=row,
        now=now,
    )
    context["reason"] = over_words(row)
    context["successor"] = _open_successor(row, now=now)
    return render(request, "postings/posting/over.html", context, status=410)


def over_words(row: Posting) -> str:
    """Why nobody can apply for a posting that is over or paused."""
    state = PostingState(row.state)
    if row.withheld:
        state = PostingState.SUSPENDED
    elif state is PostingState.PUBLISHED:
        state = PostingState.EXPIRED
    return _why_over(row, state)


def _why_over(row: Posting, state: PostingState) -> str:
    if row.held_at is not None:
        return HELD
    if state is PostingState.PAUSED and set(row.paused_for) - {PauseReason.MEMBER}:
        return f"{paused_words(row)}. It may open again."
    return OVER_WORDS[state]


def _open_successor(row: Posting, *, now: datetime) -> Posting | None:
    """The posting of the same chain that is open now: there is at most one."""
    if row.chain_id is None:
        return None
    return Posting.objects.published(now=now).filter(chain=row.chain_id).first()
