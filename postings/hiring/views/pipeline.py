"""The applications that an employer received for a posting: list, board, one of them, export."""

from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from postings.hiring.access import get_application, get_file, get_received
from postings.hiring.engines import pipeline
from postings.hiring.engines.addresses import list_of
from postings.hiring.engines.listing import MUSTS, ORDERS, Listing
from postings.hiring.engines.one import received_of
from postings.hiring.forms.bulk import BULK_VERBS
from postings.hiring.forms.review import NoteForm, TagForm
from postings.hiring.labels import STAGES, VERB_WORDS
from postings.hiring.models import Application
from postings.hiring.permissions import can_decide, can_note
from postings.hiring.views.files import explanation_file, pdf_file
from postings.models import Posting
from postings.permissions import can_manage
from postings.policy import last_day
from profiles.access import UserRequest

MUST_WORDS: Final = {"all": "All of them", "one_gap": "All, or all but one"}


@require_safe
def applications(request: UserRequest, employer: str, public_id: str) -> HttpResponse:
    """The applications to one posting, as a list or as a board."""
    now = timezone.now()
    posting = get_received(request.user, employer, public_id)
    by_match = posting.employer.orders_by_match
    listing = Listing.read(request.GET.dict(), by_match=by_match)
    counts = pipeline.count(posting, now=now)
    context = {
        **_about(posting),
        "listing": listing,
        "counts": counts,
        "by_match": by_match,
        "decides": can_manage(request.user, posting),
        "filters": _filters(listing, pipeline.tag_names(posting), by_match=by_match),
        "warning": _warning(posting, counts, now=now),
        "back": list_of(posting) + listing.query(page=listing.page),
        "urls": _urls(posting, listing),
        "verbs": [(verb, VERB_WORDS[verb]) for verb in BULK_VERBS],
    }
    if listing.view == "board":
        found = pipeline.columns(posting, listing, counts, by_match=by_match, now=now)
        here = list_of(posting)
        context["columns"] = [
            (column, here + listing.query(view="list", stage=column.stage)) for column in found
        ]
        return render(request, "hiring/pipeline/board.html", context)
    rows = pipeline.page(posting, listing, by_match=by_match, now=now)
    shown = rows[: pipeline.PAGE]
    context["rows"] = shown
    context["can_tick"] = context["decides"] and any(row.verbs for row in shown)
    more = len(rows) > pipeline.PAGE
    before, after = listing.page - 1, listing.page + 1
    context["next_url"] = list_of(posting) + listing.query(page=after) if more else ""
    context["previous_url"] = list_of(posting) + listing.query(page=before) if before else ""
    return render(request, "hiring/pipeline/list.html", context)


@require_safe
def application(
    request: UserRequest, employer: str, public_id: str, application: str
) -> HttpResponse:
    """One application: what the candidate sent, what happened since, what the team noted."""
    posting = get_received(request.user, employer, public_id)
    found = get_application(posting, application)
    return one(request, posting, found)


def one(
    request: UserRequest,
    posting: Posting,
    found: Application,
    *,
    note_form: NoteForm | None = None,
    tag_form: TagForm | None = None,
) -> HttpResponse:
    """The page of an application, with forms that come back."""
    context = {
        **_about(posting),
        "application": found,
        "one": received_of(found, posting, now=timezone.now()),
        "by_match": posting.employer.orders_by_match,
        "decides": can_decide(request.user, found),
        "notes_down": can_note(request.user, found),
        "note_form": note_form or NoteForm(),
        "tag_form": tag_form or TagForm(),
        "forms": [form for form in (note_form, tag_form) if form],
    }
    return render(request, "hiring/pipeline/application.html", context)


@require_safe
def explanation(
    request: UserRequest, employer: str, public_id: str, application: str
) -> HttpResponse:
    """The match of an application, byte for byte as the candidate gets it; missing where the
    employer has switched the match off."""
    posting = get_received(request.user, employer, public_id)
    if not posting.employer.orders_by_match:
        raise Http404
    return explanation_file(get_application(posting, application))


@require_safe
def file(request: UserRequest, employer: str, public_id: str, application: str) -> HttpResponse:
    """The file that a candidate sent along; 404 where none did."""
    posting = get_received(request.user, employer, public_id)
    return pdf_file(get_file(get_application(posting, application)))


def _about(posting: Posting) -> dict[str, Any]:
    """What every page about a posting's applications needs."""
    return {"posting": posting, "employer": posting.employer}


def _filters(listing: Listing, tags: list[str], *, by_match: bool) -> list[dict[str, Any]]:
    """The choices above the list; none about the match where it is switched off."""
    orders = [(code, words) for code, words in ORDERS.items() if by_match or code != "match"]
    musts = [("", "Any"), *((code, MUST_WORDS[code]) for code in MUSTS)]
    stages = [("", "All"), *STAGES.items()] if listing.view == "list" else []
    named = [("", "All"), *((tag, tag) for tag in tags)] if tags or listing.tag else []
    if listing.tag and listing.tag not in tags:
        named.append((listing.tag, listing.tag))
    asked = (
        ("order", "Order" if listing.view == "list" else "Order in a stage", orders),
        ("stage", "Stage", stages),
        ("musts", "Must-haves met", musts if by_match else []),
        ("tag", "Tag", named),
    )
    return [
        {"name": name, "label": words, "options": options, "chosen": getattr(listing, name)}
        for name, words, options in asked
        if options
    ]


def _warning(posting: Posting, counts: pipeline.Counts, *, now: datetime) -> dict[str, Any] | None:
    """Which answers are due now, and the first of them; None when there is time."""
    if not (counts.soon or counts.overdue):
        return None
    first = pipeline.most_urgent(posting, now=now)
    if first is None:
        return None
    zone = posting.employer.time_zone
    day = last_day(first.answer_due_at, zone)
    left = (day - now.astimezone(ZoneInfo(zone)).date()).days
    return {
        "first": first.public_id,
        "name": first.shown_name,
        "when": {0: "today", 1: "tomorrow"}.get(left) or f"by {date_format(day, 'j M Y')}",
        "overdue": counts.overdue,
        "soon": counts.soon,
    }


def _urls(posting: Posting, listing: Listing) -> dict[str, str]:
    """The same applications as a list, as a board and as a table to keep; and all of them."""
    here = list_of(posting)
    everything = {"stage": "", "tag": "", "musts": ""}
    return {
        "list": here + listing.query(view="list"),
        "board": here + listing.query(view="board", stage=""),
        "csv": f"{here}export.csv{listing.query(view='list')}",
        "all": here + listing.query(**everything),
    }
