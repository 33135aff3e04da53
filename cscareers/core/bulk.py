"""Writing many rows in one statement, each with values of its own.

Django's `bulk_create` spends most of an import's time on placing thousands of parameters; here a
statement has one, a JSON document of all rows, which PostgreSQL takes apart.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models import Case, Value, When
from django.db.models.functions import Cast

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Computed:
    """What PostgreSQL computes: SQL expressions by column, over the `texts` of each row, which
    they name as `v.name`."""

    columns: Mapping[str, str] = field(default_factory=dict)
    texts: Sequence[Mapping[str, str]] = ()


def insert_rows(
    rows: Sequence[Row], *, replace: bool = False, computed: Computed | None = None
) -> list[Row]:
    """Insert `rows`, of one model, in their order; their keys are set then.

    With `replace` a row of the same key is overwritten. Defaults are the model's; signals and
    `save` are not called.
    """
    if not rows:
        return []
    computed = computed or Computed()
    model = type(rows[0])
    fields = [f for f in model._meta.concrete_fields if not isinstance(f, models.AutoField)]
    plain = [f for f in fields if f.name not in computed.columns]
    documents = [{f.column: getattr(row, f.attname) for f in plain} for row in rows]
    for document, texts in zip(documents, computed.texts, strict=bool(computed.texts)):
        document.update(texts)
    names = list(computed.texts[0]) if computed.texts else []
    with connection.cursor() as cursor:
        cursor.execute(
            _insert(model, plain, computed.columns, names, replace=replace),
            [json.dumps(documents, default=_as_text)],
        )
        keys = [key for (key,) in cursor.fetchall()]
    for row, key in zip(rows, keys, strict=True):
        row.pk = key
        row._state.adding = False
        row._state.db = connection.alias
    return list(rows)


def _as_text(value: Any) -> str:
    """Dates, instants and decimals as PostgreSQL reads them."""
    return value.isoformat() if isinstance(value, date) else str(value)


def _insert(
    model: type[models.Model],
    plain: "Sequence[models.Field[Any, Any]]",
    computed: Mapping[str, str],
    texts: Sequence[str],
    *,
    replace: bool,
) -> str:
    """The statement. All that is put into it is our own: names of columns and their types."""
    quote = connection.ops.quote_name
    table, key = quote(model._meta.db_table), quote(str(model._meta.pk.column))
    given = {quote(str(f.column)): str(f.db_type(connection)) for f in plain}
    made = {quote(name): sql for name, sql in computed.items()}
    into = ", ".join([*given, *made])
    values = ", ".join([*(f"v.{column}" for column in given), *made.values()])
    types = [f"{column} {kind}" for column, kind in given.items()]
    shape = ", ".join(types + [f"{quote(name)} text" for name in texts])
    again = ", ".join(f"{column} = excluded.{column}" for column in (*given, *made))
    conflict = f"ON CONFLICT ({key}) DO UPDATE SET {again} " if replace else ""
    return (
        f"INSERT INTO {table} ({into}) SELECT {values} "  # noqa: S608
        f"FROM jsonb_to_recordset(%s::jsonb) AS v({shape}) {conflict}RETURNING {key}"
    )


def by_row(model: type[models.Model], columns: Mapping[int, Mapping[str, Any]]) -> dict[str, Any]:
    """What `QuerySet.update` takes to give the row of each key its own `columns`.

    All rows name the same columns; one whose value is the same for all is written plainly.
    """
    names = next(iter(columns.values()), {}).keys()
    return {
        name: _value(model, name, {key: row[name] for key, row in columns.items()})
        for name in names
    }


def news_of(
    rows: Sequence[models.Model], columns: Mapping[int, Mapping[str, Any]]
) -> dict[int, dict[str, Any]]:
    """`columns` without those that every one of `rows` has already."""
    names = {
        name
        for row in rows
        for name, value in columns[row.pk].items()
        if getattr(row, name) != value
    }
    return {key: {n: v for n, v in row.items() if n in names} for key, row in columns.items()}


def _value(model: type[models.Model], name: str, values: Mapping[int, Any]) -> Any:
    first = next(iter(values.values()))
    if all(value == first for value in values.values()):
        return first
    field: models.Field[Any, Any] = model._meta.get_field(name)  # type: ignore[assignment]
    whens = (
        When(pk=key, then=Value(getattr(value, "pk", value), output_field=field))
        for key, value in values.items()
    )
    return Cast(Case(*whens, output_field=field), output_field=field)
