"""Tables as CSV: nothing in a cell is a formula, and everything can be read back."""

import csv
from datetime import UTC, datetime
from decimal import Decimal
from io import StringIO

import pytest

from cscareers.core.csv import csv_response, csv_text, safe_cell


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+49 30", "'+49 30"),
        ("-2", "'-2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("  =1", "'  =1"),
        ("\0=1", "'=1"),
        ("＝1", "'＝1"),
        ("Ann = best", "Ann = best"),
        ("", ""),
        (None, ""),
        (-2, "-2"),
        (Decimal("-1.50"), "-1.50"),
        (datetime(2026, 11, 20, 12, tzinfo=UTC), "2026-11-20T12:00:00+00:00"),
    ],
)
def test_no_cell_is_a_formula(value: object, written: str) -> None:
    assert safe_cell(value) == written


def test_what_is_written_is_read_back() -> None:
    said = 'Zoë, "the\nbest"; ='
    assert list(csv.reader(StringIO(csv_text(["a", "b"], [[said, 7]]), newline=""))) == [
        ["a", "b"],
        [said, "7"],
    ]


def test_an_answer_is_a_file_in_utf8() -> None:
    answer = csv_response("applications.csv", ["name"], [["Łucja"], ["=cmd"]])
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="applications.csv"'
    assert answer.content == "\ufeffname\r\nŁucja\r\n'=cmd\r\n".encode()
