"""What must stand before serving: tables, demo data, static files. Each is skipped when it does."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from cscareers import stamps

Say = Callable[[str], None]
# What the demo loads, in this order: the world stands on places and skills. Each skips by
# itself what it finds loaded.
DATA_COMMANDS = ("load_places", "load_taxonomy", "seed_demo")


def migrate(say: Say) -> None:
    """Bring the tables up to date."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        say(f"Migrating the database: {len(plan)} steps")
        call_command("migrate", interactive=False, verbosity=0)


def load_demo_data(say: Say) -> None:
    """Load places, skills and the demo world."""
    for name in DATA_COMMANDS:
        say(f"Loading demo data: {name}")
        call_command(name)


def collect_static(say: Say) -> None:
    """Hash and compress the static files when one changed; nothing to do in development."""
    if "Manifest" not in settings.STORAGES["staticfiles"]["BACKEND"]:
        return
    stamp = settings.VAR_DIR / "static.stamp"
    files = [
        Path(storage.path(name)) for finder in get_finders() for name, storage in finder.list([])
    ]
    now = stamps.digest(files)
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if manifest.exists() and stamps.same(stamp, now):
        return
    say("Collecting static files")
    # The browsable API is off, so its 2 MB of files are not served.
    call_command(
        "collectstatic", interactive=False, verbosity=0, ignore_patterns=["rest_framework"]
    )
    stamps.keep(stamp, now)
