"""The gate of coverage knows its files and lets nothing through that falls short."""

from typing import Any

import pytest

from tests.architecture.code import ROOT
from tests.architecture.coverage_gate import WHOLE, complaints


def report(overall: float = 90.0, **missing: Any) -> dict[str, Any]:
    return {
        "totals": {"percent_covered": overall},
        "files": {
            name: {
                "summary": {"percent_covered": 100 if name != missing.get("name") else 99},
                "missing_lines": missing.get("lines", []),
            }
            for name in WHOLE
        },
    }


def test_every_file_that_must_be_whole_is_there() -> None:
    assert [name for name in WHOLE if not (ROOT / name).is_file()] == []


def test_enough_is_enough() -> None:
    assert complaints(report()) == []


@pytest.mark.parametrize("name", WHOLE)
def test_a_line_that_no_test_reaches_is_named(name: str) -> None:
    assert complaints(report(name=name, lines=[7])) == [f"{name}: missing 7"]


def test_too_little_overall_is_named() -> None:
    assert complaints(report(overall=89.9)) == ["all of it: 89.9 % of 90 %"]


def test_a_file_that_was_not_measured_is_named() -> None:
    measured = report()
    del measured["files"][WHOLE[0]]
    assert complaints(measured) == [f"{WHOLE[0]}: not measured"]
