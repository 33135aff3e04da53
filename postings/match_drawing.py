"""How a match is drawn: strip, table and changes, from its explanation and nothing else. Pure.

The explanation is the JSON of `postings.matching.explanations`, fresh or kept. Pages show whole
scores, never more than they are: 71.9 is 71.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Any, Final

STATUSES: Final = ("met", "partial", "missing", "unknown")
TIERS: Final = {
    "all": "Meets all must-haves",
    "one_gap": "One gap",
    "more": "More gaps",
}
NO_ROWS: Final = "Asks nothing that we can compare"
NO_MUSTS: Final = "Asks no must-have"
CONDITIONS: Final = {
    "place": "Place",
    "mode": "Way of working",
    "pay": "Pay",
    "visa": "Visa",
    "level": "Level",
}
MOST_GAPS: Final = 3
_GLYPHS: Final = {True: "met", False: "missing", None: "unknown"}
_HOLDS: Final = {True: "Holds", False: "Does not hold", None: "Not known"}
_PARTS: Final = {
    Fraction(1, 2): "½", Fraction(1, 3): "⅓", Fraction(2, 3): "⅔", Fraction(1, 4): "¼",
    Fraction(3, 4): "¾",
}  # fmt: skip

Explanation = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Segment:
    """One requirement of the strip: where it stands and how wide it is, in pixels."""

    status: str
    x: float
    width: float
    wide: bool

    @property
    def middle(self) -> float:
        return self.x + self.width / 2

    @property
    def slash(self) -> str:
        """The path of the stroke through what is missing."""
        return f"M{self.x + 1.25:g} 12 {self.x + self.width - 2.25:g} 2"


@dataclass(frozen=True, slots=True)
class Count:
    status: str
    number: int


@dataclass(frozen=True, slots=True)
class Strip:
    """The requirements as segments in the order of the table; `counts` without zeros."""

    width: int
    segments: tuple[Segment, ...]
    counts: tuple[Count, ...]

    @property
    def words(self) -> str:
        """`8 met, 2 partial, 1 unknown`."""
        return ", ".join(f"{count.number} {count.status}" for count in self.counts)


@dataclass(frozen=True, slots=True)
class TableRow:
    """A line of the table. Bars are per cent: as long as the weight, filled as far as it is met."""

    name: str
    must: bool
    asks: str
    have: str
    status: str
    reason: str
    points: str
    most: str
    bar: float
    filled: float
    change: str = ""
    gain: str = ""
    url: str = ""
    id: str = ""
    """The requirement row, as the posting numbers it."""

    @property
    def start(self) -> float:
        return 100 - self.bar


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change: the bar up to the score, what it adds, and what it does in words."""

    words: str
    before: int | None
    after: int
    tier: str
    opens: int

    @property
    def start(self) -> int:
        return self.before or 0

    @property
    def gained(self) -> int:
        return self.after - self.start


@dataclass(frozen=True, slots=True)
class Condition:
    label: str
    glyph: str
    holds: str
    reason: str


@dataclass(frozen=True, slots=True)
class MatchDrawing:
    """One match, ready to draw. `score` is None where there is no number to show; `step` is the
    change that closes the only gap, "" where there is none."""

    posting: str
    eligible: bool
    tier: str
    headline: str
    score: int | None
    confirmed: int | None
    unknown: int
    points: str
    most: str
    strip: Strip
    rows: tuple[TableRow, ...]
    changes: tuple[ChangeLine, ...]
    together: ChangeLine | None
    conditions: tuple[Condition, ...]
    step: str = ""
    step_url: str = ""

    @property
    def failed(self) -> tuple[Condition, ...]:
        """The conditions that keep this job from somebody."""
        return tuple(one for one in self.conditions if one.glyph == "missing")

    @property
    def open_conditions(self) -> tuple[Condition, ...]:
        return tuple(one for one in self.conditions if one.glyph == "unknown")


