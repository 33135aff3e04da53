"""The public page of an employer with its open postings."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cscareers.core.markdown import to_html
from postings.cards import cards_for, scales_for, with_cards
from postings.models import Posting
from postings.posting_page import replies_facts, verified_fact
from postings.presentation import Fact
from profiles.enums import EmployerSize, Industry
from profiles.labels import label
from profiles.models import Employer

MOST = 50


@login_not_required
@require_safe
def employer(request: HttpRequest, slug: str) -> HttpResponse:
    """An employer's facts and its newest open postings, up to `MOST`; more are on the board."""
    now = timezone.now()
    row = (
        Employer.objects.active().select_related("country", "reply_facts").filter(slug=slug).first()
    )
    if row is None:
        raise Http404
    open_now = Posting.objects.published(now=now).filter(employer=row)
    newest = with_cards(open_now).order_by("-first_published_at", "-pk")
    cards = cards_for(newest[: MOST + 1], now=now)
    board = reverse("postings:board")
    context = {
        "employer": row,
        "description": to_html(row.description),
        "facts": _facts(row),
        "cards": cards[:MOST],
        "scales": scales_for(cards[:MOST]),
        "count": len(cards) if len(cards) <= MOST else f"More than {MOST}",
        "next_url": f"{board}?employer={row.slug}" if len(cards) > MOST else "",
        "board_url": board,
        "canonical": request.build_absolute_uri(request.path),
    }
    return render(request, "postings/employer/employer.html", context)


def _facts(employer: Employer) -> list[Fact]:
    facts = []
    if employer.sector:
        facts.append(Fact("Industry", label(Industry(employer.sector))))
    if employer.size:
        facts.append(Fact("Size", f"{label(EmployerSize(employer.size))}"))
    if employer.country:
        facts.append(Fact("Country", employer.country.name))
    if employer.site:
        facts.append(Fact("Website", employer.site, link=employer.site))
    facts.append(verified_fact(employer))
    facts += replies_facts(employer)
    if employer.imported:
        facts.append(Fact("Source", "Listed from an import; nobody from this employer joined yet"))
    return facts
