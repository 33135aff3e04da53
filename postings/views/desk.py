"""An employer's home: its postings by state, each with its next step."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from postings.enums import PauseReason, PostingState, RejectionReason, RevisionState
from postings.labels import label
from postings.models import Posting, PostingQuerySet, PostingRevision
from postings.policy import last_day
from postings.states import OPEN_REVISIONS
from postings.views.drafts import desk_context, posting_url, signed_in
from postings.views.manage import state_label
from profiles.access import get_employer_for_member
from profiles.models import Employer
from profiles.permissions import can_hire, is_owner

CLOSES_SOON: Final = timedelta(days=7)
ASK_AFTER: Final = timedelta(days=7)
PAGE: Final = 50
MOST_ON_DESK: Final = 200
_OVER: Final = (PostingState.FILLED, PostingState.CLOSED, PostingState.EXPIRED)
_TAGS: Final = {
    PostingState.DRAFT: "accent",
    PostingState.IN_REVIEW: "warn",
    PostingState.REJECTED: "gap",
    PostingState.PUBLISHED: "good",
    PostingState.SUSPENDED: "gap",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A posting in a list; `step` says what to do next, and `step_url` where, to whom may do it."""

    title: str
    url: str
    tag: str
    state_label: str
    detail: str
    step: str
    step_url: str
    public_id: str
    applications: str = ""
    due: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    rows: list[Row]


@require_safe
def desk(request: HttpRequest, employer: str) -> HttpResponse:
    """What needs the employer, what waits for us, what is open."""
    now = timezone.now()
    user = signed_in(request)
    owner = get_employer_for_member(user, employer)
    hires = can_hire(user, owner)
    done = Q(state__in=_OVER, applications_open=0)
    current = _rows(owner, now=now).exclude(done).order_by("-updated_at", "-pk")[:MOST_ON_DESK]
    context = {
        **desk_context(owner),
        "groups": _groups(current, now=now, hires=hires),
        "hires": hires,
        "owns": hires and is_owner(user, owner),
        "new_url": reverse("postings:new", kwargs={"employer": owner.slug}),
        "list_url": reverse("postings:manage_list", kwargs={"employer": owner.slug}),
        "imports_url": reverse("postings:imports", kwargs={"employer": owner.slug}),
        "team_url": reverse("hire:team", kwargs={"employer": owner.slug}),
        "settings_url": reverse("hire:settings", kwargs={"employer": owner.slug}),
        "public_url": reverse("postings:employer", kwargs={"slug": owner.slug}),
    }
    return render(request, "postings/desk/desk.html", context)


@require_safe
def manage_list(request: HttpRequest, employer: str) -> HttpResponse:
    """All postings of an employer, newest first, or those in one state."""
    now = timezone.now()
    user = signed_in(request)
    owner = get_employer_for_member(user, employer)
    hires = can_hire(user, owner)
    chosen = request.GET.get("state", "")
    rows = _rows(owner, now=now).order_by("-pk")
    if chosen in set(PostingState):
        rows = rows.filter(state=chosen)
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit() and len(before) <= 18:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows[: PAGE + 1])
    list_url = reverse("postings:manage_list", kwargs={"employer": owner.slug})
    state = f"state={chosen}&" if chosen in set(PostingState) else ""
    more = f"{list_url}?{state}before={found[PAGE - 1].pk}" if len(found) > PAGE else ""
    context = {
        **desk_context(owner),
        "rows": [_row(posting, now=now, hires=hires) for posting in found[:PAGE]],
        "hires": hires,
        "states": [(code.value, label(code), code.value == chosen) for code in PostingState],
        "chosen": chosen,
        "list_url": list_url,
        "next_url": more,
        "new_url": reverse("postings:new", kwargs={"employer": owner.slug}),
    }
    return render(request, "postings/desk/list.html", context)


def _rows(owner: Employer, *, now: datetime) -> PostingQuerySet:
    unsettled = PostingRevision.objects.filter(state__in=OPEN_REVISIONS).defer("content")
    return (
        Posting.objects.filter(employer=owner)
        .with_applications(now=now)
        .select_related("employer")
        .prefetch_related(Prefetch("revisions", queryset=unsettled, to_attr="open_revisions"))
    )


def _groups(postings: Iterable[Posting], *, now: datetime, hires: bool) -> list[Group]:
    """The lists of the desk that have rows: first what needs the employer."""
    titles = ("Sent back", "Drafts", "In review", "Open", "Paused", "Over", "Suspended by us")
    lists: dict[str, list[Row]] = {title: [] for title in titles}
    for posting in postings:
        lists[_title(posting, now=now)].append(_row(posting, now=now, hires=hires))
    return [Group(title, rows) for title, rows in lists.items() if rows]


