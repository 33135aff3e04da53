"""What several forms share."""

import uuid
from typing import Any

from django import forms


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
