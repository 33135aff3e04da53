"""What the effects of must-haves are in words and bars. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from postings.audience.blur import Much, Removed
from postings.audience.effects import Effects, RowEffect, Softer
from postings.enums import RequirementKind
from postings.matching import words
from postings.matching.inputs import Ask

NICE: Final = "nice"
LESS: Final = "less"


@dataclass(frozen=True, slots=True)
class Choice:
    """A button that makes a must-have cheaper: its `verb`, and what stands on it."""

    verb: str
    label: str


@dataclass(frozen=True, slots=True)
class EffectLine:
    """What stands at a row: words, the share of 100 that it removes (None: no bar), and when that
    is more than half, what would be cheaper. `name` is what a must-have asks."""

    words: str
    name: str = ""
    drawn: int | None = None
    is_hot: bool = False
    more: str = ""
    choices: tuple[Choice, ...] = ()


def row_lines(found: Effects, names: Mapping[str, str]) -> dict[str, EffectLine]:
    """The line of each must-have by the id of its row; `names` by the same ids. Alternatives have
    theirs at the first of them."""
    lines: dict[str, EffectLine] = {}
    for row in found.rows:
        first, *others = row.ids
        name = " or ".join(names[one] for one in row.ids)
        lines[first] = _line(row, name, found.pool or 0)
        for other in others:
            lines[other] = EffectLine(f"Counted together with “{names[first]}”.")
    return lines


def _line(row: RowEffect, name: str, pool: int) -> EffectLine:
    choices, more = [], ""
    if row.is_hot:
        more = "As a nice-to-have it would rank people and remove nobody."
        choices.append(Choice(NICE, "Make it nice to have"))
        if row.softer is not None:
            more = f"{more} {_with_less(row.softer)}"
            choices.append(Choice(LESS, f"Ask for {_asked(row.softer.ask)}"))
    said = removal(row.removed, pool)
    drawn = share(row.removed, pool)
    return EffectLine(said, name, drawn, row.is_hot, more, tuple(choices))


def removal(removed: Removed, pool: int) -> str:
    """In words: "Removes about 30 of about 60 people"."""
    verb = "Leaves" if removed.much is Much.MOST else "Removes"
    return f"{verb} {_number(removed)} of about {pool:,} people"


def together(removed: Removed, rows: int) -> str:
    """What all of several must-haves do, in words, of people who were named before."""
    verb = "leave" if removed.much is Much.MOST else "remove"
    return f"All {rows} must-haves together {verb} {_number(removed)} of them."


def left(removed: Removed, pool: int) -> str:
    """How many are left in words: "about 30"."""
    match removed.much:
        case Much.FEW:
            return f"all but fewer than {removed.number:,}"
        case Much.MOST:
            return f"fewer than {removed.number:,}"
        case Much.ABOUT:
            return f"about {pool - removed.number:,}"


def _number(removed: Removed) -> str:
    """How many are removed; of most of them, how many are left."""
    return f"{'about' if removed.much is Much.ABOUT else 'fewer than'} {removed.number:,}"


def share(removed: Removed, pool: int) -> int:
    """How much of a bar of 100 is removed; what is not said in figures is drawn as none or all."""
    match removed.much:
        case Much.FEW:
            return 0
        case Much.MOST:
            return 100
        case Much.ABOUT:
            return round(100 * removed.number / pool)


def _with_less(softer: Softer) -> str:
    verb = "still leaves" if softer.removed.much is Much.MOST else "removes"
    return f"With {_asked(softer.ask)} it {verb} {_number(softer.removed)}."


def _asked(ask: Ask) -> str:
    """How much is asked: "level 2", "B1", "3 years", "bachelor’s degree"."""
    if ask.kind is RequirementKind.LANGUAGE:
        return str(ask.cefr)
    if ask.kind is RequirementKind.EDUCATION and ask.education is not None:
        parts = [words.education(ask.education)]
    else:
        parts = [f"level {ask.level}"] if ask.level else []
    parts += [words.years(ask.years)] if ask.years else []
    return " and ".join(parts)
