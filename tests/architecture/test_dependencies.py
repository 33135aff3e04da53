"""Few dependencies, each with its reason; locks that pin by hash and name no address."""

import re
import tomllib
from pathlib import Path

import pytest

from tests.architecture.code import ROOT

MOST_DIRECT = 20
PYPROJECT = (ROOT / "pyproject.toml").read_text()
PROJECT = tomllib.loads(PYPROJECT)["project"]
LOCKS = sorted(ROOT.glob("requirements*.lock"))


def _stem(requirement: str) -> str:
    """`django-allauth[mfa]>=65` as locks name it: `django-allauth`."""
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def test_there_are_at_most_20_direct_dependencies() -> None:
    names = [_stem(line) for line in PROJECT["dependencies"]]
    assert len(names) == len(set(names))
    assert len(names) <= MOST_DIRECT


def test_each_dependency_stands_with_its_reason() -> None:
    block = PYPROJECT.partition("\ndependencies = [\n")[2].partition("\n]")[0]
    rows = [line for line in block.splitlines() if line.strip()]
    assert len(rows) == len(PROJECT["dependencies"])
    without = [row for row in rows if not re.fullmatch(r'  "[^"]+", +# \S.{9,}', row)]
    assert without == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_locks_pin_by_hash_and_name_no_address(lock: Path) -> None:
    text = lock.read_text()
    assert re.findall(r"https?://|--(?:extra-)?index-url|--find-links| @ |file:", text) == []
    entries = [e for e in re.split(r"\n(?=[A-Za-z0-9])", f"\n{text}") if re.match(r"\w", e)]
    assert entries
    assert [e.splitlines()[0] for e in entries if not re.match(r"[\w.\[\],-]+==\S+", e)] == []
    assert [e.splitlines()[0] for e in entries if "--hash=sha256:" not in e] == []


def test_the_lock_of_the_runtime_has_every_direct_dependency() -> None:
    pinned = {
        _stem(line)
        for line in (ROOT / "requirements.lock").read_text().splitlines()
        if "==" in line
    }
    assert {_stem(line) for line in PROJECT["dependencies"]} - pinned == set()
