"""A profile out of a CV: bring it, take what was read in it, and take the profile away again."""

import json
import re
from collections.abc import Mapping
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from cscareers.core.http import too_many
from cscareers.core.idempotency import Done, once
from cscareers.core.throttling import TooMany, count
from profiles.access import UserRequest, get_cv_import, own_profile
from profiles.actions import cv_import
from profiles.cv.brought import Brought
from profiles.cv.facts import Value
from profiles.cv.reading import read_text
from profiles.cv.resume_in import Reading, names_in, read_resume
from profiles.cv.resume_out import document
from profiles.cv_page import page_of
from profiles.enums import Cefr
from profiles.forms.cv import CvForm
from profiles.models import CvImport
from profiles.portable import holdings, known_for, known_for_text, term_names

MOST_TOLD = 5
_ASKED = re.compile(r"(level|cefr)-(\d{1,12})")


@require_http_methods(["GET", "HEAD", "POST"])
def import_cv(request: UserRequest) -> HttpResponse:
    """Bring a CV; it is read, and nothing is in the profile yet."""
    now = timezone.now()
    template = "profiles/cv/bring.html"
    waiting = CvImport.objects.waiting_for(request.user)
    form = CvForm(request.POST, request.FILES) if request.method == "POST" else CvForm()
    context = {"form": form, "waiting": waiting.first(), "too_many": False}
    if request.method == "POST":
        try:
            count(cv_import.PER_HOUR, request.user.pk, now=now)
        except TooMany as error:
            return too_many(request, template, {**context, "too_many": True}, error)
        if form.is_valid():
            return redirect(_begun(request, form, now=now))
    return render(request, template, context)


def _begun(request: UserRequest, form: CvForm, *, now: datetime) -> str:
    """Where the suggestions stand; a form that arrives twice begins once."""
    brought: Brought = form.cleaned_data["cv"]

    def perform() -> Done:
        reading = _read(brought, now=now)
        begun = cv_import.start_import(
            user=request.user, kind=brought.kind, reading=reading, now=now
        )
        return Done(reverse("me:cv_import", kwargs={"cv": begun.public_id}))

    return once(request, key=form.cleaned_data["key"], now=now, perform=perform)


def _read(brought: Brought, *, now: datetime) -> Reading:
    today = timezone.localdate(now)
    if brought.document is None:
        return read_text(brought.text, known_for_text(), today=today)
    return read_resume(brought.document, known_for(*names_in(brought.document)), today=today)


@require_http_methods(["GET", "HEAD", "POST"])
def show_import(request: UserRequest, cv: str) -> HttpResponse:
    """What was read, to be taken or left out one by one; or all of it."""
    found = get_cv_import(request.user, cv)
    if request.method == "POST":
        return _decide(request, found, now=timezone.now())
    page = page_of(found)
    context = {"cv": found, "page": page, "not_taken": found.not_taken}
    return render(request, "profiles/cv/suggestions.html", context)


def _decide(request: UserRequest, found: CvImport, *, now: datetime) -> HttpResponse:
    """Carry out what was sent; then the matches, or what is still open."""
    what, ticked = request.POST.get("do", ""), _ticked(request)
    said = _said(request)
    if what in ("leave", "leave-all"):
        number = cv_import.dismiss(
            cv_import=found, chosen=None if what == "leave-all" else ticked, now=now
        )
        messages.success(request, f"Left out: {number}.")
        return redirect("me:cv_import", cv=found.public_id)
    if what == "all":
        outcome = cv_import.accept_all(cv_import=found, said=said, now=now)
    else:
        chosen = {key: said.get(key, {}) for key in ticked}
        outcome = cv_import.accept(cv_import=found, chosen=chosen, now=now)
    for row, why in outcome.refused[:MOST_TOLD]:
        messages.error(request, f"Not taken, “{row.quote[:80]}”: {why}")
    if not outcome.taken:
        messages.info(request, "Nothing was taken. Tick what is right.")
        return redirect("me:cv_import", cv=found.public_id)
    facts = "1 fact is" if outcome.taken == 1 else f"{outcome.taken} facts are"
    messages.success(request, f"{facts} in your profile now.")
    if outcome.refused:
        return redirect("me:cv_import", cv=found.public_id)
    return redirect(_next(found))


def _next(found: CvImport) -> str:
    """The matches: what a profile is filled for."""
    try:
        return reverse("me:matches")
    except NoReverseMatch:
        return reverse("me:cv_import", kwargs={"cv": found.public_id})


def _ticked(request: UserRequest) -> list[int]:
    return [int(key) for key in request.POST.getlist("take") if re.fullmatch(r"\d{1,12}", key)]


def _said(request: UserRequest) -> Mapping[int, Mapping[str, Value]]:
    """What was chosen beside suggestions, by their keys."""
    found: dict[int, dict[str, Value]] = {}
    for name, value in request.POST.items():
        asked = _ASKED.fullmatch(name)
        if asked is None or not isinstance(value, str):
            continue
        if asked[1] == "level" and value in ("", "0", "1", "2", "3", "4"):
            found.setdefault(int(asked[2]), {})["level"] = int(value) if value else None
        elif asked[1] == "cefr" and value in ("", *Cefr):
            found.setdefault(int(asked[2]), {})["cefr"] = value or None
    return found


@require_safe
def export(request: UserRequest) -> HttpResponse:
    """The whole profile as a JSON Resume; who may see it and who is blocked stay here."""
    profile = own_profile(request.user, now=timezone.now())
    facts = [holding.fact for holding in holdings(profile)]
    said = document(facts, term_names(facts))
    written = json.dumps(said, ensure_ascii=False, indent=2)
    response = HttpResponse(f"{written}\n", content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="profile.json"'
    return response