def draw(explanation: Explanation, links: Mapping[str, str] | None = None) -> MatchDrawing:
    """The drawing of an explanation. `links`: by the kind of a requirement, where the facts that
    answer it are changed."""
    rows = explanation["rows"]
    score = whole(explanation["score"])
    step = _step(explanation)
    most = sum(row["max_points"] for row in rows)
    return MatchDrawing(
        posting=explanation["posting"],
        eligible=explanation["eligible"],
        tier=explanation["tier"] or "",
        headline=headline(explanation),
        score=score,
        confirmed=whole(explanation["score_if_confirmed"]),
        unknown=sum(row["status"] == "unknown" for row in rows),
        points=amount(sum(row["points"] for row in rows)),
        most=str(most),
        strip=strip(rows),
        rows=tuple(_row(row, links or {}) for row in rows),
        changes=tuple(_change(one, score) for one in explanation["counterfactuals"]),
        together=_together(explanation["together"], score),
        conditions=tuple(
            Condition(
                CONDITIONS[one["name"]],
                _GLYPHS[one["passed"]],
                _HOLDS[one["passed"]],
                one["reason"],
            )
            for one in explanation["constraints"]
        ),
        step=step["change"]["change"] if step else "",
        step_url=(links or {}).get(step["requirement"]["kind"], "") if step else "",
    )


def _step(explanation: Explanation) -> Mapping[str, Any] | None:
    """The row of the only gap, where one change gives it all its points."""
    if explanation["tier"] != "one_gap":
        return None
    gaps = (
        row for row in explanation["rows"] if row["requirement"]["must"] and row["status"] != "met"
    )
    row: Mapping[str, Any] = next(gaps)
    change = row["change"]
    return row if change and change["points"] == row["max_points"] else None


def headline(explanation: Explanation) -> str:
    """A match in words: "One gap: Spanish"."""
    if not explanation["rows"]:
        return NO_ROWS
    musts = [row for row in explanation["rows"] if row["requirement"]["must"]]
    gaps = [row["requirement"]["name"] for row in musts if row["status"] != "met"]
    if not gaps:
        return TIERS["all"] if musts else NO_MUSTS
    named = ", ".join(gaps[:MOST_GAPS])
    more = f" and {len(gaps) - MOST_GAPS} more" if len(gaps) > MOST_GAPS else ""
    return f"{TIERS['one_gap'] if len(gaps) == 1 else f'{len(gaps)} gaps'}: {named}{more}"


def whole(score: float | None) -> int | None:
    """A score as pages show it: the whole number that it reaches."""
    return None if score is None else floor(score)


def amount(points: float) -> str:
    """Points in few characters: 3, 1½, 0.4."""
    exact = Fraction(points).limit_denominator(1000)
    number, part = divmod(exact, 1)
    near = part.limit_denominator(4)
    if abs(part - near) > Fraction(1, 10_000):
        return f"{float(exact):.1f}"
    if near in (0, 1):
        return str(number + int(near))
    return f"{number or ''}{_PARTS[near]}"


def strip(rows: Iterable[Mapping[str, Any]]) -> Strip:
    """Must-haves wide, nice-to-haves narrow."""
    segments = []
    x = 0.75
    for row in rows:
        wide = row["requirement"]["must"]
        width = 18.5 if wide else 7.5
        segments.append(Segment(row["status"], x, width, wide))
        x += width + 4.5
    numbers = [(status, sum(s.status == status for s in segments)) for status in STATUSES]
    counts = tuple(Count(status, number) for status, number in numbers if number)
    return Strip(int(max(x - 3.75, 0)), tuple(segments), counts)


def _row(row: Mapping[str, Any], links: Mapping[str, str]) -> TableRow:
    most, points = row["max_points"], row["points"]
    bar = round(100 * most / 3, 2)
    change = row["change"]
    requirement = row["requirement"]
    return TableRow(
        name=requirement["name"],
        must=requirement["must"],
        asks=f"{_importance(requirement)} · {row['asks']}",
        have=row["have"],
        status=row["status"],
        reason=row["reason"],
        points=amount(points),
        most=str(most),
        bar=bar,
        filled=round(bar * points / most, 2),
        change=change["change"] if change else "",
        gain=f"+{amount(change['points'] - points)}" if change else "",
        url=links.get(requirement["kind"], "") if change else "",
        id=requirement["id"],
    )


def _importance(requirement: Mapping[str, Any]) -> str:
    if requirement["guessed"]:
        return "Read from the ad"
    return "Must have" if requirement["must"] else "Nice to have"


def _change(one: Mapping[str, Any], score: int | None) -> ChangeLine:
    return ChangeLine(
        words=one["change"],
        before=score,
        after=floor(one["score"]),
        tier=TIERS.get(one["tier"] or "", ""),
        opens=one["opens"],
    )


def _together(after: Mapping[str, Any] | None, score: int | None) -> ChangeLine | None:
    if after is None:
        return None
    return _change({"change": "Both of the first two", "opens": 0, **after}, score)
