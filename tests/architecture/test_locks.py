"""A row is locked against others who change it, not against those who point to it: a foreign key is
checked at the commit, and would wait there for a lock on its row's key, holding its own."""

import ast

from tests.architecture.code import call_name, named, product_files, tree


def locks_keys(source: ast.AST) -> list[int]:
    """The lines of locks that keep off foreign keys as well."""
    found = []
    for node in ast.walk(source):
        if isinstance(node, ast.Call) and call_name(node) == "select_for_update":
            given = {one.arg: ast.unparse(one.value) for one in node.keywords}
            if given.get("no_key") != "True":
                found.append(node.lineno)
        elif isinstance(node, ast.Constant) and "FOR UPDATE" in str(node.value):
            found.append(node.lineno)
    return found


def test_nobody_locks_keys() -> None:
    found = {named(path): locks_keys(tree(path)) for path in product_files()}
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_such_a_lock_is_seen() -> None:
    lines = (
        'rows.select_for_update(of=("self",))\n'
        "rows.select_for_update(no_key=False)\n"
        'run("SELECT 1 FOR UPDATE")\n'
    )
    good = 'rows.select_for_update(no_key=True)\nrun("SELECT 1 FOR NO KEY UPDATE")\n'
    assert (locks_keys(ast.parse(lines)), locks_keys(ast.parse(good))) == ([1, 2, 3], [])
