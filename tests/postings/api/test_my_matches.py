"""One explanation for all: the page's JSON twin and the API say the same bytes of one profile."""

import json

import pytest

from postings.enums import Cefr, EducationLevel, Importance, RequirementKind, WorkMode
from postings.match_drawing import draw
from postings.matching.explanations import canonical
from profiles.models import CandidateCertificate, Education, Skill
from tests.factories.candidates import make_candidate
from tests.factories.places import reference_rows
from tests.factories.postings import asks, pay, published_posting

pytestmark = pytest.mark.django_db
KIND = RequirementKind
SALESFORCE, HDI = "salesforce-service-cloud", "hdi-support-center-manager"
RESUME = {
    "work": [{"startDate": "2019-03", "endDate": "2022-08"}],
    "x-cscareers": {
        "skills": [
            {"slug": "zendesk", "level": 2},
            {"slug": SALESFORCE, "level": 0},
        ],
        "languages": [{"code": "es", "cefr": "B1"}, {"code": "de"}],
        "certificates": [{"slug": HDI, "expires": "2020-01-31"}],
        "education": "associate",
        "countries": ["US"],
        "modes": ["hybrid", "remote"],
        "pay_floor": {"amount": 30, "currency": "USD", "period": "hour"},
        "visa_needed": True,
    },
}


@pytest.fixture
def me(client):
    """The person of the resume, with a profile here."""
    reference_rows()
    profile = make_candidate(
        skills={"zendesk": 2, SALESFORCE: 0},
        languages={"es": "B1", "de": ""},
        worked=("2019-03", "2022-08"),
        work_countries=["US"],
        modes=["hybrid", "remote"],
        pay_floor=30,
        pay_currency="USD",
        pay_period="hour",
        visa_needed=True,
    )
    held = Skill.objects.get(slug=HDI)
    CandidateCertificate.objects.create(profile=profile, skill=held, expires="2020-01-31")
    Education.objects.create(profile=profile, level="associate")
    client.force_login(profile.user)
    return profile


def jobs():
    """Jobs that between them ask each kind of thing and fail each constraint."""
    published_posting(
        requirements=(
            asks("zendesk", 1, kind=KIND.TOOL, min_level=3, any_of="a"),
            asks(SALESFORCE, 2, kind=KIND.TOOL, min_level=2, any_of="a"),
            asks(None, 3, kind=KIND.LANGUAGE, language="es", min_cefr=Cefr.B2),
            asks("coaching", 4, importance=Importance.NICE, min_years=2),
            asks(HDI, 5, kind=KIND.CERTIFICATE, importance=Importance.NICE),
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
    sent = client.post("/api/v1/match", json.dumps(RESUME), content_type="application/json")
    assert (mine.status_code, sent.status_code) == (200, 200)
    mine_said, sent_said = mine.json(), sent.json()
    assert sent_said.pop("unrecognised") == []
    assert canonical(mine_said) == canonical(sent_said)
    assert mine_said["count"] == 3
    for one in mine_said["results"]:
        assert canonical(one).encode() in mine.content
        assert canonical(one).encode() in sent.content
    assert {one["eligible"] for one in mine_said["results"]} == {True, False}


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
