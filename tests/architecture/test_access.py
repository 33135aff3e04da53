"""Every route stands in the access table, and the table is true for the whole cast.

What is foreign looks like what is missing: same status, same page. A draft does not exist for
the public.
"""

import re
import tomllib
from collections.abc import Iterator
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
    route = ROUTES[pattern]
    url = address(cast, route)
    wrong = []
    for method in ("GET", "POST"):
        for role in ROLES:
            found = outcome(ask(cast.browsers[role], method, url))
            right = expected(route, TABLE[pattern][method.lower()], role)
            if found not in right:
                wrong.append((method, role, found, sorted(right)))
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
OBJECTS = ("employer", "public_id", "member", "invitation", "run", "row", "block", "job")


@pytest.mark.parametrize("pattern", HIDDEN)
def test_what_is_foreign_looks_like_what_is_missing(cast, pattern):
    route, world = ROUTES[pattern], cast.world
    arguments = {**world.arguments, "public_id": world.draft.public_id}
    own = route.url(**arguments)
    for method in ("GET", "POST"):
        for role in {"viewer", "interviewer", "stranger", "ex_member", "candidate"} - allowed_to(
            TABLE[pattern][method.lower()]
        ):
            browser = cast.browsers[role]
            foreign = shown(ask(browser, method, own), own)
            for name in set(OBJECTS) & set(route.arguments):
                missing = route.url(**{**arguments, name: MISSING})
                assert shown(ask(browser, method, missing), missing) == foreign, (role, name)


@pytest.mark.parametrize("name", ["member", "invitation", "public_id", "run"])
def test_a_foreign_row_below_ones_own_employer_is_missing(cast, name):
    other = make_cast().world
    arguments = {**cast.world.arguments, "public_id": cast.world.draft.public_id}
    theirs = {**other.arguments, "public_id": other.draft.public_id}[name]
    for route in ROUTES.values():
        if not {"employer", name} <= set(route.arguments):
            continue
        for method in ("GET", "POST"):
            foreign, missing = (
                route.url(**{**arguments, name: value}) for value in (theirs, MISSING)
            )
            answers = [
                shown(ask(cast.browsers["owner"], method, url), url) for url in (foreign, missing)
            ]
            assert answers[0] == answers[1], (route.pattern, method)
            assert answers[0][0] in (404, 405), (route.pattern, method)


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
