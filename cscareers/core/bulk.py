"""Writing many rows in one statement, each with values of its own."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.db.models import Case, Value, When
from django.db.models.functions import Cast


def by_row(model: type[models.Model], columns: Mapping[int, Mapping[str, Any]]) -> dict[str, Any]:
    """What `QuerySet.update` takes to give the row of each key its own `columns`.

    All rows name the same columns; one whose value is the same for all is written plainly.
    """
    names = next(iter(columns.values()), {}).keys()
    return {
        name: _value(model, name, {key: row[name] for key, row in columns.items()})
        for name in names
    }


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
