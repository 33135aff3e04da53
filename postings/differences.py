"""Where two contents differ, field by field and in words: for moderators and for conflicts.

It asks the database nothing: `names` (from `reading.names_for` of both contents) is passed in.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from difflib import SequenceMatcher
from typing import Any, Final

from cscareers.core.languages import language_name
from cscareers.core.places import area_name
from postings.content import PostingContent, RequirementRow, ZonedPay
from postings.labels import label
from postings.reading import (
    Names,
    pay_words,
    requirement_phrase,
    utc_words,
)
from profiles.labels import label as industry_words

FIELD_LABELS: Final[Mapping[str, str]] = {
    "title": "Title",
    "level": "Level",
    "specialisations": "Specialisations",
    "industry": "Industry",
    "employment": "Type of employment",
    "mode": "Work mode",
    "onsite_days": "Days a month on site",
    "locations": "Places",
    "applicant_countries": "Countries people may work from",
    "applicant_subdivisions": "States and provinces people may work from",
    "utc_offset_min": "First UTC offset",
    "utc_offset_max": "Last UTC offset",
    "pay_bands": "Pay",
    "extra_pay": "Pay beside the base",
    "benefits": "Benefits",
    "responsibilities": "Responsibilities",
    "team_size": "People led",
    "channels": "Channels",
    "kpis": "Measures",
    "schedule": "Working hours",
    "visa_sponsorship": "Visa sponsorship",
    "relocation": "Help with moving",
    "requirements": "Requirements",
    "vacancy_exists": "An open vacancy",
    "ai_used": "AI in choosing people",
    "ai_note": "What the AI does",
    "apply_until": "Last day to apply",
    "apply_url": "Where to apply",
    "reply_days": "Answer promised",
    "questions": "Questions to applicants",
    "text_language": "Language of the text",
    "description": "Description",
    "guessed": "Guessed by the importer",
}
"""Every field of `PostingContent`, in its order."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that differs: the lines that only the earlier content has, and only the later."""

    field: str
    label: str
    removed: tuple[str, ...]
    added: tuple[str, ...]


def differences(
    before: PostingContent, after: PostingContent, *, names: Names
) -> tuple[Difference, ...]:
    """The fields in which `after` differs from `before`, in the order of the wizard."""
    found = []
    for name in (field.name for field in fields(PostingContent)):
        old, new = getattr(before, name), getattr(after, name)
        if name == "requirements":
            # A term that was merged meanwhile is no change of the employer's.
            old, new = _today(old, names), _today(new, names)
        if old == new:
            continue
        removed, added = _changed(lines_of(name, old, names), lines_of(name, new, names))
        found.append(Difference(name, FIELD_LABELS[name], removed, added))
    return tuple(found)


def lines_of(name: str, value: Any, names: Names) -> tuple[str, ...]:
    """A field's value as lines of words; no line when it is empty."""
    if value is None or value in ("", ()):
        return ()
    if isinstance(value, bool):
        return ("Yes" if value else "No",)
    write = _WRITERS.get(name)
    if isinstance(value, tuple):
        return tuple(write(item, names) if write else str(item) for item in value)
    if write:
        return (write(value, names),)
    return tuple(line for line in str(value).splitlines() if line.strip())


def _changed(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    removed: list[str] = []
    added: list[str] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            removed += old[a:b]
            added += new[c:d]
    return tuple(removed), tuple(added)


def _band(zoned: ZonedPay, names: Names) -> str:
    words = pay_words(zoned)
    hours = zoned.band.hours_per_week
    parts = [f"{words.sum} {zoned.band.currency} {words.period}"]
    if hours is not None:
        parts.append(f"{hours.normalize():f} hours a week")
    parts.append(", ".join(names.country(code) for code in zoned.zone) or "everywhere")
    return "; ".join(parts)


def _requirement(row: RequirementRow, names: Names) -> str:
    group = f" (one of group {row.any_of})" if row.any_of else ""
    return f"{label(row.importance)}: {requirement_phrase(row, names)}{group}"


def _today(rows: tuple[RequirementRow, ...], names: Names) -> tuple[RequirementRow, ...]:
    return tuple(replace(row, skill=names.slug(row) or None) for row in rows)


def _with_value(first: str, second: str) -> str:
    return f"{first}: {second}" if second else first


_WRITERS: Final[Mapping[str, Callable[[Any, Names], str]]] = {
    "level": lambda value, names: label(value),
    "specialisations": lambda value, names: label(value),
    "industry": lambda value, names: industry_words(value),
    "employment": lambda value, names: label(value),
    "mode": lambda value, names: label(value),
    "locations": lambda value, names: names.place(value),
    "applicant_countries": lambda value, names: names.country(value),
    "applicant_subdivisions": lambda value, names: area_name(value),
    "utc_offset_min": lambda value, names: utc_words(value),
    "utc_offset_max": lambda value, names: utc_words(value),
    "pay_bands": _band,
    "extra_pay": lambda value, names: _with_value(label(value.kind), value.value),
    "benefits": lambda value, names: _with_value(label(value.kind), value.value),
    "channels": lambda value, names: label(value),
    "kpis": lambda value, names: _with_value(label(value.kind), value.target),
    "schedule": lambda value, names: label(value),
    "requirements": _requirement,
    "reply_days": lambda value, names: f"Within {value} days",
    "apply_until": lambda value, names: f"{value.day} {value:%b %Y}",
    "text_language": lambda value, names: language_name(value),
    "guessed": lambda value, names: FIELD_LABELS.get(value, value),
}
