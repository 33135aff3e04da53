"""The step "What you ask for": a row for each requirement."""

from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any, ClassVar, Final

from django import forms

from cscareers.core.form_fields import language_choices, whole_number
from cscareers.core.languages import language_name
from postings.audience.lines import LESS, NICE, EffectLine
from postings.content import PostingContent, RequirementRow
from postings.enums import Cefr, EducationLevel, Importance, RequirementKind
from postings.forms.asked import Asked, asked_by, less
from postings.forms.fields import one_of
from postings.forms.page import Propose, StepPage, TextField
from postings.forms.rows import RowForm, RowList, Typed
from postings.labels import SKILL_LEVELS, label
from postings.reading import Names
from profiles.enums import SkillKind, SkillStatus
from profiles.models import Skill
from profiles.taxonomy.lookup import find_skill, suggest_skills
from profiles.taxonomy.normalize import normalize

MAX_REQUIREMENTS: Final = 30
GROUPS: Final = "abcdef"
PROPOSE: Final = "propose"
MAX_TERM: Final = 120
_ALWAYS: Final = ("id", "kind", "importance", "any_of")
_OF_KIND: Final[Mapping[str, tuple[str, ...]]] = {
    RequirementKind.SKILL: ("term", "choice", "min_level", "min_years"),
    RequirementKind.TOOL: ("term", "choice", "min_level", "min_years"),
    RequirementKind.CERTIFICATE: ("term", "choice"),
    RequirementKind.LANGUAGE: ("language", "min_cefr"),
    RequirementKind.EDUCATION: ("education", "min_years"),
    RequirementKind.EXPERIENCE: ("name", "min_years"),
}
_NAMED: Final = ("term", "language", "education", "name")
_AMOUNTS: Final = ("min_level", "min_cefr", "min_years", "any_of")
TAXONOMY_KINDS: Final = (
    RequirementKind.SKILL,
    RequirementKind.TOOL,
    RequirementKind.CERTIFICATE,
)


