"""What the report on the risk rules shows: figures measured on labelled ads, and hits here."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.db.models import CharField, Count, F, Func

from postings.enums import RevisionState
from postings.models import RiskAssessment, RiskRule

FIGURES: Final = Path(__file__).resolve().parents[1] / "data" / "risk_figures.json"
LEFT, TOP, WIDE, HIGH = 56, 12, 560, 280
_MARKS: Final = ("full", "dash", "dot")
_MOST_TICKS: Final = 5


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule with its figures, and what it hit among our own jobs by what became of them."""

    rule: RiskRule
    waiting: int
    approved: int
    rejected: int

    @property
    def fraud_words(self) -> str:
        return _of(self.rule.fraud_hits, self.rule.fraud_total)

    @property
    def real_words(self) -> str:
        return _of(self.rule.real_hits, self.rule.real_total)

    @property
    def precision_words(self) -> str:
        precision = self.rule.precision
        return "–" if precision is None else f"{precision:.0%}"


def _of(hits: int | None, total: int | None) -> str:
    return f"{hits} ({hits / total:.1%})" if hits is not None and total else "–"


@dataclass(frozen=True, slots=True)
class Line:
    """A curve as it is drawn: `path` in the picture's units, `band` round it over the repeats."""

    name: str
    mark: str
    path: str
    band: str
    at: list[tuple[str, str, str, str]]
    area: str
    label_y: float


@dataclass(frozen=True, slots=True)
class Tick:
    at: float
    words: str


@dataclass(frozen=True, slots=True)
class Report:
    """The whole page."""

    rows: list[RuleRow]
    waiting: int
    lines: list[Line]
    across: list[Tick]
    up: list[Tick]
    frauds: int
    reals: int
    left_out: int
    repeats: int
    measured_at: date
    source: str
    finding: str

    @property
    def rates(self) -> list[str]:
        """Heads of the columns of the data table."""
        return [rate for rate, *_ in self.lines[0].at]


def report_on_rules() -> Report:
    """The figures of the shipped measurement and the live counts, in two queries."""
    figures = _figures()
    live = _live_hits()
    rows = [
        RuleRow(
            rule=rule,
            waiting=live[rule.code, RevisionState.IN_REVIEW],
            approved=live[rule.code, RevisionState.APPROVED]
            + live[rule.code, RevisionState.SUPERSEDED],
            rejected=live[rule.code, RevisionState.REJECTED],
        )
        for rule in RiskRule.objects.order_by("-enabled", "-weight", "code")
    ]
    curves = figures["curves"]
    return Report(
        rows=rows,
        waiting=live["", RevisionState.IN_REVIEW],
        lines=[_line(curve, number) for number, curve in enumerate(curves)],
        across=[Tick(_x(part), f"{part:.0%}") for part in _steps()],
        up=[Tick(_y(part), f"{part:.0%}") for part in _steps()],
        frauds=figures["frauds"],
        reals=figures["reals"],
        left_out=figures["left_out"],
        repeats=figures["repeats"],
        measured_at=date.fromisoformat(figures["at"]),
        source=figures["source"],
        finding=_finding(curves[0]),
    )


@cache
def _figures() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FIGURES.read_text(encoding="utf-8"))
    return found


def _live_hits() -> Counter[tuple[str, str]]:
    """Assessments by rule and state of the revision; with code "" each assessment once."""
    code = Func(F("codes"), function="unnest", output_field=CharField())
    hits = RiskAssessment.objects.annotate(code=code).values_list("code", "revision__state")
    counts: Counter[tuple[str, str]] = Counter()
    for rule, state, number in hits.annotate(number=Count("pk")).order_by("code"):
        counts[rule, state] += number
    states = RiskAssessment.objects.values_list("revision__state").annotate(number=Count("pk"))
    for state, number in states.order_by("revision__state"):
        counts["", state] = number
    return counts


def _finding(curve: Mapping[str, Any]) -> str:
    rate, recall = curve["at"][1][:2]
    return f"At {rate:.0%} of honest ads the rules find {recall:.0%} of the frauds"


def _line(curve: Mapping[str, Any], number: int) -> Line:
    points: Sequence[Sequence[float]] = curve["points"]
    there = [(_x(rate), _y(recall)) for rate, recall, _, _ in points]
    lower = [(_x(rate), _y(low)) for rate, _, low, _ in points]
    upper = [(_x(rate), _y(high)) for rate, _, _, high in points]
    return Line(
        name=curve["name"],
        mark=_MARKS[number % len(_MARKS)],
        path=_path(there),
        band=_path([*upper, *reversed(lower)]),
        at=[
            (f"{rate:.0%}", f"{recall:.0%}", f"{low:.0%}", f"{high:.0%}")
            for rate, recall, low, high, _ in curve["at"]
        ],
        area=f"{curve['area'][0]:.2f}",
        label_y=_y(0.18) + 22 * number,
    )


def _steps() -> list[float]:
    return [number / _MOST_TICKS for number in range(_MOST_TICKS + 1)]


def _x(part: float) -> float:
    return round(LEFT + part * WIDE, 1)


def _y(part: float) -> float:
    return round(TOP + (1 - part) * HIGH, 1)


def _path(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x},{y}" for x, y in points)
