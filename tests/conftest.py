"""What every test stands on: safe settings, strict templates, jobs by hand, a real browser."""

import gc
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import pytest_django
from django.conf import settings
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

# Playwright runs an event loop in the test's thread; Django's ORM calls there are ours alone.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
LONGEST = (
    "architecture/test_access.py",
    "architecture/test_csrf.py",
    "core/database/test_embedded.py",
    "demo/test_seed.py",
    "hiring/test_crowd.py",
    "hiring/test_double_submit.py",
    "hiring/test_hostile_mail.py",
    "importers/test_schema_org.py",
    "profiles/cv/test_any.py",
    "search/test_facets.py",
    "views/test_board_input.py",
    "views/test_wizard_malformed.py",
)
"""Files of five seconds and more."""
EVERYWHERE = (
    *(f"architecture/test_{name}.py" for name in ("access", "csrf", "headers", "public_door")),
    *(f"architecture/test_{name}.py" for name in ("hostile_fields", "mass_assignment")),
    "tests/journeys/",
    "hiring/test_crowd.py",
    "hiring/test_double_submit.py",
    "hiring/test_hostile_mail.py",
    "hiring/test_life.py",
    "importers/test_schema_org.py",
    "profiles/cv/test_any.py",
    "views/test_board_input.py",
    "views/test_wizard_malformed.py",
)
"""Tests that walk through all of it: that they pass a line tells nothing of whether somebody asks
what it does. So they don't count for the coverage, and take half the time."""
IN_CI = os.environ.get("CI") == "true"


def chromium() -> str | None:
    """The Chromium to drive: CHROMIUM, else the one on PATH."""
    return (
        os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    )


def pytest_configure(config: pytest.Config) -> None:
    """Settings that make tests fast or sealed; before anything reads them."""
    # A busy machine is no fault of the code: no verdict by the clock.
    hypothesis_settings.register_profile(
        "cscareers", deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    hypothesis_settings.load_profile("cscareers")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.EMAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
    settings.WHITENOISE_AUTOREFRESH = False
    # WhiteNoise warns of a missing folder, and `collectstatic` has not run here.
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    options = settings.DATABASES["default"]["OPTIONS"]
    # A pool would keep connections to test databases that are to be dropped.
    options.pop("pool", None)
    options["options"] = "-c synchronous_commit=off"
    for engine in settings.TEMPLATES:
        engine["OPTIONS"]["string_if_invalid"] = Undefined()


def pytest_itemcollected(item: pytest.Item) -> None:
    """Whatever asks for a page is a browser test; skipped without Chromium, but never in CI."""
    if any(part in item.path.as_posix() for part in EVERYWHERE):
        item.add_marker(pytest.mark.no_cover)
    if {"page", "browser", "context"} & set(getattr(item, "fixturenames", ())):
        item.add_marker(pytest.mark.browser)
        if not IN_CI and chromium() is None:
            item.add_marker(pytest.mark.skip(reason="no Chromium: apt-get install chromium"))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: Playwright leaves its event loop marked as running in the thread,
    and a later test that runs coroutines, or asks for this thread's connection, would be misled.
    The longest files come first, so that no process sits over one when the others are done."""

    def turn(item: pytest.Item) -> int:
        if item.get_closest_marker("browser") is not None:
            return 2
        return 0 if item.path.as_posix().endswith(LONGEST) else 1

    items.sort(key=turn)


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the collector of garbage need not look at it again and again,
    nor as often as in a process that lives for days."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def _static_files_are_found_once() -> Iterator[None]:
    """WhiteNoise's list of static files, made by the first test client for all that follow: each
    would look through all folders before its first request."""
    from whitenoise.middleware import WhiteNoiseMiddleware

    find, known = WhiteNoiseMiddleware.add_files_from_finders, dict[str, Any]()

    def find_once(self: Any) -> None:
        if not known:
            find(self)
            known.update(self.files)
        self.files.update(known)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", find_once)
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> None:
    """The test database is a copy of one that is migrated; `migrate` finds nothing left to do."""
    from django.db import connection

    from tests.template_database import template

    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = template()


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[None]:
    """The test database, free of others at the end: a live server's thread may still be there."""
    yield
    with django_db_blocker.unblock():
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(scope="module")
def kept_rows(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[None]:
    """What other fixtures of a module make after this stays until the module's end; what a test
    does to those rows is undone after it. Tests fetch them anew: objects remember."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


class UndefinedVariable(Exception):
    """A template of ours named something that its view did not pass."""


class Undefined(str):
    """Stands for `string_if_invalid`: raises for our templates, is empty for others' templates.

    Django's admin and allauth lean on undefined variables; ours must not.
    """

    __slots__ = ()

    def __bool__(self) -> bool:
        return True

    def __contains__(self, key: object) -> bool:
        return key == "%s"

    def __mod__(self, variable: Any) -> str:
        origin = _origin_of_rendered_node()
        if origin.startswith(str(settings.BASE_DIR)) and "/site-packages/" not in origin:
            raise UndefinedVariable(f"{variable} in {origin}")
        return ""


def _origin_of_rendered_node() -> str:
    frame = sys._getframe(2)
    while frame is not None:
        if frame.f_code.co_name == "render_annotated":
            origin = getattr(frame.f_locals.get("self"), "origin", None)
            return str(getattr(origin, "name", ""))
        frame = frame.f_back
    return ""


@pytest.fixture(autouse=True)
def _empty_queue(request: pytest.FixtureRequest) -> Iterator[None]:
    """Tests that commit leave no jobs behind: Django's flush does not know these tables."""
    yield
    mark = request.node.get_closest_marker("django_db")
    commits = mark is not None and mark.kwargs.get("transaction")
    if commits or {"transactional_db", "live_server"} & set(request.fixturenames):
        from django.db import connection

        with request.getfixturevalue("django_db_blocker").unblock():
            with connection.cursor() as cursor:
                cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")
            connection.close()


@pytest.fixture
def run_jobs() -> Callable[[], list[str]]:
    """A function that carries out the jobs that wait, in this thread; the names of what it ran.

    Jobs that those enqueue are run too. An error in a job is the test's error.
    """
    from django.db import connection
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.models import ProcrastinateJob

    app.perform_import_paths()

    def run() -> list[str]:
        names: list[str] = []
        while True:
            job = ProcrastinateJob.objects.filter(status="todo").order_by("id").first()
            if job is None:
                return names
            with connection.cursor() as cursor:
                cursor.execute(
                    "UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = %s", [job.id]
                )
            app.tasks[job.task_name].func(**job.args)
            names.append(job.task_name)

    return run


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Playwright drives the Chromium that is installed."""
    path = chromium()
    if path is None:
        pytest.fail("no Chromium: apt-get install chromium")
    return {**browser_type_launch_args, "executable_path": path, "args": CHROMIUM_FLAGS}
