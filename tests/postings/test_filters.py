"""From a query string to parameters: what is valid is applied, the rest is named."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.http import QueryDict

from cscareers.core.salary import PayPeriod
from postings.filters import PostingFilterSet
from postings.search.params import SearchParams
from tests.factories.people import make_employer
from tests.factories.places import COLUMBUS, reference_rows

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, tzinfo=UTC)


def read(query: str) -> PostingFilterSet:
    return PostingFilterSet(QueryDict(query), now=NOW)


def test_every_parameter_is_read_and_written_in_one_spelling():
    make_employer(slug="harrow")
    query = (
        "q=head+of+care&exact=1&level=director&level=manager&mode=remote&country=DE&country=US"
        f"&city={COLUMBUS}&remote_from=IE&pay_min=31.5&pay_period=hour&currency=USD&convert=1"
        "&skill=coaching&skill=zendesk&language=es&employment=FULL_TIME&industry=saas"
        "&specialisation=billing&schedule=nights&benefit=health&education_max=bachelor"
        "&years_max=0&utc_offset=-3%3A30&visa=1&verified=1&posted_days=7&replies_min=80&employer=harrow"
        "&sort=pay&page_size=50"
    )
    filters = read(query)
    assert filters.problems == {}
    assert filters.params == SearchParams(
        q="head of care",
        exact=True,
        level=("director", "manager"),
        mode=("remote",),
        country=("DE", "US"),
        city=COLUMBUS,
        remote_from="IE",
        pay_min=Decimal("31.5"),
        pay_period=PayPeriod.HOUR,
        currency="USD",
        convert=True,
        skill=("coaching", "zendesk"),
        language=("es",),
        employment=("FULL_TIME",),
        industry=("saas",),
        specialisation=("billing",),
        schedule=("nights",),
        benefit=("health",),
        education_max="bachelor",
        years_max=0,
        utc_offset=-210,
        visa=True,
        verified=True,
        posted_days=7,
        replies_min=80,
        employer="harrow",
        sort="pay",
        page_size=50,
    )
    assert filters.params.query == query


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("", ""),
        ("q=&level=&pay_min=&currency=&page_size=20&sort=", ""),
        ("page_size=20&unknown=1&format=xml", ""),
        ("level=manager&level=manager&level=DIRECTOR", "level=director&level=manager"),
        ("country=us", "country=US"),
        ("employment=full_time", "employment=FULL_TIME"),
        ("currency=usd&pay_min=55,000", "pay_min=55000&currency=USD"),
        ("currency=USD&pay_min=55k", "pay_min=55000&currency=USD"),
        ("pay_min=0&currency=EUR", "pay_min=0&currency=EUR"),
        ("pay_period=hour", ""),
        ("utc_offset=+2", "utc_offset=2"),
        ("utc_offset=5.5", "utc_offset=5%3A30"),
        ("utc_offset=0", "utc_offset=0"),
        ("visa=true&verified=0", "visa=1"),
        ("q=a%00b", "q=a+b"),
        ("page_size=10&page_size=30", "page_size=30"),
    ],
)
def test_spellings(query, canonical):
    filters = read(query)
    assert filters.problems == {}
    assert filters.params.query == canonical


@pytest.mark.parametrize(
    ("query", "wrong", "canonical"),
    [
        ("level=boss&level=manager", ["level"], "level=manager"),
        ("country=XX&country=DE", ["country"], "country=DE"),
        ("skill=nothing-such&skill=zendesk", ["skill"], "skill=zendesk"),
        ("skill=%27%3B--", ["skill"], ""),
        ("benefit=yacht&mode=remote", ["benefit"], "mode=remote"),
        ("pay_min=50000", ["pay_min"], ""),
        ("pay_min=50000&currency=ABC", ["currency", "pay_min"], ""),
        ("pay_min=NaN&currency=USD", ["pay_min"], "currency=USD"),
        ("pay_min=Infinity&currency=USD", ["pay_min"], "currency=USD"),
        ("pay_min=-5&currency=USD", ["pay_min"], "currency=USD"),
        (f"pay_min=1{30 * '0'}&currency=USD", ["pay_min"], "currency=USD"),
        ("pay_min=99999999999&currency=USD", ["pay_min"], "currency=USD"),
        ("pay_period=week", ["pay_period"], ""),
        ("page_size=51", ["page_size"], ""),
        ("page_size=0", ["page_size"], ""),
        ("page_size=٣", ["page_size"], ""),
        ("city=99999999999999", ["city"], ""),
        ("city=1", ["city"], ""),
        ("employer=nobody", ["employer"], ""),
        ("sort=relevance", ["sort"], ""),
        ("sort=match", ["sort"], ""),
        ("q=care&sort=relevance&after=rubbish", ["after"], "q=care&sort=relevance"),
        ("utc_offset=15", ["utc_offset"], ""),
        ("utc_offset=5:75", ["utc_offset"], ""),
        ("years_max=-1", ["years_max"], ""),
        ("years_max=2.5", ["years_max"], ""),
        ("posted_days=1e3", ["posted_days"], ""),
        ("visa=maybe", ["visa"], ""),
        ("language=english", ["language"], ""),
        ("education_max=phd", ["education_max"], ""),
        ("remote_from=Germany", ["remote_from"], ""),
        (f"q={'x' * 301}&visa=1", ["q"], "visa=1"),
    ],
)
def test_what_is_wrong_is_named_and_left_out(query, wrong, canonical):
    reference_rows()
    filters = read(query)
    assert sorted(filters.problems) == wrong
    assert all(filters.problems.values())
    assert filters.params.query == canonical


def test_a_filter_goes_alone():
    params = read("q=care&sort=relevance&level=manager&level=vp&visa=1").params
    assert params.without("level", "vp").query == "q=care&level=manager&visa=1&sort=relevance"
    assert params.without("level").query == "q=care&visa=1&sort=relevance"
    assert params.without("q").query == "level=manager&level=vp&visa=1"
    assert params.plus("level", "director").level == ("manager", "vp", "director")


def test_whatever_changes_starts_at_the_first_page():
    params = SearchParams(after="x")
    assert params.with_(visa=True).after == ""
    assert params.without("q").after == ""
