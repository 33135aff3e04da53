"""What people bring to fill their profile: a file or a text."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from cscareers.core.forms import OnceForm
from profiles.cv.brought import Brought, NoCv, from_file, from_text
from profiles.cv.pdf import MESSAGES, Refusal
from profiles.cv.pdf_child import MOST_BYTES, MOST_PAGES
from profiles.cv.reading import MOST_CHARACTERS


class CvForm(OnceForm):
    """A CV as a file or as text; `cleaned_data["cv"]` is what was brought."""

    file = forms.FileField(
        label="File",
        required=False,
        allow_empty_file=True,
        help_text=f"A PDF of at most {MOST_PAGES} pages and {MOST_BYTES // 1024**2} MB, a JSON"
        " Resume, or a plain text.",
        widget=forms.FileInput(attrs={"accept": ".pdf,.json,.txt,.md"}),
    )
    text = forms.CharField(
        label="Or paste the text",
        required=False,
        max_length=10 * MOST_CHARACTERS,
        strip=False,
        help_text="The whole CV, or a part of it. Headings such as “Experience” and “Languages”"
        " help us.",
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        error_messages={"max_length": "This is longer than any CV."},
    )

    def clean(self) -> dict[str, Any]:
        """One of both, read."""
        typed = self.cleaned_data
        upload, text = typed.get("file"), typed.get("text", "").strip()
        if self.errors:
            return typed
        if bool(upload is not None) == bool(text):
            words = "Choose a file or paste the text, not both." if text else ""
            self.add_error("file", words or "Choose a file, or paste the text of your CV.")
            return typed
        name = "text" if text else "file"
        try:
            typed["cv"] = from_text(text) if text else _read(upload)
        except NoCv as error:
            self.add_error(name, forms.ValidationError(list(error.messages)))
        return typed


def _read(upload: Any) -> Brought:
    """The CV in an upload; its size is judged before it is read."""
    assert isinstance(upload, UploadedFile)  # noqa: S101 - a FileField has nothing else
    if (upload.size or 0) > MOST_BYTES:
        raise NoCv(MESSAGES[Refusal.LARGE])
    return from_file(upload.read())
