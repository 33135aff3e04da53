"""Facts of a match in words: names of codes, lengths of time, lists. Pure."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Final

from babel import Locale

from cscareers.core.currencies import format_amount
from postings.enums import EducationLevel, RequirementKind
from postings.labels import label
from postings.matching.inputs import Ask

_LOCALE: Final = Locale("en")


def subject(ask: Ask) -> str:
    """What a row is about: "Zendesk", "Spanish", "Bachelor’s degree"."""
    match ask.kind:
        case RequirementKind.LANGUAGE:
            return language(ask.language)
        case RequirementKind.EDUCATION if ask.education is not None:
            return label(ask.education)
        case _:
            return ask.name or ask.slug


def language(code: str) -> str:
    return str(_LOCALE.languages.get(code, code))


def area(code: str) -> str:
    """A country by its name; a part of one by its code."""
    return str(_LOCALE.territories.get(code, code))


def areas(codes: Iterable[str]) -> str:
    """Several of them, joined by "or"."""
    return " or ".join(area(code) for code in codes)


def education(level: EducationLevel) -> str:
    """In the middle of a sentence: "bachelor’s degree"."""
    text = label(level)
    return f"{text[0].lower()}{text[1:]}"


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


def a_year(amount: Decimal | int, currency: str) -> str:
    return f"{format_amount(amount, currency)} a year"
