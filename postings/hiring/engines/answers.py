"""What candidates say of requirements while applying, and what it makes of a profile. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Final, Self

from postings.enums import Cefr, EducationLevel, RequirementKind
from postings.matching.inputs import Ask, Held, Profile
from postings.matching.ranking import Match
from postings.matching.signals import Status

ASKED: Final = (Status.MISSING, Status.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody said of one requirement row, as far as its kind asks: of a skill, a tool or a
    certificate `held`, with `level` (1–4) and `years` of the first two; of a language `cefr`, of
    education `education`, of experience `years`. `held` False is an explicit no, None leaves it to
    the profile. `why`: in a few words of theirs."""

    held: bool | None = None
    level: int | None = None
    years: Fraction | None = None
    cefr: Cefr | None = None
    education: EducationLevel | None = None
    why: str = ""

    def to_json(self) -> dict[str, Any]:
        """JSON types only, without what was not said."""
        said = {
            "held": self.held,
            "level": self.level,
            "years": None if self.years is None else str(self.years),
            "cefr": self.cefr,
            "education": self.education,
            "why": self.why,
        }
        return {name: value for name, value in said.items() if value not in (None, "")}

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> Self:
        """The value of what `to_json` wrote."""
        return cls(
            held=said.get("held"),
            level=said.get("level"),
            years=Fraction(said["years"]) if "years" in said else None,
            cefr=Cefr(said["cefr"]) if "cefr" in said else None,
            education=EducationLevel(said["education"]) if "education" in said else None,
            why=str(said.get("why", "")),
        )


def to_ask(found: Match) -> tuple[Ask, ...]:
    """The must-haves that the profile says no to or nothing of: all that applying asks. Of
    alternatives each one."""
    return tuple(
        ask
        for row in found.rows
        if row.ask.must and row.signal.status in ASKED
        for ask in row.group
    )


def with_answers(profile: Profile, asks: Iterable[Ask], answers: Mapping[str, Answer]) -> Profile:
    """The profile with what was answered, by the ids of requirement rows."""
    for ask in asks:
        if (answer := answers.get(ask.id)) is not None:
            profile = _with(profile, ask, answer)
    return profile


def _with(profile: Profile, ask: Ask, answer: Answer) -> Profile:
    match ask.kind:
        case RequirementKind.SKILL | RequirementKind.TOOL:
            return _skill(profile, ask.slug, answer)
        case RequirementKind.CERTIFICATE if answer.held:
            return replace(profile, certificates={**profile.certificates, ask.slug: None})
        case RequirementKind.CERTIFICATE:
            return _skill(profile, ask.slug, answer)  # as a profile keeps a no to one
        case RequirementKind.LANGUAGE if answer.held:
            return replace(profile, languages={**profile.languages, ask.language: answer.cefr})
        case RequirementKind.LANGUAGE if answer.held is False:
            return replace(profile, not_spoken=profile.not_spoken | {ask.language})
        case RequirementKind.EDUCATION if answer.education:
            profile = replace(profile, education=answer.education)
            return replace(profile, experience=answer.years) if answer.years else profile
        case RequirementKind.EXPERIENCE if answer.years is not None:
            return replace(profile, experience=answer.years)
    return profile


def _skill(profile: Profile, slug: str, answer: Answer) -> Profile:
    if answer.held is None:
        return profile
    said = Held(answer.level, answer.years) if answer.held else Held(0, None)
    return replace(profile, skills={**profile.skills, slug: said})
