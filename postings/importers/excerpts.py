"""The words of an ad that something was read from, short enough to stand beside it. Pure."""

import re
from typing import Final

_AROUND: Final = 60
_SIGNS: Final = re.compile(r"[*_#\\]+")


def excerpt(text: str, start: int, end: int) -> str:
    """The line with these words, as plain text; of a long one what stands around them."""
    first = max(text.rfind("\n", 0, start) + 1, start - _AROUND)
    last = text.find("\n", end)
    last = min(len(text) if last < 0 else last, end + _AROUND)
    words = " ".join(_SIGNS.sub(" ", text[first:last]).split()).strip("-–• ")
    cut_before = first > 0 and text[first - 1] != "\n"
    cut_after = last < len(text) and text[last] != "\n"
    words = words.partition(" ")[2] if cut_before and " " in words else words
    words = words.rpartition(" ")[0] if cut_after and " " in words else words
    return f"{'… ' if cut_before else ''}{words}{' …' if cut_after else ''}"
