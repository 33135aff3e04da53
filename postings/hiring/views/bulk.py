"""One decision on several applications: ticked in the list, read once more, then carried out."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from cscareers.core.idempotency import Done, once
from postings.hiring import emails
from postings.hiring.access import get_received_to_decide
from postings.hiring.actions import bulk
from postings.hiring.engines.addresses import list_of
from postings.hiring.engines.log import actor_of, last_move
from postings.hiring.engines.sent import unmet_rows
from postings.hiring.enums import ApplicationState
from postings.hiring.forms.bulk import BulkForm
from postings.hiring.forms.decide import DecisionForm, RejectForm, Rows
from postings.hiring.labels import label
from postings.hiring.models import Application
from postings.hiring.states import employer_verbs
from postings.hiring.views import decide
from postings.models import Posting
from profiles.access import UserRequest

TITLES = {**decide.TITLES, "review": "Move to in review"}
Picked = list[tuple[Application, str]]


@require_POST
def move_many(request: UserRequest, employer: str, public_id: str) -> HttpResponse:
    """From the ticks of the list to the words, the mails as they would be, and the decision."""
    posting = get_received_to_decide(request.user, employer, public_id)
    ticks = BulkForm(request.POST, request.POST.getlist("picked"))
    picked = _picked(posting, ticks.seen())
    if not ticks.is_valid() or not picked:
        messages.info(request, "Tick at least one application, and choose where they go.")
        return HttpResponseRedirect(list_of(posting))
    verb = ticks.cleaned_data["verb"]
    step = request.POST.get("step", "")
    can = [(one, seen) for one, seen in picked if verb in employer_verbs(seen)]
    if not can:
        messages.info(request, "None of these can be moved there. Nothing was done.")
        return HttpResponseRedirect(list_of(posting))
    context = _about(posting, verb, can, [one for one in picked if one not in can])
    if not step:
        return _page(request, "compose", context, _form(posting, verb, can))
    form = _form(posting, verb, can, request.POST)
    if step == "fill":
        again = form.again(note=form.with_reply(), reply="")
        return _page(request, "compose", context, _form(posting, verb, can, initial=again))
    if not form.is_valid() or step == "back":
        return _page(request, "compose", context, form)
    if step == "send":
        return _carry_out(request, posting, verb, can, form)
    context["mails"] = _mails(verb, can, form)
    return _page(request, "preview", context, form)


def _picked(posting: Posting, seen: dict[str, str]) -> Picked:
    """The ticked applications of this posting, with the states that were seen; one query."""
    rows = posting.applications.filter(public_id__in=seen).select_related(
        "posting__employer", "revision", "copy", "candidate"
    )
    return [(one, seen[one.public_id]) for one in rows.order_by("applied_at", "pk")]


def _page(
    request: UserRequest, name: str, context: dict[str, Any], form: DecisionForm
) -> HttpResponse:
    return render(request, f"hiring/bulk/{name}.html", {**context, "form": form})


def _about(posting: Posting, verb: str, can: Picked, cannot: Picked) -> dict[str, Any]:
    return {
        "posting": posting,
        "employer": posting.employer,
        "verb": verb,
        "title": TITLES[verb],
        "danger": verb == "reject",
        "writes": verb != "review",
        "list_url": list_of(posting),
        "ticks": [f"{one.public_id}:{seen}" for one, seen in can],
        "names": [one.shown_name for one, _ in can],
        "left_out": [
            (one.shown_name, label(ApplicationState(seen)).lower()) for one, seen in cannot
        ],
    }


def _form(posting: Posting, verb: str, can: Picked, *args: Any, **kwargs: Any) -> DecisionForm:
    """The form of the decision; `seen` stands in the ticks."""
    replies = posting.employer.reply_templates.filter(kind=verb).order_by("name", "pk")
    form: DecisionForm
    if verb == "reject":
        rows = _common_rows(can)
        form = RejectForm(*args, rows=rows, with_status=False, replies=replies, **kwargs)
    else:
        form = DecisionForm(*args, replies=replies, **kwargs)
    del form.fields["seen"]
    return form


def _common_rows(can: Picked) -> Rows:
    """The requirement rows that none of them meets."""
    told = [unmet_rows(one.copy) for one, _ in can]
    shared = set.intersection(*({row["requirement"]["id"] for row in rows} for rows in told))
    return [row for row in told[0] if row["requirement"]["id"] in shared]


def _mails(verb: str, can: Picked, form: DecisionForm) -> list[tuple[str, emails.Letter]]:
    """To whom which mail would go; none says that somebody is in review."""
    if verb == "review":
        return []
    return [
        (
            one.shown_name,
            emails.letter(
                one,
                verb,
                reasons=form.reasons(),
                requirement=form.requirement_name,
                note=bulk.note_for(one, form.cleaned_data["note"]),
            ),
        )
        for one, _ in can
    ]


def _carry_out(
    request: UserRequest, posting: Posting, verb: str, can: Picked, form: DecisionForm
) -> HttpResponse:
    """Decide on all that stand where they were seen, once; name the others."""
    now, said = timezone.now(), form.cleaned_data

    def perform() -> Done:
        outcome = bulk.decide(
            picked=can,
            verb=verb,
            actor=request.user,
            now=now,
            note=said["note"],
            reasons=form.reasons(),
            requirement=form.requirement,
        )
        return _said(Done(list_of(posting)), verb, outcome)

    location = once(request, key=said["key"], now=now, perform=perform)
    return HttpResponseRedirect(location)


def _said(done: Done, verb: str, outcome: bulk.Outcome) -> Done:
    """Says what was done, and what had happened to the others meanwhile."""
    if outcome.done:
        names = ", ".join(one.shown_name for one in outcome.done)
        number = len(outcome.done)
        done = done.saying(
            f"{names} {decide.DONE[verb]}."
            if number == 1
            else f"{number} moved: {names}. Each {decide.DONE[verb]}."
        )
    for one, _ in outcome.left:
        event = last_move(one)
        when = f"{timezone.localtime(event.at):%-d %b %Y, %H:%M}"
        done = done.saying(
            f"{one.shown_name} was not moved. Meanwhile: {event.words.lower()},"
            f" {when}, by {actor_of(one, event)}.",
            messages.WARNING,
        )
    return done
