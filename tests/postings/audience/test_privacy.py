"""What nobody can find out, whatever is asked: the claims of ADR 9, one after the other."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from postings.audience.asks import standard
from postings.audience.blur import LEAST_POOL, Much
from postings.audience.effects import Effects, effects
from postings.matching.inputs import Ask, Held, PostingFacts, Profile
from tests.postings.audience.crowds import (
    crowd,
    crowds_of_people,
    holding,
    keys,
    posting,
    skill,
)
from tests.postings.matching.drawn import asks, postings

People = tuple[Profile, ...]
RARE = "sign-language"


def counted(rows: Sequence[tuple[Ask, ...]], people: People, key: bytes) -> tuple[int, int]:
    """How many of `people` the rows remove and leave, by a plain loop over what counts."""
    whole = crowd(people, key)
    met = [
        all(any(whole.meeting(standard(ask)) >> place & 1 for ask in row) for row in rows)
        for place in range(len(people))
    ]
    return met.count(False), met.count(True)


@settings(max_examples=25)
@given(crowds_of_people, postings(), keys)
def test_no_figure_means_or_leaves_fewer_than_eleven_people(
    people: People, facts: PostingFacts, key: bytes
) -> None:
    found = effects(facts, crowd(people, key))
    if found.pool is None:
        assert (len(people) < LEAST_POOL, found.rows, found.together) == (True, (), None)
        return
    assert abs(found.pool - len(people)) <= 9
    musts = [row for row in facts.rows if row[0].must]
    said = [([row], effect.removed) for row, effect in zip(musts, found.rows, strict=True)]
    if found.together is not None:
        said.append((musts, found.together))
    for rows, removed in said:
        gone, left = counted(rows, people, key)
        if removed.much is Much.ABOUT:
            assert (removed.number % 10, min(gone, left) >= 11) == (0, True)
            assert 20 <= removed.number <= found.pool - 10
        elif removed.much is Much.FEW:
            assert gone < removed.number == 20
        else:
            assert left < removed.number == 20


@settings(max_examples=25)
@given(
    crowds_of_people,
    postings(),
    keys,
    st.integers(0, 9),
    st.lists(st.none() | st.integers(0, 4), min_size=9, max_size=9),
    st.integers(1, 4),
)
def test_what_fewer_than_ten_people_have_changes_no_answer(
    people: People, facts: PostingFacts, key: bytes, number: int, levels: list[int], asked: int
) -> None:
    marked = tuple(
        replace(one, skills={**one.skills, RARE: Held(level)})
        for one, level in zip(people[:number], levels, strict=False)
    )
    rare = skill(RARE, asked)
    for question in (
        facts,
        replace(facts, rows=(*facts.rows, (rare,))),
        replace(facts, rows=tuple((*row, replace(rare, must=row[0].must)) for row in facts.rows)),
    ):
        with_them = effects(question, crowd((*marked, *people[number:]), key))
        assert with_them == effects(question, crowd(people, key))


@settings(max_examples=25)
@given(crowds_of_people, postings(), keys, st.randoms(use_true_random=False), st.lists(asks))
def test_the_same_question_has_one_answer_however_it_is_put(
    people: People, facts: PostingFacts, key: bytes, random: object, nice: list[Ask]
) -> None:
    """Other ids, names and orders, repeated rows and alternatives, and rows that are only nice
    draw no second rounding that could be held against the first; nor does the order of people."""
    rows = [
        tuple(replace(ask, id=f"x{ask.id}", name="other words") for ask in (*row, row[0]))
        for row in (*facts.rows, *facts.rows)
    ]
    random.shuffle(rows)  # type: ignore[attr-defined]
    wishes = [(replace(ask, must=False),) for ask in nice]
    again = replace(facts, id="another", rows=(*rows, *wishes))
    shuffled = list(people)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    first, second = effects(facts, crowd(people, key)), effects(again, crowd(shuffled, key))
    assert (first.pool, first.together) == (second.pool, second.together)
    assert {row.removed for row in first.rows} == {row.removed for row in second.rows}


KEYS = [f"key {number}".encode() for number in range(100)]


def answers(question: PostingFacts, people: list[Profile]) -> list[Effects]:
    """The answer with each of 100 keys."""
    return [effects(question, crowd(people, key)) for key in KEYS]


def test_one_person_shows_by_chance_at_a_tenth_of_keys_for_each_count() -> None:
    """Somebody is added, leaves, or changes one fact: the pool, who is removed and who is left are
    three counts, and each shows it with one shift of ten; nobody knows which."""
    base = [*holding(30, zendesk=3), *holding(30)]
    question = posting(skill("zendesk"))
    before = answers(question, base)
    for after in ([*base, *holding(1)], base[1:], [*base[:-1], *holding(1, zendesk=3)]):
        moved = sum(a != b for a, b in zip(before, answers(question, after), strict=True))
        # Two of the counts move, the one that is said in figures and another: 10 to 20 of 100.
        assert 3 <= moved <= 30


def test_two_questions_that_differ_by_one_person_can_not_be_compared_by_the_unit() -> None:
    """Asking "Zendesk" and then "Zendesk or Excel", where one person makes the difference, shows
    another figure about as often as where nobody does."""
    alone, either = posting(skill("zendesk")), posting((skill("zendesk"), skill("excel")))
    both = [*holding(25, zendesk=2, excel=2), *holding(24)]
    nobody, somebody = [*both, *holding(1)], [*both, *holding(1, excel=2)]

    def differs(people: list[Profile]) -> int:
        pairs = zip(answers(alone, people), answers(either, people), strict=True)
        return sum(one.together != other.together for one, other in pairs)

    assert (differs(nobody) >= 30, differs(somebody) >= 30) == (True, True)
    assert abs(differs(somebody) - differs(nobody)) <= 15
