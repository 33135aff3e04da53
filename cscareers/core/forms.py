"""What several forms share."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django import forms
from django.core.signing import BadSignature, Signer

TYPING_TAKES: Final = timedelta(seconds=2)
PAGE_LASTS: Final = timedelta(days=1)


class OnceForm(forms.Form):
    """A form that makes a row: its hidden `key` names this one filling-in, so that a double click
    or a resent form makes one row. Hand `cleaned_data["key"]` to `core.idempotency.once`."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A callable initial would be asked again for each rendering.
        self.initial.setdefault("key", uuid.uuid4())

    def clean_key(self) -> uuid.UUID:
        """The key that came with the form; a new one for a form that was sent without."""
        key = self.cleaned_data.get("key")
        return key if isinstance(key, uuid.UUID) else uuid.uuid4()


class GuardedForm(OnceForm):
    """A form that anybody may send; simple programs stay out, and nobody has to prove anything.

    Two fields that people don't see: `began` says, signed by us, when the page was made, and
    `nickname` is to be left empty. Whoever stumbles over one is told, and can send the form again.
    """

    began = forms.CharField(widget=forms.HiddenInput, required=False)
    nickname = forms.CharField(
        label="Leave this field empty",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.initial.setdefault("began", began_at(now))

    def clean_nickname(self) -> str:
        """Empty, or an error that says so."""
        if self.cleaned_data["nickname"]:
            raise forms.ValidationError("Leave this field empty: programs fill it in.")
        return ""

    def clean(self) -> dict[str, Any]:
        """The page is ours, was open for as long as typing takes, and not since yesterday."""
        found = super().clean() or {}
        try:
            signed = _signer().unsign(str(found.get("began", "")))
            age = self.now - datetime.fromtimestamp(int(signed), UTC)
        except (BadSignature, ValueError):
            self._begin_anew("We could not tell how old this page is. Send the form again.")
            return found
        if age > PAGE_LASTS:
            self._begin_anew("This page was open for more than a day. Send the form again.")
        elif age < TYPING_TAKES:
            self.add_error(None, "That was very quick. Read it once more, then send it again.")
        return found

    def _begin_anew(self, words: str) -> None:
        """An error, and a fresh beginning in the page that shows it."""
        fresh: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict or a dict
        fresh[self.add_prefix("began")] = began_at(self.now)
        self.data = fresh
        self.add_error(None, words)


def began_at(moment: datetime) -> str:
    """What `GuardedForm.began` holds in a page made at that moment."""
    return _signer().sign(str(int(moment.timestamp())))


def _signer() -> Signer:
    return Signer(salt="cscareers.core.forms.GuardedForm")
