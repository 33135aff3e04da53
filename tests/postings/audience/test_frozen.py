"""A crowd as a document."""

import json
from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from cscareers.core.salary import PayPeriod
from postings.audience.frozen import freeze, thaw
from postings.enums import Level, WorkMode
from postings.matching.inputs import PayFloor, Preferences, Profile, Reach, Spot
from tests.postings.matching.drawn import profiles

preferences = st.builds(
    Preferences,
    countries=st.sampled_from([(), ("US",), ("PL", "DE")]),
    remote_from=st.sampled_from(["", "US-OH"]),
    modes=st.frozensets(st.sampled_from(WorkMode)),
    pay_floor=st.sampled_from([None, PayFloor(Decimal("24.50"), "USD", PayPeriod.HOUR)]),
    visa_needed=st.sampled_from([None, True, False]),
    level_wanted=st.sampled_from([None, Level.MANAGER]),
    level_now=st.sampled_from([None, Level.SPECIALIST]),
)
people = st.builds(lambda one, wants: replace(one, preferences=wants), profiles, preferences)


@settings(max_examples=25)
@given(st.lists(people, max_size=4), st.randoms())
def test_nothing_is_lost_but_the_order(crowd: list[Profile], random: st.randoms) -> None:  # type: ignore[valid-type]
    frozen = freeze(crowd)
    back = thaw(json.loads(json.dumps(frozen)))
    assert freeze(back) == frozen
    assert sorted(map(crowd.index, back)) == sorted(map(crowd.index, crowd))
    random.shuffle(crowd)  # type: ignore[attr-defined]
    assert freeze(crowd) == frozen


def test_where_people_live_is_left_out() -> None:
    here = Reach(Spot("Columbus", (39.96, -83.0)), 25)
    person = Profile(preferences=Preferences(countries=("US",), places=(here,)))
    assert thaw(freeze([person])) == (Profile(preferences=Preferences(countries=("US",))),)
