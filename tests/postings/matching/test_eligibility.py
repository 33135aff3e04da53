"""Each constraint: passed, failed, or not known, which excludes nobody."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from cscareers.core.salary import PayPeriod
from postings.content import Place, PostingContent
from postings.enums import Level, WorkMode
from postings.matching.eligibility import Constraint, constraints
from postings.matching.inputs import PayFloor, PostingFacts, Preferences, Reach, Spot, posting_facts
from tests.factories.places import AUGSBURG, MUNICH, WARSAW
from tests.factories.postings import pay

REMOTE, ONSITE, HYBRID = WorkMode.REMOTE, WorkMode.ONSITE, WorkMode.HYBRID


SPOTS = {
    MUNICH: Spot("Munich", (48.14, 11.58)),
    AUGSBURG: Spot("Augsburg", (48.37154, 10.89851)),
    WARSAW: Spot("Warsaw", (52.23, 21.01)),
}


def facts(**content) -> PostingFacts:
    now = datetime(2026, 6, 1, tzinfo=UTC)
    value = PostingContent(**content)
    return posting_facts(value, id="p", published_at=now, terms={}, spots=SPOTS)


def one(name: str, mine: Preferences, posting: PostingFacts) -> Constraint:
    found = {constraint.name: constraint for constraint in constraints(mine, posting)}
    asked = ["level"] if mine.level_wanted else []
    assert list(found) == ["place", "mode", "pay", "visa", *asked]
    assert all(constraint.reason.endswith(".") for constraint in found.values())
    return found[name]


IN_OHIO = {"applicant_countries": ("US", "DE"), "applicant_subdivisions": ("US-OH",)}


@pytest.mark.parametrize(
    ("mine", "content", "passed"),
    [
        ({"countries": ("PL", "DE")}, {"mode": ONSITE, "locations": (Place("DE"),)}, True),
        ({"countries": ("PL",)}, {"mode": HYBRID, "locations": (Place("DE"),)}, False),
        ({}, {"mode": ONSITE, "locations": (Place("DE"),)}, None),
        ({"countries": ("PL",)}, {"mode": ONSITE}, None),
        ({"countries": ("PL",)}, {"mode": REMOTE, "applicant_countries": ("PL",)}, True),
        ({"countries": ("PL",)}, {"mode": REMOTE, "applicant_countries": ("US",)}, False),
        ({"countries": ("PL",), "remote_from": "US"},
         {"mode": REMOTE, "applicant_countries": ("US",)}, True),
        ({"countries": ("US",), "remote_from": "PL"},
         {"mode": REMOTE, "applicant_countries": ("US",)}, False),
        ({"countries": ("DE",), "remote_from": "PL"},
         {"mode": ONSITE, "locations": (Place("DE"),)}, True),
        ({"countries": ("PL",)}, {"mode": REMOTE, "locations": (Place("US"),)}, None),
        ({"remote_from": "US-OH"}, {"mode": REMOTE, **IN_OHIO}, True),
        ({"remote_from": "US-TX"}, {"mode": REMOTE, **IN_OHIO}, False),
        ({"countries": ("US",)}, {"mode": REMOTE, **IN_OHIO}, None),
        ({"countries": ("US", "DE")}, {"mode": REMOTE, **IN_OHIO}, True),
        ({"remote_from": "US-TX"}, {"mode": REMOTE, "applicant_countries": ("US",)}, True),
    ],
)  # fmt: skip
def test_place(mine, content, passed):
    assert one("place", Preferences(**mine), facts(**content)).passed is passed


@pytest.mark.parametrize(
    ("mine", "theirs", "passed"),
    [
        ({REMOTE, HYBRID}, HYBRID, True),
        ({REMOTE}, ONSITE, False),
        (set(), ONSITE, None),
        ({REMOTE}, None, None),
    ],
)
def test_way_of_working(mine, theirs, passed):
    assert one("mode", Preferences(modes=frozenset(mine)), facts(mode=theirs)).passed is passed


ZONED = (pay(40_000, 60_000), pay(70_000, 90_000, "EUR", zone=("DE",)))


@pytest.mark.parametrize(
    ("floor", "countries", "bands", "passed"),
    [
        ((60_000, "USD"), (), (pay(40_000, 60_000),), True),
        ((60_001, "USD"), (), (pay(40_000, 60_000),), False),
        ((5_000, "USD", PayPeriod.MONTH), (), (pay(40_000, 60_000),), True),
        ((60_000, "EUR"), (), (pay(40_000, 60_000),), None),
        (None, (), (pay(40_000, 60_000),), None),
        ((60_000, "USD"), (), (), None),
        ((80_000, "EUR"), ("DE",), ZONED, True),
        ((95_000, "EUR"), ("DE",), ZONED, False),
        ((80_000, "EUR"), ("US",), ZONED, None),
        ((95_000, "EUR"), ("US", "DE"), ZONED, None),
        ((50_000, "USD"), ("US",), (pay(70_000, 90_000, "EUR", zone=("DE",)),), None),
    ],
)
def test_pay_is_the_top_of_the_band_that_applies(floor, countries, bands, passed):
    posting = facts(
        mode=REMOTE, applicant_countries=("US", "DE"), locations=(Place("US"),), pay_bands=bands
    )
    least = PayFloor(Decimal(floor[0]), *floor[1:]) if floor else None
    mine = Preferences(countries=countries, pay_floor=least)
    assert one("pay", mine, posting).passed is passed


@pytest.mark.parametrize(
    ("needed", "sponsored", "passed"),
    [
        (False, None, True),
        (False, False, True),
        (True, True, True),
        (True, False, False),
        (True, None, None),
        (None, True, None),
    ],
)
def test_visa(needed, sponsored, passed):
    mine = Preferences(visa_needed=needed)
    assert one("visa", mine, facts(visa_sponsorship=sponsored)).passed is passed


AT_MUNICH = {"mode": ONSITE, "locations": (Place("DE", MUNICH),)}


@pytest.mark.parametrize(
    ("countries", "radius_km", "content", "passed"),
    [
        (("DE",), 60, AT_MUNICH, True),
        (("DE",), 50, AT_MUNICH, False),
        ((), 60, AT_MUNICH, True),
        ((), 50, AT_MUNICH, False),
        (("PL",), 60, AT_MUNICH, False),
        (("DE",), 50, {"mode": HYBRID, "locations": (Place("DE"),)}, None),
        (("DE",), 50, {**AT_MUNICH, "locations": (Place("PL", WARSAW), Place("DE", AUGSBURG))},
         True),
        (("DE",), 50, {"mode": REMOTE, "applicant_countries": ("DE",)}, True),
    ],
)  # fmt: skip
def test_work_on_site_lies_within_reach_of_the_places_that_i_name(
    countries, radius_km, content, passed
):
    mine = Preferences(countries=countries, places=(Reach(SPOTS[AUGSBURG], radius_km),))
    assert one("place", mine, facts(**content)).passed is passed


def test_the_reason_names_the_nearest_and_how_far_it_is():
    mine = Preferences(countries=("DE",), places=(Reach(SPOTS[AUGSBURG], 25),))
    reason = one("place", mine, facts(**AT_MUNICH)).reason
    assert reason == "Munich is 57 km from Augsburg; you go up to 25 km."


STEPS = list(Level)


@pytest.mark.parametrize(
    ("now", "wanted", "reached"),
    [
        (None, 4, {3, 4, 5}),
        (3, 4, {3, 4, 5}),
        (1, 4, {1, 2, 3, 4, 5}),
        (6, 2, {1, 2, 3, 4, 5, 6}),
        (None, 1, {1, 2}),
    ],
)
def test_a_level_counts_a_step_beside_the_wanted_one_or_on_the_way_to_it(now, wanted, reached):
    mine = Preferences(level_wanted=STEPS[wanted - 1], level_now=STEPS[now - 1] if now else None)
    found = {level.step for level in Level if one("level", mine, facts(level=level)).passed}
    assert found == reached
    assert one("level", mine, facts()).passed is None
