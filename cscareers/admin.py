"""The admin site: stock Django admin, entered through the same login as every page."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest


class ModerationSite(admin.AdminSite):
    """Staff sign in with allauth; outside the demo they need a second factor."""

    site_header = "CS Careers moderation"
    site_title = "CS Careers"
    index_title = "Moderation and support"
    login = secure_admin_login(admin.AdminSite.login)

    def has_permission(self, request: HttpRequest) -> bool:
        """True for active staff who hold a second factor, or in demo mode for active staff."""
        return super().has_permission(request) and (settings.DEMO or _has_totp(request))


def _has_totp(request: HttpRequest) -> bool:
    from allauth.mfa.utils import is_mfa_enabled  # noqa: PLC0415  (models are not loaded yet)

    return bool(is_mfa_enabled(request.user))
