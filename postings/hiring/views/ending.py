"""Filling or closing a job: whoever still waits is answered, after the member has read the mails.

The same address as a verb that `postings.views.manage` asks for; hiring's routes come first.
"""

from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cscareers.core.forms import OnceForm
from cscareers.core.idempotency import Done, answered, once
from postings.actions.lifecycle import IllegalMove as PostingMoved
from postings.actions.offers import offered
from postings.hiring import emails
from postings.hiring.access import get_received_to_decide
from postings.hiring.actions.bulk import note_for
from postings.hiring.actions.endings import end_posting, open_applications
from postings.hiring.actions.moves import IllegalMove
from postings.hiring.enums import ApplicationState, CloseReason, ReplyKind
from postings.hiring.forms.ending import EndingForm
from postings.hiring.models import Application
from postings.models import Posting
from postings.views.drafts import desk_context, posting_url
from postings.views.manage import MOVED_ON, OFFERS
from profiles.access import UserRequest

REASONS: Final = {"fill": CloseReason.POSTING_FILLED, "close": CloseReason.POSTING_CLOSED}
CHANGED: Final = "Somebody applied meanwhile. Nothing was sent: read the mails again."


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: UserRequest, employer: str, public_id: str, verb: str) -> HttpResponse:
    """From the words, over the mails as they would be, to the end of the job."""
    posting = get_received_to_decide(request.user, employer, public_id)
    if verb not in offered(posting, None, now=timezone.now()):
        return redirect(_over(request, posting))
    waiting = open_applications(posting)
    context = _about(posting, verb, waiting)
    step = request.POST.get("step", "")
    if request.method != "POST":
        return _page(
            request, "compose", context, _form(posting, verb, waiting, initial=_start(waiting))
        )
    form = _form(posting, verb, waiting, request.POST)
    if step == "fill":
        again = form.again(note=form.with_reply(), reply="")
        return _page(request, "compose", context, _form(posting, verb, waiting, initial=again))
    if not form.is_valid() or step == "back":
        return _page(request, "compose", context, form)
    unread = {one.public_id for one in waiting} - form.told_ids
    if (step == "send" or not waiting) and not unread:
        return _carry_out(request, posting, verb, waiting, form)
    if step == "send":
        messages.warning(request, CHANGED)
    context["mails"] = _mails(posting, verb, waiting, form)
    context["told"] = " ".join(one.public_id for one in waiting)
    return _page(request, "preview", context, form)


def _over(request: UserRequest, posting: Posting) -> str:
    """The job's page, saying that this can't be done now; the second of two clicks reads what the
    first has done."""
    form = OnceForm(request.POST)
    if form.is_valid() and (where := answered(request, key=form.cleaned_data["key"])):
        return where
    messages.info(request, MOVED_ON)
    return posting_url("manage", posting)


def _page(
    request: UserRequest, name: str, context: dict[str, Any], form: EndingForm
) -> HttpResponse:
    return render(request, f"hiring/ending/{name}.html", {**context, "form": form})


def _offers(waiting: list[Application]) -> list[Application]:
    return [one for one in waiting if one.state == ApplicationState.OFFER]


def _about(posting: Posting, verb: str, waiting: list[Application]) -> dict[str, Any]:
    offer = OFFERS[verb]
    return {
        **desk_context(posting.employer),
        "posting": posting,
        "offer": offer,
        "waiting": waiting,
        "names": [one.shown_name for one in waiting],
        "with_offer": [one.shown_name for one in _offers(waiting)] if verb == "close" else [],
        "nobody_offered": verb == "fill" and bool(waiting) and not _offers(waiting),
        "fill_url": posting_url("act", posting, verb="fill"),
        "manage_url": posting_url("manage", posting),
    }


def _start(waiting: list[Application]) -> dict[str, Any]:
    """Of one offer it goes without saying who was hired."""
    offers = _offers(waiting)
    return {"hired": [offers[0].public_id]} if len(offers) == 1 else {}


def _form(
    posting: Posting, verb: str, waiting: list[Application], *args: Any, **kwargs: Any
) -> EndingForm:
    replies = posting.employer.reply_templates.filter(kind=ReplyKind.CLOSE).order_by("name", "pk")
    can_be_hired = _offers(waiting) if verb == "fill" else []
    return EndingForm(*args, offered=can_be_hired, replies=replies, **kwargs)


def _mails(
    posting: Posting, verb: str, waiting: list[Application], form: EndingForm
) -> list[tuple[str, emails.Letter]]:
    """To whom which mail would go."""
    found = []
    for one in waiting:
        one.posting = posting
        if one.public_id in form.hired_ids:
            mail = emails.letter(one, "hire")
        else:
            words = note_for(one, form.cleaned_data["note"])
            mail = emails.letter(one, "close", reasons=[REASONS[verb]], note=words)
        found.append((one.shown_name, mail))
    return found


def _carry_out(
    request: UserRequest,
    posting: Posting,
    verb: str,
    waiting: list[Application],
    form: EndingForm,
) -> HttpResponse:
    now, said = timezone.now(), form.cleaned_data

    def perform() -> Done:
        end_posting(
            posting=posting,
            verb=verb,
            actor=request.user,
            now=now,
            note=said["note"],
            hired=[one for one in waiting if one.public_id in form.hired_ids],
        )
        return Done(posting_url("manage", posting)).saying(_done(verb, len(waiting)))

    try:
        location = once(request, key=said["key"], now=now, perform=perform)
    except (IllegalMove, PostingMoved):
        messages.info(request, MOVED_ON)
        location = posting_url("manage", posting)
    return redirect(location)


def _done(verb: str, answered: int) -> str:
    done = OFFERS[verb].done
    if not answered:
        return done
    return f"{done} {answered} {'person was' if answered == 1 else 'people were'} answered by mail."
