"""What people say about themselves."""

from django import forms
from django.http import HttpRequest

from profiles.models import User

_NAME_HINT = (
    "Employers that you apply to see it, your team if you hire, and our moderators. You can change"
    " it at any time."
)


class SignupForm(forms.Form):
    """What we ask at sign-up beside allauth's own fields."""

    name = forms.CharField(
        label="Your name",
        max_length=120,
        required=False,
        help_text=_NAME_HINT,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ("name", "email", "password1")

    def signup(self, request: HttpRequest, user: User) -> None:
        """Keep the name; allauth calls this after the account was made."""
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])


class NameForm(forms.Form):
    """Changes one's own name."""

    name = forms.CharField(
        label="Your name",
        max_length=120,
        required=False,
        help_text=_NAME_HINT,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
