"""A profile that goes out as a JSON Resume is matched as the stored one."""

import json

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from postings.enums import Cefr, EducationLevel, RequirementKind
from postings.filters import PostingFilterSet
from postings.matching.candidates import facts_of
from postings.matching.explanations import explanations
from postings.matching.ranking import match, ranked
from postings.matching.retrieval import asked_postings
from tests.factories.full import make_full_candidate
from tests.factories.postings import asks, published_posting

pytestmark = pytest.mark.django_db
ROWS = (
    asks("zendesk", 1, kind=RequirementKind.TOOL, min_level=1),
    asks("coaching", 2, min_level=4, min_years=2),
    asks(None, 3, kind=RequirementKind.LANGUAGE, language="es", min_cefr=Cefr.C1),
    asks(None, 4, kind=RequirementKind.EDUCATION, education=EducationLevel.MASTER),
    asks("itil", 5, kind=RequirementKind.CERTIFICATE),
    asks("ccxp", 6, kind=RequirementKind.CERTIFICATE),
    asks(None, 7, kind=RequirementKind.EXPERIENCE, name="in service", min_years=12),
)


def test_an_export_matches_as_the_profile_it_was_made_of():
    candidate = make_full_candidate()
    published_posting(requirements=ROWS)
    browser = Client()
    browser.force_login(candidate.user)
    sent = browser.get("/me/profile/export.json").content
    answer = Client().post("/api/v1/match", sent, content_type="application/json").json()
    now = timezone.now()
    stored = facts_of(candidate, today=now.date())
    asked = asked_postings(PostingFilterSet(QueryDict(), now=now)).postings
    every = ranked(match(stored, posting, today=now.date()) for posting in asked)
    told = json.loads(json.dumps(explanations(stored, every, every, today=now.date())))
    assert (answer["results"], answer["unrecognised"]) == (told, [])
    statuses = [row["status"] for row in told[0]["rows"]]
    assert statuses == [
        "missing", "partial", "partial", "partial", "met", "unknown", "partial",
    ]  # fmt: skip
