"""Every route stands in the access table, and the table is true for the whole cast.

What is foreign looks like what is missing: same status, same page. A draft does not exist for
the public.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import transaction
from django.test import override_settings
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from cscareers.core.models import OutgoingMail, PeriodRun
from postings.hiring.models import AlertRun, Subscription
from postings.models import ModeratorNote, PostingEvent, RiskRule, SavedReply, UnmatchedSearch
from profiles.models import Skill, SkillAlias
from tests.architecture.routes import Route, all_routes
from tests.architecture.world import finish
from tests.cast import ROLES, Cast, make_cast
from tests.factories.people import make_member

# Without the mark on its own the module would run on the developer's database.
pytestmark = pytest.mark.django_db
TABLE = tomllib.loads((Path(__file__).parent / "access.toml").read_text(encoding="utf-8"))
ROUTES = {route.pattern: route for route in all_routes()}
MISSING = "0000000000"
SEALED = "django.contrib.sessions.backends.signed_cookies"
IN_MEMORY = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
SAMPLES = {
    r"accounts/^confirm-email/(?P<key>[-:\w]+)/$": "/accounts/confirm-email/abc:def/",
    r"accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": (
        "/accounts/password/reset/key/1-abc/"
    ),
    r"admin/(?P<url>.*)$": "/admin/no-such-page/",
    r"^api/(?:.*)$": "/api/no-such-page",
}
"""Addresses of routes whose arguments are no objects."""


def allowed_to(audience: str) -> set[str]:
    """The roles that get in."""
    signed_in = set(ROLES) - {"anonymous"}
    return {
        "everyone": set(ROLES),
        "person": signed_in,
        "team": {"owner", "recruiter", "interviewer", "viewer"},
        "notes": {"owner", "recruiter", "interviewer"},
        "hiring": {"owner", "recruiter"},
        "owner": {"owner"},
        "oneself": {"candidate"},
        "staff": {"moderator", "staff"},
        "moderator": {"moderator"},
        "superuser": set(),
        "other": set(),
        "none": set(),
        "nothing": set(),
    }[audience]


def expected(route: Route, audience: str, role: str) -> set[str]:
    """The outcomes that the table stands for."""
    in_admin = route.pattern.startswith("admin/")
    if role in allowed_to(audience):
        return {"in"}
    if in_admin:
        # Django's admin refuses staff, and asks others to sign in as staff.
        if role not in ("moderator", "staff"):
            return {"login", "forbidden"}
        return {"no method"} if audience == "none" else {"forbidden", "hidden"}
    if audience == "nothing":
        return {"hidden"}
    if role == "anonymous" and not route.is_public:
        return {"login"}
    if audience == "other":
        return {"forbidden", "hidden"}
    return {"no method"} if audience == "none" else {"hidden"}


def outcome(answer) -> str:
    """What an answer means for the person."""
    finish(answer)
    location = answer.headers.get("Location", "")
    if re.match(r"/(accounts|admin)/login/\?next=", location):
        return "login"
    if location == "/admin/" and answer.request["PATH_INFO"] != "/admin/login/":
        return "login"  # by way of the admin's first page
    named = {403: "forbidden", 404: "hidden", 405: "no method"}
    return named.get(answer.status_code, "in" if answer.status_code < 500 else "error")


def admin_row(cast: Cast, pattern: str) -> int:
    """The key of a row of the model that an admin route is about."""
    world = cast.world
    if pattern == "admin/postings/moderatornote/on/<int:pk>/":
        return world.live.pk
    event = PostingEvent.objects.filter(posting=world.live).latest("pk")
    return {
        "employer": world.employer.pk,
        "user": world.recruiter.pk,
        "posting": world.live.pk,
        "reportedposting": world.live.pk,
        "moderatornote": ModeratorNote.objects.latest("pk").pk,
        "savedreply": SavedReply.objects.latest("pk").pk,
        "postingevent": event.pk,
        "postingrevision": world.draft.revisions.get().pk,
        "unmatchedsearch": UnmatchedSearch.objects.latest("pk").pk,
        "riskrule": RiskRule.objects.latest("pk").pk,
        "skill": Skill.objects.latest("pk").pk,
        "skillalias": SkillAlias.objects.latest("pk").pk,
        "group": Group.objects.latest("pk").pk,
        "authenticator": Authenticator.objects.latest("pk").pk,
        "procrastinatejob": ProcrastinateJob.objects.latest("pk").pk,
        "outgoingmail": OutgoingMail.objects.latest("pk").pk,
        "periodrun": PeriodRun.objects.latest("pk").pk,
        "subscription": Subscription.objects.latest("pk").pk,
        "alertrun": AlertRun.objects.latest("pk").pk,
        "emailaddress": EmailAddress.objects.latest("pk").pk,
    }.get(pattern.split("/")[2], 1)


def address(cast: Cast, route: Route) -> str:
    """The address of `route` about our own objects."""
    if route.pattern in SAMPLES:
        return SAMPLES[route.pattern]
    if route.pattern.startswith("admin/"):
        if "app_label" in route.arguments:
            return "/admin/postings/"
        pattern = re.sub(r"<int:pk>|<path:(content_type_id|object_id)>", "{}", route.pattern)
        row = admin_row(cast, route.pattern) if "{}" in pattern else ""
        return "/" + pattern.replace("{}", str(row))
    return cast.world.url(route)


def ask(browser, method: str, url: str):
    """One request whose writes are undone, as if it had been the first."""
    cache.clear()
    cookies = SimpleCookie({name: one.value for name, one in browser.cookies.items()})
    with transaction.atomic():
        if url.startswith("/admin/autocomplete/"):
            url += "?app_label=profiles&model_name=skillalias&field_name=skill"
        answer = browser.generic(method, url) if method == "GET" else browser.post(url, {})
        transaction.set_rollback(True)
    browser.cookies = cookies
    return answer


@pytest.fixture(scope="module")
def cast(kept_rows, tmp_path_factory) -> Iterator[Cast]:
    """One cast for all tests here: each request of theirs is undone. Thousands of requests need
    not ask the database who sent them and how many they were."""
    media = tmp_path_factory.mktemp("media")
    with override_settings(DEMO=True, MEDIA_ROOT=media, CACHES=IN_MEMORY, SESSION_ENGINE=SEALED):
        made = make_cast()
        now = timezone.now()
        PeriodRun.objects.create(name="test.work", period=now, begun_at=now)
        yield made


def test_every_route_stands_in_the_table_and_every_row_is_a_route():
    assert sorted(TABLE) == sorted(ROUTES)


@pytest.mark.parametrize("pattern", ROUTES, ids=lambda pattern: pattern or "home")
def test_the_table_is_true_for_the_whole_cast(cast, pattern):
    wrong = list(wrong_cells(cast, ROUTES[pattern]))
    assert not wrong, "\n".join(map(str, wrong))


def shown(answer, url: str) -> tuple[int, str]:
    """Status and page without what each request has of its own."""
    finish(answer)
    page = "" if answer.streaming else answer.content.decode()
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)
    return answer.status_code, page.replace(url, "")


NARROW = {"team", "notes", "hiring", "owner", "oneself"}
"""Audiences of pages about somebody's own, which everybody else finds missing."""
HIDDEN = [
    pattern
    for pattern, row in TABLE.items()
    if NARROW & {row["get"], row["post"]} and pattern in ROUTES
]
ONES_OWN = {
    name
    for pattern, row in TABLE.items()
    if "oneself" in row.values()
    for name in re.findall(r"<pid:(\w+)>", pattern)
}
"""Arguments that name rows of one candidate."""
SIGNED = {"alert_link", "question", "link", "token"}
"""Arguments that are a proof by themselves: whoever has the mail has the right."""
OUTSIDERS = {"viewer", "interviewer", "stranger", "ex_member", "candidate"}


