"""The outside oracle agrees with our own checks, and finds nothing in what we write."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from postings.enums import Level, WorkMode
from postings.structured_data import MarkupPlace, job_posting, to_script, validate
from tests.oracle.judge import errors, judge, needs_oracle
from tests.postings.test_structured_data import FACTS, REMOTE

pytestmark = [pytest.mark.oracle, needs_oracle]


def page(folder: Path, name: str, document: dict[str, Any]) -> Path:
    path = folder / f"{name}.html"
    path.write_text(
        "<!doctype html><html lang=en><title>x</title>"
        f'<script type="application/ld+json">{to_script(document)}</script></html>',
        encoding="utf-8",
    )
    return path


def test_it_finds_no_fault_in_what_we_write(tmp_path: Path) -> None:
    kinds = {
        "onsite": FACTS,
        "remote": REMOTE,
        "hybrid": replace(REMOTE, mode=WorkMode.HYBRID),
        "places": replace(FACTS, places=(MarkupPlace("US", "Boston"), MarkupPlace("CA"))),
        "hostile": replace(FACTS, title='</script><script>alert("x")</script> & Lead'),
        **{f"level-{level}": replace(FACTS, level=level) for level in Level},
    }
    pages = [page(tmp_path, name, job_posting(facts)) for name, facts in kinds.items()]
    verdict = judge(pages)
    assert verdict["postings"] == len(kinds)
    assert errors(verdict) == []
    # The rest is advice on fields that do not apply: remote ones on site, and the reverse.
    assert {tuple(problem["fields"]) for problem in verdict["problems"]} <= {
        ("jobLocationType",),
        ("applicantLocationRequirements",),
    }


def test_it_looks_at_each_of_several_places(tmp_path: Path) -> None:
    document = job_posting(replace(FACTS, places=(MarkupPlace("US", "Boston"), MarkupPlace(""))))
    found = errors(judge([page(tmp_path, "places", document)]))
    assert [problem["fields"] for problem in found] == [["jobLocation.address.addressCountry"]]


@pytest.mark.parametrize(
    "missing", ["title", "description", "datePosted", "hiringOrganization", "jobLocation"]
)
def test_it_refuses_what_our_own_checks_call_critical(tmp_path: Path, missing: str) -> None:
    document = {key: value for key, value in job_posting(FACTS).items() if key != missing}
    assert [problem.pointer for problem in validate(document)] == [f"/{missing}"]
    assert len(errors(judge([page(tmp_path, missing, document)]))) == 1
