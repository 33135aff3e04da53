"""A facet's count is the count of the page that it leads to, whatever else is asked."""

import pytest

from postings.search.query import search
from tests.postings.search.board_world import (
    NOW,
    assert_counts_are_those_of_their_pages,
    found,
)

pytestmark = pytest.mark.usefixtures("board")

SEARCHES = (
    "",
    "q=support",
    "q=customer&level=manager&level=director",
    "mode=remote&country=US",
    "country=US&remote_from=DE",
    "country=PL&country=IE&remote_from=DE&level=specialist",
    "remote_from=IE",
    "city=4509177",
    "city=4509177&remote_from=DE&country=US",
    "city=2964574&radius_km=500&remote_from=IE",
    "pay_min=40000&currency=EUR",
    "pay_min=40000&currency=EUR&convert=1&level=director",
    "pay_min=20&currency=USD&pay_period=hour",
    "pay_min=3000&currency=EUR&pay_period=month&mode=hybrid",
    "skill=zendesk",
    "skill=zendesk&benefit=health",
    "language=de&industry=telecommunications",
    "employment=PART_TIME&schedule=evenings",
    "specialisation=digital-channels&specialisation=contact-centre&visa=1",
    "verified=1&posted_days=7",
    "replies_min=61",
    "replies_min=80&level=manager",
    "utc_offset=-6&education_max=secondary&years_max=2",
    "employer=harrow&benefit=meals&sort=pay",
    "level=vp",
    "q=nowhere&level=vp&verified=1",
)


@pytest.mark.parametrize("query", SEARCHES)
def test_each_count_is_that_of_its_page(query):
    assert_counts_are_those_of_their_pages(query)


def test_an_open_board_offers_every_facet():
    facets = found().facets
    assert {name for name, values in facets.items() if values} == {
        "level", "mode", "country", "industry", "pay", "skill", "employment", "specialisation",
        "schedule", "language", "benefit", "remote_from", "city", "visa", "verified",
        "posted_days", "replies_min",
    }  # fmt: skip
    assert [(v.value, v.label, v.count) for v in facets["level"]] == [
        ("representative", "Representative", 1),
        ("specialist", "Specialist", 2),
        ("supervisor", "Supervisor", 2),
        ("manager", "Manager", 2),
        ("director", "Director", 2),
    ]


@pytest.mark.parametrize("query", SEARCHES)
def test_without_hits_each_filter_says_what_it_costs(query):
    page = found(query)
    if page.count:
        assert page.removals == ()
        return
    assert {(gone.name, gone.value): gone.count for gone in page.removals} == {
        (name, value): search(page.params.without(name, value), now=NOW).count
        for name, value in page.params.filters
    }


def test_the_median_is_of_the_asked_currency():
    tally = found("currency=EUR").tally
    assert (tally.currency, tally.median_pay) == ("EUR", 42_000)
