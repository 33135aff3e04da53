"""Invitations and roles."""

from django import forms

from cscareers.core.forms import OnceForm
from profiles.enums import MemberRole
from profiles.labels import choices


class InviteForm(OnceForm):
    """Invites somebody by mail."""

    email = forms.EmailField(label="E-mail address", max_length=254)
    role = forms.ChoiceField(
        label="Role",
        choices=choices(MemberRole),
        initial=MemberRole.RECRUITER,
        widget=forms.RadioSelect,
    )


class RoleForm(forms.Form):
    """Gives a member another role."""

    role = forms.ChoiceField(label="Role", choices=choices(MemberRole))
