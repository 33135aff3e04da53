"""Every permission check of the product, and each of them switched off.

Found by themselves: predicates of the `permissions` modules, what fetches in the `access` modules,
and scopes of QuerySets, which are those that narrow rows to a user or an employer and those of the
public door. A mutant replaces the code of one function in place, so that whoever has imported it
calls the mutant.
"""

import ast
import inspect
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from types import CodeType, FunctionType, ModuleType
from typing import Any

from django.apps import apps
from django.db.models import QuerySet

PREDICATES = ("profiles.permissions", "postings.permissions", "postings.hiring.permissions")
ACCESS = ("profiles.access", "postings.access", "postings.hiring.access")
DOOR = ("published", "over")
"""Scopes that narrow to what the public may see."""
NARROWS_TO = {"user", "employer"}


@dataclass(frozen=True)
class Mutant:
    """One check that is switched off: `what` says which, in words of the source."""

    function: FunctionType = field(repr=False)
    what: str
    code: CodeType = field(repr=False)

    def __str__(self) -> str:
        return f"{self.function.__module__}.{self.function.__qualname__}: {self.what}"

    @contextmanager
    def applied(self) -> Iterator[None]:
        """The check is off inside."""
        kept = self.function.__code__
        self.function.__code__ = self.code
        try:
            yield
        finally:
            self.function.__code__ = kept


def _functions(module: ModuleType) -> list[FunctionType]:
    found = [value for _, value in inspect.getmembers(module, inspect.isfunction)]
    return [function for function in found if function.__module__ == module.__name__]


def predicates() -> list[FunctionType]:
    return [f for name in PREDICATES for f in _functions(import_module(name))]


def fetchers() -> list[FunctionType]:
    """What fetches for a view; with its helpers."""
    return [f for name in ACCESS for f in _functions(import_module(name))]


def _querysets() -> list[type[QuerySet[Any]]]:
    found: dict[type[QuerySet[Any]], None] = {}
    for model in apps.get_models():
        if model.__module__.split(".")[0] in ("profiles", "postings", "cscareers"):
            found |= dict.fromkeys(type(manager.all()) for manager in model._meta.managers)
    return [kind for kind in found if kind.__module__.split(".")[0] in ("profiles", "postings")]


def scopes() -> list[FunctionType]:
    """What narrows rows to those that somebody may see."""
    found = []
    for kind in _querysets():
        for name, value in vars(kind).items():
            narrows = NARROWS_TO & set(getattr(value, "__annotations__", ()))
            if inspect.isfunction(value) and (narrows or name in DOOR):
                found.append(value)
    return found


def _tree(function: FunctionType) -> ast.FunctionDef:
    """The function as a tree, without annotations, whose names exist for type checkers only."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    assert isinstance(tree, ast.FunctionDef)
    assert not tree.decorator_list
    tree.returns = None
    arguments = tree.args
    for one in [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]:
        one.annotation = None
    return tree


def _compiled(function: FunctionType, tree: ast.FunctionDef) -> CodeType:
    names = dict(function.__globals__)
    module = ast.fix_missing_locations(ast.Module([tree], []))
    exec(compile(module, function.__code__.co_filename, "exec"), names)  # noqa: S102 - our source
    made: FunctionType = names[function.__name__]
    return made.__code__


def _refuses(body: list[ast.stmt]) -> bool:
    """True for `raise …`, `return None` and `return ….none()`, and nothing beside it."""
    match body:
        case [ast.Raise()]:
            return True
        case [ast.Return(value=value)] if value is not None:
            return ast.unparse(value).endswith((".none()", "None"))
    return False


class _Switch(ast.NodeTransformer):
    """Switches off the check with the number `target`; `found` describes the one that it was."""

    def __init__(self, target: int, scope_names: frozenset[str], parameters: frozenset[str]):
        self.left, self.found = target, ""
        self.scope_names, self.parameters = scope_names, parameters

    def _is_it(self, words: str) -> bool:
        self.left -= 1
        if self.left == -1:
            self.found = words
        return self.left == -1

    def visit_If(self, node: ast.If) -> ast.AST:
        """A refusal by a question that is more than "was there none"."""
        if _refuses(node.body):
            test = node.test
            either = isinstance(test, ast.BoolOp) and isinstance(test.op, ast.Or)
            asked = test.values if isinstance(test, ast.BoolOp) and either else [test]
            for part in asked:
                more = "is None" not in ast.unparse(part)
                if more and self._is_it(f"never refuses {ast.unparse(part)}"):
                    left = [other for other in asked if other is not part]
                    never = ast.Constant(value=False)
                    node.test = ast.BoolOp(ast.Or(), [*left, never, never])
                    return node
        return self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        if isinstance(node.op, ast.And):
            for part in node.values:
                if self._is_it(f"without {ast.unparse(part)}"):
                    node.values = [other for other in node.values if other is not part]
                    return node if len(node.values) > 1 else node.values[0]
        return self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        method = node.func
        if isinstance(method, ast.Attribute):
            if method.attr in self.scope_names and self._is_it(f"without .{method.attr}(…)"):
                return method.value
            if method.attr in ("filter", "exclude"):
                for part in [*node.args, *node.keywords]:
                    if self._is_it(f"without .{method.attr}({ast.unparse(part)})"):
                        node.args = [other for other in node.args if other is not part]
                        node.keywords = [other for other in node.keywords if other is not part]
                        return node if node.args or node.keywords else method.value
        return self.generic_visit(node)

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        """Rows that belong to an argument: `employer.memberships.filter(…)`."""
        owner = node.value
        of_argument = isinstance(owner, ast.Attribute) and isinstance(owner.value, ast.Name)
        if of_argument and node.attr in ("filter", "select_related", "prefetch_related", "defer"):
            assert isinstance(owner, ast.Attribute) and isinstance(owner.value, ast.Name)  # noqa: PT018
            known = owner.value.id in self.parameters and owner.attr != "objects"
            if known and self._is_it(f"of anybody, not of {ast.unparse(owner)}"):
                model = ast.Attribute(owner, "model", ast.Load())
                node.value = ast.Attribute(model, "_base_manager", ast.Load())
                return node
        return self.generic_visit(node)


def _parts(function: FunctionType, scope_names: frozenset[str]) -> Iterator[Mutant]:
    parameters = frozenset(inspect.signature(function).parameters) - {"self"}
    number = 0
    while True:
        switch = _Switch(number, scope_names, parameters)
        tree = switch.visit(_tree(function))
        if not switch.found:
            return
        yield Mutant(function, switch.found, _compiled(function, tree))
        number += 1


def _whole(function: FunctionType, answer: str, words: str) -> Mutant:
    tree = _tree(function)
    tree.body = ast.parse(f"return {answer}").body
    return Mutant(function, words, _compiled(function, tree))


def mutants() -> list[Mutant]:
    """All of them, in the order of the source."""
    narrowing = scopes()
    names = frozenset(scope.__name__ for scope in narrowing)
    found = [_whole(one, "True", "lets everybody") for one in predicates()]
    found += [_whole(one, "self.all()", "narrows nothing") for one in narrowing]
    for one in [*predicates(), *fetchers(), *narrowing]:
        found += _parts(one, names)
    return found
