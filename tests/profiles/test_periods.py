"""Dates as people remember them, and the years of work between them."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profiles.periods import (
    BadDate,
    check_date,
    is_before,
    is_over,
    read_date,
    write_date,
    write_period,
    years_of_work,
)

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize("text", ["2019", "2019-04", "2019-12", "2020-02-29"])
def test_a_year_a_month_and_a_day_are_dates(text: str) -> None:
    check_date(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2019-13", "There is no such month."),
        ("2019-00", "There is no such month."),
        ("2019-02-29", "There is no such day."),
        ("2019-04-32", "There is no such day."),
        ("04/2019", "Enter a year like 2019, a month like 2019-04 or a day like 2019-04-30."),
        ("0219", "Enter a year like 2019, a month like 2019-04 or a day like 2019-04-30."),
    ],
)
def test_what_no_calendar_has_is_refused(text: str, words: str) -> None:
    with pytest.raises(BadDate) as caught:
        check_date(text)
    assert str(caught.value) == words


def test_dates_are_compared_as_far_as_both_are_known() -> None:
    assert is_before("2018-12", "2019")
    assert not is_before("2019", "2019-04")
    assert not is_before("2019-04", "2019")
    assert is_before("2019-04-01", "2019-04-02")


@pytest.mark.parametrize(
    ("ended", "over"),
    [("", False), ("2026-11-21", True), ("2026-11", True), ("2026-12", False), ("2027", False)],
)
def test_what_ends_later_is_not_over(ended: str, over: bool) -> None:
    assert is_over(ended, today=TODAY) is over


@pytest.mark.parametrize(
    ("periods", "years"),
    [
        ([], None),
        ([("", "2019")], None),
        ([("2019", "2021")], Fraction(2)),
        ([("2019-01", "2019-12")], Fraction(1)),
        ([("2019-01", "2019-06"), ("2019-04", "2019-12")], Fraction(1)),
        ([("2019-01", "2019-03"), ("2019-10", "2019-12")], Fraction(1, 2)),
        ([("2026-11-01", "")], Fraction(21, 30 * 12)),
        ([("2026-11-01", "2030")], Fraction(21, 30 * 12)),
        ([("2030", "2031")], Fraction(0)),
    ],
)
def test_each_month_of_work_is_counted_once(
    periods: list[tuple[str, str]], years: Fraction | None
) -> None:
    assert years_of_work(periods, today=TODAY) == years


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("", ""),
        (" 2019 ", "2019"),
        ("2019-4", "2019-04"),
        ("2019/04/3", "2019-04-03"),
        ("4/2019", "2019-04"),
        ("Sept. 2019", "2019-09"),
        ("oct  2026", "2026-10"),
        ("30 April 2019", "2019-04-30"),
        ("April 30, 2019", "2019-04-30"),
    ],
)
def test_dates_are_read_as_people_write_them(typed: str, written: str) -> None:
    assert read_date(typed) == written


@pytest.mark.parametrize(
    "typed", ["19", "3/4/2019", "13/2019", "31 Feb 2019", "Ju 2019", "3 May 4 2019", "now", "0001"]
)
def test_what_is_no_date_is_refused(typed: str) -> None:
    with pytest.raises(BadDate):
        read_date(typed)


@given(st.dates(min_value=date(1000, 1, 1), max_value=date(2999, 12, 31)))
def test_a_date_written_is_read_again(day: date) -> None:
    for length in (4, 7, 10):
        text = day.isoformat()[:length]
        assert read_date(write_date(text)) == text


def test_periods_in_words() -> None:
    assert [
        write_period(*pair) for pair in [("", ""), ("2019", ""), ("", "2020"), ("2019-04", "2020")]
    ] == ["", "since 2019", "until 2020", "Apr 2019 to 2020"]
    assert write_period("2019", "2019") == "2019"
