"""`POST /api/v1/match`: shapes, limits, errors at their pointers; nothing stays."""

import json
import random
from datetime import timedelta
from typing import Any

import jsonschema
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from postings.api.match import BY_NETWORK
from postings.content import Place
from postings.enums import Cefr, EducationLevel, Importance, RequirementKind, WorkMode
from tests.architecture.test_csrf import writes
from tests.factories.places import reference_rows
from tests.factories.postings import asks, pay, published_posting, published_postings

pytestmark = pytest.mark.django_db
URL = "/api/v1/match"
ROWS = (
    asks("zendesk", 1, kind=RequirementKind.TOOL, min_level=3),
    asks(None, 2, kind=RequirementKind.LANGUAGE, language="es", min_cefr=Cefr.B2),
    asks("coaching", 3, importance=Importance.NICE, min_years=2),
)
RESUME: dict[str, Any] = {
    "basics": {"name": "Ada", "location": {"countryCode": "US"}},
    "skills": [{"name": "zendesk support", "level": "Intermediate"}, {"name": "Juggling"}],
    "languages": [{"language": "Spanish", "fluency": "B2"}],
}


def send(client, resume: Any = RESUME, query: str = ""):
    return client.post(f"{URL}{query}", json.dumps(resume), content_type="application/json")


def errors(answer) -> list[str]:
    assert answer.status_code == 400
    assert all(error["message"] for error in answer.json()["errors"])
    return [error["field"] for error in answer.json()["errors"]]


def test_one_match_in_full(client):
    row = published_posting(requirements=ROWS, pay_bands=(pay(60_000, 75_000),))
    extras = {
        "modes": ["hybrid"],
        "pay_floor": {"amount": 6_000, "currency": "USD", "period": "month"},
        "visa_needed": True,
    }
    answer = send(client, RESUME | {"x-cscareers": extras}).json()
    assert answer == {
        "spec_version": "1.4",
        "count": 1,
        "count_is_exact": True,
        "next": None,
        "unrecognised": ["Juggling"],
        "results": [
            {
                "posting": row.public_id,
                "eligible": True,
                "tier": "one_gap",
                "musts": {"met": 1, "partial": 1, "missing": 0, "unknown": 0},
                "score": 71.428571,
                "score_if_confirmed": 85.714286,
                "constraints": [
                    {"name": "place", "passed": True,
                     "reason": "The job is in United States. You may work in: United States."},
                    {"name": "mode", "passed": True, "reason": "The job: Hybrid. You: Hybrid."},
                    {"name": "pay", "passed": True,
                     "reason": "It pays up to $75,000 a year; your least is $72,000 a year."},
                    {"name": "visa", "passed": None,
                     "reason": "You need a visa; the job does not say if it sponsors one."},
                ],
                "rows": [
                    {"requirement": {"id": "r1", "name": "Zendesk", "kind": "tool", "must": True,
                                     "guessed": False},
                     "status": "partial", "points": 2, "max_points": 3,
                     "reason": "Asks level 3; you have level 2.",
                     "asks": "Level 3", "have": "Level 2",
                     "change": {"change": "Zendesk from level 2 to level 3", "points": 3}},
                    {"requirement": {"id": "r2", "name": "Spanish", "kind": "language",
                                     "must": True, "guessed": False},
                     "status": "met", "points": 3, "max_points": 3,
                     "reason": "Asks B2; you have B2.", "asks": "B2", "have": "B2",
                     "change": None},
                    {"requirement": {"id": "r3", "name": "Coaching", "kind": "skill",
                                     "must": False, "guessed": False},
                     "status": "unknown", "points": 0, "max_points": 1,
                     "reason": "Asks 2 years; your profile does not say.",
                     "asks": "2 years", "have": "You have not said",
                     "change": {"change": "Confirm Coaching, 2 years", "points": 1}},
                ],
                "counterfactuals": [
                    {"change": "Confirm Coaching, 2 years", "score": 85.714286,
                     "tier": "one_gap", "opens": 0},
                    {"change": "Zendesk from level 2 to level 3", "score": 85.714286,
                     "tier": "all", "opens": 1},
                ],
                "together": {"score": 100, "tier": "all"},
            }
        ],
    }  # fmt: skip