class RequirementRowForm(RowForm):
    """One requirement; its kind was chosen with the button that added it."""

    blank_when: ClassVar[tuple[str, ...]] = _NAMED
    said: str = ""
    """The words of the ad that the row was guessed from."""
    effect: EffectLine | None = None
    """Whom it removes, as a must-have."""
    id = forms.RegexField("^[a-z0-9]{1,8}$", required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        choices=[(kind.value, label(kind)) for kind in RequirementKind], widget=forms.HiddenInput
    )
    term = forms.CharField(
        max_length=MAX_TERM,
        required=False,
        widget=forms.TextInput(attrs={"list": "terms", "autocomplete": "off"}),
    )
    choice = forms.CharField(
        label="Which term do you mean?",
        max_length=120,
        required=False,
        widget=forms.HiddenInput,
    )
    name = forms.CharField(
        label="Experience in",
        max_length=160,
        required=False,
        help_text="Such as: leading a team in a contact centre.",
    )
    language = forms.ChoiceField(
        label="Language", choices=lambda: [("", "Choose"), *language_choices()], required=False
    )
    education = one_of(EducationLevel, label="Education")
    min_level = forms.TypedChoiceField(
        label="Level",
        choices=[("", "Any"), *((str(n), words) for n, words in SKILL_LEVELS.items())],
        coerce=int,
        empty_value=None,
        required=False,
    )
    min_cefr = one_of(Cefr, label="Level")
    min_years = whole_number(most=50, words="This is not a number of years.", label="Years")
    importance = one_of(Importance, radio=True, label="Weight")
    any_of = forms.ChoiceField(
        label="Alternatives",
        choices=[("", "None"), *((letter, f"Group {letter.upper()}") for letter in GROUPS)],
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row_kind = self._kind()
        for name in [n for n in self.fields if n not in (*_ALWAYS, *_OF_KIND[self.row_kind])]:
            del self.fields[name]
        if "term" in self.fields:
            self.fields["term"].label = label(self.row_kind)
        self.initial = {"kind": self.row_kind, "importance": Importance.MUST, **self.initial}

    def _kind(self) -> RequirementKind:
        value = str(self["kind"].value() or "")
        known = value in set(RequirementKind)
        return RequirementKind(value) if known else RequirementKind.SKILL

    @property
    def title(self) -> str:
        """What the row is called on the page: "Coaching", "Spanish"; its kind while it is empty."""
        value = next((str(self[name].value() or "") for name in _NAMED if name in self.fields), "")
        if self.row_kind is RequirementKind.LANGUAGE and value:
            value = language_name(value)
        elif value in set(EducationLevel):
            value = label(EducationLevel(value))
        return value or f"New: {label(self.row_kind).lower()}"

    @property
    def about(self) -> str:
        """Its term's slug, its language's code, else its kind: as `skill_rows.key_of` says it."""
        of_kind = {"choice", "language"} & self.fields.keys()
        return str(self[of_kind.pop()].value() or "") if of_kind else str(self.row_kind)

    @property
    def detail(self) -> str:
        """Kind and how much is asked, in words: "Skill, level 3, 2 years"."""
        asked = {name: str(self[name].value() or "") for name in _AMOUNTS if name in self.fields}
        parts = [label(self.row_kind)]
        parts += [f"level {asked['min_level']}"] if asked.get("min_level") else []
        parts += [asked["min_cefr"]] if asked.get("min_cefr") else []
        if years := asked.get("min_years"):
            parts.append(f"{years} {'year' if years == '1' else 'years'}")
        parts += [f"group {asked['any_of'].upper()}"] if asked["any_of"] else []
        return ", ".join(parts)

    @property
    def unfolded(self) -> bool:
        """True when the row has to be seen in full: it is new, or something is wrong."""
        return self.is_blank or (self.is_bound and bool(self.errors))

    def clean_importance(self) -> Importance:
        return self.cleaned_data["importance"] or Importance.MUST

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if self.row_kind in TAXONOMY_KINDS and typed.get("term"):
            typed["skill"] = self._skill(typed["term"], typed.get("choice", ""))
        if self.row_kind is RequirementKind.EXPERIENCE and typed.get("min_years", 0) is None:
            self.add_error("min_years", "Say how many years.")
        return typed

    def _skill(self, term: str, choice: str) -> str | None:
        """The slug that the term stands for; None when it is to be proposed, or is unclear."""
        kind = SkillKind(self.row_kind.value)
        if choice and choice != PROPOSE:
            chosen = Skill.objects.filter(slug=choice, kind=kind).first()
            if chosen and self._fits(chosen, term):
                return chosen.slug
        if found := find_skill(term, kind):
            return found.slug
        if choice == PROPOSE:
            self._check_proposal(term, kind)
            return None
        offered = [s.skill for s in suggest_skills(term, kind, limit=6)]
        self.fields["choice"].widget = forms.RadioSelect(
            choices=[
                *((skill.slug, skill.name) for skill in offered),
                (PROPOSE, f"None of these: propose “{term}” as a new term"),
            ]
        )
        self.add_error("choice", f"We don’t know “{term}” yet. Choose a term or propose yours.")
        return None

    def _check_proposal(self, term: str, kind: SkillKind) -> None:
        normalized = normalize(term)
        if not normalized:
            self.add_error("term", "Write the name in letters.")
        elif Skill.objects.filter(
            normalized=normalized, kind=kind, status=SkillStatus.REJECTED
        ).exists():
            self.add_error("term", f"We don’t take “{term}” as a term. Choose another one.")

    def _fits(self, chosen: Skill, term: str) -> bool:
        """A chosen term stands while its words stand; an offered one was chosen for these."""
        if chosen.status == SkillStatus.REJECTED:
            return False
        offered = {s.skill.pk for s in suggest_skills(term, SkillKind(chosen.kind), limit=6)}
        return chosen.name == term or chosen.pk in offered


def _nice(rows: list[Typed], index: int) -> list[Typed]:
    """The row as a nice-to-have, with all its alternatives: a group is a must if one of them is."""
    group = rows[index].get("any_of")
    return [
        {**row, "importance": Importance.NICE}
        if place == index or (group and row.get("any_of") == group)
        else row
        for place, row in enumerate(rows)
    ]


def _less(rows: list[Typed], index: int) -> list[Typed]:
    """The row with a step less asked: a level, else a year."""
    changed = {**rows[index], **less(RequirementRowForm(initial=rows[index]))}
    return [*rows[:index], changed, *rows[index + 1 :]]


class RequirementsPage(StepPage):
    fields = ("requirements",)
    texts = (TextField("requirements", "name", "requirements"),)
    lists = (
        RowList(
            "requirements",
            RequirementRowForm,
            most=MAX_REQUIREMENTS,
            key="importance",
            changes={NICE: _nice, LESS: _less},
        ),
    )

    @classmethod
    def written(cls, content: PostingContent, names: Names) -> Typed:
        return {"requirements": [_written(row, names) for row in content.requirements]}

    def quote(self, words: Mapping[str, str]) -> None:
        """Show at each row which words it was guessed from. `words`: by term, language or kind."""
        for row in self.rows["requirements"]:
            if isinstance(row, RequirementRowForm):
                row.said = words.get(row.about, "")

    def asked(self, names: Names) -> Asked:
        """What the rows ask as they stand there, right or wrong."""
        return asked_by(self.rows["requirements"], names)

    def draw(self, lines: Mapping[str, EffectLine]) -> None:
        """Show at each row, by its prefix, whom it removes."""
        for row in self.rows["requirements"]:
            if isinstance(row, RequirementRowForm):
                row.effect = lines.get(str(row.prefix))

    def answers(self, content: PostingContent, propose: Propose) -> dict[str, Any]:
        filled = [form.cleaned_data for form in self.filled("requirements")]
        ids = _row_ids([typed["id"] for typed in filled])
        pairs = zip(ids, filled, strict=True)
        return {"requirements": tuple(_row(row_id, typed, propose) for row_id, typed in pairs)}


def _written(row: RequirementRow, names: Names) -> Typed:
    return {
        "id": row.id,
        "kind": row.kind,
        "term": names.requirement(row) if row.skill else "",
        "choice": names.slug(row),
        "name": row.name,
        "language": row.language or "",
        "education": row.education,
        "min_level": row.min_level,
        "min_cefr": row.min_cefr,
        "min_years": row.min_years,
        "importance": row.importance,
        "any_of": row.any_of or "",
    }


def _row(row_id: str, typed: dict[str, Any], propose: Propose) -> RequirementRow:
    kind = RequirementKind(typed["kind"])
    skill = typed.get("skill")
    if kind in TAXONOMY_KINDS and skill is None:
        skill = propose(typed["term"], SkillKind(kind.value))
    return RequirementRow(
        id=row_id,
        kind=kind,
        importance=typed["importance"],
        name=typed.get("name", ""),
        skill=skill,
        language=typed.get("language") or None,
        min_cefr=typed.get("min_cefr"),
        education=typed.get("education"),
        min_level=typed.get("min_level"),
        min_years=typed.get("min_years"),
        any_of=typed["any_of"] or None,
    )


def _row_ids(wanted: Sequence[str]) -> list[str]:
    """An id for each row: its own where it has one, else the first free "r…"."""
    free = (f"r{number}" for number in count(1) if f"r{number}" not in wanted)
    kept: list[str] = []
    for row_id in wanted:
        kept.append(row_id if row_id and row_id not in kept else next(free))
    return kept
