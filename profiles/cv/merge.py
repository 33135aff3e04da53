"""What a suggestion would do to a profile: keep the better, and never lower anything unasked.
Pure.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from cscareers.core.fold import fold
from profiles.cv.facts import Fact, Value
from profiles.enums import Cefr, FactKind


class Effect(StrEnum):
    """What accepting a suggestion does. Only one that `REPLACES` needs to be asked for."""

    NEW = "new"
    ADDS = "adds"
    SAME = "same"
    REPLACES = "replaces"


@dataclass(frozen=True, slots=True)
class Merged:
    """The values that the profile would have, and which of them it has not now."""

    effect: Effect
    values: Mapping[str, Value]
    changed: tuple[str, ...] = ()


_IDENTITY: Final[Mapping[FactKind, tuple[str, ...]]] = {
    FactKind.SKILL: ("slug",),
    FactKind.LANGUAGE: ("code",),
    FactKind.PLACE: ("city",),
    FactKind.EXPERIENCE: ("kind", "position", "employer_name", "started"),
    FactKind.EDUCATION: ("level", "study_type", "area", "institution"),
    FactKind.EVIDENCE: ("what", "where", "started", "kpi"),
}


def _amount(value: Any) -> Decimal:
    return Decimal(str(value))


_RANKS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "level": _amount,
    "years": _amount,
    "last_used": str,
    "cefr": lambda value: list(Cefr).index(Cefr(value)),
    "expires": str,
    "radius_km": _amount,
}
"""Columns of which the higher value is the better one."""
_RANKED: Final[Mapping[FactKind, frozenset[str]]] = {
    FactKind.SKILL: frozenset({"level", "years", "last_used"}),
    FactKind.LANGUAGE: frozenset({"cefr"}),
    FactKind.CERTIFICATE: frozenset({"expires"}),
    FactKind.PLACE: frozenset({"radius_km"}),
}


def identity(fact: Fact) -> tuple[str, ...]:
    """What makes two facts one: a profile says each once."""
    if fact.kind in (FactKind.ABOUT, FactKind.WISH):
        # Pay is one answer in three columns.
        columns = sorted("pay" if name.startswith("pay_") else name for name in fact.values)
        return (fact.kind, *dict.fromkeys(columns))
    if fact.kind is FactKind.CERTIFICATE:
        return (fact.kind, fact.get("slug") or f"name {fold(fact.get('name'))}")
    columns = list(_IDENTITY[fact.kind])
    return (fact.kind, *(fold(str(fact.values.get(name, ""))) for name in columns))


def merged(held: Fact | None, suggested: Fact) -> Merged:
    """What the profile would say when `suggested` is accepted, `held` being what it says now."""
    if held is None:
        return Merged(Effect.NEW, suggested.values, tuple(suggested.values))
    if suggested.kind in (FactKind.ABOUT, FactKind.WISH):
        return _replaced(held, suggested)
    if _takes_back_a_no(held, suggested):
        values = {**held.values, **suggested.values}
        if "level" not in suggested.values:
            del values["level"]
        return Merged(Effect.REPLACES, values, ("level",))
    values, changed = dict(held.values), []
    for name, value in suggested.values.items():
        before = held.values.get(name)
        if before is None:
            better = not _is_a_no(suggested, name)
        else:
            better = name in _RANKED.get(held.kind, ()) and _is_better(name, value, before)
        if better:
            values[name] = value
            changed.append(name)
    return Merged(Effect.ADDS if changed else Effect.SAME, values, tuple(changed))


def _replaced(held: Fact, suggested: Fact) -> Merged:
    values = {**held.values, **suggested.values}
    changed = tuple(
        name for name, value in suggested.values.items() if held.values.get(name) != value
    )
    if not changed:
        return Merged(Effect.SAME, values)
    new = all(name not in held.values for name in changed)
    return Merged(Effect.ADDS if new else Effect.REPLACES, values, changed)


def _is_better(name: str, value: Value, before: Value) -> bool:
    rank = _RANKS[name]
    return bool(rank(value) > rank(before))


def _is_a_no(fact: Fact, name: str) -> bool:
    """A level of 0 says that somebody does not hold a skill: less than held without a level."""
    return fact.kind is FactKind.SKILL and name == "level" and fact.values[name] == 0


def _takes_back_a_no(held: Fact, suggested: Fact) -> bool:
    return (
        held.kind is FactKind.SKILL
        and held.values.get("level") == 0
        and suggested.values.get("level") != 0
    )
