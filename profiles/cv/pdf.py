"""The text of a PDF, read in a process of its own, or why there is none."""

import json
import subprocess
import sys
import threading
import time
from enum import StrEnum
from pathlib import Path
from typing import Final

import structlog

from profiles.cv.pdf_child import MOST_BYTES, MOST_PAGES

MAGIC: Final = b"%PDF-"
MOST_SECONDS: Final = 9
"""With a wait for a free place; whoever uploads gets a word within 10 s."""
_AT_ONCE: Final = threading.BoundedSemaphore(2)
"""Of each web worker: each child may take half a gigabyte."""
_WAIT_SECONDS: Final = 3
_CHILD: Final = Path(__file__).with_name("pdf_child.py")

log = structlog.get_logger(__name__)


class Refusal(StrEnum):
    """Why a PDF gives no text."""

    EMPTY = "empty"
    NO_PDF = "no-pdf"
    LARGE = "large"
    LOCKED = "locked"
    LONG = "long"
    PICTURES = "pictures"
    HEAVY = "heavy"
    BROKEN = "broken"
    BUSY = "busy"


MESSAGES: Final = {
    Refusal.EMPTY: "The file is empty. Choose another one.",
    Refusal.NO_PDF: "This is no PDF. Save your CV as PDF, or paste its text.",
    Refusal.LARGE: f"The file is larger than {MOST_BYTES // 1024**2} MB. Save it without pictures,"
    " or paste the text.",
    Refusal.LOCKED: "The PDF is locked with a password. Save it without one, or paste the text.",
    Refusal.LONG: f"The PDF has more than {MOST_PAGES} pages. Choose a shorter one, or paste the"
    " text.",
    Refusal.PICTURES: "We found no text in the PDF: its pages are pictures. Paste the text.",
    Refusal.HEAVY: "Reading this PDF takes too much time or memory, so we stopped. Save it anew"
    " from your text program, or paste the text.",
    Refusal.BROKEN: "We can’t read this PDF: it is damaged. Save it anew, or paste the text.",
    Refusal.BUSY: "Many files are being read just now. Try again in a minute.",
}


class UnreadablePdf(Exception):
    """A PDF that gives no text; the message is a sentence for the person."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(MESSAGES[why])
        self.why = why


def text_of_pdf(data: bytes) -> str:
    """The text of all pages. Raises UnreadablePdf, after at most `MOST_SECONDS`."""
    if not data:
        raise UnreadablePdf(Refusal.EMPTY)
    if len(data) > MOST_BYTES:
        raise UnreadablePdf(Refusal.LARGE)
    if not data.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(MAGIC):
        raise UnreadablePdf(Refusal.NO_PDF)
    begun = time.monotonic()
    if not _AT_ONCE.acquire(timeout=_WAIT_SECONDS):
        raise UnreadablePdf(Refusal.BUSY)
    try:
        return _read(data, seconds=MOST_SECONDS - (time.monotonic() - begun))
    except UnreadablePdf as error:
        # The kind and the size: nothing that leads to a person.
        log.info("pdf_refused", why=error.why.value, bytes=len(data))
        raise
    finally:
        _AT_ONCE.release()


def _read(data: bytes, *, seconds: float) -> str:
    """What the child says. Without our environment: it holds secrets."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-B", str(_CHILD)],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
            cwd="/",
            env={"LC_ALL": "C.UTF-8"},
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadablePdf(Refusal.HEAVY) from error
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:
        # It was killed at one of its limits.
        raise UnreadablePdf(Refusal.HEAVY) from error
    if "text" in answer:
        return str(answer["text"])
    raise UnreadablePdf(Refusal(answer["refused"]))
