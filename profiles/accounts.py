"""How allauth is fitted to us."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """allauth's account adapter."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Everybody may sign up."""
        return True
