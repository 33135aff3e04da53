"""Facts of a match in words: names of codes, lengths of time, lists. Pure."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Final

from cscareers.core.areas import area_name
from cscareers.core.currencies import format_amount
from cscareers.core.languages import language_name
from cscareers.core.phrases import small
from postings.enums import EducationLevel, RequirementKind
from postings.labels import label
from postings.matching.inputs import Ask

NOT_SAID: Final = "You have not said"
SAID_NO: Final = "You said that you don’t"


def subject(ask: Ask) -> str:
    """What a row is about: "Zendesk", "Spanish", "Bachelor’s degree"."""
    match ask.kind:
        case RequirementKind.LANGUAGE:
            return language_name(ask.language)
        case RequirementKind.EDUCATION if ask.education is not None:
            return label(ask.education)
        case _:
            return ask.name or ask.slug


def fact(kind: RequirementKind, ask: Ask) -> str:
    """What one would say something of, whatever a single posting asks: "Years of work"."""
    match kind:
        case RequirementKind.EDUCATION:
            return "Your education"
        case RequirementKind.EXPERIENCE:
            return "Your years of work"
        case _:
            return subject(ask)


def asks(ask: Ask) -> str:
    """How much of it is asked, beside its subject: "Level 3, 2 years", "B2", "Held and valid"."""
    match ask.kind:
        case RequirementKind.CERTIFICATE:
            return "Held and valid"
        case RequirementKind.LANGUAGE:
            return str(ask.cefr or "Any level")
        case RequirementKind.EDUCATION:
            least = "Held, or a higher one" if ask.education and ask.education.rank else "None"
            return f"{least}, and {years(ask.years)} of work" if ask.years else least
        case RequirementKind.EXPERIENCE:
            return years(ask.years or 0)
        case _:
            parts = [f"Level {ask.level}"] if ask.level else []
            return ", ".join([*parts, *([years(ask.years)] if ask.years else [])]) or "Any level"


def asks_one_of(group: tuple[Ask, ...]) -> str:
    """The same of alternatives: once where all ask the same, else each with its subject."""
    said = {ask.id: asks(ask) for ask in group}
    if len(set(said.values())) == 1:
        return asks(group[0])
    return "; ".join(f"{subject(ask)}: {small(said[ask.id])}" for ask in group)


def area(code: str) -> str:
    """A country, or a part of one with its country: "Ohio, United States"."""
    return area_name(code)


def areas(codes: Iterable[str]) -> str:
    """Several of them, joined by "or"."""
    return " or ".join(area(code) for code in codes)


def education(level: EducationLevel) -> str:
    """In the middle of a sentence: "bachelor’s degree"."""
    return small(label(level))


def years(amount: Fraction | int) -> str:
    """A length of time in years and months, begun months rounded up: "1 year 3 months"."""
    whole, months = divmod(ceil(Fraction(amount) * 12), 12)
    parts = [_number(whole, "year")] if whole or not months else []
    return " ".join([*parts, *([_number(months, "month")] if months else [])])


def years_held(amount: Fraction) -> str:
    """The same of what somebody has: never more than it is."""
    return years(Fraction(int(amount * 12), 12))


def _number(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def kilometres(distance: float) -> str:
    return f"{round(distance):,} km"


def a_year(amount: Decimal | int, currency: str) -> str:
    return f"{format_amount(amount, currency)} a year"
