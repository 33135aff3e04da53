"""One database with all migrations applied, which each process of a run copies for itself.

Migrating costs some seconds of processor time, a copy some tenths. The template stays for the next
run; other migrations, other packages or another server make another one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import django
from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

LOCK = 4_117_203  # any number: an advisory lock of the server, held while a template is made


def template() -> str:
    """The name of a database at the newest migrations, made now if it is not there."""
    prefix = f"test_{connection.settings_dict['NAME']}_template_"
    name = prefix + _digest()
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])  # until this connection closes
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix])
        there = {row[0] for row in cursor.fetchall()}
        if name not in there:
            for old in there:
                cursor.execute(f'DROP DATABASE "{old}" WITH (FORCE)')
            half = f"{prefix}half"  # a killed run leaves no template that only looks whole
            cursor.execute(f'CREATE DATABASE "{half}"')
            with _connected_to(half):
                executor = MigrationExecutor(connection)
                executor.migrate(executor.loader.graph.leaf_nodes())
            cursor.execute(f'ALTER DATABASE "{half}" RENAME TO "{name}"')
    return name


def _digest() -> str:
    """Stands for all that a migrated database depends on. Of our own code migrations import
    nothing but the making of identifiers."""
    digest = sha256()
    for config in apps.get_app_configs():
        for path in sorted(Path(config.path).glob("migrations/*.py")):
            digest.update(f"{config.label}/{path.name}".encode() + path.read_bytes())
    packages = Path(django.__file__).parent.parent.glob("*.dist-info")
    digest.update(" ".join(sorted(path.name for path in packages)).encode())
    return digest.hexdigest()[:16]


@contextmanager
def _connected_to(name: str) -> Iterator[None]:
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
