"""The product's own code, as syntax trees, for tests that look at how it is written."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("cscareers", "postings", "profiles")


@cache
def product_files() -> tuple[Path, ...]:
    """Every Python file of the product but migrations, which are written once and kept."""
    found = (path for name in PRODUCT for path in sorted((ROOT / name).rglob("*.py")))
    return tuple(path for path in found if "migrations" not in path.parts)


def named(path: Path) -> str:
    """The path as it stands in the repository."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), filename=str(path))


def call_name(node: ast.Call) -> str:
    """The last part of what is called: `update` of `rows.filter(…).update(…)`."""
    function = node.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""
