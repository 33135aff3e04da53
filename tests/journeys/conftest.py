"""Browsers, people who are signed in, and one folder of pages for the judge of HTML."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Browser, expect

from profiles.models import User
from tests.journeys.visitor import DESK, NewVisitor, Notes, Visitor
from tests.journeys.waiting import PATIENCE

LAST = "test_the_html_checker"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The judge of saved pages comes when all of them are saved, whatever the order."""
    items.sort(key=lambda item: item.name.startswith(LAST))


@pytest.fixture(scope="session")
def base_url() -> None:
    """None: each test has a server of its own. pytest-base-url's is deprecated by pytest 9."""


@pytest.fixture(scope="session")
def saved_pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pages are kept as they came over the wire."""
    return tmp_path_factory.mktemp("pages")


@pytest.fixture
def notes(saved_pages: Path) -> Iterator[Notes]:
    """What visitors note; the test fails when they noted a problem."""
    found = Notes(saved_pages)
    yield found
    assert found.problems == [], "\n".join(found.problems)


@pytest.fixture
def new_visitor(browser: Browser, live_server: Any, notes: Notes) -> Iterator[NewVisitor]:
    """Makes a person with a fresh browser: `new_visitor(user=…, script=False)`."""
    expect.set_options(timeout=PATIENCE)
    cache.clear()  # limits of earlier tests: Django's flush does not know the cache's table
    contexts = []

    def make(*, user: User | None = None, script: bool = True) -> Visitor:
        context = browser.new_context(
            java_script_enabled=script, viewport=DESK, reduced_motion="reduce"
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        if user is not None:
            client = Client()
            client.force_login(user)
            session = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
            )
        return Visitor(context, live_server.url, notes)

    yield make
    for context in contexts:
        context.close()
