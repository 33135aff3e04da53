"""Who counts in the crowd of a day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from postings.audience import people
from postings.audience.people import people_today
from postings.matching.inputs import Held
from profiles.enums import Visibility
from tests.factories.candidates import make_candidate
from tests.factories.people import make_user

DAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def levels() -> tuple[list[int | None], bool]:
    found, capped = people_today(DAY)
    return sorted(person.skills["coaching"].level or 0 for person in found), capped


def test_who_counts(monkeypatch: pytest.MonkeyPatch, django_assert_num_queries) -> None:
    """Visible, active, with a fact; the newest who make no ten wait; at most the last changed."""
    make_candidate(make_user(is_active=False), skills={"coaching": 0})
    make_candidate(visibility=Visibility.NOBODY, skills={"coaching": 0})
    make_candidate(headline="Says nothing")
    for number in range(13):
        day = NOW + timedelta(days=number)
        make_candidate(
            skills={"coaching": 1 if number < 10 else 2},
            created_at=day,
            # The oldest changed last.
            updated_at=NOW + timedelta(days=100 - number),
            visibility=(Visibility.APPLICATION, Visibility.VERIFIED)[number % 2],
        )
    with django_assert_num_queries(2):
        assert levels() == ([1] * 10, False)
    monkeypatch.setattr(people, "MOST_PEOPLE", 12)
    assert levels() == ([1] * 10, True)


def test_a_crowd_says_nothing_of_whose_it_is() -> None:
    for number in range(10):
        make_candidate(headline="Anna", summary="Anna’s", skills={"coaching": number % 4})
    found, _ = people_today(DAY)
    assert [set(person.skills) for person in found] == [{"coaching"}] * 10
    assert found[0].skills["coaching"] == Held(0)
    assert "Anna" not in repr(found)
