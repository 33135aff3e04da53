"""Searching around a place: what a radius keeps, and that remote jobs stand apart."""

from itertools import pairwise

import pytest
from django.db import transaction
from django.http import QueryDict

from cscareers.core.models import City
from cscareers.core.nearby import distance_km
from postings.board_page import board_page
from postings.content import Place
from postings.enums import WorkMode
from postings.filters import PostingFilterSet
from tests.factories.places import AUGSBURG, COLUMBUS, DUBLIN, INGOLSTADT, MUNICH, SALZBURG
from tests.factories.postings import published_posting
from tests.postings.search.board_world import (
    NOW,
    assert_counts_are_those_of_their_pages,
    found,
    titles,
)

REMOTE = {"mode": WorkMode.REMOTE, "locations": ()}
VARIANTS = (
    {"title": "Munich", "locations": (Place("DE", MUNICH),)},
    {"title": "Augsburg", "locations": (Place("DE", AUGSBURG),), "mode": WorkMode.ONSITE},
    {"title": "Ingolstadt", "locations": (Place("DE", INGOLSTADT),)},
    {"title": "Salzburg", "locations": (Place("AT", SALZBURG),)},
    {"title": "Dublin or Augsburg", "locations": (Place("IE", DUBLIN), Place("DE", AUGSBURG))},
    {"title": "Columbus", "locations": (Place("US", COLUMBUS),)},
    {"title": "Germany", "locations": (Place("DE"),)},
    {"title": "Remote, German", "applicant_countries": ("DE",), **REMOTE},
    {"title": "Remote, American", "applicant_countries": ("US",), **REMOTE},
    {
        "title": "Remote, Ohio and Ireland",
        "applicant_countries": ("US", "IE"),
        "applicant_subdivisions": ("US-OH", "US-NY"),
        "utc_offset_min": -300,
        "utc_offset_max": 0,
        **REMOTE,
    },
    {
        "title": "Remote, seated in Munich",
        "mode": WorkMode.REMOTE,
        "locations": (Place("DE", MUNICH),),
        "applicant_countries": ("DE", "AT"),
    },
)
CENTRES = (MUNICH, SALZBURG, DUBLIN)
RADII = (0, 57, 58, 80, 120, 500)


@pytest.fixture(scope="module")
def near_board(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield [published_posting(now=NOW, **variant) for variant in VARIANTS]
        transaction.set_rollback(True)


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("near_board")]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("near=Munich&radius_km=0", {"Munich"}),
        ("near=munchen", {"Munich"}),
        (
            "near=Munich,+Germany&radius_km=60",
            {"Munich", "Augsburg", "Dublin or Augsburg"},
        ),
        (f"city={MUNICH}", {"Munich"}),
        (
            f"city={MUNICH}&radius_km=120",
            {"Munich", "Augsburg", "Dublin or Augsburg", "Ingolstadt", "Salzburg"},
        ),
        (f"city={MUNICH}&radius_km=120&country=AT", {"Salzburg"}),
        (
            "near=Munich&radius_km=10&remote_from=AT",
            {"Munich", "Remote, seated in Munich"},
        ),
        (f"city={COLUMBUS}&radius_km=500", {"Columbus"}),
        ("remote_from=US", {"Remote, American", "Remote, Ohio and Ireland"}),
        ("remote_from=us-oh", {"Remote, American", "Remote, Ohio and Ireland"}),
        ("remote_from=US-CA", {"Remote, American"}),
        ("remote_from=IE", {"Remote, Ohio and Ireland"}),
        ("remote_from=IE-L", {"Remote, Ohio and Ireland"}),
        ("remote_from=US&utc_offset=-5", {"Remote, American", "Remote, Ohio and Ireland"}),
        ("remote_from=US&utc_offset=-5:30", {"Remote, American"}),
        (f"city={DUBLIN}&remote_from=US-CA", {"Dublin or Augsburg", "Remote, American"}),
        ("country=DE&radius_km=10&mode=remote", {"Remote, seated in Munich"}),
    ],
)
def test_what_a_place_keeps(query, expected):
    assert set(titles(query)) == expected


