"""What somebody brought as a CV: a JSON Resume, a PDF or a text, or a sentence why it is none."""

import json
from dataclasses import dataclass
from typing import Any, Final

from profiles.cv.pdf import MAGIC, MESSAGES, Refusal, UnreadablePdf, text_of_pdf
from profiles.cv.pdf_child import MOST_BYTES
from profiles.cv.reading import MOST_CHARACTERS
from profiles.enums import CvKind
from profiles.json_resume import MOST_PROBLEMS, Problem, problems

MOST_JSON: Final = 1024 * 1024
MOST_SHOWN: Final = 10
WORD: Final = "This is a Word file. Save it as PDF and upload that, or paste its text."
STRANGE: Final = "We can’t read this kind of file. Choose a PDF, a JSON Resume or a plain text."
_WORD_SIGNS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")
_NO_TEXT: Final = frozenset(map(chr, [*range(9), 11, *range(14, 32)]))


class NoCv(Exception):
    """What was brought is no CV that we can read; `messages` are sentences for the person."""

    def __init__(self, *messages: str) -> None:
        super().__init__(" ".join(messages))
        self.messages = messages


@dataclass(frozen=True, slots=True)
class Brought:
    """A CV: the `document` of a JSON Resume, else its `text`."""

    kind: CvKind
    text: str = ""
    document: dict[str, Any] | None = None


def from_file(data: bytes) -> Brought:
    """The CV in a file, by what is in it and not by its name. Raises NoCv."""
    if not data.strip():
        raise NoCv(MESSAGES[Refusal.EMPTY])
    if len(data) > MOST_BYTES:
        raise NoCv(MESSAGES[Refusal.LARGE])
    if data.startswith(_WORD_SIGNS):
        raise NoCv(WORD)
    if MAGIC in data[:1024]:
        try:
            return Brought(CvKind.PDF, text=text_of_pdf(data))
        except UnreadablePdf as error:
            raise NoCv(str(error)) from error
    return from_text(_decoded(data))


def from_text(text: str) -> Brought:
    """The CV in a text: a JSON Resume when it is one. Raises NoCv."""
    if text.lstrip()[:1] == "{" or _is_list(text):
        return Brought(CvKind.JSON, document=_document(text))
    if len(text) > MOST_CHARACTERS:
        raise NoCv(f"This is longer than any CV. Bring at most {MOST_CHARACTERS:,} characters.")
    if not any(character.isalpha() for character in text):
        raise NoCv("We found no words in it.")
    return Brought(CvKind.TEXT, text=text)


def _decoded(data: bytes) -> str:
    for encoding in ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        text = data.decode("cp1252", errors="replace")
    if _NO_TEXT.intersection(text):
        raise NoCv(STRANGE)
    return text


def _is_list(text: str) -> bool:
    """Whether this is a list in JSON, and not a text that begins with a bracket."""
    if text.lstrip()[:1] != "[":
        return False
    try:
        return isinstance(json.loads(text[:MOST_JSON]), list)
    except (ValueError, RecursionError):
        return False


def _document(text: str) -> dict[str, Any]:
    if len(text) > MOST_JSON:
        raise NoCv("This JSON is larger than 1 MB. A CV is smaller.")
    try:
        found = json.loads(text, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise NoCv(f"This begins like JSON, but it is broken at {where}.") from error
    except (ValueError, RecursionError) as error:
        raise NoCv("This JSON holds a number or a nesting that nobody needs in a CV.") from error
    wrong = problems(found)
    if wrong or not isinstance(found, dict):
        raise NoCv(*_told(wrong))
    return found


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _told(wrong: list[Problem]) -> list[str]:
    """Each place with what is wrong there; of many the first ones."""
    told = [f"{one.pointer or 'The whole file'}: {one.message}" for one in wrong[:MOST_SHOWN]]
    if (more := len(wrong) - MOST_SHOWN) > 0:
        least = "at least " if len(wrong) == MOST_PROBLEMS else ""
        told.append(f"And {least}{more} more places like these.")
    return told
