"""Finding cities and countries from what people type: "Columbus, Ohio", "London, UK", "München"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.db.models import Q

from cscareers.core.areas import area_name as area_name
from cscareers.core.areas import country_names as country_names
from cscareers.core.areas import country_of as country_of
from cscareers.core.areas import subdivision_names as subdivision_names
from cscareers.core.fold import fold
from cscareers.core.models import City
from cscareers.core.tables import read_tsv

_DATA = Path(__file__).resolve().parent / "data"
_LONGEST_TYPED = 200
_MOST_CONSIDERED = 200
# Of "Leeds / York / …" so many are looked up: each takes queries of its own.
_MOST_PLACES = 6
# A place that goes by the name only among others is likelier meant when it is five times as large.
_OTHER_NAME_WEIGHT = 0.2
_COUNTRY_NAMES = {
    "AE": ("uae", "emirates"),
    "BA": ("bosnia",),
    "BO": ("plurinational state of bolivia",),
    "CD": ("dr congo", "drc", "congo kinshasa"),
    "CG": ("congo", "congo brazzaville"),
    "CI": ("ivory coast",),
    "CV": ("cape verde",),
    "CZ": ("czech republic",),
    "DE": ("deutschland", "ger"),
    "ES": ("espana",),
    "GB": ("uk", "great britain", "britain", "u k", "gbr"),
    "HK": ("hong kong sar",),
    "IR": ("islamic republic of iran",),
    "KR": ("korea", "republic of korea"),
    "LA": ("lao",),
    "MK": ("macedonia",),
    "MM": ("burma",),
    "MO": ("macau",),
    "NL": ("the netherlands", "holland"),
    "PS": ("palestine",),
    "RU": ("russian federation",),
    "SY": ("syrian arab republic",),
    "SZ": ("swaziland",),
    "TL": ("east timor",),
    "TR": ("turkey", "turkiye"),
    "TW": ("republic of china",),
    "US": ("usa", "united states of america", "u s", "u s a", "america", "us of a"),
    "VA": ("vatican city", "holy see"),
    "VN": ("viet nam",),
}
_ALTERNATIVES = re.compile(r"[/;|•·]+|\s+or\s+", re.IGNORECASE)
_SEPARATORS = re.compile(r"[,()\[\]]+|\s[-–—]\s|[-–—]\s")
_AROUND = re.compile(
    r"^(greater|metro|city of|downtown|central) | (metropolitan area|bay area|area|metro|region)$"
)
# Words about the work or the building, not about the place.
_NOT_PLACES = re.compile(
    r"\b(remote|hybrid|onsite|office|offices|hq|headquarters|eligible|only|based|home based|"
    r"work from home|anywhere|worldwide|global)\b"
)
_LARGE = 250_000
_WORDS_TOO = {"nice", "reading", "mobile", "split", "male", "orange", "america", "us of a"}
_SHORT_FORMS = {"st": "saint", "saint": "st", "ft": "fort", "mt": "mount", "mount": "mt"}
_SHORT = 3


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What a qualifier such as "OH" can stand for."""

    countries: frozenset[str]
    subdivisions: frozenset[str]

    def __bool__(self) -> bool:
        return bool(self.countries or self.subdivisions)


@cache
def _countries_by_name() -> Mapping[str, str]:
    found = {fold(name): code for code, name in country_names().items()}
    for code, names in _COUNTRY_NAMES.items():
        found.update(dict.fromkeys(names, code))
    return found


@cache
def _subdivisions_by_name() -> Mapping[str, frozenset[str]]:
    """Name, other name or short code ("oh") → codes of the subdivisions that carry it."""
    found: dict[str, set[str]] = {}
    for row in read_tsv(_DATA / "subdivisions.tsv"):
        short = row["code"].partition("-")[2]
        names = [row["name"], *row["alternate_names"].split("|"), row["code"]]
        if short.isalpha():
            names.append(short)
        for name in names:
            if folded := fold(name):
                found.setdefault(folded, set()).add(row["code"])
    return {name: frozenset(codes) for name, codes in found.items()}


@cache
def well_known_places() -> frozenset[str]:
    """Folded names of countries and large cities, to notice a place where none belongs; names
    that are everyday words as well are left out."""
    rows = read_tsv(_DATA / "cities.tsv")
    cities = {row["name"] for row in rows if int(row["population"]) >= _LARGE}
    return frozenset({*map(fold, cities), *_countries_by_name()} - _WORDS_TOO)


