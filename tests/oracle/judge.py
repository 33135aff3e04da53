"""The outside oracle for JobPosting markup: saved pages in, its verdict out.

It needs node and `npm ci` in this folder (`make oracle`), and the vocabulary of schema.org, which
is not part of the project.
"""

import json
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.shared_data import ROOT

HERE = Path(__file__).parent
VOCABULARY = ROOT / "schemas/schemaorg/schemaorg-all-https-30.0.jsonld"


def why_not() -> str:
    """What is missing to ask it; empty when nothing is."""
    if shutil.which("node") is None:
        return "the oracle needs node"
    if not (HERE / "node_modules").exists():
        return "the oracle is not installed: make oracle"
    if not VOCABULARY.exists():
        return f"the vocabulary is absent: {VOCABULARY.name}"
    return ""


needs_oracle = pytest.mark.skipif(bool(why_not()), reason=why_not() or "never")


def judge(pages: Iterable[Path]) -> dict[str, Any]:
    """Its verdict on saved pages: `pages`, `postings`, `problems`."""
    node = shutil.which("node")
    assert node is not None
    done = subprocess.run(
        [node, str(HERE / "validate.mjs"), str(VOCABULARY), *map(str, pages)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode in (0, 3), done.stderr
    verdict: dict[str, Any] = json.loads(done.stdout)
    return verdict


def errors(verdict: dict[str, Any]) -> list[dict[str, Any]]:
    """What a search engine would refuse."""
    return [problem for problem in verdict["problems"] if problem["severity"] == "ERROR"]
