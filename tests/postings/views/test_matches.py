"""The candidate's matches as pages: groups, what is not shown and why, one match alone."""

import re
from html import unescape

import pytest

from postings.content import Place
from postings.enums import Cefr, Importance, RequirementKind, WorkMode
from tests.factories.candidates import make_candidate
from tests.factories.postings import asks, published_posting

pytestmark = pytest.mark.django_db
ZENDESK = asks("zendesk", 1, kind=RequirementKind.TOOL, min_level=3)
SPANISH = asks(None, 2, kind=RequirementKind.LANGUAGE, language="es", min_cefr=Cefr.B2)
COACHING = asks("coaching", 3, importance=Importance.NICE, min_years=2)


@pytest.fixture
def me(client):
    """Somebody who can do something, signed in."""
    profile = make_candidate(skills={"zendesk": 3}, work_countries=["US"])
    client.force_login(profile.user)
    return profile


def body_of(client, address: str = "/me/matches/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def listed(body: str) -> dict[str, list[str]]:
    """The jobs under each heading of a group, in their order."""
    parts = re.split(r'<h2[^>]* id="g-[^"]*">', body)[1:]
    return {
        re.sub(r"<[^>]+>|\s+", " ", part[: part.index("</h2>")]).strip(): re.findall(
            r'<h3 class="card__t2"><a [^>]*>([^<]*)<', part
        )
        for part in parts
    }


def test_jobs_stand_in_their_tier(client, me):
    published_posting(title="All", requirements=(ZENDESK,))
    published_posting(title="All, less", requirements=(ZENDESK, COACHING))
    published_posting(title="Stretch", requirements=(ZENDESK, SPANISH))
    published_posting(title="More", requirements=(asks("coaching", 1), SPANISH))
    published_posting(
        title="Away", requirements=(ZENDESK,), mode=WorkMode.ONSITE, locations=(Place("DE"),)
    )
    body = body_of(client)
    assert {" ".join(k.split()): v for k, v in listed(body).items()} == {
        "Meets all must-haves 2": ["All", "All, less"],
        "One gap 1": ["Stretch"],
        "More gaps 1": ["More"],
    }
    assert '<b class="num">4</b> of 5 open jobs meet your conditions' in body
