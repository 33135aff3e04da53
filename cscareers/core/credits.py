"""The sources of the shipped data, as the page about them names them."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cscareers.core.tables import read_tsv

_FILE = Path(__file__).resolve().parent / "data" / "sources.tsv"


@dataclass(frozen=True, slots=True)
class Source:
    """Who made the facts, the package that we took them from, and the words of credit."""

    name: str
    what: str
    package: str
    version: str
    dated: str
    licence: str
    licence_url: str
    credit: str


@cache
def sources() -> tuple[Source, ...]:
    """All sources, in the order in which they are shown."""
    return tuple(Source(**row) for row in read_tsv(_FILE))
