"""What each risk rule hits among labelled ads, and how well the score parts frauds from the rest.

`python -m bench.risk_measure` writes the figures, the learned weights and the list of words into
`postings/data`, from where the product ships and shows them. Weights that people gave to rules
with few or no hits stay.
"""

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from bench import risk_learn
from bench.risk_curve import Curve, cross_validated
from bench.risk_data import FILE, Ad, Labelled, read_ads
from bench.risk_learn import LEARNED, MANY, NONE, RARE, SHIPPED, Model, Words, learn
from cscareers.core.tables import read_tsv
from postings.risk.score import Rule
from tests.shared_data import ROOT

DATA: Final = Path(__file__).resolve().parents[1] / "postings" / "data"
TABLE: Final = DATA / "risk_rules.tsv"
SOURCE: Final = "EMSCAD (CC0)"
REPEATS: Final = 10
CAN_BE_MEASURED: Final = (
    "payment-words bank-or-identity private-contact silent-employer no-logo promises money-fast"
    " work-at-home no-experience hurry address-in-text loud-title short-text learned-words"
)
"""Rules that look at what the labelled ads say; the others look at what only we know."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many frauds and honest ads a rule hits."""

    frauds: int
    reals: int


@dataclass(frozen=True, slots=True)
class Measured:
    labelled: Labelled
    rules: list[Rule]
    counts: dict[str, Counts]
    model: Model
    curves: list[Curve]
    repeats: int

    @property
    def frauds(self) -> int:
        return sum(ad.fraud for ad in self.labelled.ads)

    @property
    def reals(self) -> int:
        return len(self.labelled.ads) - self.frauds


def read_rules() -> list[Rule]:
    """The shipped rules that can be measured."""
    return [
        Rule(row["code"], row["name"], int(row["weight"]), json.loads(row["params"]))
        for row in read_tsv(TABLE)
        if row["code"] in CAN_BE_MEASURED.split()
    ]


def measure(path: Path, *, repeats: int = REPEATS) -> Measured:
    """Count, learn and cross-validate."""
    labelled, rules = read_ads(path), read_rules()
    ads = labelled.ads
    hits = [risk_learn.strengths(ad.facts, rules) for ad in ads]
    given = {rule.code: rule.weight for rule in rules}

    def curve(name: str, words: Words, scale: int = risk_learn.POINTS) -> Curve:
        def learner(training: Sequence[int], part: Sequence[int], seed: int) -> dict[int, float]:
            model = learn(ads, hits, training, given=given, seed=seed, words=words, scale=scale)
            return {number: model.score(ads[number], hits[number], words) for number in part}

        return cross_validated(name, ads, learner, repeats=repeats)

    return Measured(
        labelled=labelled,
        rules=rules,
        counts={
            **{rule.code: counts_of(ads, [rule.code in hit for hit in hits]) for rule in rules},
            LEARNED: counts_of(ads, words_unseen(ads)),
        },
        model=learn(ads, hits, range(len(ads)), given=given, seed=0, words=SHIPPED),
        curves=[
            curve("Rules as shipped", SHIPPED),
            curve("Rules and 2,000 words, not shipped", MANY, scale=100),
            curve("Rules without learned words", NONE),
        ],
        repeats=repeats,
    )


def counts_of(ads: Sequence[Ad], hit: Sequence[bool]) -> Counts:
    frauds = sum(there for ad, there in zip(ads, hit, strict=True) if ad.fraud)
    return Counts(frauds, sum(hit) - frauds)


def words_unseen(ads: Sequence[Ad]) -> list[bool]:
    """Whether the learned words hit each ad, by a list that was learned without its fold."""
    found = [False] * len(ads)
    for part in risk_learn.folds(ads, range(len(ads)), number=risk_learn.FOLDS, seed=0):
        left = set(part)
        terms = SHIPPED.learn(ads, [number for number in range(len(ads)) if number not in left])
        for number in part:
            found[number] = SHIPPED.strength(ads[number], terms) > 0
    return found


def write(measured: Measured, *, now: datetime) -> None:
    """Into the tables that are part of the code."""
    rows = list(read_tsv(TABLE))
    for row in rows:
        counts = measured.counts.get(row["code"])
        if counts is None:
            continue
        if counts.frauds + counts.reals >= RARE:
            row["weight"] = str(measured.model.points[row["code"]])
        if row["code"] == LEARNED:
            row["params"] = json.dumps({**json.loads(row["params"]), "terms": measured.model.terms})
        row.update(
            fraud_hits=str(counts.frauds), fraud_total=str(measured.frauds),
            real_hits=str(counts.reals), real_total=str(measured.reals),
            measured_on=SOURCE, measured_at=now.date().isoformat(),
        )  # fmt: skip
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(
            file, list(rows[0]), dialect="excel-tab", quoting=csv.QUOTE_NONE, lineterminator="\n",
            quotechar=None,
        )  # fmt: skip
        writer.writeheader()
        writer.writerows(rows)
    (DATA / "risk_figures.json").write_text(
        json.dumps(figures(measured, now=now), indent=1) + "\n", encoding="utf-8"
    )


def figures(measured: Measured, *, now: datetime) -> dict[str, Any]:
    """What the report page shows."""
    return {
        "source": SOURCE,
        "at": now.date().isoformat(),
        "frauds": measured.frauds,
        "reals": measured.reals,
        "left_out": measured.labelled.left_out,
        "groups": measured.labelled.groups,
        "folds": risk_learn.FOLDS,
        "repeats": measured.repeats,
        "curves": [replace(curve).to_json() for curve in measured.curves],
    }


if __name__ == "__main__":
    write(measure(ROOT / FILE), now=datetime.now(UTC))
