"""The house's budgets of size: what is longer than this is two things."""

import ast
from pathlib import Path

import pytest

from tests.architecture.code import ROOT, named, product_files, tree

FILE, TEST_FILE, FUNCTION = 400, 500, 60
TESTS = sorted((ROOT / "tests").rglob("*.py"))


def lines(path: Path) -> int:
    return path.read_text().count("\n")


def functions(path: Path) -> dict[str, int]:
    """The length of every function by its name, decorators and docstring included."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    found = [node for node in ast.walk(tree(path)) if isinstance(node, kinds)]
    return {node.name: (node.end_lineno or 0) - node.lineno + 1 for node in found}


def test_files_stay_short() -> None:
    long = {named(path): lines(path) for path in product_files() if lines(path) > FILE}
    assert long == {}


def test_test_files_stay_short() -> None:
    assert {named(path): lines(path) for path in TESTS if lines(path) > TEST_FILE} == {}


@pytest.mark.parametrize("paths", [product_files(), TESTS], ids=["product", "tests"])
def test_functions_stay_short(paths: tuple[Path, ...]) -> None:
    long = {
        f"{named(path)}:{name}": length
        for path in paths
        for name, length in functions(path).items()
        if length > FUNCTION
    }
    assert long == {}
