"""How often the lint of words speaks up on real ads, and how often for nothing.

`make bench` prints hints an ad by code, and the share of false alarms among the
hits that were read by eye (bench/labels/wording.tsv: file, line, field, offset, code, verdict; the
text itself stays where it is). `python -m bench.bench_wording --draw N` lists N hits to be read,
by a fixed seed.
"""

import argparse
import csv
import html
import json
import random
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from cscareers.core.fold import fold
from postings.wording.hints import Hint, Text
from postings.wording.lint import lint
from tests.shared_data import ROOT, needs

LABELS = Path(__file__).resolve().parent / "labels" / "wording.tsv"
FILES = ("nyc", "startups", "remote")
SEED = 20261122
CORE = Path(__file__).resolve().parents[1] / "cscareers" / "core" / "data"


@dataclass(frozen=True, slots=True)
class Ad:
    file: str
    line: int
    employer: str
    texts: tuple[Text, ...]


def ads() -> Iterator[Ad]:
    """The ads of the files with their two texts: tags struck out, entities read, else as is."""
    for file in FILES:
        lines = (ROOT / "postings" / f"{file}.jsonl").read_text("utf-8").splitlines()
        for number, line in enumerate(lines, start=1):
            row = json.loads(line)
            organisation = row.get("hiringOrganization") or {}
            employer = organisation.get("name") if isinstance(organisation, dict) else organisation
            texts = tuple(Text(field, plain(row.get(field))) for field in ("title", "description"))
            yield Ad(file, number, str(employer or ""), texts)


def plain(value: object) -> str:
    return html.unescape(re.sub(r"<[^>]*>", " ", html.unescape(str(value or ""))))


def places() -> frozenset[str]:
    """Folded names of countries and of cities with 250,000 people, as the product uses them."""
    names = set()
    for name in ("countries", "cities"):
        with (CORE / f"{name}.tsv").open(encoding="utf-8", newline="") as table:
            for row in csv.DictReader(table, dialect="excel-tab", quoting=csv.QUOTE_NONE):
                if name == "countries" or int(row["population"]) >= 250_000:
                    names.add(fold(row["name"]))
    return frozenset(names)


@needs(*(f"postings/{file}.jsonl" for file in FILES))
def test_wording(capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print("\nWording lint:", end=" ")
        judge(count())


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--draw", type=int, default=50)
    parser.add_argument("--seed", type=int, default=SEED)
    asked = parser.parse_args()
    draw(count(), asked.draw, asked.seed)


def count() -> list[tuple[Ad, Hint]]:
    """All hits, and how many there are printed by code."""
    known, found, counts, touched = places(), [], Counter[str](), Counter[str]()
    began, number = time.perf_counter(), 0
    for ad in ads():
        number += 1
        hints = lint(ad.texts, language="en", employer_name=ad.employer, gazetteer=known)
        found += [(ad, hint) for hint in hints]
        counts.update(hint.code.value for hint in hints)
        touched.update({hint.code.value for hint in hints} | ({"any"} if hints else set()))
    seconds = time.perf_counter() - began
    print(f"{number} ads, {len(found) / number:.2f} hints an ad, {touched['any']} ads with a hint,")
    print(f"{1000 * seconds / number:.1f} ms an ad with reading the files")
    for code, hits in sorted(counts.items()):
        print(f"  {code}: {hits} hits in {touched[code]} ads")
    return found


def draw(found: list[tuple[Ad, Hint]], number: int, seed: int) -> None:
    """Hits to be read: five sixths of all codes but loud titles, one sixth loud titles."""
    rest = [pair for pair in found if pair[1].code.value != "title-capitals"]
    loud = [pair for pair in found if pair[1].code.value == "title-capitals"]
    chance = random.Random(seed)
    for ad, hint in chance.sample(rest, number - number // 6) + chance.sample(loud, number // 6):
        text = next(text.text for text in ad.texts if text.field == hint.field)
        around = f"{text[max(0, hint.start - 80) : hint.start]}[[{hint.words}]]"
        around += text[hint.end : hint.end + 60]
        key = (ad.file, ad.line, hint.field, hint.start, hint.code.value)
        print(*key, " ".join(around.split()), sep="\t")


def judge(found: list[tuple[Ad, Hint]]) -> None:
    now = {(ad.file, str(ad.line), h.field, str(h.start), h.code.value) for ad, h in found}
    with LABELS.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table, dialect="excel-tab"))
    keys = [tuple(row[name] for name in ("file", "line", "field", "start", "code")) for row in rows]
    for sample in dict.fromkeys(row["sample"] for row in rows):
        ours = [pair for pair in zip(rows, keys, strict=True) if pair[0]["sample"] == sample]
        standing = [row for row, key in ours if key in now]
        wrong = sum(row["verdict"] == "false" for row, _ in ours)
        still = [row for row in standing if row["verdict"] == "false"]
        print(f"{sample} sample: {len(ours)} hits read by eye, {wrong} false;", end=" ")
        print(f"now {len(standing)} of them found, {len(still)} false")


if __name__ == "__main__":
    main()
