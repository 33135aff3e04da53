"""Tables as CSV that a spreadsheet opens without running anything in them."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from io import StringIO
from typing import Final

from django.http import HttpResponse

STARTS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula, or skips on the way to one."""

Cell = object


def safe_cell(value: Cell) -> str:
    """`value` as text that no spreadsheet reckons with: an apostrophe before what could be the
    beginning of a formula, moments in UTC, nothing for None. Numbers stay numbers."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    text = str(value).replace("\0", "")
    if isinstance(value, str) and text.lstrip(" ").startswith(STARTS_A_FORMULA):
        return f"'{text}"
    return text


def safe_rows(rows: Iterable[Sequence[Cell]]) -> Iterator[list[str]]:
    """The rows with each cell made safe."""
    return ([safe_cell(cell) for cell in row] for row in rows)


def csv_text(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """The table as text, lines ended as RFC 4180 has them."""
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow(header)
    writer.writerows(safe_rows(rows))
    return written.getvalue()


def csv_response(
    filename: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> HttpResponse:
    """The table as a file to save; it begins with the mark by which spreadsheets know UTF-8.

    `filename` is ours: letters, digits, hyphens and a dot.
    """
    answer = HttpResponse(
        csv_text(header, rows).encode("utf-8-sig"), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="{filename}"'
    return answer
