"""Every answer is sealed: strict CSP, no sniffing, no framing; private pages are never stored."""

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.architecture.routes import Route, all_routes, our_routes
from tests.architecture.world import World, finish

pytestmark = pytest.mark.django_db
BY_NAME = {route.name: route for route in our_routes()}


def csp(response: HttpResponse) -> dict[str, list[str]]:
    parts = response.headers["Content-Security-Policy"].split(";")
    return {part.split()[0]: part.split()[1:] for part in parts if part.strip()}


def unsealed(response: HttpResponse) -> list[str]:
    """What this answer lacks, in words."""
    found = response.headers
    wanted = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    lacking = [name for name, value in wanted.items() if found.get(name) != value]
    if "camera=()" not in found.get("Permissions-Policy", ""):
        lacking.append("Permissions-Policy")
    if "Content-Security-Policy" not in found:
        return [*lacking, "Content-Security-Policy"]
    policy = csp(response)
    sources = [source for values in policy.values() for source in values]
    if {"'unsafe-inline'", "'unsafe-eval'", "*", "http:", "https:"} & set(sources):
        lacking.append("a strict policy")
    if policy.get("default-src") not in (["'self'"], ["'none'"]):
        lacking.append("default-src")
    if "sandbox" not in policy and policy.get("frame-ancestors") != ["'none'"]:
        lacking.append("frame-ancestors")
    if "sandbox" not in policy and policy.get("object-src") != ["'none'"]:
        lacking.append("object-src")
    return lacking


def test_every_page_is_sealed(world: World) -> None:
    clients = {True: world.client(), False: world.client(world.owner)}
    found = {}
    for name, route in BY_NAME.items():
        answer = clients[route.is_public].get(world.url(route))
        finish(answer)
        found[name] = [*unsealed(answer), *(["an answer"] if answer.status_code >= 500 else [])]
    assert {name: lacking for name, lacking in found.items() if lacking} == {}


def test_no_private_page_is_stored(world: World) -> None:
    private = {name: route for name, route in BY_NAME.items() if not route.is_public}
    found = {}
    for client in (world.client(world.owner), world.client()):
        for name, route in private.items():
            kept = client.get(world.url(route)).headers.get("Cache-Control", "")
            if "no-store" not in kept or "public" in kept:
                found[name] = kept
    assert found == {}


@pytest.mark.parametrize("path", ["/jobs/", "/about/data/"])
def test_a_public_page_of_somebody_signed_in_is_not_stored_either(world: World, path: str) -> None:
    assert "no-store" in world.client(world.owner).get(path).headers["Cache-Control"]
    assert "no-store" not in world.client().get(path).headers.get("Cache-Control", "")


ADMIN = ["/admin/", "/admin/login/", "/admin/profiles/employer/", "/admin/postings/posting/"]


@pytest.mark.parametrize("path", ADMIN)
def test_the_admin_is_sealed_and_not_stored(world: World, path: str) -> None:
    answer = world.client(world.moderator).get(path)
    assert answer.status_code in (200, 302)
    assert unsealed(answer) == []
    assert "no-store" in answer.headers["Cache-Control"]


def _simple(route: Route) -> bool:
    return route.pattern.startswith("accounts/") and not route.arguments


def test_pages_of_accounts_are_sealed(world: World) -> None:
    simple = [r.pattern for r in all_routes() if _simple(r) and "^" not in r.pattern]
    found = {}
    for client in (world.client(), world.client(world.recruiter)):
        for path in simple:
            answer = client.get(f"/{path}")
            if lacking := unsealed(answer):
                found[path] = lacking
            assert answer.status_code < 500
    assert (found, len(simple) > 10) == ({}, True)


@pytest.mark.parametrize(
    "path",
    [
        "/nothing/here/",
        "/jobs/job-0000000000/",
        "/employers/nobody-of-that-name/",
        "/static/css/tokens.css",
        "/static/no-such-file.css",
        "/jobs/?level=%00",
    ],
)
def test_errors_and_files_are_sealed(client: Client, path: str) -> None:
    answer = client.get(path)
    finish(answer)
    assert unsealed(answer) == []


def test_what_is_over_is_sealed(world: World) -> None:
    from postings.actions.lifecycle import close

    close(posting=world.live, actor=world.owner, now=world.live.confirmed_at)
    answer = world.client().get(world.live.get_absolute_url())
    assert (answer.status_code, unsealed(answer)) == (410, [])


def test_the_checker_sees_what_is_missing() -> None:
    bare = HttpResponse()
    assert len(unsealed(bare)) == 6
    bare.headers["Content-Security-Policy"] = "default-src *; script-src 'unsafe-inline'"
    assert {"a strict policy", "default-src", "frame-ancestors"} <= set(unsealed(bare))