def test_answers_are_as_the_document_says(client):
    document = client.get("/api/schema/").json()
    published_posting(requirements=ROWS)
    schema = {
        "$ref": "#/components/schemas/MatchesDocument",
        "components": document["components"],
    }
    validator = jsonschema.Draft202012Validator(schema)
    for resume in ({}, RESUME):
        validator.validate(send(client, resume).json())
    operation = document["paths"][URL]["post"]
    assert {p["name"] for p in operation["parameters"]} >= {"q", "country", "skill", "page_size"}
    body = operation["requestBody"]["content"]["application/json"]["schema"]
    jsonschema.Draft202012Validator(body).validate(RESUME | {"x-cscareers": {"modes": ["remote"]}})
    assert not jsonschema.Draft202012Validator(body).is_valid({"x-cscareers": {"modes": ["sea"]}})


def test_what_stands_under_our_key_wins(client):
    published_posting(
        requirements=(
            *ROWS[:2],
            asks("hdi-support-center-manager", 3, kind=RequirementKind.CERTIFICATE),
            asks(None, 4, kind=RequirementKind.EDUCATION, education=EducationLevel.MASTER),
        )
    )
    resume = RESUME | {
        "certificates": [{"name": "HDI-SCM"}],
        "education": [{"studyType": "Master of Arts"}],
        "x-cscareers": {
            "skills": [{"slug": "zendesk", "level": 1}, {"slug": "zendesk", "level": 3}],
            "languages": [{"code": "es", "cefr": "B1"}],
            "certificates": [{"slug": "hdi-support-center-manager", "expires": "2020-01-31"}],
            "education": "bachelor",
        },
    }

    def statuses(sent):
        [one] = send(client, sent).json()["results"]
        return [row["status"] for row in one["rows"]]

    assert statuses(resume) == ["met", "partial", "missing", "partial"]
    assert statuses({**resume, "x-cscareers": {}}) == ["partial", "met", "met", "met"]


def test_nobody_gets_a_number_for_nothing(client):
    published_posting(requirements=ROWS)
    for resume in ({}, {"basics": {"name": "Ada"}, "skills": [{"name": "Juggling"}]}):
        [first] = send(client, resume).json()["results"]
        assert (first["score"], first["score_if_confirmed"], first["tier"]) == (None, None, "more")
        assert first["counterfactuals"][0]["score"] == pytest.approx(300 / 7, abs=1e-6)


def test_the_board_s_parameters_narrow_and_pages_follow(client):
    near = published_posting(requirements=ROWS, title="Zendesk lead")
    far = published_posting(requirements=ROWS, mode=WorkMode.ONSITE, locations=(Place("DE"),))
    asks_less = published_posting(requirements=ROWS[:2])
    wanted = [asks_less.public_id, near.public_id, far.public_id]
    assert [r["posting"] for r in send(client).json()["results"]] == wanted
    assert [r["posting"] for r in send(client, query="?country=DE&sort=x").json()["results"]] == (
        wanted[2:]
    )
    seen, url, answer = [], "?page_size=2", None
    while url:
        answer = send(client, query=url if url.startswith("?") else "?" + url.split("?")[1]).json()
        seen += [row["posting"] for row in answer["results"]]
        url = answer["next"]
    assert (seen, answer["count"]) == (wanted, 3)
    assert errors(send(client, query="?after=0000000000")) == ["after"]
    assert errors(send(client, query="?level=boss&pay_min=3")) == ["level", "pay_min"]


