"""Lists of rows on one page that grow, shrink and move without JavaScript.

A list is a row form, repeated under `<name>-0-…`, `<name>-1-…` with a hidden `<name>-count`. The
buttons `add`, `remove`, `up` and `down` send the page as typed; it comes back with the row moved
and not a word lost. A list may have buttons of its own that change a row in the same way.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final

from django import forms
from django.forms.utils import ErrorDict

Typed = dict[str, Any]
VERBS: Final = ("add", "remove", "up", "down")
Change = Callable[[list[Typed], int], list[Typed]]
"""Rows as typed and the index of one → the rows with it changed."""
_ROW: Final = re.compile(r"([a-z]+)-([0-9]{1,3})")
_LIST: Final = re.compile(r"([a-z]+)(?::([a-z]+))?")


class RowForm(forms.Form):
    """One row. Left empty in all of `blank_when`, it counts as not there."""

    blank_when: ClassVar[tuple[str, ...]] = ()
    use_required_attribute = False

    @property
    def is_blank(self) -> bool:
        """True when nothing that matters was typed."""
        return all(
            not str(self[name].value() or "").strip()
            for name in self.blank_when
            if name in self.fields
        )

    def full_clean(self) -> None:
        if self.is_bound and self.is_blank:
            self._errors = ErrorDict()
            self.cleaned_data: dict[str, Any] = {}
            return
        super().full_clean()


@dataclass(frozen=True, slots=True)
class RowList:
    """A list called `name` of at most `most` rows; `shown` empty ones stand there to begin with.

    `key` is the field that an error of the whole list is said at.
    """

    name: str
    form: type[RowForm]
    most: int
    shown: int = 0
    key: str = ""
    changes: Mapping[str, Change] = field(default_factory=dict)
    """What buttons of this list alone do, by their names."""

    def bound(self, data: Mapping[str, Any]) -> list[RowForm]:
        """The rows as sent."""
        return [self.form(data, prefix=f"{self.name}-{index}") for index in range(self.count(data))]

    def unbound(self, rows: Sequence[Typed]) -> list[RowForm]:
        """The rows to fill in, with what is there already."""
        padded = [*rows, *({} for _ in range(self.shown - len(rows)))]
        return [
            self.form(initial=row, prefix=f"{self.name}-{index}")
            for index, row in enumerate(padded)
        ]

    def count(self, data: Mapping[str, Any]) -> int:
        """How many rows were sent; never more than the list can hold."""
        text = str(data.get(f"{self.name}-count") or "")
        return min(int(text), self.most) if re.fullmatch(r"[0-9]{1,4}", text) else 0

    def typed(self, data: Mapping[str, Any]) -> list[Typed]:
        """What was typed into each row, unjudged."""
        return [
            typed_into(self.form, data, prefix=f"{self.name}-{index}")
            for index in range(self.count(data))
        ]


def typed_into(form: type[forms.Form], data: Mapping[str, Any], prefix: str = "") -> Typed:
    """What was typed into each field of `form`, unjudged."""
    return {
        name: field.widget.value_from_datadict(data, {}, f"{prefix}-{name}" if prefix else name)
        for name, field in form.base_fields.items()
    }


@dataclass(frozen=True, slots=True)
class RowMove:
    """One press of a button: `verb` on the list `name`, at row `index` or adding a `kind`."""

    verb: str
    name: str
    index: int = 0
    kind: str = ""

    def carry_out(self, rows: list[Typed], part: RowList) -> list[Typed]:
        """The rows after the move; a move that leads nowhere changes nothing."""
        rows = list(rows)
        if self.verb == "add":
            new = {"kind": self.kind} if self.kind else {}
            return [*rows, new] if len(rows) < part.most else rows
        if self.index >= len(rows):
            return rows
        if self.verb in part.changes:
            return part.changes[self.verb](rows, self.index)
        row = rows.pop(self.index)
        if self.verb == "up":
            rows.insert(max(self.index - 1, 0), row)
        elif self.verb == "down":
            rows.insert(self.index + 1, row)
        return rows


def row_move(data: Mapping[str, Any], parts: Sequence[RowList] = ()) -> RowMove | None:
    """The move that a button asked for, one of all lists or of these alone; None when the page was
    sent to be saved."""
    verbs = [*VERBS, *(verb for part in parts for verb in part.changes)]
    verb = next((verb for verb in verbs if verb in data), None)
    if verb is None:
        return None
    pattern = _LIST if verb == "add" else _ROW
    found = pattern.fullmatch(str(data.get(verb)))
    if found is None:
        return RowMove("", "")
    if verb == "add":
        return RowMove(verb, found[1], kind=found[2] or "")
    return RowMove(verb, found[1], int(found[2]))
