"""A page of the wizard: a form and its lists of rows, from a content and back into one."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django import forms
from django.forms import BoundField

from postings.completeness import Problem
from postings.content import PostingContent
from postings.forms.rows import RowForm, RowList, RowMove, Typed, typed_into
from postings.reading import Names
from postings.wording.hints import Text
from profiles.enums import SkillKind

Propose = Callable[[str, SkillKind], str]
"""Makes a new term of the taxonomy and answers its slug."""


@dataclass(frozen=True, slots=True)
class TextField:
    """A text of the content and the control that it is typed into: the field `control` of the
    form, or of each row of the list `rows`."""

    field: str
    control: str
    rows: str = ""

    def name(self, row: int | None) -> str:
        """The control's name in the HTML."""
        return f"{self.rows}-{row or 0}-{self.control}" if self.rows else self.control

    def typed_at(self, name: str) -> bool:
        """Whether a control of this name holds such a text."""
        if not self.rows:
            return name == self.control
        rows, _, rest = name.partition("-")
        row, _, control = rest.partition("-")
        small = row.isascii() and row.isdigit() and len(row) <= 3
        return (rows, control) == (self.rows, self.control) and small


class StepPage:
    """`fields` are those of `PostingContent` that the page answers, and `main` and `lists` what it
    asks. Shape only: what is missing is a matter for `postings.completeness`."""

    fields: ClassVar[tuple[str, ...]] = ()
    main: ClassVar[type[forms.Form]] = forms.Form
    lists: ClassVar[tuple[RowList, ...]] = ()
    list_of: ClassVar[Mapping[str, str]] = {}
    """Content field → the list that holds it, where the names differ."""
    texts: ClassVar[tuple[TextField, ...]] = ()
    """What people write in words here, for the lint."""

    def __init__(self, form: forms.Form, rows: Mapping[str, list[RowForm]]) -> None:
        self.form = form
        self.rows = rows

    # ---- making one ----

    @classmethod
    def of(cls, content: PostingContent, names: Names) -> Self:
        """The page with what `content` says."""
        typed = cls.written(content, names)
        rows = {part.name: part.unbound(typed.pop(part.name, [])) for part in cls.lists}
        return cls(cls.main(initial=typed), rows)

    @classmethod
    def sent(cls, data: Mapping[str, Any]) -> Self:
        """The page as sent, to be judged."""
        return cls(cls.main(data), {part.name: part.bound(data) for part in cls.lists})

    @classmethod
    def moved(cls, data: Mapping[str, Any], move: RowMove) -> Self:
        """The page as typed, after a row was added, removed or moved; nothing is judged."""
        rows = {}
        for part in cls.lists:
            typed = part.typed(data)
            if part.name == move.name:
                typed = move.carry_out(typed, part)
            rows[part.name] = part.unbound(typed)
        return cls(cls.main(initial=typed_into(cls.main, data)), rows)

    # ---- content ⇄ page: each page says how ----

    @classmethod
    def written(cls, content: PostingContent, names: Names) -> Typed:
        """What stands in each field and list when `content` is opened."""
        raise NotImplementedError

    def answers(self, content: PostingContent, propose: Propose) -> dict[str, Any]:
        """The content's fields as this valid page answers them."""
        raise NotImplementedError

    # ---- using it ----

    def apply(self, content: PostingContent, propose: Propose) -> PostingContent:
        """`content` with this page's answers; what an importer guessed here is confirmed by it."""
        guessed = tuple(name for name in content.guessed if name not in self.fields)
        return content.with_(**self.answers(content, propose), guessed=guessed)

    def dropped(self) -> str:
        """Words about something that was typed into this valid page and that another answer on it
        left out; empty when all of it counts."""
        return ""

    def is_valid(self) -> bool:
        """True when every field can be read; all of them are judged, so that all errors show."""
        return all([self.form.is_valid(), *(row.is_valid() for row in self._all_rows())])

    def show(self, problems: Iterable[Problem]) -> None:
        """Say what is missing at the fields of this page."""
        for problem in problems:
            if problem.field in self.form.fields:
                self.form.add_error(problem.field, problem.message)
                continue
            part = self._list(problem.field)
            key = self._key(problem, part)
            rows = self.rows[part.name] if part else []
            if part and problem.row is not None:
                rows = self.filled(part.name)[problem.row :]
            if rows and key in rows[0].fields:
                rows[0].add_error(key, problem.message)
            else:
                self.form.add_error(None, problem.message)

    def flag(self, words: Mapping[str, str]) -> None:
        """Say something at fields of the content: at the control, or at each row of a list."""
        for field, text in words.items():
            if field in self.form.fields:
                self.form.fields[field].flag = text  # type: ignore[attr-defined]
            elif field in self.fields and (part := self._list(field)) and part.key:
                for row in self.rows[part.name]:
                    if part.key in row.fields and not row.is_blank:
                        row.fields[part.key].flag = text  # type: ignore[attr-defined]

    def cite(self, words: Mapping[str, str]) -> None:
        """Show at marked fields of the content the words of the ad that they were read from; of a
        list once, at its first row."""
        for field, text in words.items():
            if field in self.form.fields:
                self.form.fields[field].said = text  # type: ignore[attr-defined]
            elif field in self.fields and (part := self._list(field)) and part.key:
                rows = [row for row in self.rows[part.name] if part.key in row.fields]
                for row in rows[:1]:
                    row.fields[part.key].said = text  # type: ignore[attr-defined]

    def written_texts(self) -> Iterator[tuple[BoundField, Text]]:
        """Each control that words are typed into, with what stands in it."""
        for text in self.texts:
            holders: list[forms.Form] = [*self.rows[text.rows]] if text.rows else [self.form]
            for holder in holders:
                if text.control in holder.fields:
                    bound = holder[text.control]
                    yield bound, Text(text.field, str(bound.value() or ""))

    @classmethod
    def text_at(cls, name: str) -> TextField | None:
        """The text that a control of this name holds."""
        return next((text for text in cls.texts if text.typed_at(name)), None)

    def forms(self) -> list[forms.Form]:
        """All forms of the page in order: for the summary of errors."""
        return [self.form, *self._all_rows()]

    def filled(self, name: str) -> list[RowForm]:
        """The rows of a list that say something."""
        return [row for row in self.rows[name] if row.cleaned_data]

    def _key(self, problem: Problem, part: RowList | None) -> str:
        """The field of a row that an error is said at."""
        if problem.row is not None:
            return next((t.control for t in self.texts if t.field == problem.field), "")
        return part.key if part else ""

    def _all_rows(self) -> list[RowForm]:
        return [row for part in self.lists for row in self.rows[part.name]]

    def _list(self, field: str) -> RowList | None:
        name = self.list_of.get(field, field)
        return next((part for part in self.lists if part.name == name), None)
