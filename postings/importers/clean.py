"""Text without what no text should hold, and cut where a word ends. Pure."""

import re
import unicodedata
from typing import Final


def cut_at_word(text: str, limit: int) -> str:
    """`text`, or as many of its whole words as `limit` characters hold."""
    if len(text) <= limit:
        return text
    head = text[: limit + 1]
    at = max(head.rfind(" "), head.rfind("\n"))
    return head[: at if at > 0 else limit].rstrip()


_JOINERS: Final = "\u200c\u200d"  # real parts of Persian and of emoji
_BULLETS_IN_PRIVATE_USE: Final = "\uf0b7\uf0a7\uf0d8\uf0fc"


def strip_unprintable(text: str) -> str:
    """`text` without NUL and other controls, lone surrogates, private characters and marks that
    turn the direction of writing; line breaks as `\\n`."""
    if _NOT_PLAIN.search(text) is None:
        return text
    text = re.sub(r"\r\n?|[\u2028\u2029\x0b\x0c]", "\n", text)
    return _NOT_PLAIN.sub(_kept, text)


_NOT_PLAIN: Final = re.compile(r"[^\x20-\x7e\n\t\u00a0-\u00ac\u00ae-\u024f]")


def _kept(found: re.Match[str]) -> str:
    sign = found.group()
    if sign in _BULLETS_IN_PRIVATE_USE:
        return "•"
    unwanted = unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co")
    return "" if unwanted and sign not in _JOINERS else sign
