"""How well the level is guessed from a title, on labels by two readers: `make bench`.

Two readers labelled each title apart, by the step of the ladder that it names for a recruiter in
customer service, or none; where they differed, the title was read again.
"""

import csv
import hashlib
from collections import Counter
from pathlib import Path

import pytest

from postings.enums import Level
from postings.importers.levels import level_of_title
from tests.shared_data import ROOT, needs

LABELS = Path(__file__).parent / "labels" / "levels.tsv"
TITLES = "text/csm_titles.csv"
LEAST = 20  # titles of a class that counts for macro-F1
NONE = "none"


@needs(TITLES)
def test_levels(capsys: pytest.CaptureFixture[str]) -> None:
    with (ROOT / TITLES).open(encoding="utf-8", newline="") as lines:
        titles = [row["title"] for row in csv.DictReader(lines)]
    with LABELS.open(encoding="utf-8", newline="") as lines:
        labels = list(csv.DictReader(lines, delimiter="\t"))
    assert len(labels) == len(titles)
    for label, title in zip(labels, titles, strict=True):
        assert hashlib.sha256(title.encode()).hexdigest()[:10] == label["hash"], label["row"]
    with capsys.disabled():
        print(f"\nLevels from titles: n = {len(titles)}")
        print(f"  readers agree on {agreement(labels):.1%}, Cohen's kappa {kappa(labels):.3f}")
        report(titles, [label["agreed"] for label in labels])


def agreement(labels: list[dict[str, str]]) -> float:
    return sum(label["reader_a"] == label["reader_b"] for label in labels) / len(labels)


def kappa(labels: list[dict[str, str]]) -> float:
    """Cohen's kappa: agreement beyond what the readers' habits alone would give."""
    first, second = (Counter(label[name] for label in labels) for name in ("reader_a", "reader_b"))
    chance = sum(first[level] * second[level] for level in first) / len(labels) ** 2
    return (agreement(labels) - chance) / (1 - chance)


def f1(wanted: list[str], guessed: list[str], levels: set[str]) -> float:
    """F1 over the titles of these levels, pooled; no level is no guess and no class."""
    pairs = list(zip(wanted, guessed, strict=True))
    right = sum(1 for want, guess in pairs if want == guess and want in levels)
    total = sum(want in levels for want in wanted) + sum(guess in levels for guess in guessed)
    return 2 * right / total if total else 0.0


def report(titles: list[str], wanted: list[str]) -> None:
    guessed = [str(level_of_title(title) or NONE) for title in titles]
    ladder = [str(level) for level in Level]
    counts = Counter(wanted)
    large = [level for level in ladder if counts[level] >= LEAST]
    macro = sum(f1(wanted, guessed, {level}) for level in large) / len(large)
    print(f"  micro-F1 {f1(wanted, guessed, set(ladder)):.3f}")
    print(f"  macro-F1 {macro:.3f} over the {len(large)} classes with {LEAST} titles or more")
    for level in ladder:
        if counts[level]:
            print(f"    {level:15}{counts[level]:5} titles, F1 {f1(wanted, guessed, {level}):.3f}")
    print("  labelled → guessed, where they differ:")
    wrong = Counter((want, guess) for want, guess in zip(wanted, guessed, strict=True))
    for (want, guess), count in wrong.most_common():
        if want != guess:
            print(f"    {want:15} → {guess:15}{count:4}")
