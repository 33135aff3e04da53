"""One form for each kind of row in a profile."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from cscareers.core.form_fields import language_choices, whole_number
from cscareers.core.languages import language_name
from cscareers.core.models import City
from cscareers.core.nearby import city_words, find_place
from profiles.enums import Cefr, EducationLevel, Kpi, Level, SkillKind, WorkKind
from profiles.forms.profile_fields import (
    DateTextField,
    LinesField,
    NumberField,
    one_of,
    refuse_future,
)
from profiles.forms.profile_row import RowForm, TermForm
from profiles.labels import OWN_LEVELS, choices
from profiles.models import (
    CandidateCertificate,
    CandidateLanguage,
    CandidatePlace,
    CandidateSkill,
    Education,
    Evidence,
    Experience,
    Skill,
)
from profiles.models.candidate import MOST_RADIUS_KM
from profiles.models.history import MOST_YEARS
from profiles.periods import last_day, write_date
from profiles.profile_rows import number
from profiles.taxonomy.lookup import find_skill

_PERIOD_HINT: Final = "Like 2019 or Apr 2019."
_FIGURE: Final = "Enter a number like 78 or 4.5."
_KEPT_BY_NAME: Final = "by-name"


class SkillForm(TermForm):
    """A skill or a tool; which of the two it is, the term says."""

    model = CandidateSkill
    columns = ("level", "years", "last_used")
    level = forms.TypedChoiceField(
        label="Your level",
        choices=list(OWN_LEVELS.items()),
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": "Choose a level from 0 to 4."},
    )
    years = NumberField(
        f"Enter a number of years from 0 to {MOST_YEARS}, like 4 or 2.5.",
        label="Years",
        max_digits=3,
        decimal_places=1,
        min_value=0,
        max_value=MOST_YEARS,
    )
    last_used = DateTextField(label="Last used", help_text="Like 2024 or Oct 2026.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        noun = "tool" if self.kinds[0] is SkillKind.TOOL else "skill"
        self.fields["term"].label = noun.capitalize()
        self.fields["term"].error_messages["required"] = f"Name the {noun}."

    def written(self, row: Any) -> dict[str, Any]:
        return {**super().written(row), "term": row.skill.name, "years": number(row.years)}

    def clean_last_used(self) -> str:
        used: str = self.cleaned_data["last_used"]
        refuse_future(used, "This lies ahead. When did you last use it?", today=self.today)
        return used

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        skill = typed.get("skill")
        if skill and self.is_there(skill=skill):
            self.add_error("term", f"“{skill.name}” is in your profile already.")
        return typed

    def values(self) -> dict[str, Any]:
        return {**super().values(), "skill": self.cleaned_data["skill"]}


class ToolForm(SkillForm):
    kinds = (SkillKind.TOOL, SkillKind.SKILL)


class ExperienceForm(RowForm):
    model = Experience
    columns = (
        *("kind", "position", "employer_name", "level", "location", "started", "ended"),
        *("summary", "highlights", "url"),
    )
    position = forms.CharField(
        label="Position",
        max_length=160,
        error_messages={"required": "Say what your position was."},
    )
    employer_name = forms.CharField(label="Employer", max_length=160, required=False)
    kind = forms.ChoiceField(
        label="What was it?",
        choices=choices(WorkKind),
        initial=WorkKind.JOB.value,
        widget=forms.RadioSelect,
        help_text="Only jobs count as years of experience.",
    )
    level = one_of(Level, label="Level")
    started = DateTextField(label="From", help_text=_PERIOD_HINT)
    ended = DateTextField(label="Until", help_text="Empty when you still work there.")
    location = forms.CharField(label="Where", max_length=160, required=False)
    summary = forms.CharField(
        label="What you did",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    highlights = LinesField(
        label="What came of it",
        most=50,
        longest=500,
        help_text="One line for each, if you like.",
    )
    url = forms.URLField(
        label="Website of the employer", max_length=200, required=False, assume_scheme="https",
        error_messages={"invalid": "Enter an address like example.com."},
    )  # fmt: skip

    def written(self, row: Any) -> dict[str, Any]:
        return {**super().written(row), "highlights": "\n".join(row.highlights)}

    def clean(self) -> dict[str, Any]:
        self.check_period()
        return self.cleaned_data


class EvidenceForm(TermForm):
    model = Evidence
    columns = (
        *("what", "where", "team_size", "started", "ended"),
        *("kpi", "before", "after", "unit", "how"),
    )
    what = forms.CharField(
        label="What you achieved",
        max_length=160,
        help_text="Like: fewer escalations, a new shift plan.",
        error_messages={"required": "Say what you did."},
    )
    where = forms.CharField(label="Where", max_length=160, required=False)
    team_size = whole_number(
        most=100_000, words="This is not a number of people.", label="Size of the team"
    )
    started = DateTextField(label="From", help_text=_PERIOD_HINT)
    ended = DateTextField(label="Until", help_text="Empty when it goes on.")
    kpi = one_of(Kpi, label="Measure", empty="No figures")
    before = NumberField(_FIGURE, label="Before", max_digits=12, decimal_places=2)
    after = NumberField(_FIGURE, label="After", max_digits=12, decimal_places=2)
    unit = forms.CharField(label="Unit", max_length=20, required=False, help_text="Like % or min.")
    how = forms.CharField(
        label="How you did it",
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Leave out names of people.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["term"].label = "Skill or tool that it shows"
        self.fields["term"].required = False

    def written(self, row: Any) -> dict[str, Any]:
        figures = {name: number(getattr(row, name)) for name in ("before", "after")}
        return {**super().written(row), **figures, "term": row.skill.name if row.skill else ""}

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        self.check_period()
        if not typed.get("kpi", "-") and (
            typed.get("before") is not None or typed.get("after") is not None
        ):
            self.add_error("kpi", "Choose what the figures measure.")
        return typed

    def values(self) -> dict[str, Any]:
        return {**super().values(), "skill": self.cleaned_data["skill"]}


class LanguageForm(RowForm):
    model = CandidateLanguage
    columns = ("code", "cefr")
    hinted = ("code",)
    code = forms.ChoiceField(
        label="Language",
        choices=lambda: [("", "Choose"), *language_choices()],
        error_messages={"required": "Choose a language."},
    )
    cefr = one_of(Cefr, radio=True, label="Your level")

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if self.is_there(code=code):
            raise ValidationError(f"{language_name(code)} is in your profile already.")
        return code


class EducationForm(RowForm):
    model = Education
    columns = ("level", "study_type", "area", "institution", "started", "ended")
    level = one_of(EducationLevel, label="Level")
    study_type = forms.CharField(
        label="Name of the degree", max_length=120, required=False, help_text="Like: BA, diploma."
    )
    area = forms.CharField(label="Subject", max_length=120, required=False)
    institution = forms.CharField(label="School or university", max_length=160, required=False)
    started = DateTextField(label="From", help_text=_PERIOD_HINT)
    ended = DateTextField(
        label="Until", help_text="When you finished or will finish. What is not over counts later."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["level"]
        field.choices = [
            (code, "No school leaving certificate" if code == EducationLevel.NONE else words)
            for code, words in field.choices
        ]

    def clean(self) -> dict[str, Any]:
        self.check_period()
        said = ("level", "study_type", "area", "institution")
        if not self.errors and not any(self.cleaned_data[name] for name in said):
            self.add_error("level", "Choose a level, or say what you learnt or where.")
        return self.cleaned_data


class CertificateForm(TermForm):
    """A certificate of the taxonomy, or by name alone when somebody says so."""

    model = CandidateCertificate
    columns = ("issuer", "issued", "url")
    kinds = (SkillKind.CERTIFICATE,)
    elsewhere = "It has its place under “Skills” or “Tools”"
    issuer = forms.CharField(label="Issued by", max_length=120, required=False)
    issued = DateTextField(label="Issued", help_text=_PERIOD_HINT)
    expires = DateTextField(
        label="Valid until", help_text="A month means its last day. Empty when it does not end."
    )
    url = forms.URLField(
        label="Where it can be checked", max_length=200, required=False, assume_scheme="https",
        error_messages={"invalid": "Enter an address like example.com/certificate."},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["term"].label = "Certificate"
        self.fields["term"].error_messages["required"] = "Name the certificate."

    def written(self, row: Any) -> dict[str, Any]:
        return {
            **super().written(row),
            "term": row.skill.name if row.skill else row.name,
            "choice": "" if row.skill else _KEPT_BY_NAME,
            "expires": write_date(row.expires.isoformat()) if row.expires else "",
        }

    def clean_issued(self) -> str:
        issued: str = self.cleaned_data["issued"]
        refuse_future(issued, "This lies ahead. When was it issued?", today=self.today)
        return issued

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        self.check_period("issued", "expires")
        skill = typed["skill"]
        if skill and self.is_there(skill=skill):
            self.add_error("term", f"“{skill.name}” is in your profile already.")
        return typed

    def read_term(self, term: str, choice: str) -> Skill | None:
        if choice == _KEPT_BY_NAME:
            return find_skill(term, SkillKind.CERTIFICATE)
        return super().read_term(term, choice)

    def offer(self, term: str, offered: list[Skill]) -> None:
        self.fields["choice"].widget = forms.RadioSelect(
            choices=[
                *((skill.slug, skill.name) for skill in offered),
                (_KEPT_BY_NAME, f"None of these: keep “{term}” by its name"),
            ]
        )
        self.add_error(
            "choice",
            f"We don’t know “{term}”. Choose one, or keep the name; then no job is matched by it.",
        )

    def values(self) -> dict[str, Any]:
        skill = self.cleaned_data["skill"]
        expires = self.cleaned_data["expires"]
        return {
            **super().values(),
            "skill": skill,
            "name": "" if skill else self.cleaned_data["term"],
            "expires": last_day(expires) if expires else None,
        }


class PlaceForm(RowForm):
    """A city, typed, and how far around it."""

    model = CandidatePlace
    columns = ("radius_km",)
    text = forms.CharField(
        label="City",
        max_length=200,
        help_text="With its state or country where several have the name.",
        error_messages={"required": "Name the city."},
    )
    choice = forms.CharField(
        label="Which one do you mean?", max_length=10, required=False, widget=forms.HiddenInput
    )
    radius_km = whole_number(
        most=MOST_RADIUS_KM,
        words="This is not a distance.",
        label="Distance in km",
        help_text="How far around it you would work. 0 is the city itself.",
        initial=25,
    )

    def written(self, row: Any) -> dict[str, Any]:
        return {**super().written(row), "text": city_words(row.city)}

    def clean_radius_km(self) -> int:
        radius: int | None = self.cleaned_data["radius_km"]
        return 25 if radius is None else radius

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if typed.get("text"):
            typed["city"] = city = self._city(typed["text"], typed.get("choice", ""))
            if city and self.is_there(city=city):
                self.add_error("text", f"{city_words(city)} is in your profile already.")
        return typed

    def _city(self, text: str, choice: str) -> City | None:
        place = find_place(text)
        for city in place.others:
            if choice == str(city.pk):
                return city
        if place.city:
            return place.city
        if place.others:
            options = [(str(city.pk), city_words(city)) for city in place.others]
            self.fields["choice"].widget = forms.RadioSelect(choices=options)
            self.add_error("choice", f"“{text[:60]}” can be several places. Choose one.")
        else:
            self.add_error(
                "text",
                f"We don’t know “{text[:60]}”. Write a city and its country, like Dublin, Ireland.",
            )
        return None

    def values(self) -> dict[str, Any]:
        return {**super().values(), "city": self.cleaned_data["city"]}
