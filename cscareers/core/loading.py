"""Bringing shipped tables into the database: by COPY, idempotent, and skipped when unchanged."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection, models, transaction

from cscareers.core.models import LoadedData


@dataclass(frozen=True, slots=True)
class Written:
    """What an upsert did to the rows of a table."""

    created: int
    updated: int
    unchanged: int

    @property
    def total(self) -> int:
        return self.created + self.updated + self.unchanged

    def __add__(self, other: "Written") -> "Written":
        return Written(
            self.created + other.created,
            self.updated + other.updated,
            self.unchanged + other.unchanged,
        )


def digest(paths: Sequence[Path]) -> str:
    """One SHA-256 over the files, in the order given."""
    sums = hashlib.sha256()
    for path in paths:
        sums.update(hashlib.sha256(path.read_bytes()).digest())
    return sums.hexdigest()


def load_once(
    name: str,
    paths: Sequence[Path],
    load: Callable[[], Written],
    *,
    now: datetime,
    force: bool = False,
) -> Written | None:
    """Runs `load` unless these very files stand in the database already; None when skipped."""
    current = digest(paths)
    with transaction.atomic():
        if not force and LoadedData.objects.filter(name=name, digest=current).exists():
            return None
        written = load()
        LoadedData.objects.update_or_create(
            name=name, defaults={"digest": current, "rows": written.total, "loaded_at": now}
        )
    return written


def upsert(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    key: Sequence[str],
    only_new: Sequence[str] = (),
) -> Written:
    """Creates or updates the rows by `key`; rows that are equal already are not touched.

    Columns `only_new` are written to new rows alone: what people changed since stands.
    `columns` are database columns, in the order of each row's fields. Rows that are in the table
    but not given stay: something may point at them.
    """
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    names = ", ".join(quote(column) for column in columns)
    others = [quote(column) for column in columns if column not in (*key, *only_new)]
    with transaction.atomic(), connection.cursor() as cursor:
        # Only names of our own tables and columns are put into the text.
        cursor.execute(
            f"CREATE TEMPORARY TABLE loading AS SELECT {names} FROM {table} LIMIT 0"  # noqa: S608
        )
        count = 0
        with cursor.copy(f"COPY loading ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
                count += 1
        old = ", ".join(f"{table}.{name}" for name in others)
        new = ", ".join(f"excluded.{name}" for name in others)
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT {names} FROM loading"  # noqa: S608
            f" ON CONFLICT ({', '.join(quote(column) for column in key)}) DO UPDATE"
            f" SET ({', '.join(others)}) = ROW({new})"
            f" WHERE ({old}) IS DISTINCT FROM ({new}) RETURNING xmax = 0"
        )
        created = [is_new for (is_new,) in cursor.fetchall()]
        cursor.execute("DROP TABLE loading")
        if created:
            # Without fresh statistics the planner would walk the whole table for each look-up.
            cursor.execute(f"ANALYZE {table}")
    return Written(sum(created), len(created) - sum(created), count - len(created))
