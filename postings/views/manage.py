"""One posting from its employer's side: its state, its clock, its history, and what can be done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods, require_safe

from cscareers.core.forms import OnceForm
from cscareers.core.idempotency import Done, once
from postings.access import get_posting_for_hiring, get_posting_for_member
from postings.actions import lifecycle
from postings.actions.offers import MEMBER_VERBS, NotOffered, carry_out, offered
from postings.enums import PauseReason, PostingState, RejectionReason, RevisionState
from postings.forms.start import ExtendForm
from postings.labels import REJECTION_SENTENCES, label
from postings.models import Posting, PostingEvent, PostingRevision
from postings.permissions import can_manage
from postings.policy import last_day
from postings.posting_page import moved_deadline
from postings.presentation import Fact
from postings.states import OPEN_REVISIONS
from postings.views.drafts import desk_context, posting_url, signed_in
from postings.views.pauses import pauses_of
from profiles.access import get_employer_for_hiring, get_employer_for_member
from profiles.models import Employer


@dataclass(frozen=True, slots=True)
class Offer:
    """A verb in words: on the button, as the question, what comes of it, and afterwards."""

    verb: str
    button: str
    question: str
    body: str
    done: str
    danger: bool = False


OFFERS: Final[Mapping[str, Offer]] = {
    offer.verb: offer
    for offer in (
        Offer("submit", "Check and submit", "", "", ""),
        Offer(
            "withdraw",
            "Take it back",
            "Take this job back from review?",
            "You can change it again. It loses its place in the queue.",
            "It is a draft again.",
        ),
        Offer(
            "rework",
            "Work on it again",
            "Work on this job again?",
            "It becomes a draft that you can change and hand in once more.",
            "It is a draft again. Change what we asked for, then hand it in.",
        ),
        Offer(
            "discard",
            "Discard the draft",
            "Discard this draft?",
            "What it says is lost for good. A job that is public stays as it is.",
            "The draft is discarded.",
            danger=True,
        ),
        Offer(
            "confirm",
            "Confirm: we are still hiring",
            "Are you still hiring for this job?",
            "People see the date. The job then stays open for 60 days at most, or until its last"
            " day to apply.",
            "Confirmed. People see today’s date.",
        ),
        Offer(
            "extend",
            "Change the last day to apply",
            "Change the last day to apply",
            "The change is public. It also confirms that you are still hiring.",
            "The last day to apply is changed.",
        ),
        Offer(
            "revise",
            "Change the job",
            "Change this job?",
            "You write a new version. The approved version stays public until we have looked at"
            " the new one.",
            "This is your new version. The approved one stays public until the new one is.",
        ),
        Offer(
            "pause",
            "Pause",
            "Pause this job?",
            "People no longer see it. You can open it again before it closes; its clock runs on.",
            "The job is paused.",
        ),
        Offer(
            "resume",
            "Open it again",
            "Open this job again?",
            "People see it at once.",
            "The job is open again.",
        ),
        Offer(
            "fill",
            "We hired somebody",
            "Did you hire somebody for this job?",
            "The job closes for good and says that it is filled.",
            "The job is closed as filled.",
            danger=True,
        ),
        Offer(
            "close",
            "Close without a hire",
            "Close this job?",
            "The job closes for good. To hire for it later, duplicate it.",
            "The job is closed.",
            danger=True,
        ),
        Offer(
            "duplicate",
            "Duplicate",
            "Duplicate this job?",
            "You get a new draft that says the same, without its last day to apply.",
            "This is a new draft that says the same.",
        ),
    )
}

HELD: Final = (
    "We paused this job because of reports by readers, and a moderator looks into them. Only we can"
    " open it again. We write to you when we have decided."
)
HELD_FOR_CHANGE: Final = (
    "We asked you to change this job, and it is paused until we have approved your new version."
)
STILL_PAUSED: Final = {
    PauseReason.REPLIES: "It stays paused: people who applied wait for an answer that is overdue."
    " Answer each of them, then it opens.",
    PauseReason.UNCONFIRMED: "It stays paused: nobody has confirmed for 14 days that it is open."
    " Confirm it, then it opens.",
}
MOVED_ON: Final = "Nothing was done: the job is in another state by now."


@dataclass(frozen=True, slots=True)
class OfferLink:
    label: str
    url: str
    danger: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the timeline."""

    at: datetime
    text: str
    detail: str


