"""Every route of the site, from the URLconf itself."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

OTHERS = ("admin", "accounts")
"""First parts of the paths of Django's admin and of allauth, whose views are not ours."""


@dataclass(frozen=True)
class Route:
    """`name` with its namespaces, `pattern` as the URLconf has it, and what answers."""

    name: str
    pattern: str
    view: Callable[..., Any] = field(compare=False, hash=False)
    arguments: tuple[str, ...] = ()

    @property
    def is_public(self) -> bool:
        """True when nobody has to sign in."""
        return getattr(self.view, "login_required", True) is False

    @property
    def is_ours(self) -> bool:
        return self.pattern.lstrip("^").split("/", 1)[0] not in OTHERS

    def url(self, **arguments: object) -> str:
        """Its address with those of `arguments` that it takes."""
        taken = {name: arguments[name] for name in self.arguments}
        return reverse(self.name, kwargs=taken)


def _walk(resolver: URLResolver, prefix: str, names: tuple[str, ...]) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = (*names, entry.namespace) if entry.namespace else names
            yield from _walk(entry, pattern, inner)
        elif isinstance(entry, URLPattern):
            name = ":".join((*names, entry.name or ""))
            found = re.findall(r"<(?:\w+:)?(\w+)>|\?P<(\w+)>", pattern)
            arguments = tuple(plain or named for plain, named in found)
            yield Route(name, pattern, entry.callback, arguments)


@cache
def all_routes() -> tuple[Route, ...]:
    return tuple(_walk(get_resolver(), "", ()))


@cache
def our_routes() -> tuple[Route, ...]:
    """Those of the product: without the admin and allauth."""
    return tuple(route for route in all_routes() if route.is_ours)
