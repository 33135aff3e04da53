"""How allauth is fitted to us."""

from typing import Final
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.http import HttpRequest
from django.shortcuts import resolve_url

AFTER_CONFIRMING: Final = "after_confirming"
"""In the session while an address is confirmed: a path of ours to go on with. Who hears of
`email_confirmed` may write it; the page of signing in leads there."""


class AccountAdapter(DefaultAccountAdapter):
    """allauth's account adapter."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Everybody may sign up."""
        return True

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        """Where a confirmed address leads: to signing in, and from there on with what was begun."""
        url = resolve_url(super().get_email_verification_redirect_url(email_address))
        path = self.request.session.pop(AFTER_CONFIRMING, "")
        if not path or self.request.user.is_authenticated:
            return url
        return f"{url}?{urlencode({'next': path})}"
