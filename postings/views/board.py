"""The board: all open jobs, narrowed by what the URL says."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cscareers.core.http import client_address
from postings.actions import unmatched_searches
from postings.board_page import board_page
from postings.filters import PostingFilterSet
from postings.matching.order import ranker_for
from postings.shelf import shelf_for


@login_not_required
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """A page of open jobs; what the URL says wrongly is named at its field and left out."""
    now = timezone.now()
    filters = PostingFilterSet(request.GET, now=now, ranker=ranker_for(request.user, now=now))
    path = reverse("postings:board")
    page = board_page(filters, path=path, now=now)
    query = filters.params.query
    if page.count == 0 and page.q:
        unmatched_searches.note(
            text=page.q, alone=page.filters_on == 1, address=client_address(request), now=now
        )
    back = request.get_full_path()
    context = {
        "page": page,
        "shelf": shelf_for(request.user, [card.public_id for card in page.cards], back=back),
        "today": now,
        "canonical": request.build_absolute_uri(f"{path}?{query}" if query else path),
        "indexed": not query,
    }
    return render(request, "postings/board/board.html", context)
