"""Rows that there is one of, made where it is missing."""

from typing import Any, TypeVar

from django.db import IntegrityError, models

Row = TypeVar("Row", bound=models.Model)


def get_or_make(model: type[Row], *, defaults: dict[str, Any], **key: Any) -> tuple[Row, bool]:
    """The one row of this `key`, and whether it is new.

    Django's `get_or_create` finds none when another one makes the row and a third takes it away in
    the same moment: then it is made after all. Raises IntegrityError when that isn't why.
    """
    try:
        return model._default_manager.get_or_create(**key, defaults=defaults)
    except IntegrityError:
        return model._default_manager.get_or_create(**key, defaults=defaults)
