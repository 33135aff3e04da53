"""What people bring to the importer: a file of jobs, or one ad as it stands somewhere."""

import json
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile

from cscareers.core.forms import OnceForm
from postings.importers.ad_text import read_ad
from postings.importers.clean import strip_unprintable
from postings.importers.schema_org import Refused, read_line
from postings.importers.uploads import SourceLine, Unreadable, read_upload
from postings.labels import IMPORT_REASONS
from postings.models.import_run import MAX_BYTES

MAX_AD: Final = 200_000
_MEGABYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Source:
    """What was brought: its bytes, its lines, and what was read out of plain text."""

    data: bytes
    lines: list[SourceLine]
    file_name: str = ""
    guesses: tuple[str, ...] = ()


class UploadForm(OnceForm):
    file = forms.FileField(
        label="File",
        allow_empty_file=True,
        help_text="Up to 10 MB and 20,000 jobs: one schema.org JobPosting object a line (.jsonl), a"
        " list of them (.json), or a saved page that holds one.",
        widget=forms.FileInput(attrs={"accept": ".jsonl,.ndjson,.json,.html,.htm,.txt"}),
        error_messages={"required": "Choose the file to import."},
    )

    def clean_file(self) -> Source:
        """The file's lines. Its size is judged before it is read."""
        upload = self.cleaned_data["file"]
        assert isinstance(upload, UploadedFile)  # noqa: S101 - a FileField has nothing else
        size = upload.size or 0
        if size > MAX_BYTES:
            raise forms.ValidationError(
                f"This file has {size / _MEGABYTE:.1f} MB. Import at most 10 MB at a time.",
                code="too_large",
            )
        data = upload.read()
        name = strip_unprintable(upload.name or "")[:200] or "file"
        return Source(data, _lines(data), file_name=name)


class PasteForm(OnceForm):
    text = forms.CharField(
        label="The ad",
        max_length=MAX_AD,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text="Its text, with the title in the first line; HTML and JSON-LD work too.",
        error_messages={
            "required": "Paste the ad.",
            "max_length": "This is longer than any ad. Paste at most 200,000 characters.",
        },
    )
    title = forms.CharField(
        label="Title of the job",
        max_length=120,
        required=False,
        help_text="If it is not the first line.",
    )
    place = forms.CharField(
        label="Place of work",
        max_length=200,
        required=False,
        help_text="If the ad does not say it after “Location:”. Like Dublin, Ireland.",
    )

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if text := typed.get("text", ""):
            try:
                typed["source"] = self._source(text)
            except forms.ValidationError as error:
                self.add_error("text", error)
        return typed

    def _source(self, text: str) -> Source:
        data = text.encode(errors="replace")
        if text[0] in "{[":
            return _judged(Source(data, _lines(data)))
        if text[0] == "<":
            try:
                return _judged(Source(data, read_upload(data)))
            except Unreadable:
                pass  # a page or an ad in HTML without JSON-LD: its text is read
        ad = read_ad(
            text,
            title=self.cleaned_data.get("title", ""),
            place=self.cleaned_data.get("place", ""),
        )
        line = SourceLine(1, json.dumps(ad.document))
        return _judged(Source(data, [line], guesses=ad.guesses))


def _lines(data: bytes) -> list[SourceLine]:
    try:
        return read_upload(data)
    except Unreadable as error:
        raise forms.ValidationError(str(error), code="unreadable") from error


def _judged(source: Source) -> Source:
    """The source, if a line of it is a job: else the reason stands beside what was pasted."""
    read = [read_line(line.text) for line in source.lines]
    refused = [draft.reason for draft in read if isinstance(draft, Refused)]
    if len(refused) == len(read) and refused:
        raise forms.ValidationError(IMPORT_REASONS[refused[0]], code="refused")
    return source
