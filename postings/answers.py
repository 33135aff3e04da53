"""What a posting says, field by field in words: for the page that sums it up, for two versions side
by side, and for the moderators' difference."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.formats import date_format

from postings.content import PostingContent
from postings.labels import label
from postings.reading import (
    Names,
    language_name,
    mode_words,
    pay_words,
    requirement_phrase,
    utc_words,
)


@dataclass(frozen=True, slots=True)
class Answer:
    """`lines` is empty where nothing was answered."""

    field: str
    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that two versions answer differently."""

    field: str
    label: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def answers(content: PostingContent, names: Names) -> dict[str, Answer]:
    """Each field of `content` in the order of the wizard."""
    return {
        field: Answer(field, words, tuple(_WRITERS[field](content, names)))
        for field, words in LABELS.items()
    }


def differences(
    before: PostingContent, after: PostingContent, names: Names
) -> tuple[Difference, ...]:
    """The fields that changed, in the order of the wizard."""
    old, new = answers(before, names), answers(after, names)
    return tuple(
        Difference(field, words, old[field].lines, new[field].lines)
        for field, words in LABELS.items()
        if getattr(before, field) != getattr(after, field)
    )


LABELS: Final[Mapping[str, str]] = {
    "title": "Title",
    "level": "Level",
    "employment": "Employment",
    "description": "Text",
    "text_language": "Language of the text",
    "specialisations": "Fields of work",
    "industry": "Industry",
    "mode": "Work mode",
    "locations": "Places",
    "onsite_days": "Days on site a month",
    "applicant_countries": "People may work from",
    "utc_offset_min": "Earliest time zone",
    "utc_offset_max": "Latest time zone",
    "visa_sponsorship": "Visa sponsorship",
    "relocation": "Help with moving",
    "pay_bands": "Pay",
    "extra_pay": "Pay beside the base",
    "benefits": "Benefits",
    "responsibilities": "Responsibilities",
    "team_size": "People led",
    "channels": "Channels",
    "kpis": "Measures",
    "schedule": "Working times",
    "requirements": "Requirements",
    "apply_url": "Where to apply",
    "apply_until": "Last day to apply",
    "vacancy_exists": "Open vacancy",
    "ai_used": "AI used in choosing",
    "ai_note": "What the AI does",
}

Writer = Callable[[PostingContent, Names], list[str]]


def _yes_no(value: bool | None) -> list[str]:
    return [] if value is None else ["Yes" if value else "No"]


def _some(value: object) -> list[str]:
    return [str(value)] if value not in ("", None) else []


def _with(name: str, value: str) -> str:
    return f"{name}: {value}" if value else name


def _offset(minutes: int | None) -> list[str]:
    return [] if minutes is None else [utc_words(minutes)]


def _bands(content: PostingContent, names: Names) -> list[str]:
    lines = []
    for zoned in content.pay_bands:
        words = pay_words(zoned)
        hours = zoned.band.hours_per_week
        parts = [f"{words.sum} {words.period}", words.annual]
        parts.append(f"{hours.normalize():f} hours a week" if hours else "")
        parts.append(", ".join(names.country(code) for code in zoned.zone))
        lines.append("; ".join(part for part in parts if part))
    return lines


def _requirements(content: PostingContent, names: Names) -> list[str]:
    lines = []
    for row in content.requirements:
        group = f", group {row.any_of.upper()}" if row.any_of else ""
        lines.append(f"{label(row.importance)}: {requirement_phrase(row, names)}{group}")
    return lines


_WRITERS: Final[Mapping[str, Writer]] = {
    "title": lambda c, n: _some(c.title),
    "level": lambda c, n: [label(c.level)] if c.level else [],
    "employment": lambda c, n: [label(code) for code in c.employment],
    "description": lambda c, n: _some(c.description),
    "text_language": lambda c, n: [language_name(c.text_language)],
    "specialisations": lambda c, n: [label(code) for code in c.specialisations],
    "industry": lambda c, n: [label(c.industry)] if c.industry else [],
    "mode": lambda c, n: [mode_words(c)] if c.mode else [],
    "locations": lambda c, n: [n.place(place) for place in c.locations],
    "onsite_days": lambda c, n: _some(c.onsite_days),
    "applicant_countries": lambda c, n: [n.country(code) for code in c.applicant_countries],
    "utc_offset_min": lambda c, n: _offset(c.utc_offset_min),
    "utc_offset_max": lambda c, n: _offset(c.utc_offset_max),
    "visa_sponsorship": lambda c, n: _yes_no(c.visa_sponsorship),
    "relocation": lambda c, n: _yes_no(c.relocation),
    "pay_bands": _bands,
    "extra_pay": lambda c, n: [_with(label(extra.kind), extra.value) for extra in c.extra_pay],
    "benefits": lambda c, n: [_with(label(row.kind), row.value) for row in c.benefits],
    "responsibilities": lambda c, n: list(c.responsibilities),
    "team_size": lambda c, n: _some(c.team_size),
    "channels": lambda c, n: [label(code) for code in c.channels],
    "kpis": lambda c, n: [_with(label(kpi.kind), kpi.target) for kpi in c.kpis],
    "schedule": lambda c, n: [label(code) for code in c.schedule],
    "requirements": _requirements,
    "apply_url": lambda c, n: _some(c.apply_url),
    "apply_until": lambda c, n: [date_format(c.apply_until, "j M Y")] if c.apply_until else [],
    "vacancy_exists": lambda c, n: _yes_no(c.vacancy_exists),
    "ai_used": lambda c, n: _yes_no(c.ai_used),
    "ai_note": lambda c, n: _some(c.ai_note),
}
