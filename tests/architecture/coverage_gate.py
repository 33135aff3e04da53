"""Judges the coverage that `make test` wrote: 90 % of all branches and lines, and every one of
what decides over moves, access and pay.

    python tests/architecture/coverage_gate.py var/coverage.json
"""

import json
import sys
from pathlib import Path
from typing import Any

OVERALL = 90.0
WHOLE = (
    "cscareers/core/salary.py",
    "postings/access.py",
    "postings/actions/lifecycle.py",
    "postings/actions/moves.py",
    "postings/actions/moderation.py",
    "postings/hiring/access.py",
    "postings/hiring/actions/applications.py",
    "postings/hiring/actions/decisions.py",
    "postings/hiring/actions/moves.py",
    "postings/hiring/permissions.py",
    "postings/hiring/states.py",
    "postings/permissions.py",
    "postings/policy.py",
    "postings/states.py",
    "profiles/access.py",
    "profiles/permissions.py",
)


def complaints(report: dict[str, Any]) -> list[str]:
    """What falls short, a line each."""
    found = []
    overall = report["totals"]["percent_covered"]
    if overall < OVERALL:
        found.append(f"all of it: {overall:.1f} % of {OVERALL:.0f} %")
    for name in WHOLE:
        file = report["files"].get(name)
        if file is None:
            found.append(f"{name}: not measured")
        elif file["summary"]["percent_covered"] < 100:
            lines = [*file["missing_lines"], *file.get("missing_branches", [])]
            found.append(f"{name}: missing {', '.join(map(str, lines))}")
    return found


def main(path: str) -> int:
    """0 when the coverage is as it must be."""
    report = json.loads(Path(path).read_text())
    if not report["meta"]["branch_coverage"]:
        sys.stderr.write("Branches were not measured.\n")
        return 1
    if found := complaints(report):
        sys.stderr.write("Too little is covered by tests:\n" + "".join(f"  {x}\n" for x in found))
        return 1
    total = report["totals"]["percent_covered"]
    sys.stdout.write(f"Coverage: {total:.1f} %, and all of what decides.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