def _title(posting: Posting, *, now: datetime) -> str:
    live = posting.state in (PostingState.PUBLISHED, PostingState.PAUSED)
    if live and posting.closes_at is not None and posting.closes_at <= now:
        return "Over"
    if posting.state in _OVER:
        return "Over"
    return {
        PostingState.REJECTED: "Sent back",
        PostingState.DRAFT: "Drafts",
        PostingState.IN_REVIEW: "In review",
        PostingState.PUBLISHED: "Open",
        PostingState.PAUSED: "Paused",
        PostingState.SUSPENDED: "Suspended by us",
    }[PostingState(posting.state)]


def _row(posting: Posting, *, now: datetime, hires: bool) -> Row:
    step, verb = _next(posting, now=now) if hires else ("", "")
    if verb == "edit":
        url = posting_url("wizard", posting)
    elif verb == "answer":
        # The page of the job names those who wait too long.
        url = posting_url("manage", posting)
    else:
        url = posting_url("act", posting, verb=verb) if verb else ""
    return Row(
        title=str(posting),
        url=posting_url("manage", posting),
        tag=_TAGS.get(PostingState(posting.state), "line"),
        state_label=state_label(posting, now=now),
        detail=_detail(posting, now=now),
        step=step,
        step_url=url,
        public_id=posting.public_id,
        applications=applications_words(posting),
        due=due_words(posting),
    )


def applications_words(posting: Posting) -> str:
    """Of a posting `with_applications`: "12 applications, 5 open"; empty without any."""
    total, waiting = posting.applications_all, posting.applications_open  # type: ignore[attr-defined]
    if not total:
        return ""
    return f"{total} {'application' if total == 1 else 'applications'}, {waiting} open"


def due_words(posting: Posting) -> str:
    """Of a posting `with_applications`: "2 replies due"; empty while there is time."""
    due = posting.applications_due  # type: ignore[attr-defined]
    return f"{due} {'reply' if due == 1 else 'replies'} due" if due else ""


def _next(posting: Posting, *, now: datetime) -> tuple[str, str]:
    """What to do next in words, and the verb that does it."""
    revision = _open(posting)
    state = revision.state if revision else ""
    if state == RevisionState.DRAFT:
        return ("Go on writing" if posting.state == PostingState.DRAFT else "Finish the change"), (
            "edit"
        )
    if state == RevisionState.REJECTED:
        return "Work on it again", "rework"
    if _title(posting, now=now) == "Paused":
        return _next_of_paused(posting)
    if posting.state == PostingState.PUBLISHED and _asks(posting, now=now):
        return "Confirm: still hiring", "confirm"
    return "", ""


def _next_of_paused(posting: Posting) -> tuple[str, str]:
    """What opens a paused job: what it waits for beside its team's own will comes first."""
    if PauseReason.REPLIES in posting.paused_for:
        return "Answer applicants", "answer"
    if PauseReason.UNCONFIRMED in posting.paused_for:
        return "Confirm: still hiring", "confirm"
    return "Open it again", "resume"


def _asks(posting: Posting, *, now: datetime) -> bool:
    """True when it is time to ask whether the employer is still hiring."""
    confirmed, closes = posting.confirmed_at, posting.closes_at
    if confirmed is None or closes is None or closes <= now:
        return False
    return closes - now <= CLOSES_SOON or now - confirmed >= ASK_AFTER


def _detail(posting: Posting, *, now: datetime) -> str:
    revision = _open(posting)
    parts = []
    if revision is not None and revision.state == RevisionState.REJECTED:
        reasons = ", ".join(label(RejectionReason(code)) for code in revision.reasons)
        parts.append(f"We sent it back: {reasons}")
    if revision is not None and revision.submitted_at and revision.state == RevisionState.IN_REVIEW:
        what = "Handed in" if posting.first_published_at is None else "New version handed in"
        parts.append(f"{what} {date_format(revision.submitted_at, 'j M Y')}")
    if posting.first_published_at is None:
        parts.append(f"Saved {date_format(posting.updated_at, 'j M Y')}")
    elif posting.closes_at is not None:
        over = posting.closes_at <= now
        soon = " (soon)" if not over and posting.closes_at - now <= CLOSES_SOON else ""
        word = "Closed" if over else "Closes"
        day = last_day(posting.closes_at, posting.employer.time_zone)
        parts.append(f"{word} {date_format(day, 'j M Y')}{soon}")
    if posting.confirmed_at is not None:
        parts.append(f"Confirmed {date_format(posting.confirmed_at, 'j M Y')}")
    return ". ".join(parts)


def _open(posting: Posting) -> PostingRevision | None:
    revisions: list[PostingRevision] = posting.open_revisions  # type: ignore[attr-defined]
    return revisions[0] if revisions else None
