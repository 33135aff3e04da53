"""Tens that are rounded at a secret point."""

from postings.audience.blur import LEAST, LEAST_POOL, Much, Removed, blur, removed, shift, tens

SHIFTS = range(10)


def test_a_count_is_off_by_nine_at_most_and_right_on_average() -> None:
    for count in range(300):
        said = [tens(count, moved) for moved in SHIFTS]
        assert sum(said) == 10 * count
        assert [(one % 10, abs(one - count) <= 9) for one in said] == [(0, True)] * 10


def test_one_person_more_shows_at_one_of_ten_shifts_and_by_one_step() -> None:
    for count in range(300):
        steps = sorted(tens(count + 1, moved) - tens(count, moved) for moved in SHIFTS)
        assert steps == [0] * 9 + [10]


def test_the_shift_is_fixed_by_key_and_by_what_is_counted() -> None:
    words = [f"question {number}" for number in range(2_000)]
    first = [shift(b"a key", word) for word in words]
    assert first == [shift(b"a key", word) for word in words]
    # Each shift comes as often as any other, and another key draws anew.
    assert [150 <= first.count(moved) <= 250 for moved in SHIFTS] == [True] * 10
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
                        assert (gone < LEAST, said.about) == (True, 0)
                    case Much.MOST:
                        assert (left < LEAST, said.about) == (True, 0)
                    case Much.ABOUT:
                        assert min(gone, left) >= 11
                        assert abs(said.about - gone) <= 9
                        assert (said.about % 10, LEAST <= said.about <= pool - 10) == (0, True)


def test_the_order_of_what_is_said() -> None:
    few, most = Removed(Much.FEW), Removed(Much.MOST)
    twenty, thirty = Removed(Much.ABOUT, 20), Removed(Much.ABOUT, 30)
    found = sorted([most, thirty, few, twenty], key=lambda one: one.rank)
    assert found == [few, twenty, thirty, most]
