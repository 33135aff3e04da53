"""A page of the wizard: a form and its lists of rows, from a content and back into one."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar, Self

from django import forms

from postings.completeness import Problem
from postings.content import PostingContent
from postings.forms.rows import RowForm, RowList, RowMove, Typed, typed_into
from postings.reading import Names
from profiles.enums import SkillKind

Propose = Callable[[str, SkillKind], str]
"""Makes a new term of the taxonomy and answers its slug."""


class StepPage:
    """`fields` are those of `PostingContent` that the page answers, and `main` and `lists` what it
    asks. Shape only: what is missing is a matter for `postings.completeness`."""

    fields: ClassVar[tuple[str, ...]] = ()
    main: ClassVar[type[forms.Form]] = forms.Form
    lists: ClassVar[tuple[RowList, ...]] = ()
    list_of: ClassVar[Mapping[str, str]] = {}
    """Content field → the list that holds it, where the names differ."""

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
                typed = move.carry_out(typed, part.most)
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
            rows = self.rows[part.name] if part else []
            if part and rows and part.key in rows[0].fields:
                rows[0].add_error(part.key, problem.message)
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

    def forms(self) -> list[forms.Form]:
        """All forms of the page in order: for the summary of errors."""
        return [self.form, *self._all_rows()]

    def filled(self, name: str) -> list[RowForm]:
        """The rows of a list that say something."""
        return [row for row in self.rows[name] if row.cleaned_data]

    def _all_rows(self) -> list[RowForm]:
        return [row for part in self.lists for row in self.rows[part.name]]

    def _list(self, field: str) -> RowList | None:
        name = self.list_of.get(field, field)
        return next((part for part in self.lists if part.name == name), None)
