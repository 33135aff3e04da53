"""Places that people type, against the shipped tables in a real database."""

from collections.abc import Iterator
from io import StringIO
from math import asin, cos, dist, radians, sin

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker

from cscareers.core.models import City, Country, ExchangeRate, Subdivision
from cscareers.core.nearby import cities_within, city_words, distance_km, find_place
from cscareers.core.places import find_cities, find_country, whereabouts

# Without the mark on its own the module would run on the developer's database.
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The shipped places, loaded once for this module and taken back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_places", stdout=StringIO(), stderr=StringIO())
        # Once here; else each test's end would check the foreign keys of all these rows again.
        connection.check_constraints()
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Columbus, Ohio", ("Columbus", "US-OH")),
        ("columbus ohio", ("Columbus", "US-OH")),
        ("Columbus, GA", ("Columbus", "US-GA")),
        ("New York, NY", ("New York City", "US-NY")),
        ("New York", ("New York City", "US-NY")),
        ("NYC", ("New York City", "US-NY")),
        ("London, UK", ("London", "GB-ENG")),
        ("London United Kingdom", ("London", "GB-ENG")),
        ("Greater London", ("London", "GB-ENG")),
        ("London, Ontario", ("London", "CA-ON")),
        ("London, CA", ("London", "CA-ON")),
        ("München", ("Munich", "DE-BY")),
        ("Munich, Bavaria", ("Munich", "DE-BY")),
        ("sao paulo, brazil", ("São Paulo", "BR-SP")),
        ("Paris, TX", ("Paris", "US-TX")),
        ("Washington", ("Washington", "US-DC")),
        ("San Francisco Bay Area", ("San Francisco", "US-CA")),
        ("123 Main St, Columbus, OH 43004", ("Columbus", "US-OH")),
        ("Berlin (Germany)", ("Berlin", "DE-BE")),
        ("Bangalore, India", ("Bengaluru", "IN-KA")),
        ("Valencia, Spain", ("Valencia", "ES-VC")),
        ("Colum", ("Columbus", "US-OH")),
        ("NYC Office", ("New York City", "US-NY")),
        ("New York, NY or San Diego, CA", ("New York City", "US-NY")),
        ("US / Boston, MA, US / Remote (US; CA)", ("Boston", "US-MA")),
        ("Remote - Toronto, ON", ("Toronto", "CA-ON")),
        ("350 5th Ave, New York, NY 10118", ("New York City", "US-NY")),
        ("Saint Joseph, MO", ("Saint Joseph", "US-MO")),
        ("St Joseph, MO", ("Saint Joseph", "US-MO")),
        ("Singapore", ("Singapore", None)),
    ],
)
def test_the_likeliest_city_comes_first(loaded: None, typed: str, first: tuple[str, str]) -> None:
    found = find_cities(typed)
    assert (found[0].name, found[0].subdivision_id) == first


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "  ",
        "!!!",
        "Remote - US",
        "Anywhere",
        "Paris, Japan",
        "東",
        "US",
        "India",
        "Texas, United States",
        "Maine, United States",
        "Richland, NY",
        "IN / Remote (IN)",
    ],
)
def test_what_is_no_city_gives_none(loaded: None, typed: str) -> None:
    assert find_cities(typed) == []


def test_many_places_in_one_text_take_few_queries(
    loaded: None, django_assert_num_queries: object
) -> None:
    text = "/".join(f"qxj{sign}q" for sign in "abcdefghijklmnopqrstuvwxyz")
    with django_assert_num_queries(12):  # type: ignore[operator]
        assert find_cities(text) == []


def test_several_of_one_name_are_offered_by_size(loaded: None) -> None:
    found = find_cities("Springfield", country="US", limit=3)
    assert [city.region for city in found] == ["Missouri", "Massachusetts", "Illinois"]


def test_a_given_country_holds(loaded: None) -> None:
    assert {city.country_id for city in find_cities("London", country="CA")} == {"CA"}


@hypothesis_settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(max_size=300))
def test_whatever_is_typed_gets_an_answer(loaded: None, text: str) -> None:
    assert len(find_cities(text, limit=3)) <= 3


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("UK", "GB"),
        ("usa", "US"),
        ("Germany", "DE"),
        ("de", "DE"),
        ("Côte d’Ivoire", "CI"),
        ("Turkey", "TR"),
        ("Ohio", None),
        ("", None),
    ],
)
def test_countries_go_by_many_names(typed: str, code: str | None) -> None:
    assert find_country(typed) == code


def test_a_code_may_stand_for_a_country_and_a_state() -> None:
    found = whereabouts("CA")
    assert found.countries == {"CA"}
    assert "US-CA" in found.subdivisions


