"""Rows that are added, removed and moved, with nothing typed lost."""

from dataclasses import replace

from django import forms
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from postings.forms.rows import RowForm, RowList, RowMove, row_move


class Line(RowForm):
    blank_when = ("text",)
    kind = forms.CharField(required=False)
    text = forms.CharField(max_length=5)


LINES = RowList("lines", Line, most=4, shown=2, key="text")
FULL = replace(LINES, most=3)
ROWS = [{"text": "a"}, {"text": "b"}, {"text": "c"}]


def texts(rows: list[dict[str, str]]) -> str:
    return "".join(row.get("text", "_") for row in rows)


def test_each_button() -> None:
    assert texts(RowMove("up", "lines", 1).carry_out(ROWS, LINES)) == "bac"
    assert texts(RowMove("up", "lines", 0).carry_out(ROWS, LINES)) == "abc"
    assert texts(RowMove("down", "lines", 0).carry_out(ROWS, LINES)) == "bac"
    assert texts(RowMove("down", "lines", 2).carry_out(ROWS, LINES)) == "abc"
    assert texts(RowMove("remove", "lines", 1).carry_out(ROWS, LINES)) == "ac"
    assert texts(RowMove("remove", "lines", 9).carry_out(ROWS, LINES)) == "abc"
    assert texts(RowMove("add", "lines").carry_out(ROWS, LINES)) == "abc_"
    assert RowMove("add", "lines", kind="tool").carry_out([], LINES) == [{"kind": "tool"}]
    assert texts(RowMove("add", "lines").carry_out(ROWS, FULL)) == "abc"


def test_which_button_was_pressed() -> None:
    assert row_move(QueryDict("go=next")) is None
    assert row_move(QueryDict("add=lines")) == RowMove("add", "lines")
    assert row_move(QueryDict("add=lines:tool")) == RowMove("add", "lines", kind="tool")
    assert row_move(QueryDict("up=lines-2")) == RowMove("up", "lines", 2)
    assert row_move(QueryDict("remove=lines")) == RowMove("", "")
    assert row_move(QueryDict("down=")) == RowMove("", "")


def test_an_empty_row_is_not_there_and_others_are_judged() -> None:
    data = QueryDict(
        "lines-count=3&lines-0-text=one&lines-1-text=+&lines-1-kind=x&lines-2-text=toolong"
    )
    first, empty, wrong = LINES.bound(data)
    assert (first.is_valid(), first.cleaned_data["text"]) == (True, "one")
    assert (empty.is_valid(), empty.cleaned_data) == (True, {})
    assert not wrong.is_valid()
    assert LINES.typed(data)[2] == {"kind": None, "text": "toolong"}


def test_a_list_never_holds_more_than_it_may() -> None:
    assert LINES.count(QueryDict("lines-count=99999")) == 0
    assert LINES.count(QueryDict("lines-count=999")) == 4
    assert LINES.count(QueryDict("lines-count=-1")) == 0
    assert len(LINES.unbound([])) == 2


@given(st.text(), st.sampled_from(["add", "remove", "up", "down"]))
def test_any_button_value_leaves_the_rows_whole(value: str, verb: str) -> None:
    data = QueryDict(mutable=True)
    data[verb] = value
    move = row_move(data)
    assert move is not None
    rows = move.carry_out(ROWS, LINES)
    assert abs(len(rows) - len(ROWS)) <= 1
