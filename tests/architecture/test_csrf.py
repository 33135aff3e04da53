"""Nothing changes without a form's token, and nothing changes by looking."""

import pytest
from django.db import connection

from tests.architecture.routes import all_routes, our_routes
from tests.architecture.world import World, finish

pytestmark = pytest.mark.django_db
BY_NAME = {route.name: route for route in our_routes()}
ONE_CLICK = "hiring:alert_stop"
"""Mail programs send it by themselves (RFC 8058): its signed link is the proof."""
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
# What looking may write: counters of limits, the notes that a session keeps, and the copy of what
# profiles say that the first look of a day makes.
LOOSE = frozenset(
    {
        "core_cache",
        "core_ratelimit",
        "django_session",
        "postings_audiencequestions",
        "postings_frozencrowd",
    }
)


def writes() -> dict[str, int]:
    """Rows inserted, updated and deleted in this transaction so far, by table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
        )
        return {name: count for name, count in cursor.fetchall() if name not in LOOSE}


def test_writes_are_seen(world: World) -> None:
    before = writes()
    world.draft.save(update_fields=["title"])
    assert {name for name, n in writes().items() if n != before[name]} == {"postings_posting"}


def test_no_form_of_ours_works_without_its_token(world: World) -> None:
    client = world.client(world.owner, checks_csrf=True)
    before = writes()
    codes = {}
    for name, route in BY_NAME.items():
        url = world.url(route)
        for method in UNSAFE:
            if (name, method) == (ONE_CLICK, "POST"):
                continue
            answer = client.generic(method, url, b"role=owner", "application/x-www-form-urlencoded")
            codes[name, method] = answer.status_code
    # A page that takes no such method may say so instead. The match reads no cookie and keeps
    # nothing, so that it asks for no token; what is no JSON it does not read.
    assert codes.pop(("postings:api_match", "POST")) == 415
    assert {key: code for key, code in codes.items() if code not in (403, 405)} == {}
    assert {name for (name, method), code in codes.items() if code == 403}
    assert writes() == before


def test_a_token_of_somebody_else_or_another_site_is_no_token(world: World) -> None:
    client = world.client(world.owner, checks_csrf=True)
    url = world.url(BY_NAME["me:home"])
    token = world.client(world.recruiter).get(url).context["csrf_token"]
    fields = {"name": "New name", "csrfmiddlewaretoken": str(token)}
    assert client.post(url, fields).status_code == 403
    mine = str(client.get(url).context["csrf_token"])
    fields["csrfmiddlewaretoken"] = mine
    evil = {"headers": {"origin": "https://evil.test"}}
    assert client.post(url, fields, **evil).status_code == 403
    assert client.post(url, fields).status_code == 302


def test_no_form_of_accounts_or_the_admin_works_without_its_token(world: World) -> None:
    client = world.client(world.moderator, checks_csrf=True)
    before = writes()
    paths = [
        f"/{route.pattern}"
        for route in all_routes()
        if not route.is_ours and not route.arguments and not {"^", "("} & set(route.pattern)
    ]
    codes = {path: client.post(path, {"email": "a@example.test"}).status_code for path in paths}
    assert len(codes) > 30
    # 405 takes no form at all; 302 sends the signed-in person on before it reads one; 404 is a
    # page that only exists in the middle of signing in.
    odd = {path: code for path, code in codes.items() if code not in (302, 403, 404, 405)}
    assert (odd, writes()) == ({}, before)


def test_looking_changes_no_row(world: World) -> None:
    clients = [world.client(user) for user in (None, world.owner, world.moderator)]
    before, wrote, failed = writes(), [], []
    for name, route in BY_NAME.items():
        url = world.url(route)
        for client in clients:
            for method in ("GET", "HEAD", "OPTIONS"):
                answer = client.generic(method, url)
                finish(answer)
                if answer.status_code >= 500:
                    failed.append((name, method))
        if (after := writes()) != before:
            wrote.append(name)
            before = after
    assert (wrote, failed) == ([], [])


def test_asking_before_a_verb_does_not_do_it(world: World) -> None:
    from postings.actions.offers import MEMBER_VERBS

    client = world.client(world.owner)
    before = writes()
    for posting in (world.draft, world.live):
        for verb in MEMBER_VERBS:
            arguments = {**world.arguments, "public_id": posting.public_id, "verb": verb}
            client.get(BY_NAME["postings:act"].url(**arguments))
            client.head(BY_NAME["postings:act"].url(**arguments))
    assert writes() == before
