"""`manage.py load_places`: countries, subdivisions, cities and exchange rates into the database."""

import time
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from cscareers.core import fold as folding
from cscareers.core.fold import fold
from cscareers.core.loading import Written, load_once, upsert
from cscareers.core.models import City, Country, ExchangeRate, Subdivision
from cscareers.core.tables import read_tsv

DATA = Path(__file__).resolve().parents[2] / "data"
PLACES = ("countries.tsv", "subdivisions.tsv", "cities.tsv")
RATES = ("exchange_rates.tsv",)
_PROGRESS_EVERY = 10_000


class Command(BaseCommand):
    help = (
        "Loads countries, subdivisions, cities and exchange rates from the tables that are part"
        " of the code. Safe to repeat: unchanged tables are skipped."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--force", action="store_true", help="load unchanged tables again")

    def handle(self, *args: Any, **options: Any) -> None:
        for name, files, load in (
            ("places", PLACES, self._load_places),
            ("exchange rates", RATES, _load_rates),
        ):
            started = time.monotonic()
            written = load_once(
                name,
                # Stored names are folded: another way to fold is another load.
                [*(DATA / file for file in files), Path(folding.__file__)],
                load,
                now=timezone.now(),
                force=options["force"],
            )
            seconds = time.monotonic() - started
            self.stdout.write(f"{name}: {_figures(written)} ({seconds:.1f} s)")

    def _load_places(self) -> Written:
        countries = upsert(
            Country,
            ("code", "name", "capital", "time_zone", "currency", "continent"),
            (tuple(row.values()) for row in read_tsv(DATA / "countries.tsv")),
            key=("code",),
        )
        self.stderr.write(f"{countries.total:,} countries")
        subdivisions = upsert(
            Subdivision,
            ("code", "country_id", "name"),
            (
                (row["code"], row["country"], row["name"])
                for row in read_tsv(DATA / "subdivisions.tsv")
            ),
            key=("code",),
        )
        self.stderr.write(f"{subdivisions.total:,} subdivisions")
        cities = upsert(
            City,
            (
                *("geonames_id", "name", "country_id", "region", "subdivision_id", "latitude"),
                *("longitude", "population", "time_zone", "search_names", "search_text"),
            ),
            self._cities(),
            key=("geonames_id",),
        )
        return countries + subdivisions + cities

    def _cities(self) -> Iterator[tuple[object, ...]]:
        for number, row in enumerate(read_tsv(DATA / "cities.tsv"), start=1):
            typed = (row["name"], *row["alternate_names"].split("|"))
            names = [name for name in dict.fromkeys(map(fold, typed)) if name]
            yield (
                int(row["geonames_id"]),
                row["name"],
                row["country"],
                row["region"],
                row["subdivision"] or None,
                float(row["latitude"]),
                float(row["longitude"]),
                int(row["population"]),
                row["time_zone"],
                names,
                f"|{'|'.join(names)}|",
            )
            if number % _PROGRESS_EVERY == 0:
                self.stderr.write(f"{number:,} cities")


def _load_rates() -> Written:
    return upsert(
        ExchangeRate,
        ("day", "currency", "per_euro"),
        (
            (date.fromisoformat(row["date"]), row["currency"], Decimal(row["per_euro"]))
            for row in read_tsv(DATA / "exchange_rates.tsv")
        ),
        key=("currency", "day"),
    )


def _figures(written: Written | None) -> str:
    if written is None:
        return "unchanged since the last load"
    return (
        f"{written.created:,} created, {written.updated:,} updated, {written.unchanged:,} unchanged"
    )
