"""Coded values as plain text: what a column, a constraint or a migration holds. Pure."""

from collections.abc import Iterable
from enum import StrEnum


def values(members: Iterable[StrEnum]) -> list[str]:
    """The values of an enum or of some of its members, so that no migration imports our code."""
    return [member.value for member in members]
