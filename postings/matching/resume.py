"""From a JSON Resume to facts of a profile: what it says, still with the names that it uses.

`docs/matching.md` lists what is read of it. Only these parts are looked at: whoever sends a name, a
photo or a date of birth has sent them in vain.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from cscareers.core.places import country_names
from postings.enums import Cefr, EducationLevel
from postings.matching.extras import Extras, read_extras
from postings.matching.inputs import Held, Preferences
from profiles.cv.resume_out import EXTRAS
from profiles.cv.words import SKILL_WORDS, degree, fluency, language_code
from profiles.json_resume import Problem, problems
from profiles.periods import BadDate, check_date, is_before, years_of_work


class InvalidResume(Exception):
    """What was sent is no JSON Resume, or its extras make no sense."""

    def __init__(self, found: Sequence[Problem]) -> None:
        super().__init__(", ".join(problem.pointer for problem in found))
        self.problems = found


@dataclass(frozen=True, slots=True)
class Resume:
    """What a document says. `skills` and `certificates` still by the names that stand there;
    `own` is what stands under `x-cscareers`, and wins."""

    skills: tuple[tuple[str, Held], ...]
    certificates: tuple[str, ...]
    languages: Mapping[str, Cefr | None]
    education: EducationLevel | None
    experience: Fraction | None
    preferences: Preferences
    own: Extras
    unrecognised: tuple[str, ...]


def read_resume(document: object, *, today: date) -> Resume:
    """The facts of a document. Raises InvalidResume with a pointer for each error."""
    found = problems(document)
    if found or not isinstance(document, dict):
        raise InvalidResume(found)
    own, wrong = read_extras(document.get(EXTRAS), f"/{EXTRAS}")
    experience, torn = _experience(document.get("work", ()), today=today)
    if wrong or torn:
        raise InvalidResume([*torn, *wrong])
    languages, strange = _languages(document.get("languages", ()))
    mine = own.preferences
    if not mine.countries and (home := _home(document)):
        mine = mine.at_home_in(home)
    return Resume(
        skills=tuple(_skills(document.get("skills", ()))),
        certificates=tuple(_names(document.get("certificates", ()))),
        languages={**languages, **own.languages},
        education=own.education or _education(document.get("education", ()), today=today),
        experience=experience,
        preferences=mine,
        own=own,
        unrecognised=strange,
    )


def _home(document: Mapping[str, Any]) -> str:
    code: str = document.get("basics", {}).get("location", {}).get("countryCode", "").upper()
    return code if code in country_names() else ""


def _names(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The names of certificates; one of our own entries stands under our extras by its slug."""
    return [row["name"] for row in rows if row.get("name", "").strip() and EXTRAS not in row]


def _skills(rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, Held]]:
    return [
        (row["name"], Held(SKILL_WORDS.get(row.get("level", "").strip().casefold())))
        for row in rows
        if row.get("name", "").strip()
    ]


# ---- languages and education ----


def _languages(
    rows: Sequence[Mapping[str, Any]],
) -> tuple[dict[str, Cefr | None], tuple[str, ...]]:
    """The languages by their codes with the better of each one's levels, and the strange names."""
    found: dict[str, Cefr | None] = {}
    strange = []
    for row in rows:
        name = row.get("language", "")
        code = language_code(name)
        if code is None:
            strange += [name] if name.strip() else []
            continue
        level = fluency(row.get("fluency", ""))
        before = found.get(code)
        found[code] = max((one for one in (before, level) if one), default=None)
    return found, tuple(strange)


def _education(rows: Sequence[Mapping[str, Any]], *, today: date) -> EducationLevel | None:
    """The highest that is finished, of the kinds of study that we can read."""
    found = []
    for row in rows:
        if row.get("endDate", "")[:10] <= today.isoformat() and (level := _level(row)):
            found.append(level)
    return max(found, key=lambda level: level.rank, default=None)


def _level(row: Mapping[str, Any]) -> EducationLevel | None:
    """The level of a kind of study; in an entry of our own what it says, and no guess."""
    own = row.get(EXTRAS)
    if not isinstance(own, dict):
        return degree(row.get("studyType", ""))
    return next((level for level in EducationLevel if level == own.get("level")), None)


# ---- years of work ----


def _experience(
    rows: Sequence[Mapping[str, Any]], *, today: date
) -> tuple[Fraction | None, list[Problem]]:
    """Years of all dated work, and the dates that can't be."""
    torn = [
        Problem(f"/work/{number}/{name}", message)
        for number, row in enumerate(rows)
        if (problem := _torn(row))
        for name, message in [problem]
    ]
    if torn:
        return None, torn
    periods = [(row.get("startDate", ""), row.get("endDate", "")) for row in rows]
    return years_of_work(periods, today=today), torn


def _torn(row: Mapping[str, Any]) -> tuple[str, str] | None:
    """The first date of a row that can't be, with what is wrong."""
    dates = [(name, row[name]) for name in ("startDate", "endDate") if name in row]
    for name, text in dates:
        try:
            check_date(text)
        except BadDate as error:
            return name, str(error)
    if len(dates) == 2 and is_before(dates[1][1], dates[0][1]):
        return "endDate", "This ends before it begins."
    return None