def objects_of(route: Route) -> set[str]:
    """The arguments of a route that name a row by its public id; and the employer."""
    return set(re.findall(r"<pid:(\w+)>", route.pattern)) | {"employer"} & set(route.arguments)


def wrong_cells(
    cast: Cast, route: Route, roles: Sequence[str] = ROLES
) -> Iterator[tuple[str, str, str, list[str]]]:
    """Where the table is not true: method, role, what came, what should have come."""
    url, row = address(cast, route), TABLE[route.pattern]
    for method in ("GET", "POST"):
        for role in roles:
            found = outcome(ask(cast.browsers[role], method, url))
            right = expected(route, row[method.lower()], role)
            if found not in right:
                yield method, role, found, sorted(right)


def told_apart(cast: Cast, route: Route) -> Iterator[tuple[str, str, str]]:
    """Who can tell what is not theirs from what is missing: method, role, argument."""
    own = cast.world.url(route)
    for method in ("GET", "POST"):
        for role in sorted(OUTSIDERS - allowed_to(TABLE[route.pattern][method.lower()])):
            browser = cast.browsers[role]
            foreign = shown(ask(browser, method, own), own)
            for name in sorted(objects_of(route)):
                missing = cast.world.url(route, **{name: MISSING})
                if shown(ask(browser, method, missing), missing) != foreign:
                    yield method, role, name


