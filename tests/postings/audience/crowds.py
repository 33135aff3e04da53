"""Crowds of the tests: groups of people who say the same, and a few who say something else."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st

from postings.audience.crowd import Crowd
from postings.enums import RequirementKind
from postings.matching.inputs import Ask, Held, PostingFacts, Profile
from tests.postings.matching.drawn import profiles

DAY = date(2026, 6, 1)
KEY = b"only the server knows"

crowds_of_people = st.lists(
    st.tuples(profiles, st.sampled_from([1, 1, 4, 9, 10, 14, 19, 20, 33, 60])), max_size=7
).map(lambda groups: tuple(person for person, number in groups for _ in range(number)))
keys = st.binary(min_size=1, max_size=4)


def crowd(people: Iterable[Profile], key: bytes = KEY) -> Crowd:
    return Crowd(tuple(people), day=DAY, key=key)


def holding(number: int, **levels: int) -> list[Profile]:
    """So many people who hold these terms at these levels."""
    return [Profile(skills={slug: Held(level) for slug, level in levels.items()})] * number


def skill(slug: str, level: int | None = None, **more: Any) -> Ask:
    values = {"id": slug, "kind": RequirementKind.SKILL, "must": True, "name": slug, **more}
    return Ask(slug=slug, level=level, **values)


def posting(*rows: Ask | tuple[Ask, ...], **more: Any) -> PostingFacts:
    groups = tuple(row if isinstance(row, tuple) else (row,) for row in rows)
    return PostingFacts(id="p", published_at=datetime(2026, 6, 1, tzinfo=UTC), rows=groups, **more)
