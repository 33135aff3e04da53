"""Importing jobs: bring a file or an ad, see what would happen, say yes, perhaps undo."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cscareers.core.forms import OnceForm
from cscareers.core.http import too_many
from cscareers.core.idempotency import Done, once
from cscareers.core.throttling import TooMany, count
from postings.access import get_import_run
from postings.actions import import_runs
from postings.enums import ImportStage, LineOutcome
from postings.forms.imports import PasteForm, Source, UploadForm
from postings.models import ImportRun
from postings.views import import_pages as pages
from postings.views.drafts import desk_context, posting_url, signed_in
from profiles.access import get_employer_for_hiring
from profiles.models import Employer, User

NOT_NOW = "Nothing was done: the import is at another stage by now."
MOST_NAMED = 20


@require_safe
def imports(request: HttpRequest, employer: str) -> HttpResponse:
    """The runs of an employer, newest first."""
    owner = get_employer_for_hiring(signed_in(request), employer)
    rows = owner.import_runs.select_related("employer", "actor").defer("packed").order_by("-pk")
    before = _number(request.GET.get("before", ""))
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: pages.PAGE + 1])
    url = pages.list_url(owner)
    context = {
        **_context(owner),
        "rows": [pages.run_row(run) for run in found[: pages.PAGE]],
        "next_url": f"{url}?before={found[pages.PAGE - 1].pk}" if len(found) > pages.PAGE else "",
    }
    return render(request, "postings/imports/imports.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def import_upload(request: HttpRequest, employer: str) -> HttpResponse:
    """Bring a file; it is looked at, and nothing is imported yet."""
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    return _bring(request, employer, "upload", lambda: UploadForm(*data), "file")


@require_http_methods(["GET", "HEAD", "POST"])
def import_paste(request: HttpRequest, employer: str) -> HttpResponse:
    """Bring one ad as text; it is looked at, and nothing is imported yet."""
    data = request.POST if request.method == "POST" else None
    return _bring(request, employer, "paste", lambda: PasteForm(data), "source")


def _bring(
    request: HttpRequest,
    employer: str,
    page: str,
    make: Callable[[], OnceForm],
    field: str,
) -> HttpResponse:
    now, user = timezone.now(), signed_in(request)
    owner = get_employer_for_hiring(user, employer)
    form, template = make(), f"postings/imports/{page}.html"
    context = {**_context(owner), "form": form}
    if request.method == "POST":
        try:
            count(import_runs.UPLOADS_PER_HOUR, owner.pk, now=now)
        except TooMany as error:
            return too_many(request, template, {**context, "too_many": True}, error)
        if form.is_valid():
            source: Source = form.cleaned_data[field]
            key = form.cleaned_data["key"]
            perform = _begin(owner, user, source, now=now)
            return redirect(once(request, key=key, now=now, perform=perform))
    return render(request, template, {**context, "too_many": False})


def _begin(owner: Employer, user: User, source: Source, *, now: datetime) -> Callable[[], Done]:
    def perform() -> Done:
        run = import_runs.begin(
            employer=owner,
            actor=user,
            now=now,
            lines=source.lines,
            data=source.data,
            file_name=source.file_name,
            guesses=source.guesses,
        )
        return Done(pages.run_url(run))

    return perform


@require_safe
def import_run(request: HttpRequest, employer: str, run: str) -> HttpResponse:
    """What a run would do, line by line, or what it did; how far it is while it goes on."""
    owner = get_employer_for_hiring(signed_in(request), employer)
    found = get_import_run(owner, run)
    chosen = request.GET.get("outcome", "")
    chosen = chosen if chosen in set(LineOutcome) else ""
    after = _number(request.GET.get("after", ""))
    rows, next_url = pages.lines_of(found, chosen=chosen, after=after)
    writes = found.created + found.updated
    context = {
        **_context(owner),
        "run": found,
        "stage": found.stage,
        "stage_label": found.get_stage_display(),
        "facts": pages.facts(found),
        "figures": pages.figures(found, chosen),
        "rows": rows,
        "next_url": next_url,
        "first_url": pages.run_url(found) if after else "",
        "writes": writes,
        "tenths": 10 * found.done // found.total if found.total else 10,
        "form": OnceForm(),
        "run_url": pages.run_url(found),
        "confirm_url": pages.run_url(found, "import_confirm"),
        "drop_url": pages.run_url(found, "import_drop"),
        "undo_url": pages.run_url(found, "import_undo") if writes else "",
    }
    return render(request, "postings/imports/run.html", context)


@require_POST
def import_confirm(request: HttpRequest, employer: str, run: str) -> HttpResponse:
    """Import what was looked at; one ad leads on to its draft."""
    now, user = timezone.now(), signed_in(request)
    owner = get_employer_for_hiring(user, employer)
    found = get_import_run(owner, run)
    form = OnceForm(request.POST)
    if not form.is_valid():
        return redirect(pages.run_url(found))

    def perform() -> Done:
        import_runs.confirm(run=found, actor=user, now=now)
        return Done(_after(found))

    try:
        location = once(request, key=form.cleaned_data["key"], now=now, perform=perform)
    except import_runs.NotNow:
        messages.info(request, NOT_NOW)
        return redirect(pages.run_url(found))
    return redirect(location)


def _after(run: ImportRun) -> str:
    """Where to go on: the one draft, else the run's page."""
    line = run.lines.select_related("posting__employer").first() if run.total == 1 else None
    written = (LineOutcome.CREATED, LineOutcome.UPDATED)
    if line is not None and line.posting is not None and line.outcome in written:
        return posting_url("wizard", line.posting)
    return pages.run_url(run)


