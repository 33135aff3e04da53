"""One explanation for all: the page's JSON twin and the API say the same bytes of one profile."""

import pytest

from postings.enums import Cefr, EducationLevel, Importance, RequirementKind, WorkMode
from postings.match_drawing import draw
from postings.matching.explanations import canonical
from tests.factories.full import make_full_candidate
from tests.factories.places import reference_rows
from tests.factories.postings import asks, pay, published_posting

pytestmark = pytest.mark.django_db
KIND = RequirementKind
SALESFORCE = "salesforce-service-cloud"


@pytest.fixture
def me(client):
    """Somebody whose profile says something in every part, signed in."""
    reference_rows()
    profile = make_full_candidate()
    client.force_login(profile.user)
    return profile


def jobs():
    """Jobs that between them ask each kind of thing and fail each constraint."""
    published_posting(
        requirements=(
            asks("zendesk", 1, kind=KIND.TOOL, min_level=3, any_of="a"),
            asks(SALESFORCE, 2, kind=KIND.TOOL, min_level=2, any_of="a"),
            asks(None, 3, kind=KIND.LANGUAGE, language="es", min_cefr=Cefr.C1),
            asks("coaching", 4, importance=Importance.NICE, min_years=4),
            asks("itil", 5, kind=KIND.CERTIFICATE, importance=Importance.NICE),
            asks("zendesk", 6, kind=KIND.TOOL, min_level=1),
        )
    )
    published_posting(
        mode=WorkMode.ONSITE,
        pay_bands=(pay(40_000, 50_000),),
        visa_sponsorship=False,
        requirements=(
            asks(None, 1, kind=KIND.EDUCATION, education=EducationLevel.BACHELOR, min_years=5),
            asks(None, 2, kind=KIND.EXPERIENCE, name="Leading “a” desk <b>é</b>", min_years=4),
        ),
    )
    published_posting(requirements=(asks(None, 1, kind=KIND.LANGUAGE, language="de"),))


def test_the_twin_and_the_api_say_the_same_bytes(client, me):
    jobs()
    mine = client.get("/me/matches.json")
    exported = client.get("/me/profile/export.json").content
    sent = client.post("/api/v1/match", exported, content_type="application/json")
    assert (mine.status_code, sent.status_code) == (200, 200)
    mine_said, sent_said = mine.json(), sent.json()
    sent_said.pop("unrecognised")
    assert canonical(mine_said) == canonical(sent_said)
    assert mine_said["count"] == 3
    for one in mine_said["results"]:
        assert canonical(one).encode() in mine.content
        assert canonical(one).encode() in sent.content
    assert {one["eligible"] for one in mine_said["results"]} == {True, False}
    rows = [row for one in mine_said["results"] for row in one["rows"]]
    assert {row["status"] for row in rows} == {"met", "partial", "missing", "unknown"}


def test_the_page_draws_that_explanation(client, me):
    jobs()
    for one in client.get("/me/matches.json").json()["results"]:
        page = client.get(f"/me/matches/{one['posting']}/").context["page"]
        assert page.match == draw(one, links())


def links():
    """By the kind of a requirement, as the pages of the own profile have it."""
    sections = {
        "skill": "skills", "tool": "tools", "certificate": "education", "language": "languages",
        "education": "education", "experience": "work",
    }  # fmt: skip
    return {kind: f"/me/profile/{slug}/" for kind, slug in sections.items()}


def test_wrong_parameters_are_named_as_by_the_api(client, me):
    jobs()
    for query in ("?level=boss", "?after=0000000000"):
        mine = client.get(f"/me/matches.json{query}")
        sent = client.post(f"/api/v1/match{query}", "{}", content_type="application/json")
        assert (mine.status_code, mine.json()) == (400, sent.json())
    page = client.get("/me/matches.json?page_size=1").json()
    assert (
        page["next"]
        == f"http://testserver/me/matches.json?page_size=1&after={page['results'][0]['posting']}"
    )
    assert len(client.get(page["next"]).json()["results"]) == 1
