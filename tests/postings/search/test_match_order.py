"""The board in the order of a match: page and API, for whoever is signed in."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import QueryDict

from postings.actions.lifecycle import pause
from postings.enums import WorkMode
from postings.filters import PostingFilterSet
from postings.matching import retrieval
from postings.matching.order import ranker_for
from postings.models import Posting
from postings.search.params import SearchParams
from postings.search.query import search
from profiles.models import User
from tests.factories.candidates import make_candidate
from tests.factories.people import make_user
from tests.factories.postings import asks, published_posting

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def postings() -> dict[str, Posting]:
    """From the oldest to the newest; the newest is the one that fits least."""
    asked = {
        "meets all": (asks("coaching", min_level=2),),
        "far": (asks("coaching", min_level=2),),
        "one gap": (asks("coaching", min_level=2), asks("complaint-handling", 2)),
        "half of one": (asks("coaching", min_level=4), asks("complaint-handling", 2)),
    }
    made = {}
    for number, (title, rows) in enumerate(asked.items()):
        made[title] = published_posting(
            title=title,
            requirements=rows,
            mode=WorkMode.ONSITE if title == "far" else WorkMode.HYBRID,
            now=NOW - timedelta(hours=8 - number),
        )
    return made


@pytest.fixture
def person() -> User:
    return make_candidate(skills={"coaching": 2}, work_countries=["US"], modes=["hybrid"]).user


BEST_FIRST = ["meets all", "one gap", "half of one", "far"]


def page(user: User, query: str = "", *, after: str = "") -> tuple[list[str], str]:
    data = QueryDict(f"sort=match&{query}&after={after}")
    filters = PostingFilterSet(data, now=NOW, ranker=ranker_for(user, now=NOW))
    assert filters.problems == {}
    found = filters.results
    return [posting.title for posting in found.postings], found.next_cursor


def test_the_best_match_comes_first(person: User, postings: dict[str, Posting]) -> None:
    assert page(person)[0] == BEST_FIRST


def test_a_walk_finds_each_once_also_when_one_closes(
    person: User, postings: dict[str, Posting]
) -> None:
    first, after = page(person, "page_size=2")
    assert first == BEST_FIRST[:2]
    assert page(person, "page_size=2", after=after) == (BEST_FIRST[2:], "")
    pause(posting=postings["one gap"], actor=None, now=NOW)
    assert page(person, "page_size=2", after=after) == (BEST_FIRST[2:], "")


def test_filters_hold_and_what_is_not_matched_comes_behind(
    person: User, postings: dict[str, Posting], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert page(person, "mode=onsite")[0] == ["far"]
    monkeypatch.setattr(retrieval, "MOST_POSTINGS", 2)
    assert page(person)[0] == ["one gap", "half of one", "far", "meets all"]


def test_somebody_without_a_profile_gets_the_order_of_an_empty_one(
    postings: dict[str, Posting],
) -> None:
    assert page(make_user())[0] == ["far", "meets all", "half of one", "one gap"]


def test_strangers_are_told_to_sign_in_and_see_the_usual_order(
    client, person: User, postings: dict[str, Posting]
) -> None:
    words = "Sign in to sort by your match, or choose another order."
    filters = PostingFilterSet(QueryDict("sort=match"), now=NOW)
    assert filters.problems == {"sort": [words]}
    assert [p.title for p in filters.results.postings] == [*postings][::-1]
    answer = client.get("/api/v1/postings?sort=match")
    assert answer.json()["errors"] == [{"field": "sort", "message": words}]
    board = client.get("/jobs/?sort=match").content.decode()
    assert "Your match" not in board
    assert "See why, job by job" not in board
    with pytest.raises(ValueError, match="somebody"):
        search(SearchParams(sort="match"), now=NOW)


def test_page_and_api_agree(
    client, person: User, postings: dict[str, Posting], django_assert_num_queries
) -> None:
    client.force_login(person)
    rows = client.get("/api/v1/postings?sort=match").json()["results"]
    assert [row["title"] for row in rows] == BEST_FIRST
    with django_assert_num_queries(QUERIES):
        body = client.get("/jobs/?sort=match").content.decode()
    places = [body.index(postings[title].get_absolute_url()) for title in BEST_FIRST]
    assert places == sorted(places)
    assert '<a href="/me/matches/">See why, job by job</a>' in body
    Posting.objects.exclude(title="meets all").update(withheld=True)
    with django_assert_num_queries(QUERIES):
        client.get("/jobs/?sort=match")


QUERIES = 11
"""Session, person, facts, postings, terms, cities, marks; the rest as on every board."""
