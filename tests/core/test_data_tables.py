"""The shipped tables of places and money: complete, valid, and consistent with each other."""

import csv
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel import Locale
from django.conf import settings

from cscareers.core.credits import sources
from cscareers.core.currencies import currencies
from cscareers.core.data_build.packages import NPM_PINS, PINS, DataPackageMissing, data_file
from cscareers.core.tables import read_tsv
from tests.shared_data import ROOT, needs

DATA = Path(settings.BASE_DIR) / "cscareers" / "core" / "data"
TABLES = sorted(Path(settings.BASE_DIR).glob("*/**/data/*.tsv"))


@pytest.fixture(scope="module")
def countries() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in read_tsv(DATA / "countries.tsv")}


def rows(path: Path) -> Iterator[list[str]]:
    return (line.split("\t") for line in path.read_text("utf-8").splitlines())


@pytest.mark.parametrize("table", TABLES, ids=lambda path: path.name)
def test_every_line_has_a_field_for_every_column(table: Path) -> None:
    text = table.read_bytes()
    assert b"\r" not in text
    assert text.endswith(b"\n")
    assert {len(row) for row in rows(table)} == {len(next(rows(table)))}


def test_tables_stay_small() -> None:
    assert sum(table.stat().st_size for table in TABLES) < 4_500_000


def test_every_country_has_a_time_zone_and_a_currency(
    countries: dict[str, dict[str, str]],
) -> None:
    assert len(countries) == 250
    for row in countries.values():
        assert ZoneInfo(row["capital_time_zone"]).key == row["capital_time_zone"]
        assert row["currency"] in currencies() or row["code"] == "AQ"


def test_country_codes_are_those_of_the_locale_data(
    countries: dict[str, dict[str, str]],
) -> None:
    known = {code for code in Locale("en").territories if len(code) == 2 and code.isalpha()}
    # Not countries of ISO 3166-1: exceptional reservations, unions and placeholders.
    others = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
    assert set(countries) == known - others


@pytest.mark.parametrize(
    ("code", "zone", "currency"),
    [
        ("US", "America/New_York", "USD"),
        ("AU", "Australia/Sydney", "AUD"),
        ("BR", "America/Sao_Paulo", "BRL"),
        ("DE", "Europe/Berlin", "EUR"),
        ("IN", "Asia/Kolkata", "INR"),
        ("HR", "Europe/Zagreb", "EUR"),
    ],
)
def test_countries_are_what_one_knows(
    countries: dict[str, dict[str, str]], code: str, zone: str, currency: str
) -> None:
    assert (countries[code]["capital_time_zone"], countries[code]["currency"]) == (zone, currency)


def test_cities_stand_in_known_places(countries: dict[str, dict[str, str]]) -> None:
    subdivisions = {row["code"]: row for row in read_tsv(DATA / "subdivisions.tsv")}
    seen = set()
    zones = set()
    for city in read_tsv(DATA / "cities.tsv"):
        seen.add(city["geonames_id"])
        zones.add(city["time_zone"])
        assert city["country"] in countries
        assert abs(float(city["latitude"])) <= 90
        assert abs(float(city["longitude"])) <= 180
        if city["subdivision"]:
            assert subdivisions[city["subdivision"]]["country"] == city["country"]
            assert subdivisions[city["subdivision"]]["name"] == city["region"]
    assert len(seen) == 34_006
    for zone in zones:
        ZoneInfo(zone)


def test_currencies_are_known_to_the_locale_data() -> None:
    names = Locale("en").currencies
    assert [code for code in currencies() if code not in names] == []
    assert {code: currencies()[code].minor_units for code in ("EUR", "JPY", "KWD")} == {
        "EUR": 2,
        "JPY": 0,
        "KWD": 3,
    }


def test_rates_are_of_one_day_and_of_known_currencies() -> None:
    rates = list(read_tsv(DATA / "exchange_rates.tsv"))
    assert {date.fromisoformat(row["date"]) for row in rates} == {date(2026, 10, 30)}
    assert {row["currency"] for row in rates} <= set(currencies())
    assert all(Decimal(row["per_euro"]) > 0 for row in rates)
    assert {row["currency"]: row["per_euro"] for row in rates}["EUR"] == "1"


def test_wage_percentiles_rise() -> None:
    table = Path(settings.BASE_DIR) / "postings" / "data" / "oews_bands.tsv"
    bands = list(read_tsv(table))
    assert len(bands) == 14
    for row in bands:
        wages = [Decimal(row[name]) for name in ("p10", "p25", "p50", "p75", "p90")]
        assert wages == sorted(wages)
        assert wages[0] > 0


@needs("salary/oews_2025_customer_service_by_area.csv")
def test_wages_are_those_that_were_published() -> None:
    table = Path(settings.BASE_DIR) / "postings" / "data" / "oews_bands.tsv"
    ours = {row["soc"]: row for row in read_tsv(table) if row["period"] == "year"}
    with (ROOT / "salary/oews_2025_customer_service_by_area.csv").open(encoding="utf-8") as file:
        published = {
            row["soc"]: row
            for row in csv.DictReader(file)
            if row["area_code"] == "0000000" and row["industry_code"] == "000000"
        }
    both = ours.keys() & published.keys()
    assert {"43-4051", "43-1011"} <= both
    for soc in both:
        names = (
            ("p10", "a10"),
            ("p25", "a25"),
            ("p50", "a_median"),
            ("p75", "a75"),
            ("p90", "a90"),
        )
        assert [ours[soc][name] for name, _ in names] == [published[soc][name] for _, name in names]


def test_every_pinned_package_is_credited_with_its_version() -> None:
    assert {(source.package, source.version) for source in sources()} == {
        *PINS.items(),
        *NPM_PINS.items(),
    }


def test_an_absent_package_is_named_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(PINS, "a-package-that-nobody-has", "9.9")
    with pytest.raises(DataPackageMissing, match=r"pip install .*a-package-that-nobody-has==9\.9"):
        data_file("a-package-that-nobody-has", "x.csv")


def test_another_version_than_the_pinned_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PINS, "django", "1.0")
    with pytest.raises(DataPackageMissing, match=r"written for 1\.0"):
        data_file("django", "x.csv")
