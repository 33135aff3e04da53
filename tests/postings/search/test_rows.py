"""Pages over rows that a test makes itself: ties, what is over, the number of queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cscareers.core.salary import PayPeriod
from postings.actions.lifecycle import pause
from postings.models import Posting
from postings.search.cursor import BadCursor
from postings.search.params import SearchParams
from postings.search.query import search
from tests.factories.postings import pay, published_posting, published_postings
from tests.postings.search.board_world import NOW, SORTS, found, titles


@pytest.mark.django_db
def test_a_walk_over_rows_of_one_moment_and_one_pay():
    made = {published_posting(now=NOW).public_id for _ in range(5)}
    for query in SORTS:
        params, walked = found(f"{query}&page_size=2").params, []
        while params is not None:
            page = search(params, now=NOW)
            walked += [p.public_id for p in page.postings]
            params = page.next_params
        assert len(walked) == 5
        assert set(walked) == made


@pytest.mark.django_db
def test_a_cursor_of_another_order_is_refused():
    for _ in range(2):
        published_posting(now=NOW)
    after = found("page_size=1").next_cursor
    with pytest.raises(BadCursor):
        search(SearchParams(sort="pay", after=after), now=NOW)


@pytest.mark.django_db
def test_what_is_over_paused_or_withheld_is_not_found():
    posting = published_posting(now=NOW)
    assert found().count == 1
    assert found(now=posting.closes_at - timedelta(microseconds=1)).count == 1
    assert found(now=posting.closes_at).count == 0
    pause(posting=posting, actor=None, now=NOW)
    assert found().count == 0
    hidden = published_posting(now=NOW)
    Posting.objects.filter(pk=hidden.pk).update(withheld=True)
    assert found().count == 0


@pytest.mark.django_db
def test_pay_without_a_reference_rate_comes_last():
    published_posting(now=NOW, title="In lek", pay_bands=(pay(900_000, 990_000, "ALL"),))
    published_posting(now=NOW, title="By the hour", pay_bands=(pay(20, 25, "USD", PayPeriod.HOUR),))
    assert titles("sort=pay") == ["By the hour", "In lek"]


@pytest.mark.django_db
def test_a_search_asks_the_same_number_of_queries_for_any_number_of_rows():
    expected = {"": 4, "q=service": 4, "q=service&sort=pay": 5, "skill=coaching": 5}
    for rows in (1, 3, 50):
        published_postings(rows - Posting.objects.count(), now=NOW)
        numbers = {}
        for query in expected:
            with CaptureQueriesContext(connection) as queries:
                found(query)
            numbers[query] = len(queries)
        assert numbers == expected, rows
