"""What a candidate may say to an application that they sent."""

from django import forms

from postings.hiring.enums import ApplicationState
from postings.hiring.labels import choices


class WithdrawForm(forms.Form):
    """`seen`: the state that the page showed."""

    seen = forms.ChoiceField(
        choices=choices(ApplicationState), widget=forms.HiddenInput, required=False
    )
    note = forms.CharField(
        label="What you want to tell the employer",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="They read it as it stands. You need not give a reason.",
    )