def find_country(text: str) -> str | None:
    """The code of the country that the text names or codes, else None."""
    folded = fold(text)
    if len(folded) == 2 and folded.upper() in country_names():
        return folded.upper()
    return _countries_by_name().get(folded)


def whereabouts(text: str) -> Whereabouts:
    """Countries and subdivisions that the text can stand for; "CA" is California and Canada."""
    country = find_country(text)
    return Whereabouts(
        frozenset({country} if country else ()),
        _subdivisions_by_name().get(fold(text), frozenset()),
    )


def find_cities(text: str, country: str | None = None, limit: int = 8) -> list[City]:
    """Cities that the text may mean, the likeliest first; inside `country` when it is given.

    What follows the name has to hold: "Paris, TX" never gives the one in France. Without a city
    of exactly the name, those whose name begins with it are offered.
    """
    readings = _readings(text)
    for reading in readings:
        if found := _weighed(reading, reading.exactly(country), limit):
            return found
    for reading in readings:
        # What names a land is no beginning of a city: "Texas" is not Texas City.
        open_ended = reading.first and len(reading.name) > 1 and not whereabouts(reading.name)
        if open_ended and (found := _weighed(reading, reading.beginning(country), limit)):
            return found
    return []


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to part a text into a city's name and what qualifies it."""

    name: str
    qualifiers: tuple[Whereabouts, ...]
    first: bool

    def exactly(self, country: str | None) -> Q:
        names = [self.name]
        word, _, rest = self.name.partition(" ")
        if rest and word in _SHORT_FORMS:
            names.append(f"{_SHORT_FORMS[word]} {rest}")
        where = Q(search_names__overlap=names) & self._inside(country)
        if land := find_country(self.name):
            # A city may go by its country's name, as Singapore does, but not by another's.
            return where & Q(country=land, search_text__startswith=f"|{self.name}|")
        named_so = whereabouts(self.name).subdivisions
        if named_so and len(self.name) > _SHORT:
            # "New York" is the city in that state; "Maine" is no suburb with such a by-name.
            main = Q(search_text__startswith=f"|{self.name}|")
            where &= main | Q(subdivision__in=named_so)
        return where

    def beginning(self, country: str | None) -> Q:
        return Q(search_text__contains=f"|{self.name}") & self._inside(country)

    def _inside(self, country: str | None) -> Q:
        where = Q(country=country) if country else Q()
        for qualifier in self.qualifiers:
            where &= Q(country__in=qualifier.countries) | Q(subdivision__in=qualifier.subdivisions)
        return where


def _readings(text: str) -> list[_Reading]:
    """The likeliest first; of several places in one text each has its own qualifiers."""
    readings: list[_Reading] = []
    for alternative in _ALTERNATIVES.split(text[:_LONGEST_TYPED])[:_MOST_PLACES]:
        parts = [_bare(part) for part in _SEPARATORS.split(alternative)]
        readings.extend(_readings_of_one([part for part in parts if part]))
    return readings


def _readings_of_one(parts: list[str]) -> list[_Reading]:
    readings = []
    for position, name in enumerate(parts):
        first, last = position == 0, position == len(parts) - 1
        # What follows an unknown place says where that is; it is not the place: "Richland, NY".
        land = find_country(name) or len(name) <= _SHORT or (last and whereabouts(name))
        if not first and land:
            continue
        known = tuple(found for part in parts[position + 1 :] if (found := whereabouts(part)))
        readings.append(_Reading(name, known, first))
        words = name.split()
        # No comma: "Columbus Ohio", "London United Kingdom".
        for count in range(1, min(4, len(words))):
            if found := whereabouts(" ".join(words[-count:])):
                readings.append(_Reading(" ".join(words[:-count]), (found, *known), first))
        if _AROUND.search(name):
            readings.append(_Reading(_AROUND.sub("", name), known, first))
    return readings


def _bare(part: str) -> str:
    """A part without house numbers, postcodes and words that are no place."""
    words = [word for word in fold(part).split() if not any(map(str.isdigit, word))]
    return " ".join(_NOT_PLACES.sub(" ", " ".join(words)).split())


def _weighed(reading: _Reading, where: Q, limit: int) -> list[City]:
    """Cities by size, those that bear the name only among others after much smaller ones."""
    found = City.objects.filter(where).select_related("country").order_by("-population", "pk")

    def weight(city: City) -> float:
        main = city.search_names[:1] and city.search_names[0].startswith(reading.name)
        return city.population * (1 if main else _OTHER_NAME_WEIGHT)

    cities = list(found[:_MOST_CONSIDERED])
    return sorted(cities, key=lambda city: (-weight(city), city.geonames_id))[:limit]
