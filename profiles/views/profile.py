"""The pages in which a candidate keeps the profile, section by section."""

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import (
    Http404,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    QueryDict,
)
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cscareers.core.forms import OnceForm
from cscareers.core.idempotency import Done, answered, once
from profiles.access import UserRequest, get_profile_row, own_profile
from profiles.actions import candidates
from profiles.enums import SkillKind
from profiles.forms.profile_kinds import KINDS, SECTION_FORMS, Kind
from profiles.forms.profile_row import RowForm
from profiles.forms.profile_sections import SectionForm
from profiles.models import CandidateSkill, ProfileRow
from profiles.profile_page import SECTION_URL, SECTIONS
from profiles.views.profile_parts import page_of

FULL = f"There are {candidates.MOST_ROWS} of these, and no more fit. Remove one first."


@require_http_methods(["GET", "HEAD", "POST"])
def section(request: UserRequest, section: str) -> HttpResponse:
    """One section; where it is a form, that form saves the section and nothing else."""
    now = timezone.now()
    profile = own_profile(request.user, now=now)
    kind_of_form = SECTION_FORMS.get(section)
    if kind_of_form is None:
        if request.method == "POST":
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return page_of(request, profile, section)
    if request.method != "POST":
        return page_of(request, profile, section, form=kind_of_form.of(profile))
    form = kind_of_form(request.POST)
    if form.is_valid() and _saved(request, form, now=now):
        title = next(one.title for one in SECTIONS if one.slug == section)
        messages.success(request, f"{title}: saved.")
        return redirect(SECTION_URL, section=section)
    return page_of(request, profile, section, form=form)


def _saved(request: UserRequest, form: SectionForm, *, now: datetime) -> bool:
    profile = candidates.profile_for(user=request.user, now=now)
    try:
        candidates.change_profile(profile=profile, changes=form.changes(), now=now)
    except ValidationError as error:
        form.take(error)
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def add_row(request: UserRequest, kind: str) -> HttpResponse:
    """A new row of one kind, filled in where it will stand."""
    now = timezone.now()
    what = KINDS[kind]
    profile = own_profile(request.user, now=now)
    today, hints = timezone.localdate(now), request.GET.dict()
    form = what.form(_sent(request), profile=profile, today=today, hints=hints)
    if request.method == "POST":
        if form.is_valid() and (where := _added(request, what, form, now=now)):
            return HttpResponseRedirect(where)
        # The first of two clicks made the row, and so the second one finds it there.
        key = form.cleaned_data.get("key")
        if key and (where := answered(request, key=key)):
            return HttpResponseRedirect(where)
    return page_of(request, profile, what.section, open_kind=what, form=form)


def _added(request: UserRequest, kind: Kind, form: RowForm, *, now: datetime) -> str:
    """Where to go after the row is saved; empty when it was refused."""

    def perform() -> Done:
        profile = candidates.profile_for(user=request.user, now=now)
        row = candidates.put_row(profile=profile, row=form.filled(), now=now)
        return _after(request, kind, row)

    try:
        key = form.cleaned_data["key"]
        return once(request, key=key, now=now, perform=perform)
    except ValidationError as error:
        form.take(error)
    except candidates.TooManyRows:
        form.add_error(None, FULL)
    return ""


def _sent(request: UserRequest) -> QueryDict | None:
    """What was sent; also when nothing was filled in, so that the form says what is missing."""
    return request.POST if request.method == "POST" else None


def _after(request: UserRequest, kind: Kind, row: ProfileRow) -> Done:
    """A new `row` is saved; goes on at its list, or at its own form where a term alone was given
    and the rest is to be said."""
    home = _home(kind, row)
    if kind.quick and "level" not in request.POST:
        arguments = {"kind": home.slug, "row": row.public_id}
        its_form = reverse("me:profile_row", kwargs=arguments) + "#open"
        return Done(its_form).saying(f"{row} is in your profile. How well do you know it?")
    return Done(_list(home, row)).saying(f"{row}: saved.")


def _home(kind: Kind, row: ProfileRow) -> Kind:
    """The kind in whose list `row` stands: a tool that was typed among skills is a tool."""
    if isinstance(row, CandidateSkill):
        return KINDS["tools" if row.skill.kind == SkillKind.TOOL else "skills"]
    return kind


def _list(kind: Kind, row: ProfileRow | None = None) -> str:
    there = reverse(SECTION_URL, kwargs={"section": kind.section})
    return f"{there}#row-{row.public_id}" if row else there


@require_http_methods(["GET", "HEAD", "POST"])
def change_row(request: UserRequest, kind: str, row: str) -> HttpResponse:
    """A row of one's own profile, to be changed where it stands."""
    now = timezone.now()
    what, found = KINDS[kind], get_profile_row(request.user, kind, row)
    profile, today = found.profile, timezone.localdate(now)
    form = what.form(_sent(request), profile=profile, today=today, row=found)
    if request.method == "POST" and form.is_valid():
        try:
            saved = candidates.put_row(profile=profile, row=form.filled(), now=now)
        except candidates.RowGone as error:
            raise Http404 from error
        except ValidationError as error:
            form.take(error)
        else:
            messages.success(request, f"{saved}: saved.")
            return HttpResponseRedirect(_list(_home(what, saved), saved))
    return page_of(request, profile, what.section, form=form, open_kind=what, row=found)


@require_http_methods(["GET", "HEAD", "POST"])
def remove_row(request: UserRequest, kind: str, row: str) -> HttpResponse:
    """Takes a row out of one's own profile, after a page that asks."""
    now = timezone.now()
    what = KINDS[kind]

    def perform() -> Done:
        found = get_profile_row(request.user, kind, row)
        candidates.remove_row(profile=found.profile, row=found, now=now)
        return Done(_list(what)).saying(f"{found} is no longer in your profile.")

    form = OnceForm(_sent(request))
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["key"]
        return HttpResponseRedirect(once(request, key=key, now=now, perform=perform))
    found = get_profile_row(request.user, kind, row)
    context = {"row": found, "kind": what, "form": form, "back": _list(what, found), "danger": True}
    return render(request, "profiles/profile/remove.html", context)
