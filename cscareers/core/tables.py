"""Reading the tables that are shipped with the code."""

import csv
from collections.abc import Iterator
from pathlib import Path


def read_tsv(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a table that `manage.py build_data` wrote, as column → text."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, dialect="excel-tab", quoting=csv.QUOTE_NONE)
