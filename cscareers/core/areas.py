"""Countries and their parts by their codes, from the shipped tables. Pure."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from cscareers.core.tables import read_tsv

_DATA: Final = Path(__file__).resolve().parent / "data"


@cache
def country_names() -> Mapping[str, str]:
    """Country code → English name, of the countries that are shipped."""
    return {row["code"]: row["name"] for row in read_tsv(_DATA / "countries.tsv")}


@cache
def subdivision_names() -> Mapping[str, str]:
    """ISO 3166-2 code → name, of the subdivisions that are shipped."""
    return {row["code"]: row["name"] for row in read_tsv(_DATA / "subdivisions.tsv")}


def area_name(code: str) -> str:
    """A country or a subdivision by its code: "Poland", "Ohio, United States"."""
    country, part, _ = code.partition("-")
    land = country_names().get(country, country)
    return f"{subdivision_names().get(code, code)}, {land}" if part else land


def country_of(area: str) -> str:
    """The country's code of a country's or a subdivision's."""
    return area.partition("-")[0]
