"""What each must-have of a draft removes, by plain examples."""

from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest

from cscareers.core.salary import PayBand, PayPeriod
from postings.audience.blur import Much, Removed
from postings.audience.crowd import pay_step
from postings.audience.effects import Effects, effects, question_word
from postings.content import ZonedPay
from postings.enums import Cefr, Level, RequirementKind, WorkMode
from postings.matching.inputs import Ask, PayFloor, PostingFacts, Preferences, Profile
from tests.postings.audience.crowds import DAY, crowd, holding, posting, skill

STEP = 20  # of a thousand people
PEOPLE = [*holding(400, zendesk=3, excel=1), *holding(300, zendesk=1), *holding(300)]


def near(said: Removed, count: int) -> bool:
    return said.much is Much.ABOUT and abs(said.number - count) < STEP


def wanting(people: list[Profile], **wants: object) -> list[Profile]:
    return [replace(one, preferences=Preferences(**wants)) for one in people]  # type: ignore[arg-type]


def pool(facts: PostingFacts, people: list[Profile]) -> int | None:
    return effects(facts, crowd(people)).pool


def test_alone_and_together() -> None:
    found = effects(posting(skill("zendesk", 2), skill("excel")), crowd(PEOPLE))
    assert (found.day, found.capped) == (DAY, False)
    assert found.pool is not None
    assert abs(found.pool - 1000) < STEP
    zendesk, excel = found.rows
    assert (zendesk.ids, excel.ids) == (("zendesk",), ("excel",))
    assert (near(zendesk.removed, 600), near(excel.removed, 600)) == (True, True)
    assert found.together is not None
    assert near(found.together, 600)
    alone = effects(posting(skill("zendesk", 1), skill("unheard-of")), crowd(PEOPLE))
    assert near(alone.rows[0].removed, 300)
    assert [alone.rows[1].removed, alone.together] == [Removed(Much.MOST, 2 * STEP)] * 2


def test_one_must_have_removes_alone_what_all_of_them_do() -> None:
    found = effects(posting(skill("zendesk", 2)), crowd(PEOPLE))
    assert found.together == found.rows[0].removed


def test_alternatives_are_one_row_and_nice_rows_remove_nobody() -> None:
    either = (skill("zendesk", 2), skill("excel", id="other"))
    found = effects(posting(either, skill("coaching", must=False)), crowd(PEOPLE))
    assert [row.ids for row in found.rows] == [("zendesk", "other")]
    assert near(found.rows[0].removed, 600)
    assert effects(posting(skill("coaching", must=False)), crowd(PEOPLE)).together is None


def test_what_removes_more_than_half_comes_with_a_step_less() -> None:
    spanish = Ask("es", RequirementKind.LANGUAGE, True, language="es", cefr=Cefr.B2)
    speakers = [Profile(languages={"es": level}) for level in (Cefr.B2, Cefr.B1) for _ in range(90)]
    people = [*speakers, *[Profile(languages={"en": None})] * 20]
    found = effects(posting(spanish, skill("zendesk")), crowd([*people, *holding(99, zendesk=1)]))
    hot, rare = found.rows
    assert (hot.is_hot, near(hot.removed, 209)) == (True, True)
    assert hot.softer is not None
    assert (hot.softer.ask.cefr, near(hot.softer.removed, 119)) == (Cefr.B1, True)
    assert (rare.is_hot, rare.softer) == (True, None)
    calm = effects(posting(replace(spanish, cefr=Cefr.B1)), crowd(people))
    assert (calm.rows[0].is_hot, calm.rows[0].softer) == (False, None)


def test_of_a_small_crowd_nothing_is_said() -> None:
    nothing = Effects(DAY, False, None)
    for number, key in product(range(41), range(20)):
        people = holding(number, zendesk=2)
        assert effects(posting(skill("zendesk")), crowd(people, bytes([key]))) == nothing
    assert pool(posting(skill("zendesk")), holding(50)) == 50


def test_conditions_make_the_pool() -> None:
    here = wanting(holding(200), countries=("US",))
    there = wanting(holding(100), countries=("PL",))
    facts = posting(mode=WorkMode.ONSITE, countries=("US",), areas=("US",))
    assert pool(facts, [*here, *there]) in {200, 210}
    assert pool(replace(facts, countries=("US", "PL")), [*here, *there]) == 300
    visa = wanting(holding(100), countries=("US",), visa_needed=True)
    assert pool(replace(facts, visa=False), [*here, *visa]) in {200, 210}
    remote = wanting(holding(100), modes=frozenset([WorkMode.REMOTE]))
    assert pool(facts, [*here, *remote]) in {200, 210}
    # What people don't say rules nobody out.
    assert pool(facts, [*here, *holding(100)]) == 300


def test_a_country_that_few_people_name_is_no_place_to_look_for_them() -> None:
    here = wanting(holding(200), countries=("US",))
    few = wanting(holding(9), countries=("TV",))
    remote = posting(mode=WorkMode.REMOTE, areas=("US",))
    assert pool(replace(remote, areas=("US", "TV")), [*here, *few]) == pool(remote, here)
    assert pool(replace(remote, areas=("TV",)), [*here, *few]) is None
    silent = holding(100)
    assert pool(replace(remote, areas=("TV",)), [*here, *few, *silent]) == 100
    # A part of a country stands for the whole of it.
    assert pool(replace(remote, areas=("US-OH",)), here) == pool(remote, here)


def test_pay_is_compared_in_steps() -> None:
    people = [
        replace(one, preferences=Preferences(pay_floor=PayFloor(Decimal(floor), "USD")))
        for floor in (74_000, 90_000)
        for one in holding(100)
    ]

    def paying(top: int, currency: str = "USD") -> PostingFacts:
        band = ZonedPay(PayBand(Decimal(50_000), Decimal(top), currency, PayPeriod.YEAR))
        return posting(bands=(band,), base_band=band)

    assert pool(paying(71_000), people) == pool(paying(75_000), people) == 100
    assert pool(paying(70_000), people) is None
    assert pool(paying(95_000), people) == pool(paying(70_000, "EUR"), people) == 200


@pytest.mark.parametrize(
    ("amount", "step"),
    [(0, 1), (3, 3), (10, 10), (19, 19), (20, 20), (21, 22), (51, 55), (99, 100), (100, 100),
     (101, 110), (71_300, 75_000), (120_000, 120_000), (120_001, 130_000), (2_340_000, 2_400_000)],
)  # fmt: skip
def test_steps_of_pay(amount: int, step: int) -> None:
    assert pay_step(amount) == step


def test_a_question_is_another_one_only_where_something_counts() -> None:
    facts = posting(skill("zendesk", 2), (skill("excel"), skill("coaching")), mode=WorkMode.REMOTE)
    again = posting(
        (skill("coaching", id="x"), skill("excel", 1, years=0), skill("excel", 4)),
        skill("zendesk", 2, id="y", name="Z"),
        skill("zendesk", 1),
        skill("nice", must=False),
        mode=WorkMode.REMOTE,
    )
    assert question_word(again) == question_word(facts)
    assert question_word(replace(facts, mode=None)) != question_word(facts)
    assert question_word(replace(facts, level=Level.MANAGER)) != question_word(facts)
    assert question_word(posting(skill("zendesk", 3))) != question_word(posting(skill("zendesk")))


def test_a_step_less_that_shows_no_difference_is_not_offered() -> None:
    people = [*holding(60, zendesk=3), *holding(100)]
    (row,) = effects(posting(skill("zendesk", 3)), crowd(people)).rows
    assert (row.is_hot, row.softer) == (True, None)
