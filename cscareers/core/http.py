"""Small helpers for requests and answers that belong to no product app."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from cscareers.core.throttling import TooMany

THEMES = ("light", "dark")
THEME_COOKIE = "theme"
SITE_NAME = "CS Careers"


def theme_of(request: HttpRequest) -> str:
    """`light`, `dark`, or an empty string when the reader's system decides."""
    chosen = request.COOKIES.get(THEME_COOKIE, "")
    return chosen if chosen in THEMES else ""


def ui_context(request: HttpRequest) -> dict[str, Any]:
    """What `base.html` needs on every page."""
    return {
        "theme": theme_of(request),
        "demo_mode": bool(settings.DEMO),
        "site_name": SITE_NAME,
    }


def safe_next(request: HttpRequest, wanted: str | None, *, fallback: str) -> str:
    """`wanted` when it stays on this host, else `fallback`: nobody is sent elsewhere by a form."""
    hosts = {request.get_host()}
    if wanted and url_has_allowed_host_and_scheme(
        wanted, allowed_hosts=hosts, require_https=request.is_secure()
    ):
        return wanted
    return fallback


def too_many(
    request: HttpRequest, template: str, context: dict[str, Any], error: TooMany
) -> HttpResponse:
    """The form again with 429 and Retry-After: one of our own limits is reached."""
    response = render(request, template, context, status=429)
    response["Retry-After"] = str(error.retry_after)
    return response


def client_address(request: HttpRequest) -> str:
    """The IP address that the request came from, through as many proxies as we trust; empty when
    nothing tells. Compare it, never keep it."""
    try:
        return str(get_adapter(request).get_client_ip(request))
    except (PermissionDenied, ImproperlyConfigured):  # no address, or fewer proxies than we trust
        return ""
