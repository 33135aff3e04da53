"""Geometry and words of what is drawn: scales, bands, cards, levels, filters."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postings.presentation import (
    Fact,
    FilterGroup,
    FilterOption,
    LevelStep,
    PayScale,
    PayScales,
    PostingCard,
    Tick,
    band_drawing,
    compact,
    filter_options,
    level_pips,
    level_steps,
    nice_step,
    pay_scale,
    pay_scales,
)

DOLLARS = PayScale("USD", 40_000, 120_000, 20_000, "$", 71_000, "$71,000")
AMOUNTS = st.floats(min_value=1, max_value=5_000_000, allow_nan=False)


def card(**changes: Any) -> PostingCard:
    values: dict[str, Any] = {
        "title": "Manager",
        "url": "/jobs/1/",
        "employer_name": "Alder Hotels",
        "place": "Columbus",
        "mode": "On site",
        "level": "manager",
        "level_label": "Manager",
        "level_step": 4,
        "pay": "$72,000–88,000",
        "period": "a year",
        "currency": "USD",
        "annual_min": 72_000,
        "annual_max": 88_000,
    }
    return PostingCard(**(values | changes))


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        (0, "0"),
        (500, "500"),
        (1_000, "1k"),
        (72_000, "72k"),
        (72_500, "72.5k"),
        (1_000_000, "1m"),
        (1_250_000, "1.25m"),
    ],
)
def test_compact_amounts(amount: int, written: str) -> None:
    assert compact(amount) == written


@pytest.mark.parametrize(
    ("span", "parts", "step"),
    [
        (46_000, 4, 20_000),
        (80_000, 4, 20_000),
        (81_000, 4, 25_000),
        (9_000, 4, 2_500),
        (3, 4, 1),
        (7, 3, 5),
    ],
)
def test_nice_step_is_the_next_round_number(span: float, parts: int, step: int) -> None:
    assert nice_step(span, parts) == step


def test_scale_stands_on_round_numbers_with_both_ends_printed() -> None:
    scale = pay_scale([64_000, 118_000], currency="USD", symbol="$")
    assert scale == PayScale("USD", 60_000, 120_000, 20_000, "$")
    assert scale.ticks == (
        Tick(60_000, 0.0, "$60k"),
        Tick(80_000, 33.33, "$80k"),
        Tick(100_000, 66.67, "$100k"),
        Tick(120_000, 100.0, "$120k"),
    )


def test_a_currency_without_symbol_is_written_by_its_code() -> None:
    scale = pay_scale([96_000, 144_000], currency="PLN")
    assert scale is not None
    assert scale.ticks[0].label == "PLN 80k"


@pytest.mark.parametrize("amounts", [[], [0], [0, 0]])
def test_nothing_to_draw_has_no_scale(amounts: list[float]) -> None:
    assert pay_scale(amounts, currency="USD") is None


@given(st.lists(AMOUNTS, min_size=1, max_size=40))
def test_every_amount_lies_on_its_scale(amounts: list[float]) -> None:
    scale = pay_scale(amounts, currency="USD")
    assert scale is not None
    assert scale.minimum <= min(amounts)
    assert scale.maximum >= max(amounts)
    assert 2 <= len(scale.ticks) <= 6
    assert scale.ticks[0].x == 0.0
    assert scale.ticks[-1].x == 100.0


def test_band_is_drawn_in_per_cent_with_the_median() -> None:
    drawing = band_drawing(72_000, 88_000, DOLLARS, text="$72,000–88,000 a year")
    assert (drawing.x, drawing.width, drawing.median) == (40.0, 20.0, 38.75)
    assert drawing.grid == (0.0, 25.0, 50.0, 75.0, 100.0)
    assert drawing.text == "$72,000–88,000 a year; median of these results $71,000"


def test_band_in_another_currency_is_an_outline_without_median() -> None:
    drawing = band_drawing(72_000, 88_000, DOLLARS, text="€72,000", outline=True)
    assert (drawing.outline, drawing.median, drawing.text) == (True, None, "€72,000")


@given(AMOUNTS, AMOUNTS)
def test_a_bar_never_leaves_the_drawing(one: float, two: float) -> None:
    drawing = band_drawing(min(one, two), max(one, two), DOLLARS, text="")
    assert drawing.x >= 0
    assert drawing.width >= 0.8
    assert drawing.x + drawing.width <= 100.01


def test_scales_keep_currencies_apart() -> None:
    cards = [
        card(),
        card(annual_min=98_000, annual_max=118_000),
        card(currency="EUR", annual_min=62_000, annual_max=74_000, pay="€62,000–74,000"),
    ]
    scales = pay_scales(cards, symbols={"USD": "$", "EUR": "€"}, median=80_000)
    assert scales.main is not None
    assert scales.main.currency == "USD"
    assert list(scales.others) == ["EUR"]
    euro = scales.draw(cards[2])
    assert euro is not None
    assert (euro.outline, euro.median) == (True, None)
    dollar = scales.draw(cards[0])
    assert dollar is not None
    assert (dollar.outline, dollar.median) == (False, scales.main.x(80_000))


def test_the_axis_can_be_asked_for_in_a_currency() -> None:
    cards = [card(), card(), card(currency="EUR")]
    main = pay_scales(cards, main="EUR").main
    assert main is not None
    assert main.currency == "EUR"
    fallback = pay_scales(cards, main="JPY").main
    assert fallback is not None
    assert fallback.currency == "USD"


def test_a_card_without_yearly_sums_is_not_drawn() -> None:
    bare = card(annual_min=None, annual_max=None)
    assert pay_scales([bare]) == PayScales()
    assert PayScales(DOLLARS).draw(bare) is None


def test_hourly_pay_is_spoken_with_the_year_it_stands_for() -> None:
    hourly = card(pay="$31.50–36.00", period="an hour", annual_note="$65,520–74,880 a year")
    drawing = PayScales(DOLLARS).draw(hourly)
    assert drawing is not None
    assert drawing.text.startswith("$65,520–74,880 a year")


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (None, ""),
        (-1, ""),
        (0, "Closes today"),
        (1, "Closes in 1 day"),
        (7, "Closes in 7 days"),
        (8, ""),
    ],
)
def test_closing_soon_is_said_within_a_week(days: int | None, words: str) -> None:
    assert card(closes_in_days=days).closing_words == words


@pytest.mark.parametrize("step", [0, 8])
def test_a_level_off_the_ladder_is_refused(step: int) -> None:
    with pytest.raises(ValueError, match="not 1 to 7"):
        card(level_step=step)


def test_more_than_three_must_haves_are_refused() -> None:
    with pytest.raises(ValueError, match="at most 3"):
        card(must_haves=("a", "b", "c", "d"))


def test_the_rail_marks_one_stop() -> None:
    assert level_steps(["Low", "High"], 2, {2: "$74,000"}) == (
        LevelStep(1, "Low", here=False),
        LevelStep(2, "High", here=True, note="$74,000"),
    )


def test_seven_pips_fit_the_drawing_and_one_is_on() -> None:
    pips = level_pips(4)
    assert [pip.x for pip in pips] == [5.0, 18.7, 32.3, 46.0, 59.7, 73.3, 87.0]
    assert [pip.on for pip in pips] == [False, False, False, True, False, False, False]


def test_bars_are_as_long_as_the_share_of_the_largest() -> None:
    rows = [("a", "A", 50), ("b", "B", 100), ("c", "C", 0), ("d", "D", None)]
    options = filter_options(rows, chosen=["b"])
    assert options == (
        FilterOption("a", "A", 50, False, 50.0),
        FilterOption("b", "B", 100, True, 100.0),
        FilterOption("c", "C", 0, False, 0.0),
        FilterOption("d", "D", None, False, 0.0),
    )
    assert [option.empty for option in options] == [False, False, True, False]


def test_bars_of_an_empty_result_are_empty() -> None:
    assert filter_options([("a", "A", 0)]) == (FilterOption("a", "A", 0, False, 0.0),)


def test_a_group_with_a_choice_is_open() -> None:
    closed = FilterGroup("level", "Level", filter_options([("a", "A", 1)]))
    chosen = FilterGroup("level", "Level", filter_options([("a", "A", 1)], ["a"]))
    assert (closed.is_open, chosen.is_open) == (False, True)


def test_a_fact_gives_its_machine_time() -> None:
    assert Fact("Closes", "10 Dec 2026", machine_time=date(2026, 12, 10)).machine == "2026-12-10"
    at = datetime(2026, 12, 10, 9, tzinfo=UTC)
    assert Fact("Closes", "10 Dec 2026", machine_time=at).machine == "2026-12-10T09:00:00+00:00"
    assert Fact("Level", "Manager").machine == ""
