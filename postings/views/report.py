"""Reports by readers: the form, its thanks, and the page that says how we deal with them."""

from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from cscareers.core import throttling
from cscareers.core.http import client_address, too_many
from cscareers.core.idempotency import Done, once
from postings.access import get_public_posting
from postings.actions import reports
from postings.enums import ReportCategory
from postings.forms.report import ReportForm
from postings.models import Posting
from postings.report_policy import VERSIONS, figures
from profiles.models import User

FORM = "postings/report/report.html"
TWICE = (
    "This job was reported from here already, and that report waits for us. If it was somebody"
    " else at your internet address, sign in and report it from your account."
)
MANY = "That is as many reports as we take in a short time. Try again later."


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """The form, without an account; 410 for what is over."""
    now = timezone.now()
    posting, is_open = get_public_posting(public_id, now=now)
    if not is_open:
        return _over(request, posting)
    if slug != posting.slug and request.method != "POST":
        return HttpResponsePermanentRedirect(_url("report", posting))
    reader = request.user if isinstance(request.user, User) else None
    initial = {"email": reader.email if reader else ""}
    form = ReportForm(request.POST or None, now=now, initial=initial)
    context = {"form": form, "posting": posting, "policy_url": reverse("postings:reports_policy")}
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_keep(request, posting, reader, form, now=now))
        except reports.NotOpen:
            return _over(request, posting)
        except reports.ReportedAlready:
            form.add_error(None, TWICE)
        except throttling.TooMany as error:
            form.add_error(None, MANY)
            return too_many(request, FORM, context, error)
    return render(request, FORM, context)


def _keep(
    request: HttpRequest, posting: Posting, reader: User | None, form: ReportForm, *, now: datetime
) -> str:
    said = form.cleaned_data

    def perform() -> Done:
        reports.report(
            posting=posting,
            category=ReportCategory(said["category"]),
            words=said["words"],
            email=said["email"],
            reporter=reader,
            address=client_address(request),
            now=now,
        )
        return Done(_url("report_sent", posting))

    return once(request, key=said["key"], now=now, perform=perform)


def _over(request: HttpRequest, posting: Posting) -> HttpResponse:
    context = {"posting": posting, "policy_url": reverse("postings:reports_policy")}
    return render(request, "postings/report/over.html", context, status=410)


def _url(name: str, posting: Posting) -> str:
    kwargs = {"slug": posting.slug, "public_id": posting.public_id}
    return reverse(f"postings:{name}", kwargs=kwargs)


@login_not_required
@require_safe
def report_sent(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Thanks, and what happens next; also for a posting that the report itself has paused."""
    posting, is_open = get_public_posting(public_id, now=timezone.now())
    context = {
        "posting_url": posting.get_absolute_url() if is_open else "",
        "board_url": reverse("postings:board"),
        "policy_url": reverse("postings:reports_policy"),
    }
    return render(request, "postings/report/sent.html", context)


@login_not_required
@require_safe
def reports_policy(request: HttpRequest, version: str = "") -> HttpResponse:
    """How we deal with reports, in the version of today or an earlier one, with figures."""
    known = [day.isoformat() for day in VERSIONS]
    if version and version not in known:
        raise Http404
    shown = version or known[0]
    context = {
        "shown": VERSIONS[known.index(shown)],
        "newest": shown == known[0],
        "versions": VERSIONS,
        "figures": figures(),
        "people": reports.PEOPLE_TO_HOLD,
        "people_again": reports.PEOPLE_TO_HOLD_AGAIN,
        "text": f"postings/report/policy/{shown}.html",
    }
    return render(request, "postings/report/policy.html", context)
