"""Learning the weights of the risk rules, and a list of words, from labelled ads.

Plain Python: ridge-regularised logistic regression by Newton's method; weights of rules are kept
from being negative by leaving out, one by one, those that would be. Words are counted once a
group, so that twenty copies of one ad count as one.
"""

import math
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bench.risk_data import Ad
from postings.risk.facts import Facts
from postings.risk.score import Rule
from postings.risk.signals import SIGNALS

FOLDS: Final = 5
INNER: Final = 4
POINTS: Final = 10  # points for a natural log of the odds of 1
RARE: Final = 10  # a rule with fewer hits keeps the weight that people gave it
RIDGE: Final = 2.0
WORDS: Final = 60
LEAST_GROUPS: Final = 5
LEAST_ODDS: Final = 0.7
FULL_AT: Final = 8.0
FROM: Final = 2.0
LEARNED: Final = "learned-words"
LIMIT: Final = 30.0


@dataclass(frozen=True, slots=True)
class Words:
    """How words count: `learn` them from members of the ads, and `strength` of one ad by them."""

    learn: Callable[[Sequence[Ad], Iterable[int]], dict[str, float]]
    strength: Callable[[Ad, dict[str, float]], float]


@dataclass(frozen=True, slots=True)
class Model:
    """Points of each rule, and the words with their odds."""

    points: dict[str, int]
    terms: dict[str, float]

    def score(self, ad: Ad, hits: dict[str, float], words: "Words") -> float:
        total = sum(round(self.points[code] * strength) for code, strength in hits.items())
        return total + round(self.points.get(LEARNED, 0) * words.strength(ad, self.terms))


def strengths(facts: Facts, rules: Iterable[Rule]) -> dict[str, float]:
    """How strongly each rule hits; the learned words left out."""
    found = {
        rule.code: SIGNALS[rule.code](facts, rule.params) for rule in rules if rule.code != LEARNED
    }
    return {code: hit.strength for code, hit in found.items() if hit is not None}


def strength_of(ad: Ad, terms: dict[str, float]) -> float:
    """What the rule of the learned words gives, from 0 to 1."""
    total = sum(terms[term] for term in ad.terms if term in terms)
    return min(1.0, total / FULL_AT) if total >= FROM else 0.0


def folds(ads: Sequence[Ad], members: Sequence[int], *, number: int, seed: int) -> list[list[int]]:
    """Parts of `members` with frauds and honest ads spread evenly and no group torn apart."""
    chance = random.Random(seed)
    groups: dict[int, list[int]] = defaultdict(list)
    for member in members:
        groups[ads[member].group].append(member)
    parts = list(groups.values())
    chance.shuffle(parts)
    parts.sort(key=len, reverse=True)
    found: list[list[int]] = [[] for _ in range(number)]
    counts = [[0, 0] for _ in range(number)]
    for part in parts:
        kind = int(ads[part[0]].fraud)
        fold = min(range(number), key=lambda n: (counts[n][kind], sum(counts[n]), n))
        found[fold] += part
        for member in part:
            counts[fold][int(ads[member].fraud)] += 1
    return found


def odds_of(
    ads: Sequence[Ad], members: Iterable[int], *, groups: int
) -> dict[str, tuple[float, int]]:
    """Each term of so many groups or more, with the natural log of its odds and its groups."""
    seen: tuple[dict[str, set[int]], dict[str, set[int]]] = (defaultdict(set), defaultdict(set))
    all_groups: tuple[set[int], set[int]] = (set(), set())
    for member in members:
        ad = ads[member]
        all_groups[ad.fraud].add(ad.group)
        for term in ad.terms:
            seen[ad.fraud][term].add(ad.group)
    real, fraud = len(all_groups[0]), len(all_groups[1])
    odds: dict[str, tuple[float, int]] = {}
    for term in seen[0].keys() | seen[1].keys():
        among, others = len(seen[1].get(term, ())), len(seen[0].get(term, ()))
        if among + others >= groups:
            value = math.log((among + 1) / (fraud + 2)) - math.log((others + 1) / (real + 2))
            odds[term] = (value, among + others)
    return odds


def best_terms(odds: dict[str, tuple[float, int]], number: int) -> dict[str, float]:
    """The terms that tell most: far from even, and often."""
    best = sorted(odds, key=lambda term: (-abs(odds[term][0]) * math.sqrt(odds[term][1]), term))
    return {term: round(odds[term][0], 2) for term in best[:number]}


