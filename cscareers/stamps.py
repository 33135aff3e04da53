"""Has anything changed since the last start? Answered without Django: a second start is quick."""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

import psycopg

# What preparing reads: tables, shipped data, the demo world, static files, installed packages.
SOURCES = (
    "*/migrations/*.py",
    "*/*/migrations/*.py",
    "*/data/**/*",
    "*/*/data/**/*",
    "*/management/**/*.py",
    "*/*/management/**/*.py",
    "*/demo/**/*",
    "static/**/*",
    "requirements*.lock",
)
# A database that was made anew, migrated or emptied by hand is another one.
IDENTITY = """
    SELECT concat_ws('/',
        (SELECT system_identifier FROM pg_control_system()),
        (SELECT oid FROM pg_database WHERE datname = current_database()),
        (SELECT max(id) FROM django_migrations),
        (SELECT count(*) FROM django_migrations),
        EXISTS (SELECT FROM profiles_user))
"""


def digest(files: Iterable[Path]) -> str:
    """Changes when a file is added, removed, resized or written anew."""
    made = hashlib.sha256()
    for path in sorted(files):
        facts = path.stat()
        made.update(f"{path} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return made.hexdigest()


def sources(base_dir: Path) -> list[Path]:
    """Every file that preparing reads."""
    found = {path for pattern in SOURCES for path in base_dir.glob(pattern)}
    return [path for path in found if path.is_file() and path.suffix != ".pyc"]


def state(base_dir: Path, conninfo: str) -> str:
    """The state of sources and database in one line; "" while the tables are missing."""
    try:
        with psycopg.connect(conninfo) as connection:
            row = connection.execute(IDENTITY).fetchone()
    except psycopg.Error:
        return ""
    return f"{row[0] if row else ''} {digest(sources(base_dir))}"


def same(stamp: Path, now: str) -> bool:
    """True when the stamp holds just that state."""
    return bool(now) and stamp.exists() and stamp.read_text(encoding="utf-8") == now


def keep(stamp: Path, now: str) -> None:
    """Write the state, whole or not at all."""
    fresh = stamp.with_name(f"{stamp.name}.{os.getpid()}")
    fresh.write_text(now, encoding="utf-8")
    fresh.replace(stamp)
