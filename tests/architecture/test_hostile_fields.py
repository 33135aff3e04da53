"""Whatever is sent along with a form of ours, on each route that takes one: nothing of it lands in
a column that the form does not ask for. `test_mass_assignment` says form by form what changes."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import models, transaction

from profiles.models import User
from tests.architecture.routes import Route, our_routes
from tests.architecture.test_csrf import writes
from tests.architecture.test_mass_assignment import EVIL, LONG_AGO, NUMBER, WATCHED, hostile
from tests.architecture.world import World, finish
from tests.browserless import page_form
from tests.factories.people import make_employer, make_member

pytestmark = pytest.mark.django_db
TABLE = tomllib.loads((Path(__file__).parent / "access.toml").read_text(encoding="utf-8"))
POSTED = [
    route for route in our_routes() if TABLE[route.pattern]["post"] not in ("none", "nothing")
]
OWN_FIELDS = {
    "hiring:tag": {"name"},
    "hiring:tracked_move": {"status"},
    "hire:change_role": {"role"},
    "theme": {"theme"},
}
"""What forms ask that stand on another page than the one that takes them."""
TABLES = {model._meta.db_table: model for model in WATCHED}
BY = {"team": "owner", "notes": "owner", "hiring": "owner", "owner": "owner"}
"""Who asks: else the candidate."""


def _asked(client: Any, url: str, route: Route) -> tuple[set[str], dict[str, object]]:
    """The names of the fields that a page has, and its form as it stands."""
    names = set(OWN_FIELDS.get(route.name, set()))
    if TABLE[route.pattern]["get"] == "none":
        return names, {}
    page = client.get(url)
    finish(page)
    html = "" if page.streaming else page.content.decode()
    names |= set(re.findall(r'\bname="([^"]+)"', html))
    try:
        return names, page_form(html.encode()).send()
    except (AssertionError, IndexError, ValueError):
        return names, {}


def _landed(tables: set[str], names: set[str]) -> Iterator[str]:
    """Columns of tables that hold a hostile value which no field of these `names` asked for."""
    for table in tables & set(TABLES):
        model: type[models.Model] = TABLES[table]
        for row in model._base_manager.values(*(f.attname for f in model._meta.concrete_fields)):
            for column, value in row.items():
                if str(value) in (EVIL, str(LONG_AGO), str(NUMBER)) and column not in names:
                    yield f"{model.__name__}.{column}"
        if model is User and model._base_manager.filter(is_staff=True, is_superuser=False).exists():
            yield "User.is_staff"


def test_nothing_hostile_lands_in_any_column(world: World) -> None:
    victim = make_member(make_employer())
    sent = hostile(victim)
    found, wrote = {}, set()
    for route in POSTED:
        user = getattr(world, BY.get(TABLE[route.pattern]["post"], "candidate"))
        url = world.url(route)
        with transaction.atomic():
            client = world.client(user)
            names, kept = _asked(client, url, route)
            before = writes()
            evil = {name: value for name, value in sent.items() if name not in names}
            finish(client.post(url, {**evil, **kept}))
            touched = {name for name, count in writes().items() if count != before.get(name, 0)}
            landed = sorted(set(_landed(touched, names)))
            transaction.set_rollback(True)
        if landed:
            found[route.name] = landed
        if touched & set(TABLES):
            wrote.add(route.name)
    assert found == {}
    assert len(wrote) > 20, sorted(wrote)


def test_a_value_that_landed_is_seen(world: World) -> None:
    world.draft.title = EVIL
    world.draft.save(update_fields=["title"])
    assert list(_landed({"postings_posting"}, set())) == ["Posting.title"]
    assert list(_landed({"postings_posting"}, {"title"})) == []