def found_missing(cast: Cast, route: Route) -> Iterator[tuple[str, str]]:
    """Where whoever gets in finds something under a name that nobody's row has."""
    names = objects_of(route) | SIGNED & set(route.arguments) - {"link"}
    for method in ("GET", "POST"):
        allowed = allowed_to(TABLE[route.pattern][method.lower()])
        for name in sorted(names) if allowed else ():
            browser = cast.browsers["owner" if "owner" in allowed else sorted(allowed)[0]]
            missing = cast.world.url(route, **{name: MISSING})
            if ask(browser, method, missing).status_code != 404:
                yield method, name


def listed_to_others(cast: Cast, route: Route) -> Iterator[str]:
    """Which of somebody's own rows a page shows to somebody else: by their public ids."""
    if objects_of(route) - {"public_id"} or SIGNED & set(route.arguments):
        return
    page = shown(ask(cast.browsers["stranger"], "GET", cast.world.url(route)), "")[1]
    for name in sorted(ONES_OWN):
        if str(cast.world.arguments[name]) in page:
            yield name


def found_below(cast: Cast, other: Cast, route: Route) -> Iterator[tuple[str, str]]:
    """Rows of `other` that are found below our own employer, by an owner of both; and those of a
    posting below another one of the same employer."""
    ours, theirs = cast.world, other.world
    browser, row = cast.browsers["owner"], TABLE[route.pattern]
    named = {**theirs.arguments, "public_id": theirs.draft.public_id}
    strange = {name: {name: named[name]} for name in objects_of(route) - {"employer"}}
    if "application" in strange:
        strange["crossed"] = {"public_id": ours.draft.public_id}
    for method in ("GET", "POST"):
        if row[method.lower()] == "none":
            continue
        for name, value in strange.items():
            missing = {"application" if name == "crossed" else name: MISSING}
            urls = ours.url(route, **value), ours.url(route, **missing)
            answers = [shown(ask(browser, method, url), url) for url in urls]
            if answers[0] != answers[1] or answers[0][0] != 404:
                yield method, name


def test_what_nobody_has_is_missing(cast):
    ours = [route for route in ROUTES.values() if route.is_ours]
    found = {route.pattern: list(found_missing(cast, route)) for route in ours}
    assert {pattern: names for pattern, names in found.items() if names} == {}


def test_nothing_of_somebody_else_is_listed(cast):
    ours = [route for route in ROUTES.values() if route.is_ours]
    found = {route.pattern: list(listed_to_others(cast, route)) for route in ours}
    assert {pattern: names for pattern, names in found.items() if names} == {}


@pytest.mark.parametrize("pattern", HIDDEN)
def test_what_is_foreign_looks_like_what_is_missing(cast, pattern):
    assert list(told_apart(cast, ROUTES[pattern])) == []


def test_a_foreign_row_below_ones_own_employer_is_missing(cast):
    other = make_cast()
    make_member(other.world.employer, cast.world.owner)
    below = [route for route in ROUTES.values() if "employer" in route.arguments]
    found = {route.pattern: list(found_below(cast, other, route)) for route in below}
    assert {pattern: cells for pattern, cells in found.items() if cells} == {}
    assert sum(len(objects_of(route)) > 1 for route in below) > 20


@pytest.mark.parametrize("role", ROLES)
def test_a_draft_is_missing_on_every_public_route(cast, role):
    world, browser = cast.world, cast.browsers[role]
    tried = 0
    for route in ROUTES.values():
        if not (route.is_ours and route.is_public and "public_id" in route.arguments):
            continue
        draft = route.url(**{**world.arguments, "slug": "job", "public_id": world.draft.public_id})
        missing = route.url(**{**world.arguments, "slug": "job", "public_id": MISSING})
        answers = [shown(ask(browser, "GET", url), url) for url in (draft, missing)]
        assert answers[0] == answers[1], route.pattern
        assert answers[0][0] == 404, route.pattern
        tried += 1
    assert tried >= 3