@pytest.mark.parametrize(
    ("resume", "fields"),
    [
        ([], [""]),
        ({"skills": {}, "work": [{"name": 1}, 2]}, ["/work/0/name", "/work/1", "/skills"]),
        ({"work": [{"startDate": "June"}]}, ["/work/0/startDate"]),
        ({"work": [{"startDate": "2020-13"}]}, ["/work/0/startDate"]),
        ({"work": [{"startDate": "2020-06", "endDate": "2019"}]}, ["/work/0/endDate"]),
        ({"x-cscareers": 3}, ["/x-cscareers"]),
        ({"x-cscareers": {"level_now": "\ud800\0"}}, ["/x-cscareers/level_now"]),
        (
            {
                "x-cscareers": {
                    "skills": [{"slug": "zendesk", "level": 5}, {"level": True, "years": -3}, 1],
                    "languages": [{"code": "xx", "cefr": "D1"}],
                    "certificates": [{"slug": "", "expires": "soon"}],
                    "education": "school",
                    "pay_floor": {"amount": "much", "currency": "XXX", "period": "moon"},
                    "modes": ["sea"],
                    "countries": ["US", "Z"],
                    "remote_from": "QQ",
                    "visa_needed": "no",
                }
            },
            [
                f"/x-cscareers/{pointer}"
                for pointer in (
                    "skills/2", "skills/0/level", "skills/1/slug", "skills/1/level",
                    "skills/1/years", "languages/0/code", "languages/0/cefr",
                    "certificates/0/slug", "certificates/0/expires", "education",
                    "countries/1", "remote_from", "modes/0",
                    "pay_floor/amount", "pay_floor/currency", "pay_floor/period", "visa_needed",
                )
            ],
        ),
    ],
    ids=["a list", "shapes", "a date", "a month", "an end", "extras", "half", "each extra"],
)  # fmt: skip
def test_errors_stand_at_their_pointer(client, resume, fields):
    assert errors(send(client, resume)) == fields


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"\xff", b'{"a": NaN}', b"[" * 100_000, b'{"x": 1' + b"0" * 5_000 + b"}"],
    ids=["nothing", "torn", "no text", "not a number", "deep", "a long number"],
)
def test_what_is_no_json_is_refused_plainly(client, body):
    answer = client.post(URL, body, content_type="application/json")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, None)


def test_strange_names_do_no_harm(client):
    published_posting(requirements=ROWS)
    names = ["\ud800", "\x00zendesk\x00", "é" * 5_000, "'; drop table", "", " "]
    resume = {
        "skills": [{"name": name, "level": name} for name in names],
        "languages": [{"language": name, "fluency": name} for name in names],
        "certificates": [{"name": name} for name in names],
        "education": [{"studyType": name} for name in names],
        "x-cscareers": {"skills": [{"slug": f"x{name}"} for name in names]},
    }
    answer = send(client, resume)
    assert answer.status_code == 200
    strange = answer.json()["unrecognised"]
    assert (min(map(len, strange)), max(map(len, strange))) == (1, 80)
    [one] = answer.json()["results"]
    assert [row["status"] for row in one["rows"]] == ["partial", "unknown", "unknown"]


def test_limits_of_size_type_method_and_rate(client):
    def shape(answer):
        [error] = answer.json()["errors"]
        return answer.status_code, error["field"], bool(error["message"])

    big = {"basics": {"summary": "x" * 256 * 1024}}
    assert shape(send(client, big)) == (413, None, True)
    assert shape(client.post(URL, {"a": "b"})) == (415, None, True)
    assert shape(client.get(URL)) == (405, None, True)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE core_ratelimit SET hits = %s", [BY_NETWORK.hits])
    answer = send(client)
    assert shape(answer) == (429, None, True)
    assert 0 < int(answer["Retry-After"]) <= 60


def test_nothing_is_kept_and_no_cookie_is_set(client):
    published_posting(requirements=ROWS)
    before = writes()
    answer = send(client, query="?q=manager")
    assert answer.status_code == 200
    assert (writes(), answer.cookies) == (before, {})
    assert "Ada" not in answer.content.decode()


def test_as_many_queries_for_any_number_of_postings(client):
    reference_rows()
    made = 0
    for rows in (1, 3, 50):
        published_postings(rows - made, requirements=ROWS)
        made = rows
        with CaptureQueriesContext(connection) as queries:
            answer = send(client, query="?page_size=50").json()
        assert (len(answer["results"]), len(queries)) == (rows, 7)


def test_who_somebody_is_changes_no_byte(client):
    """Names, gender, age, photo and the like are read by nobody [a sample; the rest is pure]."""
    published_posting(requirements=ROWS)
    published_posting(requirements=ROWS[:1], mode=WorkMode.REMOTE, applicant_countries=("US",))
    plain = send(client).content
    source = random.Random(4)
    for _ in range(5):
        somebody = {
            name: f"{name} {source.random()}"
            for name in ("name", "gender", "birthDate", "age", "image", "birthCountry", "email")
        }
        basics = {**somebody, "location": {"countryCode": "US"}}
        changed = {**RESUME, "basics": basics, "gender": "x", "x-cscareers": {**somebody}}
        assert send(client, changed).content == plain


def test_who_is_over_or_future_is_not_matched(client):
    now = timezone.now()
    published_posting(requirements=ROWS, now=now - timedelta(days=70))
    assert send(client).json()["results"] == []
