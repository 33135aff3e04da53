"""Figures of orders and of readers: nDCG, Cohen's κ, BM25, an interval by drawing again. Pure."""

import math
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction

from cscareers.core.fold import fold

K1 = 1.2
B = 0.75
_WORD = re.compile(r"[^\W_]+")


def ndcg(grades: Sequence[float], *, at: int = 10) -> float | None:
    """Of grades in the order shown: gain 2^grade - 1, discount log2(rank + 1), against the best
    order of the same grades. None when all grades are 0: every order is as good."""
    best = _dcg(sorted(grades, reverse=True)[:at])
    return _dcg(grades[:at]) / best if best else None


def _dcg(grades: Iterable[float]) -> float:
    return sum((2**grade - 1) / math.log2(rank + 1) for rank, grade in enumerate(grades, start=1))


def expected_ndcg(grades: Sequence[float], *, seeds: int = 200, at: int = 10) -> float | None:
    """The mean over that many shuffled orders."""
    found = []
    for seed in range(seeds):
        order = random.Random(seed).sample(list(grades), len(grades))
        found.append(ndcg(order, at=at))
    known = [one for one in found if one is not None]
    return sum(known) / len(known) if known else None


def kappa(pairs: Sequence[tuple[int, int]], *, grades: int = 4, quadratic: bool = False) -> float:
    """Cohen's κ of two readers; `quadratic` weighs a difference by its square (Cohen 1968)."""
    total = len(pairs)
    one, other = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    seen = Counter(pairs)
    differs = chance = Fraction(0)
    for a in range(grades):
        for b in range(grades):
            weight = (a - b) ** 2 if quadratic else int(a != b)
            differs += weight * Fraction(seen[a, b], total)
            chance += weight * Fraction(one[a] * other[b], total * total)
    return float(1 - differs / chance) if chance else 1.0


def words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


class Bm25:
    """Okapi BM25 over documents by name; the idf that is never negative (ln(1 + …))."""

    def __init__(self, documents: Mapping[str, str]) -> None:
        self.counts = {name: Counter(words(text)) for name, text in documents.items()}
        self.lengths = {name: counts.total() for name, counts in self.counts.items()}
        self.mean = sum(self.lengths.values()) / len(self.lengths)
        self.held_by = Counter(word for counts in self.counts.values() for word in counts)

    def score(self, query: str, name: str) -> float:
        """How well the document of that name answers the query; each word of it counts once."""
        share = 1 - B + B * self.lengths[name] / self.mean
        found = 0.0
        for word in sorted(set(words(query))):
            count = self.counts[name][word]
            found += self.idf(word) * count * (K1 + 1) / (count + K1 * share)
        return found

    def idf(self, word: str) -> float:
        held = self.held_by[word]
        return math.log(1 + (len(self.counts) - held + 0.5) / (held + 0.5))

    def ranked(self, query: str, names: Iterable[str]) -> list[str]:
        """The names, best first; equals by name."""
        return sorted(names, key=lambda name: (-self.score(query, name), name))


def interval(
    values: Sequence[float],
    figure: Callable[[Sequence[float]], float] = lambda drawn: sum(drawn) / len(drawn),
    *,
    draws: int = 2_000,
) -> tuple[float, float]:
    """The middle 95 % of a figure over samples drawn again from the values (percentiles)."""
    chance = random.Random(20261122)
    found = sorted(figure(chance.choices(values, k=len(values))) for _ in range(draws))
    return found[int(0.025 * draws)], found[int(0.975 * draws) - 1]
