"""The site's own pages: health, the choice of colours, and what is shown when something fails."""

import sys
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cscareers.core.credits import sources
from cscareers.core.http import THEME_COOKIE, THEMES, safe_next
from cscareers.core.middleware import OUTAGE, too_large, unavailable
from cscareers.core.queue_state import queue_state

THEME_KEPT = timedelta(days=365)
SECURITY_TXT_VALID = timedelta(days=365)


@login_not_required
@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the process answers; asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and has every migration, else 503 with the reason.

    It also says how the queue stands. A late queue is no reason to send readers elsewhere.
    """
    try:
        executor = MigrationExecutor(connection)
        waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        if waiting:
            return JsonResponse({"database": "up", "migrations_waiting": waiting}, status=503)
        queue = queue_state(now=timezone.now())
    except DatabaseError:
        return JsonResponse({"database": "down"}, status=503, headers={"Retry-After": "10"})
    told = {
        "waiting": queue.waiting,
        "oldest_seconds": queue.oldest_seconds,
        "late": queue.late,
        "failed_last_day": queue.failed_last_day,
    }
    return JsonResponse({"database": "up", "migrations_waiting": 0, "queue": told})


@login_not_required
@require_safe
def about_data(request: HttpRequest) -> HttpResponse:
    """Where places, skills, currencies and reference wages come from, with the credit due."""
    return render(request, "about/data.html", {"sources": sources()})


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers should leave alone, and where the sitemap is."""
    private = ("/accounts/", "/admin/", "/hire/", "/me/", "/theme/")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in private)]
    lines.append(f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@login_not_required
@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Keeps the choice of light, dark or the system's colours and goes back to the page."""
    answer = HttpResponseRedirect(safe_next(request, request.POST.get("next"), fallback="/"))
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        answer.set_cookie(
            THEME_COOKIE,
            theme,
            max_age=THEME_KEPT,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    else:
        answer.delete_cookie(THEME_COOKIE)
    return answer


@login_not_required
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to tell us of a hole, as RFC 9116 has it; `Expires` is a year from today."""
    expires = (timezone.now() + SECURITY_TXT_VALID).replace(microsecond=0).isoformat()
    lines = (f"Contact: {settings.SECURITY_CONTACT}", f"Expires: {expires}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the browser sent something that we can't read; 413 where it is too much to read."""
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    return HttpResponse(render_to_string("errors/400.html"), status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: signed in, but not for this."""
    return render(request, "errors/403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose security token is missing or old. The reason goes to the log only."""
    return render(request, "errors/csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return render(request, "errors/404.html", status=404)


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429: asks to wait."""
    return render(request, "errors/429.html", status=429)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 when a middleware met an outage; drawn without database or session."""
    if isinstance(sys.exc_info()[1], OUTAGE):
        return unavailable(request)
    return HttpResponse(render_to_string("errors/500.html"), status=500)
