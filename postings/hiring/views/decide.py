"""A decision on one application: choose it, write to the candidate, read the mail, send it."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from cscareers.core.http import safe_next
from cscareers.core.idempotency import Done, once
from postings.hiring import emails
from postings.hiring.access import get_application, get_received_to_decide
from postings.hiring.actions import decisions
from postings.hiring.actions.bulk import note_for
from postings.hiring.actions.moves import IllegalMove
from postings.hiring.engines.addresses import list_of, page_of
from postings.hiring.engines.log import actor_of, last_move
from postings.hiring.engines.sent import unmet_rows
from postings.hiring.enums import ApplicationState
from postings.hiring.forms.decide import DecisionForm, MoveForm, RejectForm
from postings.hiring.labels import label
from postings.hiring.models import Application, ApplicationEvent
from postings.hiring.states import employer_verbs
from profiles.access import UserRequest

TITLES: Final = {
    "interview": "Invite to an interview",
    "offer": "Make an offer",
    "hire": "Hire",
    "reject": "Reject",
}
"""The verbs that write to the candidate, as headings and buttons."""
DONE: Final = {
    "review": "is in review, as their page says",
    "interview": "is invited to an interview and gets your mail",
    "offer": "has your offer and gets your mail",
    "hire": "is hired and gets your mail",
    "reject": "is rejected and gets your mail",
}
"""What has happened to somebody, behind their name."""
FINAL: Final = ("hire", "reject")
"""Nothing follows them."""


@require_POST
def move(request: UserRequest, employer: str, public_id: str, application: str) -> HttpResponse:
    """Where the select of a card or a row leads: in review at once, all else by its own page."""
    posting = get_received_to_decide(request.user, employer, public_id)
    found = get_application(posting, application)
    back = safe_next(request, request.POST.get("next"), fallback=page_of(found))
    form = MoveForm(request.POST)
    if not form.is_valid():
        messages.info(request, "Choose where the application goes.")
        return HttpResponseRedirect(back)
    verb, seen = form.cleaned_data["verb"], form.cleaned_data["seen"]
    if verb != "review":
        return HttpResponseRedirect(f"{page_of(found, verb)}?seen={seen}")
    return carry_out(request, found, verb, form, seen=seen, back=back)


@require_http_methods(["GET", "HEAD", "POST"])
def decide(
    request: UserRequest, employer: str, public_id: str, application: str, decision: str
) -> HttpResponse:
    """The words that go with a decision, then the mail as it would be, then the decision."""
    verb = decision
    posting = get_received_to_decide(request.user, employer, public_id)
    found = get_application(posting, application)
    seen = request.GET.get("seen", "")
    if request.method != "POST":
        if verb not in employer_verbs(found.state) or (seen and seen != found.state):
            return overtaken(request, found, verb)
        return _compose(request, found, verb, form_for(found, verb, initial={"seen": found.state}))
    form = form_for(found, verb, request.POST)
    step = request.POST.get("step", "preview")
    if step == "fill":
        words = note_for(found, form.with_reply())
        again = form_for(found, verb, initial=form.again(note=words, reply=""))
        return _compose(request, found, verb, again)
    if not form.is_valid() or step == "back":
        return _compose(request, found, verb, form)
    if step == "send":
        return carry_out(request, found, verb, form, seen=form.cleaned_data["seen"])
    if form.cleaned_data["seen"] != found.state:
        return overtaken(request, found, verb, form)
    return _preview(request, found, verb, form)


def form_for(found: Application, verb: str, *args: Any, **kwargs: Any) -> DecisionForm:
    """The form of a decision, with the saved replies of its kind."""
    replies = found.posting.employer.reply_templates.filter(kind=verb).order_by("name", "pk")
    if verb == "reject":
        return RejectForm(*args, rows=unmet_rows(found.copy), replies=replies, **kwargs)
    return DecisionForm(*args, replies=replies, **kwargs)


def _compose(
    request: UserRequest, found: Application, verb: str, form: DecisionForm
) -> HttpResponse:
    return render(request, "hiring/decide/compose.html", {**_about(found, verb), "form": form})


def _preview(
    request: UserRequest, found: Application, verb: str, form: DecisionForm
) -> HttpResponse:
    mail = emails.letter(
        found,
        verb,
        reasons=form.reasons(),
        requirement=form.requirement_name,
        note=note_for(found, form.cleaned_data["note"]),
    )
    context = {**_about(found, verb), "form": form, "mail": mail, "danger": verb in FINAL}
    return render(request, "hiring/decide/preview.html", context)


def carry_out(
    request: UserRequest,
    found: Application,
    verb: str,
    form: DecisionForm | MoveForm,
    *,
    seen: str,
    back: str = "",
) -> HttpResponse:
    """Decide, once however often the form comes; 409 with what happened when it moved before."""
    act = _action(request, found, verb, form, seen=seen)

    def perform() -> Done:
        act()
        return Done(page_of(found)).saying(f"{found.shown_name} {DONE[verb]}.")

    key = form.cleaned_data["key"]
    try:
        location = once(request, key=key, now=timezone.now(), perform=perform)
        # `back` comes with the form, as long as it likes: it comes again, and isn't kept.
        return HttpResponseRedirect(back or location)
    except IllegalMove:
        found.refresh_from_db(fields=["state", "moved_at", "answered_at"])
        return overtaken(request, found, verb, form if isinstance(form, DecisionForm) else None)


def _action(
    request: UserRequest,
    found: Application,
    verb: str,
    form: DecisionForm | MoveForm,
    *,
    seen: str,
) -> Callable[[], ApplicationEvent]:
    """The action that the valid form asks for."""
    said: dict[str, Any] = {
        "application": found, "actor": request.user, "now": timezone.now(), "seen": seen
    }  # fmt: skip
    if isinstance(form, DecisionForm):
        said["note"] = note_for(found, form.cleaned_data["note"])
    if isinstance(form, RejectForm):
        reasons, requirement = form.reasons(), form.requirement
        return lambda: decisions.reject(reasons=reasons, requirement=requirement, **said)
    return lambda: decisions.advance(verb=verb, **said)


def overtaken(
    request: UserRequest, found: Application, verb: str, form: DecisionForm | None = None
) -> HttpResponse:
    """409: what changed, who did it and when, with what was typed, and the way on."""
    event = last_move(found)
    context = {
        **_about(found, verb),
        "event": event,
        "who": actor_of(found, event),
        "typed": form.data.get("note", "") if form else "",
        "again": None,
    }
    if form is not None and verb in employer_verbs(found.state):
        context["again"] = form_for(found, verb, initial=form.again(seen=found.state))
    return render(request, "hiring/decide/overtaken.html", context, status=409)


def _about(found: Application, verb: str) -> dict[str, Any]:
    return {
        "application": found,
        "posting": found.posting,
        "employer": found.posting.employer,
        "name": found.shown_name,
        "verb": verb,
        "title": TITLES.get(verb, "Move on"),
        "state": label(ApplicationState(found.state)),
        "page_url": page_of(found),
        "list_url": list_of(found.posting),
        "decide_url": page_of(found, verb) if verb in TITLES else "",
        "is_final": verb in FINAL,
    }