def test_a_radius_keeps_what_the_distance_says_and_a_larger_one_loses_nothing():
    cities = City.objects.in_bulk()
    places = {
        variant["title"]: [cities[place.city] for place in variant["locations"] if place.city]
        for variant in VARIANTS
        if variant.get("mode") is not WorkMode.REMOTE
    }
    for centre in CENTRES:
        kept = [set(titles(f"city={centre}&radius_km={radius}")) for radius in RADII]
        assert kept == [
            {
                title
                for title, its in places.items()
                if any(distance_km(cities[centre], city) <= radius for city in its)
            }
            for radius in RADII
        ]
        assert all(small <= large for small, large in pairwise(kept))


@pytest.mark.parametrize(
    "query",
    [
        f"city={MUNICH}&radius_km=120",
        f"city={MUNICH}&radius_km=58&remote_from=AT",
        f"city={DUBLIN}&radius_km=10&country=DE&country=IE&remote_from=DE",
        f"city={COLUMBUS}&radius_km=500&mode=remote",
        "remote_from=US-CA",
        f"remote_from=US-OH&city={MUNICH}",
    ],
)
def test_each_count_around_a_place_is_that_of_its_page(query):
    assert_counts_are_those_of_their_pages(query)


@pytest.mark.parametrize(
    ("query", "wrong", "canonical"),
    [
        ("near=Munich", [], f"city={MUNICH}&radius_km=50"),
        ("near=Munich&radius_km=0", [], f"city={MUNICH}"),
        ("near=&radius_km=100", [], ""),
        (f"city={MUNICH}&near=Munich&radius_km=10", [], f"city={MUNICH}&radius_km=10"),
        (f"city={DUBLIN}&near=Munich", ["city"], f"city={MUNICH}&radius_km=50"),
        ("near=Munich&radius_km=501", ["radius_km"], f"city={MUNICH}&radius_km=50"),
        ("near=Munich&radius_km=-1", ["radius_km"], f"city={MUNICH}&radius_km=50"),
        (f"city={MUNICH}&radius_km=far", ["radius_km"], f"city={MUNICH}"),
        ("near=Nowhereville&mode=remote", ["near"], "mode=remote"),
        ("near=Germany", ["near"], ""),
        ("city=1&radius_km=50", ["city"], ""),
        (f"near={'x' * 201}", ["near"], ""),
    ],
)
def test_a_typed_place_becomes_a_city_or_is_named(query, wrong, canonical):
    filters = PostingFilterSet(QueryDict(query), now=NOW)
    assert sorted(filters.problems) == wrong
    assert filters.params.query == canonical


def page_of(query):
    return board_page(PostingFilterSet(QueryDict(query), now=NOW), path="/jobs/", now=NOW)


def test_remote_jobs_are_counted_apart_and_can_be_added():
    page = page_of(f"city={MUNICH}&radius_km=10&sort=newest")
    assert page.remote_apart is not None
    assert (page.remote_apart.count, page.remote_apart.country) == (2, "Germany")
    added = found(page.remote_apart.url.partition("?")[2])
    assert added.count == page.count + 2
    assert page_of(f"city={MUNICH}&mode=hybrid").remote_apart is None
    assert page_of(f"city={MUNICH}&remote_from=DE").remote_apart is None
    assert page_of("country=DE&country=AT").remote_apart is None
    assert page_of("country=DE").remote_apart.count == 1


def test_a_place_that_is_not_clear_is_offered_with_the_rest_of_the_search():
    City.objects.create(
        geonames_id=7, name="Munich", region="North Dakota", country_id="US", population=900_000,
        latitude=48.6, longitude=-98.8, time_zone="America/Chicago", search_names=["munich"],
    )  # fmt: skip
    page = page_of("near=Munich&radius_km=25&mode=onsite")
    [problem] = page.problems
    assert problem.message == "“Munich” can be several places. Choose one."
    assert [(link.label, link.url) for link in problem.links] == [
        ("Munich, Bavaria, Germany", f"/jobs/?mode=onsite&city={MUNICH}&radius_km=25"),
        ("Munich, North Dakota, United States", "/jobs/?mode=onsite&city=7&radius_km=25"),
    ]
    assert page.inputs["near"].value == "Munich"
    assert [chip.label for chip in page.chips] == ["On site"]
    again = page_of("near=Munich,+Bavaria,+Germany")
    assert [chip.label for chip in again.chips] == ["Within 50 km of Munich, Bavaria, Germany"]
    assert again.chips[0].remove_url == "/jobs/"
    assert again.inputs["near"].value == "Munich, Bavaria, Germany"
