"""What people upload or paste, taken apart into lines of JSON, one a job. Pure."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

MAX_LINES: Final = 20_000
_BINARY: Final = (
    (b"PK\x03\x04", "This is a zip file or an office document"),
    (b"\x1f\x8b", "This is a compressed file"),
    (b"BZh", "This is a compressed file"),
    (b"\xfd7zXZ", "This is a compressed file"),
    (b"7z\xbc\xaf", "This is a compressed file"),
    (b"%PDF", "This is a PDF"),
    (b"\xd0\xcf\x11\xe0", "This is an office document"),
)
_LD_JSON: Final = re.compile(r"<script\b[^<>]*application/ld\+json[^<>]*>", re.IGNORECASE)
_END: Final = re.compile(r"</script", re.IGNORECASE)


class Unreadable(Exception):
    """Nothing of it can be read; the message says why and what to do, in a sentence or two."""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line that is not blank, with its number in the file."""

    number: int
    text: str


def read_upload(data: bytes) -> list[SourceLine]:
    """The jobs of a file: one JSON object a line, a JSON list, one object, or a page's JSON-LD.

    Raises Unreadable when it is something else; a single broken line is somebody else's to judge.
    """
    text = _text(data).strip()
    if not text:
        raise Unreadable("The file is empty.")
    if text[0] == "<":
        found = _of_page(text)
        if not found:
            raise Unreadable(
                "This page holds no job in JSON-LD. Copy the ad’s text and paste it instead."
            )
    else:
        found = _of_json(text)
    if len(found) > MAX_LINES:
        raise Unreadable(
            f"This file has {len(found):,} lines. Import at most {MAX_LINES:,} at a time."
        )
    return found


def _text(data: bytes) -> str:
    for start, what in _BINARY:
        if data.startswith(start):
            raise Unreadable(f"{what}. Upload the plain text, one JSON object a line.")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise Unreadable("This file is cut off. Save it as UTF-8 and try again.") from error
    if b"\0" in data[:1024]:
        raise Unreadable("This is not a text file. Upload plain text, one JSON object a line.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(
            f"Line {line:,} is not in UTF-8. Save the file as UTF-8 and try again."
        ) from error


def _of_json(text: str) -> list[SourceLine]:
    lines = [
        SourceLine(number, line.strip())
        for number, line in enumerate(text.split("\n"), start=1)
        if line.strip()
    ]
    first = _parsed(lines[0].text)
    if first is None or len(lines) == 1:
        whole = first if len(lines) == 1 else _parsed(text)
        if isinstance(whole, list) and not whole:
            raise Unreadable("There is no job in this list.")
        if isinstance(whole, list | dict):
            return _numbered(_documents(whole))
    if not any(line.text.startswith("{") for line in lines):
        raise Unreadable(
            "There is no JSON in this file. Upload a file with one JSON object a line; a single ad"
            " can be pasted as text."
        )
    return lines


def _parsed(text: str) -> Any:
    """The value of a JSON text; None when it is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _documents(value: Any) -> list[Any]:
    """The jobs in a document: the items of a list, those of a graph that are jobs, or itself."""
    if isinstance(value, list):
        return value
    graph = value.get("@graph")
    if isinstance(graph, list):
        return [item for item in graph if _is_job(item)] or [value]
    return [value]


def _is_job(value: Any) -> bool:
    kinds = value.get("@type") if isinstance(value, dict) else None
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and kind.endswith("JobPosting") for kind in kinds)


def _of_page(text: str) -> list[SourceLine]:
    blocks = (_parsed(block.strip()) for block in _blocks(text))
    found = [
        document
        for block in blocks
        if isinstance(block, list | dict)
        for document in _documents(block)
        if _is_job(document)
    ]
    return _numbered(found)


def _blocks(text: str) -> Iterator[str]:
    at = 0
    while (start := _LD_JSON.search(text, at)) is not None:
        end = _END.search(text, start.end())
        if end is None:
            return
        yield text[start.end() : end.start()]
        at = end.end()


def _numbered(documents: Iterable[Any]) -> list[SourceLine]:
    try:
        return [SourceLine(n, json.dumps(item)) for n, item in enumerate(documents, start=1)]
    except RecursionError as error:
        raise Unreadable("This file is nested too deep to be a list of jobs.") from error
