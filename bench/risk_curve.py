"""How well scores part frauds from honest ads, over repeated cross-validation."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import mean, stdev
from typing import Any, Final

from bench.risk_data import Ad
from bench.risk_learn import FOLDS, folds

RATES: Final = (0.01, 0.02, 0.05, 0.10)
GRID: Final = (*(n / 100 for n in range(11)), *(n / 100 for n in range(15, 101, 5)))
# Scores for the members of one part, learned from the others.
Learner = Callable[[Sequence[int], Sequence[int], int], dict[int, float]]


@dataclass(frozen=True, slots=True)
class Curve:
    """Recall at each false-positive rate of GRID, and the area: mean, least and most over the
    repeats; `spread` is the standard deviation at RATES."""

    name: str
    points: list[tuple[float, float, float, float]]
    at: dict[float, tuple[float, float, float, float]]
    area: tuple[float, float, float]

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "points": [[round(value, 4) for value in point] for point in self.points],
            "at": [[rate, *(round(value, 3) for value in self.at[rate])] for rate in RATES],
            "area": [round(value, 3) for value in self.area],
        }


def cross_validated(name: str, ads: Sequence[Ad], learner: Learner, *, repeats: int) -> Curve:
    """The curve of `learner`: each ad is scored by what was learned without its fold."""
    runs = []
    for seed in range(repeats):
        scores: dict[int, float] = {}
        for part in folds(ads, range(len(ads)), number=FOLDS, seed=seed):
            left = set(part)
            training = [number for number in range(len(ads)) if number not in left]
            scores.update(learner(training, part, seed))
        frauds = [scores[number] for number, ad in enumerate(ads) if ad.fraud]
        reals = [scores[number] for number, ad in enumerate(ads) if not ad.fraud]
        runs.append((frauds, reals))
    points = []
    for rate in GRID:
        found = [recall_at(frauds, reals, rate) for frauds, reals in runs]
        points.append((rate, mean(found), min(found), max(found)))
    at = {}
    for rate in RATES:
        found = [recall_at(frauds, reals, rate) for frauds, reals in runs]
        spread = stdev(found) if len(found) > 1 else 0.0
        at[rate] = (mean(found), min(found), max(found), spread)
    areas = [area(frauds, reals) for frauds, reals in runs]
    return Curve(name, points, at, (mean(areas), min(areas), max(areas)))


def recall_at(frauds: list[float], reals: list[float], rate: float) -> float:
    """The share of frauds above the score that at most `rate` of the honest ads are above."""
    if rate >= 1:
        return 1.0
    ordered = sorted(reals, reverse=True)
    limit = ordered[int(rate * len(reals) + 1e-9)]
    return sum(score > limit for score in frauds) / len(frauds)


def area(frauds: list[float], reals: list[float]) -> float:
    """The chance that a fraud scores above an honest ad; ties count half."""
    marked = sorted([(score, 1) for score in frauds] + [(score, 0) for score in reals])
    ranks, start = 0.0, 0
    while start < len(marked):
        end = start
        while end < len(marked) and marked[end][0] == marked[start][0]:
            end += 1
        ranks += (start + end + 1) / 2 * sum(kind for _, kind in marked[start:end])
        start = end
    number = len(frauds)
    return (ranks - number * (number + 1) / 2) / (number * len(reals))
