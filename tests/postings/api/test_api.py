"""The JSON API: its shapes, its errors, who sees what."""

from datetime import UTC, datetime

import jsonschema
import pytest

from cscareers.core.salary import PayPeriod
from postings.actions.lifecycle import close, pause
from postings.content import Benefit, Place
from postings.enums import BenefitKind, Cefr, EducationLevel, RequirementKind, WorkMode
from postings.models import Posting
from tests.factories.people import make_employer
from tests.factories.places import COLUMBUS
from tests.factories.postings import (
    asks,
    draft_posting,
    pay,
    published_posting,
    published_postings,
    submitted_posting,
)

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
REQUIREMENTS = [
    {"id": "r1", "kind": "tool", "name": "Zendesk",
     "skill": {"slug": "zendesk", "name": "Zendesk", "esco_uri": None},
     "language": None, "min_cefr": None, "education": None, "importance": "must",
     "min_level": 3, "min_years": None, "any_of": "a"},
    {"id": "r2", "kind": "language", "name": "Spanish", "skill": None,
     "language": "es", "min_cefr": "B2", "education": None, "importance": "must",
     "min_level": None, "min_years": None, "any_of": None},
    {"id": "r3", "kind": "education", "name": "Bachelor’s degree", "skill": None,
     "language": None, "min_cefr": None, "education": "bachelor", "importance": "must",
     "min_level": None, "min_years": 2, "any_of": None},
    {"id": "r4", "kind": "skill", "name": "Coaching",
     "skill": {"slug": "coaching", "name": "Coaching", "esco_uri": None},
     "language": None, "min_cefr": None, "education": None, "importance": "must",
     "min_level": None, "min_years": None, "any_of": "a"},
]  # fmt: skip


def full_posting() -> Posting:
    return published_posting(
        employer=make_employer("Harrow", slug="harrow"),
        mode=WorkMode.REMOTE,
        locations=(Place("US", COLUMBUS),),
        applicant_countries=("US", "DE"),
        pay_bands=(
            pay("30.50", 36, period=PayPeriod.HOUR, zone=("US",)),
            pay(52_000, 60_000, "EUR", zone=("DE",)),
        ),
        benefits=(Benefit(BenefitKind.HEALTH, "From day one"),),
        requirements=(
            asks("zendesk", 1, kind=RequirementKind.TOOL, min_level=3, any_of="a"),
            asks(None, 2, kind=RequirementKind.LANGUAGE, language="es", min_cefr=Cefr.B2),
            asks(
                None,
                3,
                kind=RequirementKind.EDUCATION,
                education=EducationLevel.BACHELOR,
                min_years=2,
            ),
            asks("coaching", 4, any_of="a"),
        ),
        description="**You** decide.",
    )


def test_one_posting_in_full(client):
    row = full_posting()
    body = client.get(f"/api/v1/postings/{row.public_id}").json()
    stamps = {name: body.pop(name) for name in ("published_at", "confirmed_at", "closes_at")}
    assert datetime.fromisoformat(stamps["closes_at"]) == row.closes_at
    assert body.pop("reposts") == {"count": 0, "first_published_at": stamps["published_at"]}
    assert body == {
        "id": row.public_id,
        "url": f"http://testserver{row.get_absolute_url()}",
        "title": "Customer Service Manager",
        "level": "manager",
        "employer": {
            "name": "Harrow",
            "slug": "harrow",
            "url": "http://testserver/employers/harrow/",
            "verified": "email",
            "replies": None,
        },
        "pay": {
            "zone": ["US"], "currency": "USD", "min": 30.5, "max": 36, "period": "hour",
            "annual_min": 63_440, "annual_max": 74_880,
        },
        "pay_bands": [
            {
                "zone": ["US"], "currency": "USD", "min": 30.5, "max": 36, "period": "hour",
                "annual_min": 63_440, "annual_max": 74_880,
            },
            {
                "zone": ["DE"], "currency": "EUR", "min": 52_000, "max": 60_000,
                "period": "year", "annual_min": 52_000, "annual_max": 60_000,
            },
        ],
        "work_mode": "remote",
        "locations": [
            {"city": "Columbus", "region": "Ohio", "country": "US", "latitude": 39.96,
             "longitude": -83.0}
        ],
        "applicant_countries": ["DE", "US"],
        "applicant_subdivisions": [],
        "employment": ["FULL_TIME"],
        "industry": "retail",
        "specialisations": [],
        "schedule": [],
        "benefits": ["health"],
        "languages": ["es"],
        "visa_sponsorship": None,
        "responsibilities": [
            "Lead a team of twelve who answer by phone and chat.",
            "Plan shifts a month ahead.",
            "Settle the complaints that others could not.",
        ],
        "requirements": REQUIREMENTS,
        "description_html": "<p><strong>You</strong> decide.</p>\n",
        "reply_days": None,
        "replies": None,
    }  # fmt: skip


