"""Tests in a browser wait: what they read off a page may still be on its way, so nothing is read at
once, and nothing is clicked without saying what comes of it. Visitor and keyboard.py do both."""

import ast

import pytest

from tests.architecture.code import ROOT, named, tree

JOURNEYS = sorted((ROOT / "tests/journeys").rglob("*.py"))
HANDS = {f"tests/journeys/{name}.py" for name in ("visitor", "keyboard", "waiting")}
"""The modules that act on a page and wait; tests use their verbs."""

READ_AT_ONCE = {
    *("all_inner_texts", "all_text_contents", "count", "inner_html", "inner_text", "is_checked"),
    *("is_disabled", "is_editable", "is_enabled", "is_hidden", "is_visible", "text_content"),
    *("query_selector", "query_selector_all", "wait_for_selector"),
}
"""`expect` reads the same and looks again until it is right."""

ONLY_BY_HANDS = {
    *("all", "click", "dblclick", "dispatch_event", "evaluate", "evaluate_all", "evaluate_handle"),
    *("expect_navigation", "get_attribute", "go_back", "go_forward", "goto", "input_value"),
    *("keyboard", "mouse", "reload", "tap", "url", "wait_for", "wait_for_timeout", "wait_for_url"),
}
"""Visitor has a verb for each (`go`, `touch`, `open`, `value`), or `expect` (`to_have_url`)."""


def hasty(source: ast.AST, *, by_hand: bool = False) -> list[str]:
    """What is read at once or done without waiting, as `line: name`, in the order of the lines."""
    forbidden = READ_AT_ONCE if by_hand else READ_AT_ONCE | ONLY_BY_HANDS
    found = {
        (node.lineno, node.attr)
        for node in ast.walk(source)
        if isinstance(node, ast.Attribute) and node.attr in forbidden
        if "objects" not in chain(node) and (node.attr != "url" or "page" in chain(node))
    }
    return [f"{line}: {name}" for line, name in sorted(found)]


def chain(node: ast.expr) -> set[str]:
    """The names that lead to this one: `page`, `locator` and `count` of `page.locator(…).count`."""
    names = set()
    while True:
        if isinstance(node, ast.Call):
            node = node.func
        elif isinstance(node, ast.Attribute):
            names.add(node.attr)
            node = node.value
        else:
            return names | ({node.id} if isinstance(node, ast.Name) else set())


def test_tests_in_a_browser_wait() -> None:
    found = {named(path): hasty(tree(path), by_hand=named(path) in HANDS) for path in JOURNEYS}
    assert {path: lines for path, lines in found.items() if lines} == {}
    assert found.keys() >= HANDS


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("assert page.locator('li').count() == 3", ["1: count"]),
        ("text = visitor.page.locator('main').first.inner_text()", ["1: inner_text"]),
        ("visitor.page.get_by_role('link').click()", ["1: click"]),
        ("assert visitor.page.url == there", ["1: url"]),
        ("page.keyboard.press('Enter')", ["1: keyboard"]),
        ("assert Posting.objects.filter(state='draft').count() == 1", []),
        ("Visitor(context, live_server.url)", []),
        ("expect(page.locator('li')).to_have_count(3)", []),
    ],
)
def test_this_test_finds_what_is_hasty(line: str, names: list[str]) -> None:
    assert hasty(ast.parse(line)) == names


def test_hands_act_but_read_nothing_at_once() -> None:
    source = ast.parse("control.click()\ncontrol.inner_text()")
    assert hasty(source, by_hand=True) == ["2: inner_text"]
