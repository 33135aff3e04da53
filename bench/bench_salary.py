"""How well pay is read from words, on strings labelled by hand: `make bench`.

The labels say what a careful person understands of each string: both ends, currency and period,
or why it names no pay. They were written before anyone looked at the parser's answer. Where a
string names no currency, the one of the site it comes from is handed in, as a feed's own
currency field would be.
"""

import csv
import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from bench.salary_sample import draw, read_rows, strata_of
from cscareers.core.salary import PayBand, PayPeriod
from postings.importers.salary_text import PayReading, read_salary
from tests.shared_data import ROOT, needs

LABELS = Path(__file__).parent / "labels" / "salary_strings.tsv"
STRINGS = "text/salary_strings.csv"
HOME = {"adzuna_uk": "GBP", "indeed": "INR", "yc_nyc": "USD"}
SLIP = 10  # an amount this many times too high or too low is a slip of unit


@dataclass(frozen=True, slots=True)
class Label:
    row: int
    sample: str
    band: PayBand | None
    no_pay: str


@dataclass(frozen=True, slots=True)
class Judged:
    """One string: the label, what was read, and the kind of the mistake, if any."""

    text: str
    label: Label
    reading: PayReading
    verdict: str


@needs(STRINGS)
def test_salary_strings(capsys: pytest.CaptureFixture[str]) -> None:
    rows = read_rows(ROOT / STRINGS)
    labels = read_labels(rows)
    drawn = draw(rows)
    for sample in drawn:
        wanted = [label.row for label in labels if label.sample == sample]
        assert sorted(wanted) == sorted(drawn[sample])
    with capsys.disabled():
        for sample in drawn:
            judged = [judge(rows, label) for label in labels if label.sample == sample]
            report(sample, judged, exact_in_file(rows, judged))


def read_labels(rows: list[dict[str, str]]) -> list[Label]:
    """The labels; each is checked to belong to the string that stands in its row."""
    with LABELS.open(encoding="utf-8", newline="") as lines:
        labels = list(csv.DictReader(lines, delimiter="\t"))
    for label in labels:
        raw = rows[int(label["row"]) - 1]["raw"]
        assert hashlib.sha256(raw.encode()).hexdigest()[:10] == label["hash"], label["row"]
    return [
        Label(int(label["row"]), label["sample"], labelled_band(label), label["no_pay"])
        for label in labels
    ]


def labelled_band(label: dict[str, str]) -> PayBand | None:
    if label["no_pay"]:
        return None
    low, high = Decimal(label["minimum"]), Decimal(label["maximum"])
    return PayBand(low, high, label["currency"], PayPeriod(label["period"]))


def judge(rows: list[dict[str, str]], label: Label) -> Judged:
    row = rows[label.row - 1]
    reading = read_salary(row["raw"], default_currency=HOME[row["source"]])
    return Judged(row["raw"], label, reading, verdict(label.band, reading.band))


def verdict(wanted: PayBand | None, read: PayBand | None) -> str:
    """`exact`, or the gravest thing that is wrong."""
    if wanted is None or read is None:
        return "exact" if wanted is read else "missed pay" if wanted else "false pay"
    ratio = max(wanted.maximum / read.maximum, read.maximum / wanted.maximum)
    if wanted.period is not read.period or ratio >= SLIP:
        return "wrong by unit"
    if wanted.currency != read.currency:
        return "wrong currency"
    same = (wanted.minimum, wanted.maximum) == (read.minimum, read.maximum)
    return "exact" if same else "wrong amount"


def exact_in_file(rows: list[dict[str, str]], judged: list[Judged]) -> float:
    """The exact share if each stratum counted as often as it stands in the file."""
    strata = strata_of(rows)
    sizes, drawn = Counter(strata.values()), Counter(strata[one.label.row] for one in judged)
    exact: dict[tuple[str, str], int] = defaultdict(int)
    for one in judged:
        exact[strata[one.label.row]] += one.verdict == "exact"
    whole = sum(sizes[stratum] for stratum in drawn)
    return sum(exact[s] / drawn[s] * sizes[s] / whole for s in drawn)


def report(sample: str, judged: list[Judged], in_file: float) -> None:
    """Print the shares, and each string that was not read as labelled."""
    n = len(judged)
    print(f"\nSalary strings, sample {sample}: n = {n}")
    kinds = ("exact", "wrong by unit", "wrong currency", "wrong amount", "false pay", "missed pay")
    for kind in kinds:
        count = sum(1 for one in judged if one.verdict == kind)
        print(f"  {kind:16}{count:5}{count / n:8.1%}")
    print(f"  exact, weighted as the file is mixed {in_file:8.1%}")
    no_pay = [one for one in judged if one.label.no_pay and one.reading.reason]
    same = sum(1 for one in no_pay if one.label.no_pay == one.reading.reason)
    print(f"  rightly no pay  {len(no_pay):5}, for the same reason {same}")
    for one in judged:
        if one.verdict != "exact":
            said = one.reading.band or one.reading.reason
            print(f"  row {one.label.row}: {one.verdict}: {one.text!r} read as {said}")
