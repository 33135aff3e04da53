"""The profile as a whole: its sections and what saying more would unlock."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from postings.content import Place
from postings.enums import Cefr, Level, RequirementKind, WorkMode
from tests.factories.candidates import make_candidate
from tests.factories.people import make_user
from tests.factories.places import reference_rows
from tests.factories.postings import asks, published_posting

pytestmark = pytest.mark.django_db
ZENDESK = asks("zendesk", 1, kind=RequirementKind.TOOL, min_level=3)


def spanish(cefr: Cefr):
    return asks(None, 2, kind=RequirementKind.LANGUAGE, language="es", min_cefr=cefr)


def text_of(client) -> str:
    answer = client.get("/me/profile/")
    assert answer.status_code == 200
    main = unescape(answer.content.decode()).partition('<main id="main"')[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_what_each_step_unlocks_is_counted(client):
    reference_rows()
    me = make_candidate(skills={"zendesk": 3}, work_countries=["US"], headline="Team lead")
    client.force_login(me.user)
    for cefr in (Cefr.B1, Cefr.B2, Cefr.B2):
        published_posting(requirements=(ZENDESK, spanish(cefr)))
    published_posting(requirements=(ZENDESK, spanish(Cefr.C2), asks("coaching", 3)))
    published_posting(requirements=(asks("zendesk", 1, min_level=4),))
    published_posting(requirements=(ZENDESK,))
    published_posting(  # nothing that one says opens what one's conditions exclude
        requirements=(ZENDESK, spanish(Cefr.C1)), mode=WorkMode.ONSITE, locations=(Place("DE"),)
    )
    said = text_of(client)
    assert (
        "What each step unlocks +3 Confirm Spanish B2 : 3 more matches"
        " +1 Zendesk from level 3 to level 4 : 1 more match"
        " Jobs that you would then meet every must-have of, of the 6 open jobs that meet your"
        " conditions,"
    ) in said
    assert "Meet your conditions 6 You meet all must-haves 1 One gap 4" in said
    assert "About you Said Team lead" in said
    assert "Tools 1 Zendesk" in said
    assert "Languages Nothing yet" in said
    with CaptureQueriesContext(connection) as queries:
        client.get("/me/profile/")
    assert len(queries) == 19


def test_somebody_who_says_nothing_sees_what_jobs_of_their_level_ask_most(client):
    me = make_candidate(level_wanted=Level.DIRECTOR)
    client.force_login(me.user)
    two = (asks("coaching", 1), asks("zendesk", 2, min_level=2))
    published_posting(level=Level.DIRECTOR, requirements=(*two, asks("workforce-planning", 3)))
    published_posting(level=Level.DIRECTOR, requirements=two)
    for _ in range(3):
        published_posting(level=Level.REPRESENTATIVE, requirements=(asks("workforce-planning", 1),))
    said = text_of(client)
    assert (
        "What to add first 2 Coaching : 2 jobs ask for it 2 Zendesk : 2 jobs ask for it"
        " 1 Workforce planning : 1 job asks for it"
        " Jobs that ask for it, of the 2 open jobs that meet your conditions,"
    ) in said
    assert "Your matches now" not in said


def test_without_a_job_to_count_it_says_so(client):
    me = make_candidate(level_wanted=Level.VP)
    client.force_login(me.user)
    assert "No job is open today, so nothing can be counted." in text_of(client)
    published_posting(requirements=(asks("coaching", 1), asks("zendesk", 2)))
    assert "No open job meets your conditions, so nothing can be counted." in text_of(client)


def test_without_a_profile_all_sections_wait(client):
    client.force_login(make_user())
    said = text_of(client)
    assert "Your profile says nothing yet that a job could ask." in said
    assert said.count("Nothing yet") == 7
