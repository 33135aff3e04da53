"""Where a page of results ended, as an opaque text that the next request brings back. Pure."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass
from typing import Final

VERSION: Final = 1
MAX_LENGTH: Final = 300
_INT64: Final = 2**63


class BadCursor(Exception):
    """The text is no cursor of ours, or of another order."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """`keys` of the last row in the order `sort`; `ranked` says how relevance was counted."""

    sort: str
    keys: tuple[int | str, ...]
    ranked: bool = True

    def encode(self) -> str:
        """The text for a URL."""
        document = json.dumps(
            [VERSION, self.sort, int(self.ranked), *self.keys], separators=(",", ":")
        )
        return urlsafe_b64encode(document.encode()).decode().rstrip("=")


def decode(text: str, *, sort: str, kinds: tuple[type, ...]) -> Cursor:
    """The cursor of `text`, whose keys must have the types `kinds`; raises BadCursor."""
    if len(text) > MAX_LENGTH:
        raise BadCursor
    try:
        raw = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
        document = json.loads(raw)
    except (NotBase64, ValueError, RecursionError) as error:
        raise BadCursor from error
    if not isinstance(document, list) or len(document) != 3 + len(kinds):
        raise BadCursor
    version, kept_sort, ranked, *keys = document
    if [version, kept_sort] != [VERSION, sort] or ranked not in (0, 1):
        raise BadCursor
    found = tuple(_storable(key, kind) for key, kind in zip(keys, kinds, strict=True))
    return Cursor(sort, found, bool(ranked))


def _storable(key: object, kind: type) -> int | str:
    if type(key) is kind:
        if isinstance(key, int) and -_INT64 <= key < _INT64:
            return key
        if isinstance(key, str) and key.isascii() and key.isprintable():
            return key
    raise BadCursor
