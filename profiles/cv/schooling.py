"""Degrees in the lines of a CV. Pure."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from profiles.cv.facts import Suggestion, Value, quoted, read_fact
from profiles.cv.sections import Line, Part
from profiles.cv.spans import dates_in, last_date_in
from profiles.enums import EducationLevel, FactKind

_DEGREES: Final = (
    (EducationLevel.DOCTORATE, r"Ph\.? ?D\.?|Doctorate|Doctor of [A-Z]\w+|DPhil", "Doctor"),
    (
        EducationLevel.MASTER,
        r"MBA|Master[’']?s degree|Masters? of (?!the\b)[A-Z]\w+|M\.?Sc\.?|M\.A\.|Master[’']s",
        "Master|MA|MS|MPhil|MEng",
    ),
    (
        EducationLevel.BACHELOR,
        r"Bachelor(?:[’']?s)?(?: degree| of [A-Z]\w+)?|B\.?Sc\.?|B\.A\.|BBA|BCom",
        "BA|BS|BEng|LLB",
    ),
    (EducationLevel.ASSOCIATE, r"Associate(?:[’']?s)? (?:degree|of [A-Z]\w+)", "AA|AAS|HND"),
    (
        EducationLevel.SECONDARY,
        r"High school(?: diploma)?|GED|Secondary school|A[- ][Ll]evels?|Abitur|Matura|GCSEs?",
        "Diploma|School certificate",
    ),
)
_EVERYWHERE: Final = tuple(
    (level, re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE if level.rank < 2 else 0))
    for level, words, _ in _DEGREES
)
_IN_ITS_PART: Final = tuple(
    (level, re.compile(rf"(?<!\w)(?:{words}|{more})(?!\w)")) for level, words, more in _DEGREES
)
_AREA: Final = re.compile(r"(?: \([^)]{1,20}\))?,?(?: (?:in|of))? ([A-Z][^,|(;·•–—\d]{2,80})")
_PLACE: Final = re.compile(
    r"[^,|;·•–—()]*\b(?:Universit\w+|College|School|Institute|Academy|Hochschule|Polytechnic)\b"
    r"[^,|;·•–—()\d]*"
)
_REACH: Final = 120
_UNFINISHED: Final = re.compile(
    r"not completed|incomplete|unfinished|dropped out|withdrew|did not finish",
    re.IGNORECASE,
)
_NOT: Final = re.compile(r"\b(?:no|not|without|or equivalent)\b[^.;]{0,25}$", re.IGNORECASE)


def schooling_in(lines: Sequence[Line], *, today: date) -> list[Suggestion]:
    """Suggestions of education: what, where and when, as far as it is said."""
    found = []
    taught = [line.text for line in lines if line.part is Part.EDUCATION]
    # Where the first line is no degree, each school stands above its degrees.
    schools_first = bool(taught) and not any(p.search(taught[0]) for _, p in _IN_ITS_PART)
    for number, line in enumerate(lines):
        if line.part in (Part.OTHER, Part.LANGUAGES):
            continue
        in_part = line.part is Part.EDUCATION
        for level, pattern in _IN_ITS_PART if in_part else _EVERYWHERE:
            degree = pattern.search(line.text)
            if degree and not _UNFINISHED.search(line.text):
                if not _NOT.search(line.text[: degree.start()]):
                    beside = number + (-1 if schools_first else 1)
                    near = _near(lines, number, beside) if in_part else [_clause(degree)]
                    found.append(_suggestion(level, degree, near, today=today))
                break
    return [one for one in found if one is not None]


def _clause(degree: re.Match[str]) -> str:
    """The words that follow a degree in a sentence about more than that."""
    return degree.string[degree.start() : degree.end() + _REACH].split(". ")[0]


def _near(lines: Sequence[Line], number: int, beside: int) -> list[str]:
    """The line, and the one beside it in the same part, unless that names a degree of its own."""
    texts = [lines[number].text]
    if 0 <= beside < len(lines) and lines[beside].part is Part.EDUCATION:
        text = lines[beside].text
        if not any(pattern.search(text) for _, pattern in _IN_ITS_PART):
            texts.append(text)
    return texts


def _suggestion(
    level: EducationLevel, degree: re.Match[str], near: Sequence[str], *, today: date
) -> Suggestion | None:
    raw: dict[str, Value] = {"level": level.value, "study_type": degree[0].strip()}
    area = _AREA.match(degree.string, degree.end())
    if area and not _PLACE.search(area[1]):
        raw["area"] = area[1].strip()
    places = [found[0].strip(" .") for text in near if (found := _PLACE.search(text))]
    raw["institution"] = places[0] if places else None
    for text in near:
        if dates := dates_in(text, today=today):
            raw |= {"started": dates.started, "ended": dates.ended}
            break
        if ended := last_date_in(text):
            raw["ended"] = ended
            break
    fact, _ = read_fact(FactKind.EDUCATION, raw, where="")
    return Suggestion(fact, quoted(" / ".join(near))) if fact else None
