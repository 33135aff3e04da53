"""What a profile says in words, section by section."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.test.utils import CaptureQueriesContext

from profiles.models import (
    CandidateCertificate,
    CandidatePlace,
    CandidateProfile,
    Education,
    Evidence,
    Experience,
    Skill,
)
from profiles.profile_page import SECTIONS, SLUGS, outline, sections
from profiles.profile_rows import KINDS, rows_of
from tests.factories.candidates import make_candidate
from tests.factories.people import make_employer
from tests.factories.places import DUBLIN, reference_rows

TODAY = date(2026, 11, 22)
pytestmark = pytest.mark.django_db


def full() -> CandidateProfile:
    reference_rows()
    profile = make_candidate(
        languages={"es": "", "en": "C2"},
        headline="Team lead in retail support",
        level_now="supervisor",
        pay_floor=Decimal("31.50"),
        pay_currency="EUR",
        pay_period="hour",
        modes=["remote", "onsite"],
        work_countries=["IE", "DE"],
        remote_from="US-OH",
        schedules=["weekends"],
        visa_needed=False,
        visibility="verified",
    )
    terms = Skill.objects.in_bulk(field_name="slug")
    profile.skills.create(skill=terms["coaching"])
    profile.skills.create(
        skill=terms["complaint-handling"], level=4, years=Decimal("5.0"), last_used="2026-10"
    )
    profile.skills.create(skill=terms["zendesk"], level=0)
    Evidence.objects.create(
        profile=profile, what="Fewer complaints", where="Corriveau", skill=terms["coaching"],
        team_size=9, kpi="qa-score", before=Decimal(78), after=Decimal("91.5"), unit="%",
    )  # fmt: skip
    Experience.objects.create(
        profile=profile, position="Agent", kind="volunteer", started="2015", ended="2016-02"
    )
    Experience.objects.create(
        profile=profile, position="Team lead", employer_name="Corriveau", started="2019-04"
    )
    Education.objects.create(profile=profile, level="bachelor", area="History", ended="2014")
    CandidateCertificate.objects.create(
        profile=profile, skill=terms["hdi-support-center-manager"], issued="2023",
        expires=date(2025, 3, 31),
    )  # fmt: skip
    CandidateCertificate.objects.create(profile=profile, name="First aid", issuer="Red Cross")
    CandidatePlace.objects.create(profile=profile, city_id=DUBLIN, radius_km=25)
    profile.blocked.add(make_employer())
    return profile


def test_each_section_says_what_it_holds() -> None:
    found = {one.slug: one.lines for one in sections(full(), today=TODAY)}
    assert found == {
        "about": ("Team lead in retail support", "Level now: Supervisor"),
        "conditions": (
            "At least €31.50 an hour",
            "On site, Remote",
            "Dublin, Leinster, Ireland: within 25 km",
            "May work in Ireland, Germany",
            "Works remotely from Ohio, United States",
            "Weekends",
            "Needs no visa",
        ),
        "work": (
            "Team lead, Corriveau: since Apr 2019",
            "Agent: 2015 to Feb 2016; Voluntary work",
            "Fewer complaints: Quality score: 78 to 91.5 %; team of 9; Coaching, Corriveau",
        ),
        "skills": (
            "Complaint handling: Level 4, expert; 5 years, last used Oct 2026",
            "Coaching: No level yet; Quality score: 78 to 91.5 %",
        ),
        "tools": ("Zendesk: I don’t have it",),
        "languages": ("English: C2 – like a first language", "Spanish"),
        "education": (
            "History: Bachelor’s degree; until 2014",
            "HDI Support Center Manager: since 2023, ended 31 Mar 2025",
            "First aid: Red Cross",
        ),
        "visibility": ("All verified employers", "1 employer blocked"),
    }


def test_what_a_match_can_not_read_is_said_at_the_row() -> None:
    profile = full()
    warned = {
        kind: [row.title for row in rows_of(profile, kind, today=TODAY) if row.warning]
        for kind in KINDS
    }
    assert {kind: titles for kind, titles in warned.items() if titles} == {
        "languages": ["Spanish"],
        "certificates": ["First aid"],
    }


def test_the_outline_counts_the_same_rows_in_one_query(django_assert_num_queries) -> None:
    profile = full()
    counted = {one.slug: one.count for one in sections(profile, today=TODAY)}
    with django_assert_num_queries(1):
        assert {one.slug: one.count for one in outline(profile)} == counted
    assert counted == {
        "about": None, "conditions": None, "work": 3, "skills": 2, "tools": 1, "languages": 2,
        "education": 3, "visibility": None,
    }  # fmt: skip


def test_sections_take_as_many_queries_for_one_row_as_for_three() -> None:
    from django.db import connection

    numbers = []
    for size in (1, 3):
        profile = make_candidate(
            skills={f"of-{size}-{n}": 3 for n in range(size)},
            languages=dict.fromkeys(("en", "es", "fr")[:size], "B2"),
        )
        for _ in range(size):
            Experience.objects.create(profile=profile, position="Agent")
            Evidence.objects.create(profile=profile, what="Calls")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            sections(profile, today=TODAY)
        numbers.append(len(queries))
    assert numbers == [12, 12]


def test_nobody_yet_says_nothing_and_asks_nothing(django_assert_num_queries) -> None:
    now = datetime.now(UTC)
    nobody = CandidateProfile(created_at=now, updated_at=now)
    with django_assert_num_queries(0):
        found = sections(nobody, today=TODAY)
        side = outline(nobody)
    assert [one.slug for one in found if not one.is_empty] == ["visibility"]
    assert [one.count for one in side] == [None, None, 0, 0, 0, 0, 0, None]
    assert SLUGS == tuple(one.slug for one in SECTIONS) == tuple(one.slug for one in found)
