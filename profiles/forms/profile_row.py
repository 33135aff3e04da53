"""What the forms of rows share: a profile's row in fields, and a term of the taxonomy, typed."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError

from cscareers.core.forms import OnceForm
from profiles.enums import SkillKind
from profiles.forms.profile_sections import take_errors
from profiles.labels import label
from profiles.models import CandidateProfile, ProfileRow, Skill
from profiles.periods import is_before, write_date
from profiles.taxonomy.lookup import find_skill, suggest_skills

MAX_TERM: Final = 120
_OFFERED: Final = 6
_OFFERED_ELSEWHERE: Final = 3
_ENDS_FIRST: Final = "This ends before it begins."


class RowForm(OnceForm):
    """A row of `profile`: a new one, or `row` changed. Fields stand under the columns' names."""

    model: ClassVar[type[ProfileRow]]
    columns: ClassVar[tuple[str, ...]]
    hinted: ClassVar[tuple[str, ...]] = ()

    def __init__(
        self,
        data: Any = None,
        *,
        profile: CandidateProfile,
        today: date,
        row: ProfileRow | None = None,
        hints: Mapping[str, str] | None = None,
    ) -> None:
        """`hints`: what a link to an empty form says beforehand, of the fields in `hinted`."""
        said = {name: text for name, text in (hints or {}).items() if name in self.hinted}
        super().__init__(data, initial=self.written(row) if row else said)
        self.profile, self.row, self.today = profile, row, today

    def written(self, row: Any) -> dict[str, Any]:
        """What stands in each field of a row that is there."""
        dates = row.dates
        found = {name: getattr(row, name) for name in self.columns}
        return {n: write_date(value) if n in dates else value for n, value in found.items()}

    def filled(self) -> ProfileRow:
        """The row as this valid form says it, not yet saved."""
        row = self.row or self.model()
        for name, value in self.values().items():
            setattr(row, name, value)
        return row

    def values(self) -> dict[str, Any]:
        """The columns as this valid form answers them."""
        return {name: self.cleaned_data[name] for name in self.columns}

    def take(self, error: ValidationError) -> None:
        """Say what the row's own rules refused, at the field where there is one."""
        take_errors(self, error)

    def is_there(self, **same: Any) -> bool:
        """True when another row of the profile says the same."""
        if self.profile._state.adding:
            return False
        others = self.model._default_manager.filter(profile=self.profile, **same)
        return others.exclude(pk=self.row.pk if self.row else None).exists()

    def check_period(self, started: str = "started", ended: str = "ended") -> None:
        """An end before the beginning is an error at the end."""
        begins, ends = self.cleaned_data.get(started), self.cleaned_data.get(ended)
        if begins and ends and is_before(ends, begins):
            self.add_error(ended, _ENDS_FIRST)


class TermForm(RowForm):
    """A form in which somebody types a term of the taxonomy. The term that the words stand for is
    `cleaned_data["skill"]`; words that no term has bring terms to choose from."""

    hinted = ("term",)
    kinds: ClassVar[tuple[SkillKind, ...]] = (SkillKind.SKILL, SkillKind.TOOL)
    """Those that may be named here; the first is the usual one."""
    elsewhere: ClassVar[str] = "Certificates have a page of their own: “Education and certificates”"
    term = forms.CharField(
        max_length=MAX_TERM,
        widget=forms.TextInput(attrs={"list": "terms", "autocomplete": "off"}),
    )
    choice = forms.CharField(
        label="Which one do you mean?",
        max_length=MAX_TERM,
        required=False,
        widget=forms.HiddenInput,
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        typed["skill"] = None
        if typed.get("term"):
            typed["skill"] = self.read_term(typed["term"], typed.get("choice", ""))
        return typed

    def read_term(self, term: str, choice: str) -> Skill | None:
        """The term that `term` names, or the chosen one of those that were offered for it."""
        standing = getattr(self.row, "skill", None)
        if isinstance(standing, Skill) and standing.name == term:
            return standing  # also when it was merged meanwhile: the match knows where it leads
        for kind in self.kinds:
            if found := find_skill(term, kind):
                return found
        if foreign := find_skill(term):
            self.add_error(
                "term",
                f"“{foreign.name}” is a {label(SkillKind(foreign.kind)).lower()}."
                f" {self.elsewhere}.",
            )
            return None
        offered = self.offered(term)
        for skill in offered:
            if choice and skill.slug == choice:
                return skill
        self.offer(term, offered)
        return None

    def offered(self, term: str) -> list[Skill]:
        """Terms that `term` may mean, those of the usual kind first."""
        found = []
        for number, kind in enumerate(self.kinds):
            most = _OFFERED_ELSEWHERE if number else _OFFERED
            found += [one.skill for one in suggest_skills(term, kind, limit=most)]
        return found

    def offer(self, term: str, offered: list[Skill]) -> None:
        """Say that `term` is not known, with what it may mean to choose from."""
        words = f"We don’t know “{term}”."
        if not offered:
            self.add_error("term", f"{words} Try another name for it.")
            return
        self.fields["choice"].widget = forms.RadioSelect(
            choices=[(skill.slug, skill.name) for skill in offered]
        )
        self.add_error("choice", f"{words} Choose one of these, or write another name above.")