@require_POST
def import_drop(request: HttpRequest, employer: str, run: str) -> HttpResponse:
    """Throw away what was uploaded."""
    owner = get_employer_for_hiring(signed_in(request), employer)
    found = get_import_run(owner, run)
    try:
        import_runs.drop(run=found, now=timezone.now())
        messages.success(request, "Nothing was imported, and what you uploaded is deleted.")
    except import_runs.NotNow:
        messages.info(request, NOT_NOW)
    return redirect(pages.list_url(owner))


@require_http_methods(["GET", "HEAD", "POST"])
def import_undo(request: HttpRequest, employer: str, run: str) -> HttpResponse:
    """Ask before an import is taken back; say what stays because somebody worked on it."""
    user = signed_in(request)
    owner = get_employer_for_hiring(user, employer)
    found = get_import_run(owner, run)
    if found.stage != ImportStage.CONFIRMED:
        messages.info(request, NOT_NOW)
        return redirect(pages.run_url(found))
    if request.method == "POST":
        try:
            import_runs.undo(run=found, actor=user, now=timezone.now())
        except import_runs.NotNow:
            messages.info(request, NOT_NOW)
        return redirect(pages.run_url(found))
    back = import_runs.can_be_taken_back(found)
    staying = import_runs.must_stay(found).order_by("number", "pk")
    backs = back.count()
    stays = found.created + found.updated - backs
    named = [line.title or "No title" for line in staying[:MOST_NAMED]] if stays else []
    context: dict[str, Any] = {
        **_context(owner),
        "run": found,
        "run_url": pages.run_url(found),
        "created": (made := back.filter(outcome=LineOutcome.CREATED).count()),
        "changed": backs - made,
        "stays": stays,
        "named": named,
        "unnamed": stays - len(named),
        "danger": True,
    }
    return render(request, "postings/imports/undo.html", context)


def _context(owner: Employer) -> dict[str, Any]:
    return {
        **desk_context(owner),
        "list_url": pages.list_url(owner),
        "upload_url": f"{pages.list_url(owner)}upload/",
        "paste_url": f"{pages.list_url(owner)}paste/",
    }


def _number(text: str) -> int:
    """A row's number in a query string; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else 0
