"""The rules' rows: read for an assessment, and loaded from the table that is part of the code."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Final

from cscareers.core.loading import Written, load_once, upsert
from cscareers.core.tables import read_tsv
from postings.models import RiskRule
from postings.risk.score import Rule
from postings.risk.signals import SIGNALS

TABLE: Final = Path(__file__).resolve().parents[1] / "data" / "risk_rules.tsv"
_COUNTS: Final = ("fraud_hits", "fraud_total", "real_hits", "real_total")


def rules_in_force() -> list[Rule]:
    """All rules that the code knows, those that are off included."""
    rows = RiskRule.objects.filter(code__in=list(SIGNALS)).order_by("-weight", "code")
    return [Rule(row.code, row.name, row.weight, row.params, row.enabled) for row in rows]


def load_rules(*, now: datetime, force: bool = False) -> Written | None:
    """Bring the shipped rules in; None when they stand already. What moderators set stays."""
    return load_once("risk rules", [TABLE], _load, now=now, force=force)


def _load() -> Written:
    return upsert(
        RiskRule,
        (
            *("code", "name", "description", "weight", "params", "enabled"),
            *(*_COUNTS, "measured_on", "measured_at"),
        ),
        [
            (
                *(row["code"], row["name"], row["description"], int(row["weight"])),
                *(json.dumps(json.loads(row["params"])), row["enabled"] == "yes"),
                *(int(row[name]) if row[name] else None for name in _COUNTS),
                row["measured_on"],
                date.fromisoformat(row["measured_at"]) if row["measured_at"] else None,
            )
            for row in read_tsv(TABLE)
        ],
        key=("code",),
        only_new=("weight", "params", "enabled"),
    )
