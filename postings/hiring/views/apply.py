"""Where applying begins and ends: start or lead to another site, choose between two drafts, throw
one away, and what stands there once it is sent."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cscareers.core import throttling
from cscareers.core.forms import OnceForm
from cscareers.core.http import client_address, too_many
from cscareers.core.idempotency import Done, once
from postings.hiring.access import get_stray_draft
from postings.hiring.actions import drafts, handoffs
from postings.hiring.actions.applications import NotOpen
from postings.hiring.engines.frozen import draft_file, replies_of
from postings.hiring.models import ApplicationDraft, ApplicationFile
from postings.hiring.views.errand import (
    Errand,
    errand_of,
    forget,
    key_of,
    over,
    remember,
    shared_context,
    written,
)
from postings.hiring.views.files import pdf_file
from postings.hiring.views.returns import LEFT
from postings.match_panel import match_panel
from postings.policy import last_day
from postings.reading import names_for

MANY = "That is as many applications as we let one network begin in an hour. Try again later."


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Start an application, go on with one, or leave for the employer's site; 410 for a job that
    takes none any more."""
    errand = errand_of(request, public_id)
    if request.method != "POST" and slug != errand.posting.slug:
        return HttpResponsePermanentRedirect(errand.url)
    if (sent := errand.sent()) is not None:
        context = {**shared_context(errand), **written(errand), "sent": sent}
        return render(request, "hiring/apply/applied.html", context)
    if not errand.content.applies_here:
        return _elsewhere(request, errand)
    if errand.is_own:
        context = {**shared_context(errand), **written(errand)}
        return render(request, "hiring/apply/own.html", context)
    if not errand.can_send:
        return over(request, errand)
    if other := _other(errand):
        return _two(request, errand, other)
    if errand.draft is not None:
        return redirect(errand.step_url("apply_requirements"))
    if request.method == "POST":
        return _start(request, errand)
    return render(request, "hiring/apply/start.html", _start_context(request, errand))


def _start_context(request: HttpRequest, errand: Errand) -> dict[str, Any]:
    names = names_for([errand.content])
    return {
        **shared_context(errand),
        "form": OnceForm(),
        "match": match_panel(request.user, errand.posting, errand.content, names, now=errand.now),
        "questions": errand.content.questions,
        "many": [],
    }


def _start(request: HttpRequest, errand: Errand) -> HttpResponse:
    form = OnceForm(request.POST)
    form.is_valid()

    def perform() -> Done:
        draft = drafts.begin(
            posting=errand.posting,
            user=errand.user,
            address=client_address(request),
            now=errand.now,
        )
        if errand.user is None:
            remember(request, draft)
        return Done(errand.step_url("apply_requirements"))

    try:
        key = key_of(form)
        return redirect(once(request, key=key, now=errand.now, perform=perform))
    except NotOpen:
        return over(request, errand)
    except throttling.TooMany as error:
        context = {**_start_context(request, errand), "many": [MANY]}
        return too_many(request, "hiring/apply/start.html", context, error)


# ---- another site ----


def _elsewhere(request: HttpRequest, errand: Errand) -> HttpResponse:
    address = errand.content.apply_url
    if not address:
        raise Http404
    if not errand.posting.is_public(now=errand.now):
        return over(request, errand)
    outside = errand.content.applies_outside
    context = {
        **shared_context(errand),
        **written(errand),
        "address": address,
        "host": errand.content.apply_host or address.removeprefix("mailto:"),
        "outside": outside,
        "form": OnceForm(),
    }
    if request.method == "POST" and outside:
        _count(request, errand)
        return render(request, "hiring/apply/leaving.html", context)
    return render(request, "hiring/apply/elsewhere.html", context)


def _count(request: HttpRequest, errand: Errand) -> None:
    """Write the click down, once however often the form arrives; nobody is kept by it."""
    form = OnceForm(request.POST)
    form.is_valid()

    def perform() -> Done:
        handoffs.hand_off(
            posting=errand.posting,
            user=errand.user,
            address=client_address(request),
            now=errand.now,
        )
        return Done(errand.url)

    if errand.user:
        request.session[LEFT] = True
    try:
        once(request, key=key_of(form), now=errand.now, perform=perform)
    except throttling.TooMany:
        return


# ---- two drafts ----


def _other(errand: Errand) -> ApplicationDraft | None:
    """The draft of this browser beside the one in the account."""
    if errand.user is None or errand.draft is None:
        return None
    stray = get_stray_draft(errand.posting, errand.stray)
    return stray if stray is not None and stray.pk != errand.draft.pk else None


def _two(request: HttpRequest, errand: Errand, other: ApplicationDraft) -> HttpResponse:
    """Both drafts side by side; going on with one deletes the other."""
    assert errand.user  # noqa: S101  (there is no other draft without one)
    assert errand.draft  # noqa: S101
    pair = {"account": errand.draft, "browser": other}
    chosen = request.POST.get("keep", "")
    if request.method == "POST" and chosen in pair:
        kept = pair.pop(chosen)
        drafts.choose(kept=kept, other=next(iter(pair.values())), user=errand.user)
        forget(request, errand.posting)
        return redirect(errand.step_url("apply_requirements"))
    context = {
        **shared_context(errand),
        "pair": [
            (name, draft, list(replies_of(draft).items()), len(draft.answers), draft_file(draft))
            for name, draft in pair.items()
        ],
    }
    return render(request, "hiring/apply/two.html", context)


# ---- leaving it, and having sent it ----


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Throw a draft away; asks first."""
    errand = errand_of(request, public_id)
    if errand.draft is None:
        return redirect(errand.url)
    if request.method == "POST":
        drafts.discard(draft=errand.draft)
        forget(request, errand.posting)
        messages.success(request, "Your draft is deleted.")
        return redirect(errand.posting.get_absolute_url())
    context = {**shared_context(errand), "danger": True}
    return render(request, "hiring/apply/discard.html", context)


@login_not_required
@never_cache
@require_safe
def sent(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """What stands there once it is sent: by when they answer, and where to look."""
    errand = errand_of(request, public_id)
    found = errand.sent()
    if found is None:
        return redirect(errand.url)
    zone = errand.posting.employer.time_zone
    context = {
        **shared_context(errand),
        "sent": found,
        "due": last_day(found.answer_due_at, zone),
        "is_open": errand.posting.is_public(now=errand.now),
    }
    return render(request, "hiring/apply/sent.html", context)


@login_not_required
@never_cache
@require_safe
def file(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """The file of one's own draft, as the employer would get it."""
    errand = errand_of(request, public_id)
    found = ApplicationFile.objects.filter(draft=errand.draft).first() if errand.draft else None
    return pdf_file(found) if found else redirect(errand.url)
