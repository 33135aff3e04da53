"""The question whether a job is still open, by the link of a mail: it asks before it acts."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from postings.hiring.access import Asked, get_asked
from postings.hiring.actions.confirmations import confirm_by_link
from postings.hiring.engines.confirm_links import Standing
from postings.policy import UNCONFIRMED_AFTER
from postings.posting_page import paused_words


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, link: str) -> HttpResponse:
    """Ask whoever got the mail; a POST confirms for them, once, and no session is needed."""
    now = timezone.now()
    asked = get_asked(link)
    if asked is None:
        return render(request, "hiring/confirm/gone.html", status=404)
    if request.method == "POST":
        confirm_by_link(link=asked.link, actor=asked.person, now=now)
        return redirect(request.path)
    standing = asked.link.standing(asked.posting, now=now)
    status = 410 if standing is Standing.OVER else 200
    context = _context(asked) | {"standing": standing}
    return render(request, "hiring/confirm/confirm.html", context, status=status)


def _context(asked: Asked) -> dict[str, object]:
    posting = asked.posting
    names = {"employer": posting.employer.slug, "public_id": posting.public_id}
    ends = {verb: reverse("postings:act", kwargs={**names, "verb": verb}) for verb in _ENDS}
    confirmed = posting.confirmed_at
    return {
        "posting": posting,
        "employer": posting.employer,
        "paused": paused_words(posting),
        "pauses_at": confirmed + UNCONFIRMED_AFTER if confirmed else None,
        "closes_on": posting.closes_on,
        "manage_url": reverse("postings:manage", kwargs=names),
        "ends": ends,
    }


_ENDS = ("fill", "close", "duplicate")
