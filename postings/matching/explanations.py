"""The one explanation of a match: what pages, the API and an application show and keep. Pure."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Final

from postings.matching.counterfactuals import Changes, Outcome, RowChange, counterfactuals
from postings.matching.eligibility import Constraint
from postings.matching.inputs import Profile
from postings.matching.openings import Openings
from postings.matching.ranking import Match, Row
from postings.matching.signals import Status

DECIMALS: Final = 6


def explanations(
    profile: Profile, shown: Iterable[Match], every: Iterable[Match] | Openings, *, today: date
) -> list[dict[str, Any]]:
    """The explanations of `shown` in their order; `every`: all the postings asked about, or what
    is known of them already."""
    shown = list(shown)
    openings = every if isinstance(every, Openings) else Openings(every, today=today)
    raised = counterfactuals(profile, shown, openings, today=today)
    return [explanation(found, raised[found.posting.id]) for found in shown]


def explanation(found: Match, raised: Changes) -> dict[str, Any]:
    """A match as JSON types, always with the same keys in the same order."""
    musts = found.musts
    return {
        "posting": found.posting.id,
        "eligible": found.is_eligible,
        "tier": found.tier,
        "musts": {
            str(status): musts[status]
            for status in (Status.MET, Status.PARTIAL, Status.MISSING, Status.UNKNOWN)
        },
        "score": number(found.score),
        "score_if_confirmed": number(found.score_if_confirmed),
        "constraints": [_constraint(constraint) for constraint in found.constraints],
        "rows": [_row(row, change) for row, change in zip(found.rows, raised.rows, strict=True)],
        "counterfactuals": [
            {"change": one.change, **_outcome(one.after), "opens": one.opens} for one in raised.best
        ],
        "together": _outcome(raised.together) if raised.together else None,
    }


def canonical(value: object) -> str:
    """JSON of an explanation, or of several: the same bytes wherever it is written."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def number(exact: Fraction | None) -> int | float | None:
    """A fraction with at most six decimals; whole where it is whole."""
    if exact is None:
        return None
    shown = round(exact, DECIMALS)
    return int(shown) if shown == int(shown) else float(shown)


def _constraint(constraint: Constraint) -> Mapping[str, Any]:
    return {
        "name": constraint.name,
        "passed": constraint.passed,
        "reason": constraint.reason,
    }


def _row(row: Row, change: RowChange | None) -> Mapping[str, Any]:
    return {
        "requirement": {
            "id": row.ask.id,
            "name": row.name,
            "kind": row.ask.kind,
            "must": row.ask.must,
            "guessed": row.ask.guessed,
        },
        "status": row.signal.status,
        "points": number(row.points),
        "max_points": row.weight,
        "reason": row.reason,
        "asks": row.asks,
        "have": row.have,
        "change": change and {"change": change.change, "points": number(change.points)},
    }


def _outcome(after: Outcome) -> dict[str, Any]:
    return {"score": number(after.score), "tier": after.tier}
