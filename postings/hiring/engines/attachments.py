"""The one file that may go with an application: what it may be, and what its name may hold."""

import re
import unicodedata
from hashlib import sha256
from typing import Final

from postings.hiring.models.draft import FILE_BYTES
from profiles.cv.pdf import Refusal, UnreadablePdf, text_of_pdf
from profiles.cv.pdf_child import MOST_PAGES

MESSAGES: Final = {
    Refusal.EMPTY: "The file is empty. Choose another one.",
    Refusal.NO_PDF: "This is no PDF. Save the file as PDF and choose it again.",
    Refusal.LARGE: f"The file is larger than {FILE_BYTES // 1024**2} MB. Save it with smaller"
    " pictures.",
    Refusal.LOCKED: "The PDF is locked with a password, so the employer could not open it. Save it"
    " without one.",
    Refusal.LONG: f"The PDF has more than {MOST_PAGES} pages. Choose a shorter one.",
    Refusal.HEAVY: "Opening this PDF takes too much time or memory. Save it anew from your text"
    " program.",
    Refusal.BROKEN: "This PDF is damaged: it does not open. Save it anew.",
    Refusal.BUSY: "Many files are being checked just now. Try again in a minute.",
}
MOST_NAME: Final = 100
_SPACES: Final = re.compile(r"\s+")
_UNSAFE: Final = re.compile(r'["<>:|?*%;]')


class BadFile(Exception):
    """A file that can't go with an application; the message is a sentence for the person."""


def check_pdf(data: bytes) -> str:
    """The SHA-256 of a PDF that opens. Read in a process of its own, with limits; pages that are
    pictures alone are fine: people read them, we don't. Raises BadFile."""
    try:
        text_of_pdf(data)
    except UnreadablePdf as error:
        if error.why is not Refusal.PICTURES:
            raise BadFile(MESSAGES[error.why]) from error
    return sha256(data).hexdigest()


def clean_name(name: str) -> str:
    """A file name that is safe to show and to save under: its last part, without controls, marks
    that turn the direction of writing, or what shells and systems read; always a `.pdf`."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFKC", name))[-1]
    seen = "".join(_shown(character) for character in last)
    kept = _SPACES.sub(" ", _UNSAFE.sub("", seen)).strip()
    stem = kept[:-4] if kept.lower().endswith(".pdf") else kept
    return (stem.strip(" .")[:MOST_NAME].strip(" .") or "attachment") + ".pdf"


def _shown(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Cf", "Cs", "Co", "Cn"):
        return ""
    return " " if category[0] in "CZ" else character
