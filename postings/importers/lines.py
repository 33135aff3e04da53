"""Lines of a file that others made, one in memory at a time, and no longer than we take. Pure."""

from collections.abc import Iterator
from typing import BinaryIO, Final

MAX_LINE: Final = 1_000_000
"""Bytes; an advertisement has some thousands."""


def read_lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of `stream`; of one that is too long the beginning, which is too long still."""
    while line := stream.readline(MAX_LINE + 2):
        yield line
        while line and not line.endswith(b"\n"):
            line = stream.readline(MAX_LINE)


def too_long(line: bytes) -> bool:
    """Whether we don't take this line for its length."""
    return len(line.rstrip(b"\r\n")) > MAX_LINE


def text_of(line: bytes) -> str | None:
    """`line` as text: UTF-8 with or without its mark, else Windows-1252, which holds Latin-1; None
    for what is no text at all, like an archive."""
    if b"\0" in line:
        return None
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return line.decode("cp1252")
    except UnicodeDecodeError:
        return None
