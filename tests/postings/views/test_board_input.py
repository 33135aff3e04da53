"""Whatever stands in the query string, the board and the API answer, and never with a fault."""

import os
from datetime import UTC, datetime
from urllib.parse import quote_plus, urlencode

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from postings.filters import PostingFilterSet
from postings.search.params import SearchParams
from tests.factories.postings import published_posting

NAMES = [*PostingFilterSet.base_filters, "near", "radius_km", "unknown", "level[]", ""]
ODD = st.sampled_from(
    ["", "0", "-1", "1", "NaN", "Infinity", "-0", "1e400", "9" * 30, "٣", "\x00", "\ud800".encode(
        "utf-8", "surrogatepass").decode("latin-1"), "null", "[]", "{}", "' OR 1=1 --", "%", "\\",
     "manager", "US", "us", "USD", "remote", "a & b | !c", '"', '"a', "-", "- -x", "or or", ":*",
     "<script>", "x" * 301, "𝔘𝔫𝔦", "WyIxIl0", "WzEsIm5ld2VzdCIsMSw1LCJhIl0", "newest", "pay",
     "5:99", "+14", "2026-02-30", "zendesk", "coaching", "FULL_TIME", "health"]
)  # fmt: skip
VALUES = st.one_of(ODD, st.text(max_size=30), st.integers().map(str), st.floats().map(str))
GOOD = st.sampled_from(
    [("q", "service"), ("level", "manager"), ("level", "vp"), ("mode", "remote"), ("country", "US"),
     ("remote_from", "DE"), ("pay_min", "50000"), ("currency", "USD"), ("pay_period", "hour"),
     ("skill", "coaching"), ("skill", "zendesk"), ("language", "en"), ("employment", "FULL_TIME"),
     ("schedule", "nights"), ("benefit", "health"), ("years_max", "3"), ("utc_offset", "-5"),
     ("near", "Columbus"), ("radius_km", "100"), ("sort", "pay"), ("sort", "closing"),
     ("convert", "1"), ("visa", "1"), ("posted_days", "7"), ("page_size", "1")]
)  # fmt: skip
ANY = st.tuples(st.sampled_from(NAMES), VALUES)
PAIRS = st.lists(ANY | ANY | GOOD, max_size=8)


SETTINGS = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
}


def encoded(pairs: list[tuple[str, str]]) -> str:
    return "&".join(
        f"{quote_plus(name)}={quote_plus(value, errors='surrogatepass')}" for name, value in pairs
    )


@pytest.mark.django_db
@settings(max_examples=int(os.environ.get("BOARD_INPUTS", "150")), **SETTINGS)
@given(pairs=PAIRS)
def test_any_parameters_are_answered(client, one_posting, pairs):
    query = encoded(pairs)
    assert client.get(f"/jobs/?{query}").status_code == 200
    answer = client.get(f"/api/v1/postings?{query}")
    assert answer.status_code in (200, 400)
    assert next(iter(answer.json())) in ("count", "errors")


@pytest.mark.django_db
def test_any_parameters_make_a_search(one_posting):
    asked: set[SearchParams] = set()

    @settings(max_examples=850, **SETTINGS)
    @given(pairs=PAIRS)
    def try_one(pairs):
        filters = PostingFilterSet(QueryDict(encoded(pairs)), now=datetime.now(UTC))
        if filters.params in asked:  # what is left of bad values is often the same search
            return
        asked.add(filters.params)
        page = filters.results
        again = PostingFilterSet(QueryDict(page.params.query), now=datetime.now(UTC))
        assert again.problems == {}
        assert again.params.query == page.params.query

    try_one()
    assert len(asked) > 100


@pytest.fixture
def one_posting(db):
    return published_posting()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [
        urlencode([("level", "manager")] * 300),
        urlencode([(f"p{n}", "x") for n in range(300)]),
        urlencode([("skill", f"s{n}") for n in range(300)]),
        "level%00=x&%00=y",
        "q=%ff%fe&level=%80",
        "q=%ED%A0%80",
        "&&&===&;",
    ],
)
def test_odd_query_strings_are_answered(client, query):
    assert client.get(f"/jobs/?{query}").status_code == 200
    assert client.get(f"/jobs.json?{query}").status_code in (200, 400)


@pytest.mark.django_db
def test_more_parameters_than_django_reads_are_refused_not_failed(client):
    query = urlencode([("q", "x")] * 1001)
    assert client.get(f"/jobs/?{query}").status_code == 400
    assert client.get(f"/jobs.json?{query}").status_code == 400