@require_safe
def manage(request: HttpRequest, employer: str, public_id: str) -> HttpResponse:
    """State, clock and history of a posting; its legal moves for those who may make them."""
    now = timezone.now()
    user = signed_in(request)
    owner = get_employer_for_member(user, employer)
    posting = get_posting_for_member(user, owner, public_id)
    revision = _open_revision(posting)
    hires = can_manage(user, posting)
    pauses = pauses_of(posting, now=now)
    unfit = ("submit", "resume") if pauses else ("submit",)  # what it waits for comes first
    verbs = [v for v in offered(posting, revision, now=now) if v not in unfit] if hires else []
    editing = hires and revision is not None and revision.state == RevisionState.DRAFT
    context = {
        **desk_context(owner),
        "posting": posting,
        "state": posting.state,
        "state_label": state_label(posting, now=now),
        "revision": revision,
        "is_revision": revision is not None and posting.live_revision is not None,
        "edit_url": posting_url("wizard", posting) if editing else "",
        "preview_url": posting_url("preview", posting) if revision else "",
        "public_url": posting.get_absolute_url() if posting.is_public(now=now) else "",
        "facts": _clock(posting),
        "reasons": _reasons(revision),
        "note": revision.decision_note if revision else "",
        "held": _held(posting),
        "pauses": pauses,
        "offers": [_link(posting, verb) for verb in verbs],
        "entries": [_entry(e, owner) for e in _events(posting)],
        "received": _received(posting, now=now),
    }
    return render(request, "postings/manage/manage.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, employer: str, public_id: str, verb: str) -> HttpResponse:
    """Ask before one verb; carry it out when the answer comes."""
    now = timezone.now()
    user = signed_in(request)
    if verb not in MEMBER_VERBS:
        raise Http404
    owner = get_employer_for_hiring(user, employer)
    posting = get_posting_for_hiring(user, owner, public_id)
    revision = _open_revision(posting)
    manage_url = posting_url("manage", posting)
    if verb == "revise" and revision is not None:
        return redirect(posting_url("wizard", posting))
    if verb not in offered(posting, revision, now=now) and request.method != "POST":
        messages.info(request, "This can’t be done now. The job may have changed meanwhile.")
        return redirect(manage_url)
    if verb == "submit":
        return redirect(posting_url("wizard_check", posting) if revision else manage_url)
    form = _form(verb, request, posting)
    if request.method == "POST" and form.is_valid():
        answer = _carry_out(request, verb, posting, revision, form, now=now)
        if answer is not None:
            return answer
    context = {
        **desk_context(owner),
        "posting": posting,
        "offer": OFFERS[verb],
        "danger": OFFERS[verb].danger,
        "form": form,
        "manage_url": manage_url,
    }
    return render(request, "postings/manage/act.html", context)


def _form(verb: str, request: HttpRequest, posting: Posting) -> forms.Form:
    data = request.POST if request.method == "POST" else None
    if verb == "extend":
        return ExtendForm(data, initial={"apply_until": posting.apply_until})
    return OnceForm(data) if verb == "duplicate" else forms.Form(data)


def _carry_out(
    request: HttpRequest,
    verb: str,
    posting: Posting,
    revision: PostingRevision | None,
    form: forms.Form,
    *,
    now: datetime,
) -> HttpResponse | None:
    """Where to go after the verb; None when the form has to come back with an error."""
    user = signed_in(request)

    def perform() -> Done:
        done = carry_out(
            verb,
            posting=posting,
            revision=revision,
            actor=user,
            now=now,
            apply_until=form.cleaned_data.get("apply_until"),
        )
        return Done(posting_url("wizard" if done.is_draft else "manage", done.posting))

    try:
        if key := form.cleaned_data.get("key"):
            location = once(request, key=key, now=now, perform=perform)
        else:
            location = perform().location
    except lifecycle.StillPaused as refused:
        for reason in refused.reasons:
            messages.info(request, STILL_PAUSED[reason])
        return redirect(posting_url("manage", posting))
    except (NotOffered, lifecycle.IllegalMove):
        held = verb == "resume" and Posting.objects.filter(pk=posting.pk, held_at__isnull=False)
        messages.info(request, _held(held[0]) if held else MOVED_ON)
        return redirect(posting_url("manage", posting))
    except lifecycle.DeadlineInvalid:
        form.add_error("apply_until", "The last day to apply must not be in the past.")
        return None
    messages.success(request, OFFERS[verb].done)
    return redirect(location)


def state_label(posting: Posting, *, now: datetime) -> str:
    """The state as the employer should read it: what is over by its date says so."""
    if posting.withheld:
        return "Not shown: suspended"
    if posting.held_at is not None:
        return "Paused by us"
    over = posting.closes_at is not None and posting.closes_at <= now
    if over and posting.state in (PostingState.PUBLISHED, PostingState.PAUSED):
        return label(PostingState.EXPIRED)
    return label(PostingState(posting.state))


def _received(posting: Posting, *, now: datetime) -> tuple[int, int, int]:
    """How many applied, how many of them are open, and how many replies are due; one query."""
    found: Any = Posting.objects.with_applications(now=now).get(pk=posting.pk)
    return found.applications_all, found.applications_open, found.applications_due


def _open_revision(posting: Posting) -> PostingRevision | None:
    return posting.revisions.filter(state__in=OPEN_REVISIONS).first()


def _link(posting: Posting, verb: str) -> OfferLink:
    offer = OFFERS[verb]
    return OfferLink(offer.button, posting_url("act", posting, verb=verb), offer.danger)


def _held(posting: Posting) -> str:
    """Why its employer can't open the job; empty when that is not so."""
    if posting.held_at is None:
        return ""
    return HELD if posting.reports.open().exists() else HELD_FOR_CHANGE


def _clock(posting: Posting) -> list[Fact]:
    moments = (
        ("First published", posting.first_published_at),
        ("Last confirmed", posting.confirmed_at),
    )
    facts = [Fact(words, date_format(at, "j M Y"), machine_time=at) for words, at in moments if at]
    if (closes := posting.closes_at) is not None:
        day = last_day(closes, posting.employer.time_zone)
        facts.append(Fact("Closes", date_format(day, "j M Y"), machine_time=closes))
    return facts


def _reasons(revision: PostingRevision | None) -> list[str]:
    if revision is None or revision.state != RevisionState.REJECTED:
        return []
    return [REJECTION_SENTENCES[RejectionReason(code)] for code in revision.reasons]


def _events(posting: Posting) -> QuerySet[PostingEvent]:
    return posting.events.select_related("actor").order_by("-at", "-pk")


def _entry(event: PostingEvent, owner: Employer) -> Entry:
    """An event in words; which of the moderators it was is nobody's business outside."""
    moved = moved_deadline(event, owner.time_zone)
    ours = event.actor is not None and event.actor.is_staff
    who = "A moderator." if ours else event.actor_label
    if event.actor is None and PauseReason.MEMBER not in event.reasons and event.reasons:
        who = ""  # nobody did it; the words say why
    details = [f"{moved}." if moved else "", who, event.note]
    return Entry(event.at, event.words, " ".join(part for part in details if part))
