"""A candidate's matches: the list by tier, and one match with everything that made it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from postings.access import get_public_posting
from postings.filters import PostingFilterSet
from postings.matches_page import NOT_SHOWN, match_page, matches_page
from profiles.access import UserRequest


@require_safe
def matches(request: UserRequest) -> HttpResponse:
    """The open jobs by how they match the person who is signed in."""
    now = timezone.now()
    query = request.GET.copy()
    after, not_shown = (query.pop(name, [""])[-1] for name in ("after", NOT_SHOWN))
    query.pop("sort", None)
    page = matches_page(
        request.user,
        PostingFilterSet(query, now=now),
        after=after,
        not_shown=not_shown,
        path=reverse("me:matches"),
        now=now,
    )
    return render(request, "postings/matches/matches.html", {"page": page})


@require_safe
def why(request: UserRequest, public_id: str) -> HttpResponse:
    """One match in full, whether it is shown among the others or not."""
    now = timezone.now()
    posting, is_open = get_public_posting(public_id, now=now)
    if not is_open:
        return redirect(posting)
    page = match_page(request.user, posting, now=now)
    return render(request, "postings/matches/why.html", {"page": page})
