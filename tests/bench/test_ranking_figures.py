"""The figures that benches report: worked out by hand here."""

from math import log, log2

import pytest

from bench.ranking_figures import Bm25, expected_ndcg, interval, kappa, ndcg

# Two readers of fifty cases, a row for each grade of the first (Cohen 1960's kind of table).
TABLE = [[20, 5, 0], [10, 15, 0], [0, 0, 0]]
PAIRS = [(a, b) for a, row in enumerate(TABLE) for b, n in enumerate(row) for _ in range(n)]


def test_ndcg_of_the_best_order_is_one() -> None:
    assert ndcg([3, 2, 0]) == 1


def test_ndcg_by_hand() -> None:
    best = 7 + 3 / log2(3)
    assert ndcg([0, 3, 2]) == pytest.approx((7 / log2(3) + 3 / 2) / best)


def test_ndcg_of_half_a_grade() -> None:
    assert ndcg([0, 2.5]) == pytest.approx(1 / log2(3))


def test_ndcg_counts_the_first_ten_alone_and_the_best_ten_of_all() -> None:
    assert ndcg([0] * 10 + [3]) == 0
    assert ndcg([1] * 10 + [1]) == 1


def test_ndcg_is_none_where_nothing_is_to_be_shown() -> None:
    assert ndcg([0, 0]) is None
    assert expected_ndcg([0, 0]) is None


def test_expected_ndcg_is_near_the_mean_of_all_orders() -> None:
    every = (1 + 1 / log2(3)) / 2
    assert expected_ndcg([1, 0], seeds=2_000) == pytest.approx(every, abs=0.01)


def test_expected_ndcg_is_the_same_for_the_same_grades() -> None:
    assert expected_ndcg([3, 1, 0, 2]) == expected_ndcg([3, 1, 0, 2])


def test_kappa_by_hand() -> None:
    """Seen 0.7, by chance 0.5 * 0.6 + 0.5 * 0.4."""
    assert kappa(PAIRS) == pytest.approx((0.7 - 0.5) / (1 - 0.5))


def test_quadratic_kappa_weighs_by_the_square_of_the_difference() -> None:
    """One case of four is two grades apart; by chance each pair of their grades, by its square."""
    pairs = [(0, 2), (1, 1), (2, 2), (2, 2)]
    chance = (4 * 1 * 3 + 1 * 1 * 1 + 1 * 1 * 3 + 1 * 2 * 1) / 16
    assert kappa(pairs, quadratic=True) == pytest.approx(1 - 1 / chance)


def test_kappa_of_readers_who_agree_is_one() -> None:
    assert kappa([(0, 0), (3, 3)]) == 1
    assert kappa([(2, 2), (2, 2)]) == 1


def test_bm25_by_hand() -> None:
    bm25 = Bm25({"a": "chat chat phone", "b": "phone"})
    share = 1 - 0.75 + 0.75 * 3 / 2
    chat = log(1 + 1.5 / 1.5) * 2 * 2.2 / (2 + 1.2 * share)
    phone = log(1 + 0.5 / 2.5) * 2.2 / (1 + 1.2 * share)
    assert bm25.score("Phone, CHAT chat!", "a") == pytest.approx(chat + phone)


def test_bm25_ranks_rare_words_and_short_texts_first() -> None:
    bm25 = Bm25({"a": "phone phone mail", "b": "phone zendesk", "c": "phone and much else beside"})
    assert bm25.ranked("zendesk phone", "abc") == ["b", "a", "c"]


def test_bm25_ranks_equals_by_name() -> None:
    assert Bm25({"b": "x", "a": "x"}).ranked("y", "ba") == ["a", "b"]


def test_interval_holds_the_mean_and_is_the_same_each_time() -> None:
    values = [0.0, 1.0] * 50
    low, high = interval(values)
    assert 0.38 < low < 0.5 < high < 0.62
    assert interval(values) == (low, high)


def test_interval_of_one_value_is_that_value() -> None:
    assert interval([0.7, 0.7]) == (0.7, 0.7)
