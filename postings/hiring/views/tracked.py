"""One job of the tracker: adding, changing, moving and forgetting it."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from cscareers.core.http import safe_next
from cscareers.core.idempotency import Done, once
from postings.access import get_public_posting
from postings.hiring.access import get_tracked
from postings.hiring.actions import handoffs
from postings.hiring.actions import tracker as actions
from postings.hiring.engines.tracker import line_of
from postings.hiring.enums import HandOffAnswer, TrackedStatus
from postings.hiring.forms.tracker import JobForm, MoveForm, NewJobForm, NotesForm, StatusForm
from postings.hiring.models import TrackedJob
from postings.models import Posting
from profiles.access import UserRequest

FULL = f"Your tracker holds {actions.MOST} jobs. Delete some first."
CHANGED = (
    "You changed this in another window meanwhile. Your words are kept below; what stands there"
    " now is beside them. Save again to write over it."
)
OURS = "You applied for this job here: your application says where you stand."


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: UserRequest) -> HttpResponse:
    """A job from elsewhere, written down by hand; a form that arrives twice makes one row."""
    now = timezone.now()
    form = NewJobForm(request.POST or None, today=now.date())
    if request.method == "POST" and form.is_valid():

        def perform() -> Done:
            job = actions.add(user=request.user, fields=form.columns(), now=now)
            return Done(_address(job)).saying("In your tracker.")

        try:
            return redirect(once(request, key=form.cleaned_data["key"], now=now, perform=perform))
        except actions.TooMany:
            form.add_error(None, FULL)
    return render(request, "hiring/tracker/add.html", {"form": form})


def _address(job: TrackedJob) -> str:
    return reverse("me:tracked", kwargs={"job": job.public_id})


@require_http_methods(["GET", "HEAD", "POST"])
def track(request: UserRequest, public_id: str) -> HttpResponse:
    """Take a posting into the tracker; a GET asks. What is sent beside it moves it at once."""
    now = timezone.now()
    posting, _ = get_public_posting(public_id, now=now)
    back = posting.get_absolute_url()
    if request.method != "POST":
        return render(
            request,
            "hiring/tracker/track.html",
            {"posting": posting, "back": back, "danger": False},
        )
    try:
        job = actions.track(user=request.user, posting=posting, now=now)
    except actions.TooMany:
        messages.error(request, FULL)
        return redirect(back)
    if "status" in request.POST:
        return _moved(request, job, now)
    return redirect(_address(job))


@require_http_methods(["GET", "HEAD", "POST"])
def tracked(request: UserRequest, job: str) -> HttpResponse:
    """One job: what one noted, and the form that changes it."""
    found, now = get_tracked(request.user, job), timezone.now()
    line = line_of(found, now=now)
    kind = NotesForm if line.is_ours else StatusForm if line.posting else JobForm
    form = kind(request.POST or None, today=now.date(), job=found)
    changed = None
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"] or found.updated_at
        try:
            actions.change(job=found, fields=form.columns(), seen=seen, now=now)
        except actions.ChangedMeanwhile as error:
            changed = error.job
            form = kind(_with_seen(request, changed), today=now.date(), job=found)
            form.is_valid()
            form.add_error(None, CHANGED)
        else:
            messages.success(request, "Saved.")
            return redirect("me:tracker")
    context = {"form": form, "job": found, "line": line, "changed": changed}
    return render(request, "hiring/tracker/tracked.html", context)


def _with_seen(request: UserRequest, job: TrackedJob) -> dict[str, str]:
    """What was sent, now knowing of the change."""
    return {**request.POST.dict(), "seen": job.updated_at.isoformat()}


@require_POST
def move(request: UserRequest, job: str) -> HttpResponse:
    """Say where one stands with a job, or that one waits on."""
    return _moved(request, get_tracked(request.user, job), timezone.now())


def _moved(request: UserRequest, job: TrackedJob, now: datetime) -> HttpResponse:
    form = MoveForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choose where you stand.")
    elif form.cleaned_data["status"] == MoveForm.WAIT:
        actions.still_wait(job=job, now=now)
        messages.success(request, f"{job.title}: we ask again when there is still no news.")
    else:
        status = TrackedStatus(form.cleaned_data["status"])
        try:
            actions.set_status(job=job, status=status, now=now)
        except actions.SetByApplication:
            messages.warning(request, OURS)
        else:
            messages.success(request, f"{job.title}: {job.get_status_display().lower()}.")
    back = safe_next(request, request.POST.get("next"), fallback=reverse("me:tracker"))
    return redirect(back)


@require_http_methods(["GET", "HEAD", "POST"])
def untrack(request: UserRequest, job: str) -> HttpResponse:
    """Forget a job and what one noted of it; asks first."""
    found = get_tracked(request.user, job)
    if request.method == "POST":
        actions.remove(job=found)
        messages.success(request, f"Deleted: {found.title}")
        return redirect("me:tracker")
    line = line_of(found, now=timezone.now())
    context = {"job": found, "line": line, "danger": True}
    return render(request, "hiring/tracker/untrack.html", context)


@require_POST
def returned(request: UserRequest, public_id: str) -> HttpResponse:
    """Hear whether somebody applied who came back from the employer's site."""
    now = timezone.now()
    posting, _ = get_public_posting(public_id, now=now)
    answer = request.POST.get("answer", "")
    if answer in list(HandOffAnswer):
        _settle(request, posting, HandOffAnswer(answer), now)
    back = safe_next(request, request.POST.get("next"), fallback=reverse("me:tracker"))
    return redirect(back)


def _settle(request: UserRequest, posting: Posting, answer: HandOffAnswer, now: datetime) -> None:
    try:
        handoffs.settle(posting=posting, user=request.user, answer=answer, now=now)
    except actions.TooMany:
        messages.error(request, FULL)
        return
    said = "in your tracker as applied" if answer is HandOffAnswer.APPLIED else "noted"
    messages.success(request, f"{posting.title}: {said}.")
