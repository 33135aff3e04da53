"""What must stand before serving: tables, demo data, static files. Each is skipped when it does."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

Say = Callable[[str], None]
# What the demo loads, in this order: the world stands on places and skills.
DATA_COMMANDS = ("load_places", "load_taxonomy", "seed_demo")


def migrate(say: Say) -> None:
    """Bring the tables up to date."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        say(f"Migrating the database: {len(plan)} steps")
        call_command("migrate", interactive=False, verbosity=0)


def load_demo_data(say: Say) -> None:
    """Load places, skills and the demo world when their sources changed since the last time."""
    stamp = settings.VAR_DIR / "demo-data.stamp"
    state = f"{_database_identity()} {_digest(_data_sources())}"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == state:
        return
    for name in DATA_COMMANDS:
        say(f"Loading demo data: {name}")
        call_command(name)
    _keep(stamp, state)


def collect_static(say: Say) -> None:
    """Hash and compress the static files when one changed; nothing to do in development."""
    if "Manifest" not in settings.STORAGES["staticfiles"]["BACKEND"]:
        return
    stamp = settings.VAR_DIR / "static.stamp"
    files = [
        Path(storage.path(name)) for finder in get_finders() for name, storage in finder.list([])
    ]
    state = _digest(files)
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if manifest.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == state:
        return
    say("Collecting static files")
    # The browsable API is off, so its 2 MB of files are not served.
    call_command(
        "collectstatic", interactive=False, verbosity=0, ignore_patterns=["rest_framework"]
    )
    _keep(stamp, state)


def _data_sources() -> list[Path]:
    folders = (
        "cscareers/data", "cscareers/core/data", "profiles/data", "postings/data",
        "cscareers/core/management", "profiles/management", "postings/management",
        "profiles/demo", "postings/demo",
    )  # fmt: skip
    found = []
    for folder in folders:
        found += [path for path in (settings.BASE_DIR / folder).rglob("*") if path.is_file()]
    return [path for path in found if path.suffix != ".pyc"]


def _digest(files: list[Path]) -> str:
    """Changes when a file is added, removed, resized or written anew."""
    digest = hashlib.sha256()
    for path in sorted(files):
        facts = path.stat()
        digest.update(f"{path} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _database_identity() -> str:
    """Tells one database from another one at the same address: made anew, it is to be filled."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT system_identifier FROM pg_control_system()) || '/' || oid"
            " FROM pg_database WHERE datname = current_database()"
        )
        row = cursor.fetchone()
    return str(row[0])


def _keep(stamp: Path, state: str) -> None:
    fresh = stamp.with_name(f"{stamp.name}.{os.getpid()}")
    fresh.write_text(state, encoding="utf-8")
    fresh.replace(stamp)
