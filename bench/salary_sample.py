"""Which rows of the salary strings were labelled by hand: `python -m bench.salary_sample`.

The draw is stratified by source and by how common a string's shape is (its digits struck out):
most rows share few shapes, and the rare ones are the hard ones, so they are drawn more often than
they occur. `main` was labelled first and the parser improved against it. `check` was drawn from
the rest with another seed and labelled after that; what it showed was mended too, and `second
check` drawn from what was left.
"""

import csv
import random
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Final

COMMON_FROM: Final = 5  # rows of one shape
SEEDS: Final = {"main": 20261122, "check": 4711, "second check": 90125}
# Rows of each stratum in these samples; where fewer are left, all of them.
TAKEN: Final = {
    ("adzuna_uk", "common"): (85, 22, 20),
    ("adzuna_uk", "rare"): (120, 48, 50),
    ("indeed", "common"): (40, 12, 10),
    ("indeed", "rare"): (5, 3, 0),
    ("yc_nyc", "common"): (40, 12, 20),
    ("yc_nyc", "rare"): (10, 3, 0),
}


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of the file; the first has number 1."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def shape(row: dict[str, str]) -> tuple[str, str]:
    """The source, and the string with each figure as one 9."""
    digits = re.sub(r"\d+", "9", row["raw"])
    return row["source"], re.sub(r"(9[,.]?)+", "9", digits)


def strata_of(rows: list[dict[str, str]]) -> dict[int, tuple[str, str]]:
    """Each row number with its source and whether its shape is common or rare."""
    sizes = Counter(shape(row) for row in rows)
    return {
        number: (row["source"], "common" if sizes[shape(row)] >= COMMON_FROM else "rare")
        for number, row in enumerate(rows, 1)
    }


def draw(rows: list[dict[str, str]]) -> dict[str, list[int]]:
    """The row numbers of both samples."""
    strata: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, stratum in strata_of(rows).items():
        strata[stratum].append(number)
    samples: dict[str, list[int]] = {sample: [] for sample in SEEDS}
    for place, (sample, seed) in enumerate(SEEDS.items()):
        chance = random.Random(seed)
        for stratum in sorted(TAKEN):
            drawn = chance.sample(strata[stratum], min(TAKEN[stratum][place], len(strata[stratum])))
            samples[sample] += drawn
            strata[stratum] = [number for number in strata[stratum] if number not in drawn]
    return samples
