"""The shape of a JSON Resume (1.2.1, as of schema 1.3.1), checked with a pointer for each error.
Pure.

The schema is small: objects that may hold more, lists, texts and one form of date. So the few
rules stand here as data instead of a validator among the dependencies of the running product; a
test holds them against a Draft 7 validator and the cases of the schema's own test suite.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

MOST_PROBLEMS: Final = 50
_DATE: Final = re.compile(r"[12][0-9]{3}(?:-[01][0-9](?:-[0-3][0-9])?)?")


@dataclass(frozen=True, slots=True)
class Problem:
    """`pointer` into the document (RFC 6901); `message` for its author."""

    pointer: str
    message: str


TEXT: Final = "text"
DATE: Final = "date"
Shape = str | Mapping[str, Any] | list[Any]
"""TEXT, DATE, a list with the shape of its items, or an object with those of its keys."""


def _texts(names: str) -> dict[str, Shape]:
    return dict.fromkeys(names.split(), TEXT)


_SPAN: Final[dict[str, Shape]] = {"startDate": DATE, "endDate": DATE, "highlights": [TEXT]}
SHAPE: Final[Mapping[str, Shape]] = {
    "$schema": TEXT,
    "basics": {
        **_texts("name label image email phone url summary"),
        "location": _texts("address postalCode city countryCode region"),
        "profiles": [_texts("network username url")],
    },
    "work": [{**_texts("name location description position url summary"), **_SPAN}],
    "volunteer": [{**_texts("organization position url summary"), **_SPAN}],
    "education": [
        {
            **_texts("institution url area studyType score"),
            "startDate": DATE,
            "endDate": DATE,
            "courses": [TEXT],
        }
    ],
    "awards": [{**_texts("title awarder summary"), "date": DATE}],
    "certificates": [{**_texts("name url issuer"), "date": DATE}],
    "publications": [{**_texts("name publisher url summary"), "releaseDate": DATE}],
    "skills": [{**_texts("name level"), "keywords": [TEXT]}],
    "languages": [_texts("language fluency")],
    "interests": [{**_texts("name"), "keywords": [TEXT]}],
    "references": [_texts("name reference")],
    "projects": [
        {**_texts("name description url entity type"), **_SPAN, "keywords": [TEXT], "roles": [TEXT]}
    ],
    "meta": _texts("canonical version lastModified"),
}


def problems(document: object) -> list[Problem]:
    """All that is wrong with the shape of `document`, at most `MOST_PROBLEMS`; none when valid."""
    found = []
    for problem in _check(document, SHAPE, ""):
        found.append(problem)
        if len(found) == MOST_PROBLEMS:
            break
    return found


def _check(value: object, shape: Shape, pointer: str) -> Iterator[Problem]:
    if isinstance(shape, str):
        yield from _check_text(value, shape, pointer)
    elif isinstance(shape, list):
        if not isinstance(value, list):
            yield Problem(pointer, "This must be a list.")
            return
        for number, item in enumerate(value):
            yield from _check(item, shape[0], f"{pointer}/{number}")
    elif not isinstance(value, dict):
        yield Problem(pointer, "This must be an object.")
    else:
        for name, inner in shape.items():
            if name in value:
                yield from _check(value[name], inner, f"{pointer}/{name}")


def _check_text(value: object, shape: str, pointer: str) -> Iterator[Problem]:
    if not isinstance(value, str):
        yield Problem(pointer, "This must be a text.")
    elif shape == DATE and not _DATE.fullmatch(value):
        yield Problem(pointer, "This must be a date like 2023-04-29, 2023-04 or 2023.")