def learn_shipped(ads: Sequence[Ad], members: Iterable[int]) -> dict[str, float]:
    """The short list that is shipped: words of frauds only, each a reason that can be read."""
    odds = odds_of(ads, members, groups=LEAST_GROUPS)
    return best_terms({t: found for t, found in odds.items() if found[0] >= LEAST_ODDS}, WORDS)


def learn_many(ads: Sequence[Ad], members: Iterable[int]) -> dict[str, float]:
    """Words of frauds and of honest ads, two thousand of them."""
    odds = odds_of(ads, members, groups=3)
    return best_terms({t: found for t, found in odds.items() if abs(found[0]) >= 0.2}, 2000)


def strength_of_many(ad: Ad, terms: dict[str, float]) -> float:
    """By the length of the text, from 0 to 1."""
    found = [terms[term] for term in ad.terms if term in terms]
    return min(1.0, max(0.0, 0.5 + sum(found) / math.sqrt(5 + len(found)) / FULL_AT))


def learn(
    ads: Sequence[Ad],
    hits: Sequence[dict[str, float]],
    members: Sequence[int],
    *,
    given: dict[str, int],
    seed: int,
    words: Words,
    scale: int = POINTS,
) -> Model:
    """Weights from `members` alone. The strength of the words is learned on parts that the words
    were not taken from, so that it is not thought better than it is."""
    word_strength: dict[int, float] = {}
    for part in folds(ads, members, number=INNER, seed=seed + 1000):
        left = set(part)
        terms = words.learn(ads, [member for member in members if member not in left])
        word_strength.update({member: words.strength(ads[member], terms) for member in part})
    # Counted over all ads, whatever they are: so each fold learns the points of the same rules.
    often = {code for code in given if code != LEARNED and sum(code in hit for hit in hits) >= RARE}
    codes = [*sorted(often), LEARNED]
    rows = [[*(hits[m].get(code, 0.0) for code in codes[:-1]), word_strength[m]] for m in members]
    weights = positive_logistic(rows, [ads[member].fraud for member in members])
    learned = dict(zip(codes, weights, strict=True))
    points = {
        code: round(scale * learned[code]) if code in learned else weight
        for code, weight in given.items()
    }
    return Model(points, words.learn(ads, members))


SHIPPED: Final = Words(learn_shipped, strength_of)
MANY: Final = Words(learn_many, strength_of_many)
NONE: Final = Words(lambda ads, members: {}, lambda ad, terms: 0.0)


def positive_logistic(rows: list[list[float]], frauds: list[bool]) -> list[float]:
    """Ridge weights of each column, none negative; the constant is not told."""
    columns = list(range(len(rows[0])))
    while True:
        part = [[1.0, *(row[column] for column in columns)] for row in rows]
        weights = logistic(part, frauds)[1:]
        if not weights or min(weights) >= 0:
            found = dict(zip(columns, weights, strict=True))
            return [found.get(column, 0.0) for column in range(len(rows[0]))]
        del columns[weights.index(min(weights))]


def logistic(rows: list[list[float]], frauds: list[bool]) -> list[float]:
    """Ridge weights by Newton's method; the first column is the constant and is not shrunk."""
    size = len(rows[0])
    weights = [0.0] * size
    for _ in range(8):
        slope = [0.0] + [-RIDGE * weight for weight in weights[1:]]
        bend = [[0.0] * size for _ in range(size)]
        for index in range(size):
            bend[index][index] = RIDGE if index else 1e-6
        for row, fraud in zip(rows, frauds, strict=True):
            chance = sigmoid(sum(a * b for a, b in zip(weights, row, strict=True)))
            there = [(index, value) for index, value in enumerate(row) if value]
            for index, value in there:
                slope[index] += (fraud - chance) * value
                for other, second in there:
                    bend[index][other] += chance * (1 - chance) * value * second
        step = solve(bend, slope)
        weights = [weight + change for weight, change in zip(weights, step, strict=True)]
    return weights


def sigmoid(value: float) -> float:
    return 1 / (1 + math.exp(-max(-LIMIT, min(LIMIT, value))))


def solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    """x of matrix · x = right, by elimination."""
    size = len(right)
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for i in range(size):
        best = max(range(i, size), key=lambda r: abs(rows[r][i]))
        rows[i], rows[best] = rows[best], rows[i]
        for r in range(i + 1, size):
            factor = rows[r][i] / rows[i][i]
            rows[r] = [a - factor * b for a, b in zip(rows[r], rows[i], strict=True)]
    found = [0.0] * size
    for i in reversed(range(size)):
        known = sum(rows[i][k] * found[k] for k in range(i + 1, size))
        found[i] = (rows[i][size] - known) / rows[i][i]
    return found
