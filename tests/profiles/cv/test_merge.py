"""What accepting would do: add, keep the better, never lower unasked."""

import pytest

from profiles.cv.facts import Fact
from profiles.cv.merge import Effect, identity, merged
from profiles.enums import FactKind


@pytest.mark.parametrize(
    ("kind", "held", "suggested", "effect", "values"),
    [
        ("skill", {"level": 2}, {"level": 3, "years": "5"}, "adds", {"level": 3, "years": "5"}),
        ("skill", {"level": 3, "years": "10"}, {"level": 2, "years": "9.5"}, "same",
         {"level": 3, "years": "10"}),
        ("skill", {"level": 3, "years": "9"}, {"level": 2, "years": "10"}, "adds",
         {"level": 3, "years": "10"}),
        ("skill", {"last_used": "2019"}, {"last_used": "2020"}, "adds", {"last_used": "2020"}),
        ("skill", {}, {"level": 0}, "same", {}),
        ("skill", {"level": 0}, {"level": 0}, "same", {"level": 0}),
        ("skill", {"level": 0, "years": "1"}, {}, "replaces", {"years": "1"}),
        ("skill", {"level": 0}, {"level": 2}, "replaces", {"level": 2}),
        ("language", {"cefr": "B2"}, {"cefr": "B1"}, "same", {"cefr": "B2"}),
        ("language", {"cefr": "B2"}, {"cefr": "C1"}, "adds", {"cefr": "C1"}),
        ("language", {}, {"cefr": "A1"}, "adds", {"cefr": "A1"}),
        ("certificate", {"expires": "2027-01-01"}, {"expires": "2026-01-01", "issuer": "A"}, "adds",
         {"expires": "2027-01-01", "issuer": "A"}),
        ("place", {"radius_km": 25}, {"radius_km": 100}, "adds", {"radius_km": 100}),
        ("experience", {"summary": "Mine", "level": "manager"},
         {"summary": "Theirs", "level": "vp", "url": "https://a.b"}, "adds",
         {"summary": "Mine", "level": "manager", "url": "https://a.b"}),
        ("about", {"headline": "Mine"}, {"headline": "Theirs"}, "replaces", {"headline": "Theirs"}),
        ("about", {"headline": "Mine"}, {"headline": "Mine"}, "same", {"headline": "Mine"}),
        ("wish", {"pay_floor": "10", "pay_currency": "USD"},
         {"pay_floor": "20", "pay_currency": "EUR"}, "replaces",
         {"pay_floor": "20", "pay_currency": "EUR"}),
        ("wish", {"pay_currency": "USD"}, {"pay_currency": "USD", "pay_floor": "9"}, "adds",
         {"pay_currency": "USD", "pay_floor": "9"}),
    ],
)  # fmt: skip
def test_the_better_is_kept(kind, held, suggested, effect, values):
    found = merged(Fact(FactKind(kind), held), Fact(FactKind(kind), suggested))
    assert (found.effect.value, dict(found.values)) == (effect, values)
    assert all(held.get(name) != values.get(name) for name in found.changed)


def test_what_is_not_held_is_new():
    fact = Fact(FactKind.SKILL, {"slug": "zendesk", "level": 0})
    found = merged(None, fact)
    assert (found.effect, found.values, found.changed) == (
        Effect.NEW,
        fact.values,
        ("slug", "level"),
    )


@pytest.mark.parametrize(
    ("kind", "one", "other", "same"),
    [
        ("skill", {"slug": "a", "level": 1}, {"slug": "a"}, True),
        ("skill", {"slug": "a"}, {"slug": "b"}, False),
        ("certificate", {"name": "ITIL"}, {"name": "itil ", "issuer": "A"}, True),
        ("certificate", {"name": "itil"}, {"slug": "itil"}, False),
        ("experience", {"position": "Lead", "started": "2019"},
         {"position": "LEAD", "started": "2019", "ended": "2020"}, True),
        ("experience", {"position": "Lead", "started": "2019"}, {"position": "Lead"}, False),
        ("about", {"headline": "a"}, {"headline": "b"}, True),
        ("about", {"headline": "a"}, {"summary": "a"}, False),
        ("wish", {"pay_floor": "1", "pay_currency": "USD"}, {"pay_currency": "EUR"}, True),
        ("wish", {"modes": ["remote"]}, {"schedules": ["nights"]}, False),
    ],
)  # fmt: skip
def test_what_is_one_fact(kind, one, other, same):
    both = [identity(Fact(FactKind(kind), values)) for values in (one, other)]
    assert (both[0] == both[1]) is same
