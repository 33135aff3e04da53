"""The score of a revision: the points of the rules that hit, with their evidence. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from postings.risk.facts import Facts
from postings.risk.signals import SIGNALS


@dataclass(frozen=True, slots=True)
class Rule:
    """A row: `weight` is the most points that it gives. A rule that is off is tried all the same,
    so that one sees what it would do, but gives no points."""

    code: str
    name: str
    weight: int
    params: Mapping[str, Any]
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Hit:
    code: str
    name: str
    points: int
    words: tuple[str, ...]
    dry: bool = False

    def to_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "name": self.name,
            "points": self.points,
            "words": list(self.words),
            "dry": self.dry,
        }


@dataclass(frozen=True, slots=True)
class Assessment:
    """What hit, the heaviest first, and the sum of its points."""

    hits: tuple[Hit, ...]

    @property
    def score(self) -> int:
        return sum(hit.points for hit in self.hits)


def assess(facts: Facts, rules: Iterable[Rule]) -> Assessment:
    """What the rules say of a posting. Raises KeyError for a rule that lacks a parameter."""
    hits = (_hit(rule, facts) for rule in rules)
    found = [hit for hit in hits if hit is not None]
    return Assessment(tuple(sorted(found, key=lambda hit: (hit.dry, -hit.points, hit.code))))


def _hit(rule: Rule, facts: Facts) -> Hit | None:
    found = SIGNALS[rule.code](facts, rule.params)
    if found is None:
        return None
    points = round(rule.weight * found.strength) if rule.enabled else 0
    return Hit(rule.code, rule.name, points, found.words, dry=not rule.enabled)
