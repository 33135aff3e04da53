"""What applying asks: must-haves that the profile leaves open, the employer's questions, a note and
one file."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile

from cscareers.core.forms import OnceForm
from postings.enums import Cefr, EducationLevel, RequirementKind
from postings.hiring.engines.answers import Answer
from postings.hiring.engines.attachments import MESSAGES
from postings.hiring.models.draft import FILE_BYTES
from postings.matching.inputs import Ask
from profiles.cv.pdf import Refusal
from profiles.labels import OWN_LEVELS, choices

MAX_WHY: Final = 300
MAX_REPLY: Final = 1000
MAX_NOTE: Final = 2000
MOST_YEARS: Final = 60
NO: Final = "no"
OPEN: Final = ("", "I leave it open")


def _years(label: str) -> forms.DecimalField:
    words = f"Write the years as a number from 0 to {MOST_YEARS}, like 2 or 2.5."
    return forms.DecimalField(
        label=label,
        min_value=0,
        max_value=MOST_YEARS,
        max_digits=4,
        decimal_places=1,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value", "max_digits", "max_decimal_places",
             "max_whole_digits"), words,
        ),
    )  # fmt: skip


def _one_of(label: str, options: Iterable[tuple[Any, str]], *, radio: bool = False) -> Any:
    return forms.ChoiceField(
        label=label,
        choices=[OPEN, *options],
        required=False,
        widget=forms.RadioSelect if radio else forms.Select,
        error_messages={"invalid_choice": "Choose one of the answers."},
    )


class AskForm(forms.Form):
    """One must-have: what is asked of it follows from its kind. Left open, the profile stands.

    Years of work in all are one fact, however many rows ask for them: `asks_work` is true in the
    form that asks.
    """

    why = forms.CharField(
        label="In a few words",
        max_length=MAX_WHY,
        required=False,
        help_text=f"What comes close, or how you would get there. Up to {MAX_WHY} characters.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self,
        ask: Ask,
        data: Any = None,
        *,
        said: Mapping[str, Any] | None = None,
        asks_work: bool = True,
    ) -> None:
        self.ask, self.asks_work = ask, asks_work
        super().__init__(data, prefix=f"ask-{ask.id}", initial=_typed(Answer.from_json(said or {})))
        asked = {**self._own(), "why": self.fields["why"]}
        self.fields.clear()
        self.fields.update(asked)

    def _own(self) -> dict[str, forms.Field]:
        match self.ask.kind:
            case RequirementKind.SKILL | RequirementKind.TOOL:
                found = {"level": _one_of("How well do you know it?", OWN_LEVELS.items())}
                return found | ({"years": _years("For how many years?")} if self.ask.years else {})
            case RequirementKind.CERTIFICATE:
                yes_no = [("yes", "Yes, and it is valid"), (NO, "No")]
                return {"held": _one_of("Do you hold it?", yes_no, radio=True)}
            case RequirementKind.LANGUAGE:
                levels = [(NO, "I don’t speak it"), *choices(Cefr)]
                return {"cefr": _one_of("How well do you speak it?", levels)}
            case RequirementKind.EDUCATION:
                found = {"education": _one_of("Your highest level", choices(EducationLevel))}
                return {**found, **(self._work() if self.ask.years else {})}
            case RequirementKind.EXPERIENCE:
                return self._work()

    def _work(self) -> dict[str, forms.Field]:
        return {"years": _years("Years of work in all")} if self.asks_work else {}

    def answer(self) -> Answer | None:
        """What this valid form says; None where it is left open."""
        typed = self.cleaned_data
        years = typed.get("years")
        found = Answer(
            held=self._held(typed, years is not None),
            level=int(typed["level"]) or None if typed.get("level") else None,
            years=None if years is None else Fraction(years),
            cefr=Cefr(typed["cefr"]) if typed.get("cefr") not in (None, "", NO) else None,
            education=EducationLevel(typed["education"]) if typed.get("education") else None,
            why=" ".join(typed["why"].split()),
        )
        return None if found == Answer() else found

    def _held(self, typed: Mapping[str, Any], has_years: bool) -> bool | None:
        said = {typed.get("level"), typed.get("held"), typed.get("cefr")} - {None, ""}
        if said:
            return not said & {"0", NO}
        return True if has_years and "level" in self.fields else None


def _typed(answer: Answer) -> dict[str, Any]:
    """The fields of a form that says this answer."""
    no = answer.held is False
    return {
        "level": "0" if no else answer.level or "",
        "held": {True: "yes", False: NO, None: ""}[answer.held],
        "cefr": NO if no else answer.cefr or "",
        "education": answer.education or "",
        "years": "" if answer.years is None else f"{float(answer.years):g}",
        "why": answer.why,
    }


class KeepForm(forms.Form):
    keep_answers = forms.BooleanField(
        label="Keep these answers in my profile as well",
        required=False,
        initial=True,
        help_text="Skills, tools, certificates and languages, so that no other job asks you again."
        " It happens when you send the application.",
    )


class MessageForm(forms.Form):
    """`questions`: the employer's own, each answered in a field of its own."""

    note = forms.CharField(
        label="A note to the employer",
        max_length=MAX_NOTE,
        required=False,
        help_text=f"What your profile does not say. Up to {MAX_NOTE:,} characters.",
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    file = forms.FileField(
        label="One file",
        required=False,
        allow_empty_file=True,
        help_text=f"A PDF of at most {FILE_BYTES // 1024**2} MB. Nobody asks for a CV: your profile"
        " goes along.",
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
        max_length=400,
    )
    drop_file = forms.BooleanField(label="Take the file out", required=False)

    def __init__(self, questions: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        fields = {
            f"reply-{number}": forms.CharField(
                label=question,
                max_length=MAX_REPLY,
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
            )
            for number, question in enumerate(questions, 1)
        }
        own = dict(self.fields)
        self.fields.clear()
        self.fields.update({**fields, **own})

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if isinstance(upload, UploadedFile) and (upload.size or 0) > FILE_BYTES:
            raise forms.ValidationError(MESSAGES[Refusal.LARGE], code="large")
        return upload

    def replies(self) -> list[dict[str, str]]:
        """What was answered, each with the words of its question."""
        said = [
            {"question": question, "answer": self.cleaned_data[f"reply-{number}"].strip()}
            for number, question in enumerate(self.questions, 1)
        ]
        return [one for one in said if one["answer"]]

    def reply_fields(self) -> list[Any]:
        """The fields of the questions, in order."""
        return [self[f"reply-{number}"] for number in range(1, len(self.questions) + 1)]


def message_typed(
    questions: Sequence[str], replies: Mapping[str, str], note: str
) -> dict[str, Any]:
    """What stands in the fields of a message that was written."""
    said = {f"reply-{n}": replies.get(question, "") for n, question in enumerate(questions, 1)}
    return {**said, "note": note}


class SendForm(OnceForm):
    """`seen`: the digest of what the page shows."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)


def asks_for_work(ask: Ask) -> bool:
    """Whether a row asks for years of work in all."""
    of_work = (RequirementKind.EXPERIENCE, RequirementKind.EDUCATION)
    return ask.kind in of_work and ask.years is not None