def test_the_band_is_that_of_the_country_asked_for(client):
    full_posting()
    answer = client.get("/api/v1/postings?remote_from=DE").json()
    assert answer["results"][0]["pay"]["currency"] == "EUR"


def test_the_list_has_counts_facets_and_a_next_page(client):
    for number in range(3):
        published_posting(title=f"Manager {number}")
    first = client.get("/api/v1/postings?page_size=2&level=manager").json()
    assert set(first) == {
        "count", "count_is_exact", "facets", "results", "next", "other_currencies",
        "corrected_query",
    }  # fmt: skip
    assert (first["count"], first["count_is_exact"], len(first["results"])) == (3, True, 2)
    assert first["facets"]["level"] == [{"value": "manager", "label": "Manager", "count": 3}]
    assert first["facets"]["pay"][0]["currency"] == "USD"
    second = client.get(first["next"]).json()
    assert second["next"] is None
    ids = [row["id"] for row in first["results"] + second["results"]]
    assert len(set(ids)) == 3


def test_page_and_twin_give_the_same(client):
    row = full_posting()
    one = client.get(f"/api/v1/postings/{row.public_id}").json()
    assert client.get(row.get_absolute_url().removesuffix("/") + ".json").json() == one
    listed = client.get("/jobs.json").json()
    assert listed == client.get("/api/v1/postings").json()
    assert listed["results"] == [one]


def test_each_wrong_field_is_named(client):
    answer = client.get("/api/v1/postings?level=boss&level=manager&pay_min=3&sort=match&after=x")
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [
        "level", "sort", "pay_min", "after",
    ]  # fmt: skip
    assert all(set(error) == {"field", "message"} for error in answer.json()["errors"])


def test_only_what_was_public_is_gone(client):
    def status(posting: Posting) -> int:
        return client.get(f"/api/v1/postings/{posting.public_id}").status_code

    assert status(draft_posting()) == 404
    assert status(submitted_posting()) == 404
    paused = published_posting()
    pause(posting=paused, actor=None, now=NOW)
    closed = published_posting()
    close(posting=closed, actor=None, now=NOW)
    assert (status(paused), status(closed)) == (410, 410)
    answer = client.get(f"/api/v1/postings/{closed.public_id}")
    assert answer.json() == {"errors": [{"field": None, "message": "This job is over."}]}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", "/api/v1/postings/0000000000", 404),
        ("get", "/api/v1/postings/not-an-id", 404),
        ("get", "/api/v1/nothing", 404),
        ("post", "/api/v1/nothing", 405),
        ("post", "/api/v1/postings", 405),
        ("delete", "/api/v1/vocabulary", 405),
        ("post", "/jobs.json", 405),
    ],
)
def test_errors_have_one_shape(client, method, path, status):
    answer = getattr(client, method)(path)
    assert answer.status_code == status
    [error] = answer.json()["errors"]
    assert error["field"] is None
    assert error["message"]


def test_an_unacceptable_type_is_told_so(client):
    answer = client.get("/api/v1/postings", headers={"accept": "text/csv"})
    assert answer.status_code == 406
    assert list(answer.json()) == ["errors"]


def test_head_answers_without_a_body(client):
    answer = client.head("/api/v1/postings")
    assert (answer.status_code, answer.content) == (200, b"")


def test_the_vocabulary_has_every_coded_parameter(client):
    body = client.get("/api/v1/vocabulary").json()
    assert {"level", "mode", "employment", "industry", "specialisation", "schedule", "benefit",
            "education", "report_category"} <= set(body)  # fmt: skip
    assert body["level"][0] == {"value": "representative", "label": "Representative"}
    assert body["report_category"][0] == {
        "value": "discrimination", "label": "It discriminates",
    }  # fmt: skip


def test_answers_are_as_the_document_says(client):
    document = client.get("/api/schema/").json()
    assert document["openapi"].startswith("3.1")
    assert list(document["paths"]) == [
        "/api/v1/match", "/api/v1/postings", "/api/v1/postings/{public_id}", "/api/v1/vocabulary",
    ]  # fmt: skip
    full_posting()
    answer = client.get("/api/v1/postings?page_size=1").json()
    schema = {
        "$ref": "#/components/schemas/ResultsDocument",
        "components": document["components"],
    }
    jsonschema.Draft202012Validator(schema).validate(answer)
    wrong = {**answer, "count": "many"}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema).validate(wrong)


def test_the_list_asks_twelve_queries_at_most_for_any_number_of_rows(
    client, django_assert_num_queries
):
    made = 0
    for rows in (1, 3, 50):
        published_postings(rows - made)
        made = rows
        with django_assert_num_queries(8):
            client.get("/api/v1/postings?page_size=50")
