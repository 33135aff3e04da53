"""What an employer gets with an application, ready to draw: before it is sent, and ever after from
the frozen copy alone. Pure.

Both sides see the same page part (`templates/hiring/_sent.html`), so that nobody has to trust that
the other one reads the same.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

from postings.hiring.engines.answers import Answer
from postings.match_drawing import MatchDrawing, draw
from postings.matching.signals import Status
from profiles.cv.resume_out import EXTRAS
from profiles.enums import Cefr, EducationLevel, Kpi, Level
from profiles.labels import label, level_words
from profiles.periods import write_date, write_period

Said = Mapping[str, Any]
_CEFR: Final = frozenset(level.value for level in Cefr)


@dataclass(frozen=True, slots=True)
class SentRow:
    """One thing that somebody says of themselves: its name, how well or how much, and the rest.
    `url` is theirs and leads elsewhere."""

    title: str
    facts: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class SentSection:
    title: str
    rows: tuple[SentRow, ...]


@dataclass(frozen=True, slots=True)
class SentAnswer:
    """What was said of one requirement while applying."""

    name: str
    words: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """All of it; `match` is drawn from the explanation and nothing else."""

    name: str
    email: str
    sections: tuple[SentSection, ...]
    answers: tuple[SentAnswer, ...]
    questions: tuple[tuple[str, str], ...]
    note: str
    match: MatchDrawing
    spec_version: str


class Copy(Protocol):
    """What `postings.hiring.models.ApplicationCopy` holds; before it is sent, what it would."""

    name: str
    email: str
    resume: str
    explanation: str
    spec_version: str
    answers: Any
    questions: Any
    note: str


def sent_of(copy: Copy) -> Sent:
    """The copy as both sides read it."""
    explanation = json.loads(copy.explanation)
    names = row_names(explanation)
    return Sent(
        name=copy.name,
        email=copy.email,
        sections=resume_sections(json.loads(copy.resume)),
        answers=tuple(_answer(said, names) for said in copy.answers),
        questions=tuple((one["question"], one["answer"]) for one in copy.questions),
        note=copy.note,
        match=draw(explanation),
        spec_version=copy.spec_version,
    )


def row_names(explanation: Said) -> dict[str, str]:
    """The names of the requirement rows that an explanation draws, by id."""
    return {row["requirement"]["id"]: row["requirement"]["name"] for row in explanation["rows"]}


def unmet_rows(copy: Copy) -> list[Said]:
    """The rows of the explanation that are not met: what can be the reason of a no."""
    rows: list[Said] = json.loads(copy.explanation)["rows"]
    return [row for row in rows if row["status"] != Status.MET]


def _answer(said: Said, names: Mapping[str, str]) -> SentAnswer:
    name = said.get("name") or names.get(said["requirement"], "A requirement of the job")
    answer = Answer.from_json(said)
    return SentAnswer(name, answer_words(answer), answer.why)


def answer_words(answer: Answer) -> str:
    """What an answer says: "Level 3, advanced; 2 years"; "No" where it is an explicit no."""
    if answer.held is False:
        return "No"
    parts = (
        level_words(answer.level) if answer.level is not None else "",
        years_words(None if answer.years is None else f"{float(answer.years):g}"),
        label(answer.cefr) if answer.cefr else "",
        _degree(answer.education or ""),
    )
    return _joined(*parts, by="; ") or ("Yes" if answer.held else "Left open")


def years_words(years: object) -> str:
    """ "1 year", "2.5 years"; empty for None."""
    if years is None or years == "":
        return ""
    return f"{years} {'year' if str(years) == '1' else 'years'}"


# ---- a JSON Resume of ours, section by section ----


def resume_sections(resume: Said) -> tuple[SentSection, ...]:
    """All that a résumé says that `profiles.cv.resume_out` wrote, in the order of its pages."""
    extras = resume.get(EXTRAS, {})
    names = {_extra(row).get("slug"): row.get("name", "") for row in resume.get("skills", ())}
    found = (
        SentSection("About", _about(resume.get("basics", {}), extras)),
        SentSection("Work", tuple(map(_job, resume.get("work", ())))),
        SentSection("Voluntary work", tuple(map(_job, resume.get("volunteer", ())))),
        SentSection("Evidence", tuple(_evidence(e, names) for e in extras.get("evidence", ()))),
        SentSection("Skills and tools", _skills(resume.get("skills", ()), extras)),
        SentSection("Languages", tuple(map(_language, resume.get("languages", ())))),
        SentSection("Education", tuple(map(_education, resume.get("education", ())))),
        SentSection("Certificates", tuple(map(_certificate, resume.get("certificates", ())))),
    )
    return tuple(section for section in found if section.rows)


def _extra(row: Said) -> Said:
    found: Said = row.get(EXTRAS, {})
    return found


def _about(basics: Said, extras: Said) -> tuple[SentRow, ...]:
    levels = (("Level now", "level_now"), ("Level wanted", "level_wanted"))
    facts = tuple(f"{words}: {label(Level(extras[k]))}" for words, k in levels if extras.get(k))
    lines = (basics["summary"],) if basics.get("summary") else ()
    if not (basics.get("label") or facts or lines):
        return ()
    return (SentRow(basics.get("label", ""), facts, lines),)


def _job(row: Said) -> SentRow:
    employer = row.get("name") or row.get("organization", "")
    level = _extra(row).get("level")
    return SentRow(
        _joined(row.get("position", ""), employer),
        _kept(
            label(Level(level)) if level else "",
            write_period(row.get("startDate", ""), row.get("endDate", "")),
            row.get("location") or _extra(row).get("location", ""),
        ),
        _kept(row.get("summary", ""), *row.get("highlights", ())),
        row.get("url", ""),
    )


def _evidence(row: Said, names: Mapping[Any, str]) -> SentRow:
    slug = row.get("slug", "")
    period = write_period(row.get("started", ""), row.get("ended", ""))
    team = row.get("team_size")
    facts = _kept(
        _figures(row),
        f"team of {team:,}" if team else "",
        period,
        names.get(slug) or slug.replace("-", " ").capitalize(),
        row.get("where", ""),
    )
    return SentRow(row.get("what", ""), facts, _kept(row.get("how", "")))


def _figures(row: Said) -> str:
    if not row.get("kpi"):
        return ""
    amounts = " to ".join(f"{row[n]:,}" for n in ("before", "after") if row.get(n) is not None)
    told = _joined(amounts, row.get("unit", ""), by=" ")
    name = label(Kpi(row["kpi"]))
    return f"{name}: {told}" if amounts else name


def _skills(rows: Iterable[Said], extras: Said) -> tuple[SentRow, ...]:
    own = {row.get("slug"): row for row in extras.get("skills", ())}
    return tuple(_skill(row, own.get(_extra(row).get("slug"), {})) for row in rows)


def _skill(row: Said, own: Said) -> SentRow:
    used = f"last used {write_date(own['last_used'])}" if own.get("last_used") else ""
    level = own.get("level")
    words = "No" if level == 0 else level_words(level)
    return SentRow(row.get("name", ""), _kept(words, years_words(own.get("years")), used))


def _language(row: Said) -> SentRow:
    cefr = row.get("fluency", "")
    name = row.get("language") or _extra(row).get("code", "")
    return SentRow(name, _kept(label(Cefr(cefr)) if cefr in _CEFR else cefr))


def _education(row: Said) -> SentRow:
    words = _degree(_extra(row).get("level", ""))
    institution = row.get("institution", "")
    title = _joined(row.get("studyType", ""), row.get("area", "")) or institution or words
    period = write_period(row.get("startDate", ""), row.get("endDate", ""))
    rest = (part for part in _kept(words, institution, period) if part != title)
    return SentRow(title, tuple(rest))


def _degree(level: str) -> str:
    if level == EducationLevel.NONE:
        return "No school leaving certificate"
    return label(EducationLevel(level)) if level else ""


def _certificate(row: Said) -> SentRow:
    expires, since = _extra(row).get("expires"), row.get("date")
    return SentRow(
        row.get("name", ""),
        _kept(
            row.get("issuer", ""),
            f"since {write_date(since)}" if since else "",
            f"valid until {write_date(expires)}" if expires else "",
        ),
        url=row.get("url", ""),
    )


def _kept(*parts: str) -> tuple[str, ...]:
    return tuple(part for part in parts if part)


def _joined(*parts: str, by: str = ", ") -> str:
    return by.join(_kept(*parts))
