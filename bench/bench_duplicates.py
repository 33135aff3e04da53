"""How well near duplicates are told from different postings, on real files: `make bench`.

Pairs by construction: repeats under other identifiers and copies with seeded edits should be
found, different postings of one employer should not. Pairs near the threshold were read by eye:
"same" is the same work at the same level, posted again or for another place. Then each pair of
postings that the index brings together counts once: what part of those over the threshold is
right, by the labels of the pairs that score alike.
"""

import csv
import random
from collections import Counter
from itertools import pairwise
from pathlib import Path
from time import perf_counter

import pytest

from bench.duplicate_pairs import FILES, Ad, Pair, edited, met, read_ads, repeats, strangers
from postings.duplicates.likeness import THRESHOLD, facts_of, likeness, print_of
from tests.shared_data import needs

LABELS = Path(__file__).parent / "labels" / "duplicate_pairs.tsv"
SEED = 20261122
MOST_EDITED = 200
"""Postings of a file that are edited."""
STEPS = (THRESHOLD, 0.86, 0.90, 0.95, 1.01)


def score(pair: Pair) -> float:
    return likeness(pair[0].facts, pair[1].facts).score


def alike(pair: Pair) -> bool:
    return score(pair) >= THRESHOLD


def near(pair: Pair) -> bool:
    """Whether the index brings the two together."""
    one, other = (set(print_of(ad.facts.text)) for ad in pair)
    return not one.isdisjoint(other)


@needs(*(f"postings/{name}.jsonl" for name in FILES))
def test_near_duplicates(capsys: pytest.CaptureFixture[str]) -> None:
    files = {name: read_ads(name) for name in FILES}
    with capsys.disabled():
        print(f"\nNear duplicates, threshold {THRESHOLD}")
        by_construction(files)
        labelled = by_eye({ad.name: ad for ads in files.values() for ad in ads})
        in_the_files(files, labelled)
        what_it_takes(files["nyc"])


def by_construction(files: dict[str, list[Ad]]) -> None:
    kinds: dict[str, list[Pair]] = {}
    others: list[Pair] = []
    for ads in files.values():
        kinds.setdefault("repeats under other identifiers", []).extend(repeats(ads))
        some = random.Random(SEED).sample(ads, min(MOST_EDITED, len(ads)))
        for name, pair in edited(some, seed=SEED):
            kinds.setdefault(f"edited: {name}", []).append(pair)
        others += strangers(ads, seed=SEED)
    found = total = 0
    for name, pairs in kinds.items():
        hits = sum(alike(pair) and near(pair) for pair in pairs)
        found, total = found + hits, total + len(pairs)
        print(f"  {name}: {len(pairs)} pairs, recall {hits / len(pairs):.3f}")
    wrong = sum(map(alike, others))
    print(f"  different postings of one employer: {len(others)} pairs, {wrong} taken for one")
    print(f"  in all: precision {found / (found + wrong):.4f}, recall {found / total:.4f}")


def by_eye(ads: dict[tuple[str, int], Ad]) -> list[tuple[float, bool]]:
    """The scores of labelled pairs, and whether they are the same job."""
    with LABELS.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    labelled = []
    for sample in ("near", "high"):
        counts: Counter[tuple[bool, bool]] = Counter()
        mine = [row for row in rows if row["sample"] == sample]
        for row in mine:
            pair = tuple(ads[row["file"], int(row[name])] for name in ("one", "other"))
            if row["label"] != "unsure":
                same = row["label"] == "same"
                labelled.append((score((pair[0], pair[1])), same))
                counts[labelled[-1][0] >= THRESHOLD, same] += 1
        print(f"  by eye, {sample}: {len(mine)} pairs, {len(mine) - counts.total()} left unsure")
        print_matrix(counts)
    return labelled


def print_matrix(counts: Counter[tuple[bool, bool]]) -> None:
    right, found = counts[True, True], counts[True, True] + counts[True, False]
    same = counts[True, True] + counts[False, True]
    print(f"    precision {right / found:.3f} ({right} of {found}), recall {right / same:.3f}"
          f" ({right} of {same})")  # fmt: skip


def in_the_files(files: dict[str, list[Ad]], labelled: list[tuple[float, bool]]) -> None:
    """Precision over all pairs that the index brings together, by steps of the score."""
    scores = [score(pair) for ads in files.values() for pair in met(ads)]
    right = total = 0.0
    for low, high in pairwise(STEPS):
        number = sum(low <= found < high for found in scores)
        same = [label for found, label in labelled if low <= found < high]
        share = sum(same) / len(same)
        right, total = right + number * share, total + number
        print(f"    {low:.2f} to {min(high, 1):.2f}: {number} pairs, {sum(same)} of {len(same)}"
              f" labelled are the same")  # fmt: skip
    print(f"  in the files: {len(scores)} pairs compared, {total:.0f} over the threshold,"
          f" precision {right / total:.3f}")  # fmt: skip


def what_it_takes(ads: list[Ad]) -> None:
    began = perf_counter()
    for ad in ads:
        print_of(facts_of(ad.content).text)
    each = (perf_counter() - began) / len(ads)
    words = sum(len(ad.content.description.split()) for ad in ads) / len(ads)
    print(f"  a print takes {each * 1000:.2f} ms for a text of {words:.0f} words on average")
