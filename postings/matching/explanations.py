"""The one explanation of a match: what pages, the API and an application show and keep. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, Final

from postings.matching.counterfactuals import Counterfactual, counterfactuals
from postings.matching.eligibility import Constraint
from postings.matching.inputs import Profile
from postings.matching.ranking import Match, Row
from postings.matching.signals import Status

DECIMALS: Final = 6


def explanations(
    profile: Profile, shown: Iterable[Match], every: Sequence[Match], *, today: date
) -> list[dict[str, Any]]:
    """The explanations of `shown` in their order; `every`: all the postings asked about."""
    shown = list(shown)
    raised = counterfactuals(profile, shown, every, today=today)
    return [explanation(found, raised[found.posting.id]) for found in shown]


def explanation(found: Match, raised: Sequence[Counterfactual] = ()) -> dict[str, Any]:
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
        "rows": [_row(row) for row in found.rows],
        "counterfactuals": [
            {"change": one.change, "score": number(one.score), "opens": one.opens} for one in raised
        ],
    }


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


def _row(row: Row) -> Mapping[str, Any]:
    return {
        "requirement": {"id": row.ask.id, "name": row.name},
        "status": row.signal.status,
        "points": number(row.points),
        "max_points": row.weight,
        "reason": row.reason,
    }
