"""Which place somebody means, and which cities lie around it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, cos, degrees, radians, sin
from typing import Final

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Cos, Power, Radians, Sin

from cscareers.core.distance import EARTH_RADIUS_KM, kilometres
from cscareers.core.fold import fold
from cscareers.core.models import City
from cscareers.core.places import country_names, find_cities, find_country, whereabouts

CLEAR: Final = 10
"""A name that several cities bear means the largest when it is so many times as large."""
OFFERED: Final = 6
_OTHER_NAME_WEIGHT: Final = 0.2


@dataclass(frozen=True, slots=True)
class TypedPlace:
    """What a typed place stands for: `city` where that is clear, and who else it may be.

    `country` is set where the text names one: a country is no point to measure from.
    """

    text: str
    city: City | None = None
    others: tuple[City, ...] = ()
    country: str = ""


def city_words(city: City) -> str:
    """A city as it is offered and typed: "Columbus, Ohio, United States". Reads its country."""
    return ", ".join(part for part in (city.name, city.region, city.country.name) if part)


def find_place(text: str) -> TypedPlace:
    """The city that `text` means, if that is clear, else the cities that it may mean.

    Clear is: the city whose full words these are (see `city_words`), or the only one found, or one
    at least `CLEAR` times as large as the next of the name. A city that bears the name of a country
    or of a subdivision elsewhere ("Ontario" in California) is never clear.
    """
    if city := _named_in_full(text):
        return TypedPlace(text, city)
    cities = find_cities(text, limit=OFFERED)
    named = whereabouts(text).subdivisions
    if country := find_country(text):
        offered = tuple(cities) or _largest(Q(country=country))[: OFFERED // 2]
        if named:
            offered += _largest(Q(subdivision__in=named))[: OFFERED // 2]
        return TypedPlace(text, None, tuple(dict.fromkeys(offered)), country)
    lands = {code.partition("-")[0] for code in named}
    if named and not (cities and cities[0].country_id in lands):
        return TypedPlace(text, None, (*cities[:2], *_largest(Q(subdivision__in=named)))[:OFFERED])
    if is_clear(text, cities):
        return TypedPlace(text, cities[0], tuple(cities[1:]))
    return TypedPlace(text, None, tuple(cities))


def _named_in_full(text: str) -> City | None:
    name, comma, _ = text.partition(", ")
    if not comma:
        return None
    rows = City.objects.filter(search_names__contains=[fold(name)]).select_related("country")
    typed = fold(text)
    named = [city for city in rows.order_by("-population", "pk") if fold(city_words(city)) == typed]
    return next(iter(named), None)


def is_clear(text: str, cities: Sequence[City]) -> bool:
    """Whether of `cities` that bear a typed name, likeliest first, the first one must be meant."""
    if len(cities) < 2:
        return bool(cities)
    typed = fold(text)
    sizes = [
        city.population * (1 if fold(city.name) in typed else _OTHER_NAME_WEIGHT) for city in cities
    ]
    return sizes[0] >= CLEAR * max(sizes[1:])


def _largest(where: Q) -> tuple[City, ...]:
    rows = City.objects.filter(where).select_related("country")
    return tuple(rows.order_by("-population", "pk")[: OFFERED - 1])


def country_name(code: str) -> str:
    """The English name of a country, or its code."""
    return country_names().get(code, code)


# ---- distance ----


def distance_km(one: City, other: City) -> float:
    """The great-circle distance of two cities."""
    return kilometres((one.latitude, one.longitude), (other.latitude, other.longitude))


def cities_within(city: City, radius_km: float) -> QuerySet[City]:
    """Cities at most so far from `city`, itself among them; a box first, so that an index helps.

    The same formula as `distance_km`, in SQL.
    """
    latitude = radians(city.latitude)
    chord = Power(Sin((Radians(F("latitude")) - Value(latitude)) / Value(2.0)), Value(2.0)) + Value(
        cos(latitude)
    ) * Cos(Radians(F("latitude"))) * Power(
        Sin(Radians(F("longitude") - Value(city.longitude)) / Value(2.0)),
        Value(2.0),
    )
    most = sin(radius_km / (2 * EARTH_RADIUS_KM)) ** 2
    # Rounding must not lose the city itself, at a radius of 0.
    near = Q(_box(city, radius_km), chord__lte=most) | Q(pk=city.pk)
    return City.objects.alias(chord=chord).filter(near)


def _box(city: City, radius_km: float) -> Q:
    """The degrees between which a circle lies; it may cross the date line or hold a pole."""
    angle = radius_km / EARTH_RADIUS_KM * 1.000001
    south, north = city.latitude - degrees(angle), city.latitude + degrees(angle)
    box = Q(latitude__gte=south, latitude__lte=north)
    if south <= -90 or north >= 90:
        return box
    half = degrees(asin(min(1.0, sin(angle) / cos(radians(city.latitude)))))
    west, east = city.longitude - half, city.longitude + half
    if west < -180:
        return box & (Q(longitude__gte=west + 360) | Q(longitude__lte=east))
    if east > 180:
        return box & (Q(longitude__gte=west) | Q(longitude__lte=east - 360))
    return box & Q(longitude__gte=west, longitude__lte=east)