def test_loading_gives_figures_and_is_skipped_the_second_time(loaded: None) -> None:
    assert (Country.objects.count(), Subdivision.objects.count()) == (250, 3_515)
    assert City.objects.count() == 34_006
    assert ExchangeRate.objects.count() == 30
    said = StringIO()
    call_command("load_places", stdout=said, stderr=StringIO())
    assert said.getvalue().count("unchanged since the last load") == 2


def test_a_forced_load_mends_what_differs_and_touches_nothing_else(loaded: None) -> None:
    City.objects.filter(geonames_id=2_867_714).update(population=1)
    said, progress = StringIO(), StringIO()
    call_command("load_places", force=True, stdout=said, stderr=progress)
    assert said.getvalue().startswith("places: 0 created, 1 updated, 37,770 unchanged")
    assert "30,000 cities" in progress.getvalue()
    assert City.objects.get(geonames_id=2_867_714).population > 1_000_000


@pytest.mark.parametrize(
    ("typed", "city"),
    [
        ("Lyon", "Lyon, Auvergne-Rhône-Alpes, France"),
        ("London", "London, England, United Kingdom"),
        ("London, Ontario", "London, Ontario, Canada"),
        ("New York", "New York City, New York, United States"),
        ("Quebec", "Québec, Quebec, Canada"),
        ("Portland, Maine, United States", "Portland, Maine, United States"),
        ("Columbus, OH", "Columbus, Ohio, United States"),
    ],
)
def test_a_clear_place_is_one_city(loaded: None, typed: str, city: str) -> None:
    found = find_place(typed)
    assert found.city is not None
    assert city_words(found.city) == city
    assert found.city not in found.others


@pytest.mark.parametrize(
    ("typed", "country", "offered"),
    [
        ("Columbus", "", ["Columbus, Ohio, United States", "Columbus, Georgia, United States"]),
        ("Portland", "", ["Portland, Oregon, United States", "Portland, Maine, United States"]),
        ("Ohio", "", ["Columbus, Ohio, United States", "Cleveland, Ohio, United States"]),
        ("Ontario", "", ["Ontario, California, United States", "Toronto, Ontario, Canada"]),
        ("Germany", "DE", ["Berlin, Berlin, Germany", "Hamburg, Hamburg, Germany"]),
        ("Singapore", "SG", ["Singapore, Singapore"]),
        ("Remote", "", []),
        ("xyzzy", "", []),
    ],
)  # fmt: skip
def test_an_unclear_place_is_offered(
    loaded: None, typed: str, country: str, offered: list[str]
) -> None:
    found = find_place(typed)
    assert (found.city, found.country) == (None, country)
    assert [city_words(city) for city in found.others][:2] == offered


def test_a_city_in_full_words_means_itself(loaded: None) -> None:
    """118 names are borne by several towns of one region; these mean the largest of them."""
    ids = list(City.objects.order_by("pk").values_list("pk", flat=True))[::1_000]
    for city in City.objects.select_related("country").filter(pk__in=ids):
        found = find_place(city_words(city)).city
        assert found is not None
        assert city_words(found) == city_words(city)


def test_a_country_that_is_a_state_too_offers_cities_of_both(loaded: None) -> None:
    assert {city.country_id for city in find_place("Georgia").others} == {"GE", "US"}


CENTRES = {"Munich": 2867714, "Suva": 2198148, "Labasa": 2204582, "Longyearbyen": 2729907,
           "Anadyr": 2127202, "Quito": 3652462, "Apia": 4035413}  # fmt: skip
"""In the middle of many, at both sides of the date line, near the pole, on the equator."""


def test_a_radius_holds_what_the_chord_between_two_points_says(loaded: None) -> None:
    def point(latitude: float, longitude: float) -> tuple[float, float, float]:
        north, east = radians(latitude), radians(longitude)
        return cos(north) * cos(east), cos(north) * sin(east), sin(north)

    rows = City.objects.values_list("pk", "latitude", "longitude")
    points = {pk: point(latitude, longitude) for pk, latitude, longitude in rows}
    for centre in City.objects.filter(pk__in=CENTRES.values()):
        here = points[centre.pk]
        away = {pk: 2 * 6371.0088 * asin(dist(here, there) / 2) for pk, there in points.items()}
        for radius in (0, 10, 120, 500, 2_500):
            expected = {pk for pk, km in away.items() if km <= radius} | {centre.pk}
            found = set(cities_within(centre, radius).values_list("pk", flat=True))
            assert found == expected, (centre.name, radius)
        far = City.objects.get(pk=CENTRES["Suva"])
        assert distance_km(centre, far) == pytest.approx(away[far.pk], abs=1e-6)
