"""Tens that are rounded at a secret point."""

import pytest

from postings.audience.blur import (
    FEWEST,
    LEAST_POOL,
    Much,
    Removed,
    blur,
    removed,
    rounded,
    shift,
    step_of,
)

STEPS = (10, 20, 50)


@pytest.mark.parametrize("step", STEPS)
def test_a_count_is_off_by_less_than_a_step_and_right_on_average(step: int) -> None:
    for count in range(300):
        said = [rounded(count, moved, step) for moved in range(step)]
        assert sum(said) == step * count
        assert [(one % step, abs(one - count) < step) for one in said] == [(0, True)] * step


@pytest.mark.parametrize("step", STEPS)
def test_one_person_more_shows_at_one_shift_of_all_and_by_one_step(step: int) -> None:
    for count in range(300):
        moves = sorted(
            rounded(count + 1, moved, step) - rounded(count, moved, step) for moved in range(step)
        )
        assert moves == [0] * (step - 1) + [step]


def test_a_large_pool_is_counted_in_larger_steps() -> None:
    assert [step_of(pool) for pool in (0, 50, 790, 800, 1990, 2000, 9000)] == [
        10, 10, 10, 20, 20, 50, 50,
    ]  # fmt: skip


def test_the_shift_is_fixed_by_key_and_by_what_is_counted() -> None:
    words = [f"question {number}" for number in range(2_000)]
    first = [shift(b"a key", word) for word in words]
    assert first == [shift(b"a key", word) for word in words]
    # Each shift comes as often as any other, and another key draws anew.
    assert [150 <= first.count(moved) <= 250 for moved in range(FEWEST)] == [True] * 10
    second = [shift(b"another key", word) for word in words]
    assert 150 <= sum(a == b for a, b in zip(first, second, strict=True)) <= 250


def test_a_figure_is_said_only_where_it_means_eleven_people_and_leaves_eleven() -> None:
    for gone in range(70):
        for left in range(max(0, 45 - gone), 45):
            for number in range(3):
                of = str(number)
                pool = blur(gone + left, b"key", of)
                if pool < LEAST_POOL:
                    continue
                said = removed(gone, left, pool=pool, key=b"key", of=of)
                match said.much:
                    case Much.FEW:
                        assert (gone < 20, said.number) == (True, 20)
                    case Much.MOST:
                        assert (left < 20, said.number) == (True, 20)
                    case Much.ABOUT:
                        assert min(gone, left) >= 11
                        assert abs(said.number - gone) <= 9
                        assert (said.number % 10, 20 <= said.number <= pool - 10) == (0, True)


def test_the_order_of_what_is_said() -> None:
    few, most = Removed(Much.FEW, 20), Removed(Much.MOST, 20)
    twenty, thirty = Removed(Much.ABOUT, 20), Removed(Much.ABOUT, 30)
    found = sorted([most, thirty, few, twenty], key=lambda one: one.rank)
    assert found == [few, twenty, thirty, most]
