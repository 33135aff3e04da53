"""The tracker: one's own applications and jobs from elsewhere, as a list and as a board."""

from collections import Counter
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cscareers.core.csv import csv_response
from postings.hiring.engines.returns import questions_for
from postings.hiring.engines.tracker import (
    TrackerLine,
    by_change,
    by_next_date,
    columns_of,
    lines_of,
)
from postings.hiring.enums import TrackedStatus
from postings.hiring.labels import choices, label
from profiles.access import UserRequest

VIEWS = {"list": "List", "board": "Board"}
SORTS = {"next": "Next date", "newest": "Latest change"}
SHOWN_OVER = 10
"""So many of what is over stand on the board; the list has all."""
ASKED = 3
"""Of so many we ask at once whether they answered."""
STATUSES = choices(TrackedStatus)
HEADER = (
    "title",
    "employer",
    "url",
    "status",
    "source",
    "answered",
    "applied_on",
    "promised_on",
    "next_on",
    "next_what",
    "notes",
    "changed_at",
)


@dataclass(frozen=True, slots=True)
class Shown:
    """What of the tracker somebody asked for; what is no choice of ours is the usual one."""

    view: str
    status: str
    sort: str

    @classmethod
    def of(cls, request: HttpRequest) -> "Shown":
        """The choices of the page's address."""
        view, sort = request.GET.get("view", ""), request.GET.get("sort", "")
        status = request.GET.get("status", "")
        return cls(
            view if view in VIEWS else "list",
            status if status in list(TrackedStatus) else "",
            sort if sort in SORTS else "next",
        )

    def lines(self, lines: list[TrackerLine]) -> list[TrackerLine]:
        """Those of `lines` that are asked for, in their order."""
        kept = [line for line in lines if not self.status or line.status == self.status]
        return by_change(kept) if self.sort == "newest" else by_next_date(kept)


@require_safe
def tracker(request: UserRequest) -> HttpResponse:
    """All that somebody tracks; three queries."""
    now = timezone.now()
    shown, every = Shown.of(request), lines_of(request.user, now=now)
    counts = Counter(line.status for line in every)
    lines = shown.lines(every)
    context = {
        "shown": shown,
        "views": VIEWS.items(),
        "sorts": SORTS.items(),
        "any": bool(every),
        "lines": lines,
        "columns": columns_of(lines),
        "shown_over": SHOWN_OVER,
        "filter": [(str(s), f"{label(s)} ({counts[s]})") for s in TrackedStatus if counts[s]],
        "statuses": STATUSES,
        "quiet": [line for line in by_next_date(every) if line.quiet_since][:ASKED],
        "returned": questions_for(request.user),
        "board_url": reverse("postings:board"),
        "path": request.get_full_path(),
    }
    return render(request, "hiring/tracker/tracker.html", context)


def _values(line: TrackerLine) -> tuple[object, ...]:
    """The cells of `HEADER`."""
    url = f"{settings.SITE_URL}{line.url}" if line.url.startswith("/") else line.url
    return (
        line.title,
        line.employer,
        url,
        str(line.status),
        line.source,
        line.answered,
        line.applied_on,
        line.promised_on,
        line.next_on,
        line.next_what,
        line.notes,
        line.at,
    )


@require_safe
def tracker_csv(request: UserRequest) -> HttpResponse:
    """The whole tracker as a table."""
    words = {True: "yes", False: "no"}
    rows = [
        [words.get(cell, cell) if isinstance(cell, bool) else cell for cell in _values(line)]
        for line in by_change(lines_of(request.user, now=timezone.now()))
    ]
    return csv_response("tracker.csv", HEADER, rows)


@require_safe
def tracker_json(request: UserRequest) -> HttpResponse:
    """The whole tracker as JSON."""
    lines = by_change(lines_of(request.user, now=timezone.now()))
    jobs = [dict(zip(HEADER, _values(line), strict=True)) for line in lines]
    answer = JsonResponse({"jobs": jobs}, json_dumps_params={"ensure_ascii": False})
    answer["Content-Disposition"] = 'attachment; filename="tracker.json"'
    return answer
