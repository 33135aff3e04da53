"""The admin site: stock Django admin, entered through the same login as every page."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator

NEEDS_TOTP = "Staff sign in with two steps. Set up a second step, then open the admin again."


@dataclass(frozen=True, slots=True)
class Notice:
    """A line at the head of the first page, with the page that it is about."""

    title: str
    words: str
    url: str
    alarming: bool = False


class ModerationSite(admin.AdminSite):
    """Staff sign in with allauth; outside the demo they need a second factor."""

    site_header = "CS Careers moderation"
    site_title = "CS Careers"
    index_title = "Moderation and support"
    enable_nav_sidebar = False
    index_template = "admin/moderation_index.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.notices: list[Callable[[HttpRequest], Iterable[Notice]]] = []
        """What apps say at the head of the first page."""

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """The first page, with what apps have to say at its head."""
        told = [notice for say in self.notices for notice in say(request)]
        return super().index(request, {"notices": told, **(extra_context or {})})

    def has_permission(self, request: HttpRequest) -> bool:
        """True for active staff who hold a second factor, or in demo mode for active staff."""
        return super().has_permission(request) and (settings.DEMO or _has_totp(request))

    @method_decorator(secure_admin_login)
    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The way in: staff without a second factor are sent to set it up; others are refused."""
        if super().has_permission(request) and not self.has_permission(request):
            messages.warning(request, NEEDS_TOTP)
            return HttpResponseRedirect(reverse("mfa_activate_totp"))
        return super().login(request, extra_context)


def _has_totp(request: HttpRequest) -> bool:
    """Asked several times a request, answered by one query."""
    # Models are not loaded yet when this module is.
    from allauth.mfa.models import Authenticator  # noqa: PLC0415
    from allauth.mfa.utils import is_mfa_enabled  # noqa: PLC0415

    known: bool | None = getattr(request, "_has_totp", None)
    if known is None:
        known = bool(is_mfa_enabled(request.user, types=[Authenticator.Type.TOTP]))
        request._has_totp = known  # type: ignore[attr-defined]
    return known
