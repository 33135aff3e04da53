"""Middleware of the whole site: a name for every request, one log line, headers that keep pages
to themselves, and plain pages for a body that is too large and for an outage."""

import re
import time
import uuid
from collections.abc import Callable

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

OUTAGE = (OperationalError, InterfaceError)
RETRY_AFTER_SECONDS = 10
# A file of 10 MB, and the form around it.
MAX_BODY = 11 * 1024 * 1024
REQUEST_ID_HEADER = "X-Request-ID"
# What no page of ours uses, and nothing that is put into one may.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
)
# Browsers keep these for ever unless told otherwise; but a paused job opens again, and a slug may
# come back.
_NEVER_FINAL = (300, 301, 308, 410)
_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")

log = structlog.get_logger("request")
Handler = Callable[[HttpRequest], HttpResponse]


class RequestLogMiddleware:
    """Gives each request an id, echoes it, and writes one line without personal data.

    The line names the route's pattern, not the path or the query: these hold search words,
    keys of links in mails, and ids of people.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get(REQUEST_ID_HEADER, "")
        request_id = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
        begun = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = self.get_response(request)
            match = request.resolver_match
            log.info(
                "request",
                method=request.method,
                route=match.route if match else None,
                status=response.status_code,
                ms=round((time.perf_counter() - begun) * 1000),
            )
        response[REQUEST_ID_HEADER] = request_id
        return response


class SealMiddleware:
    """Adds what Django's own security middleware lacks, to every answer.

    `Permissions-Policy` and `Cross-Origin-Resource-Policy` for all; `no-store` for pages of
    somebody who is signed in and for pages behind the login, so that neither a cache nor the
    back button shows them to the next person; `no-cache` for what is gone or moved. An answer with
    a `Cache-Control` of its own keeps it.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if _is_private(request):
            response.headers.setdefault("Cache-Control", "private, no-store")
        elif response.status_code in _NEVER_FINAL:
            response.headers.setdefault("Cache-Control", "no-cache")
        return response


def _is_private(request: HttpRequest) -> bool:
    # The cookie, not the user: asking who that is would take a query on every page.
    match = request.resolver_match
    if match is None:
        return False
    behind_login = getattr(match.func, "login_required", True)
    return behind_login or settings.SESSION_COOKIE_NAME in request.COOKIES


class BodyMiddleware:
    """Answers 413 to a body of more than `MAX_BODY`, by its announced length: not a byte is read.
    Forms are UTF-8, whatever they say of themselves: some names of encodings decode no text.

    Forms without files have a lower limit of Django's own.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        announced = str(request.META.get("CONTENT_LENGTH") or "")
        if announced.isdigit() and int(announced) > MAX_BODY:
            return too_large(request)
        request.encoding = "utf-8"
        return self.get_response(request)


def too_large(request: HttpRequest) -> HttpResponse:
    """413: JSON for the API, else a page that says what fits."""
    if _wants_json(request):
        message = "This is too large. Send at most 10 MB."
        return JsonResponse({"errors": [{"field": None, "message": message}]}, status=413)
    return HttpResponse(render_to_string("errors/413.html"), status=413)


def _wants_json(request: HttpRequest) -> bool:
    return request.path.startswith("/api/") or request.path.endswith(".json")


class OutageMiddleware:
    """Answers 503 with Retry-After when the database can't be reached.

    The pool gives up after three seconds, so nobody waits longer than about that.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The 503 page for an outage; None leaves any other error to Django."""
        if isinstance(exception, OUTAGE):
            return unavailable(request)
        return None


def unavailable(request: HttpRequest) -> HttpResponse:
    """503 with Retry-After: JSON for the API and the pages' JSON twins, else a page that needs no
    database."""
    log.error("database_unavailable", route=_route(request))
    response: HttpResponse
    if _wants_json(request):
        message = "The service is not available right now. Try again shortly."
        response = JsonResponse({"errors": [{"field": None, "message": message}]}, status=503)
    else:
        # Without the request: context processors would ask the database who is signed in.
        response = HttpResponse(render_to_string("errors/503.html"), status=503)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    response["Cache-Control"] = "no-store"
    return response


def _route(request: HttpRequest) -> str | None:
    return request.resolver_match.route if request.resolver_match else None
