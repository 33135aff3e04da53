"""The least change of one fact that gives a requirement what it asks, in words. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from cscareers.core.phrases import capital
from postings.enums import EducationLevel, RequirementKind
from postings.matching import words
from postings.matching.inputs import Ask, Held, Profile

Fact = tuple[RequirementKind, str]
"""One fact of a profile: its kind, and the code that it goes by where there are several."""


@dataclass(frozen=True, slots=True)
class Change:
    """One fact put to the least that a requirement asks: in words, and the profile with it."""

    fact: Fact
    words: str
    profile: Profile


def facts_of(ask: Ask) -> tuple[Fact, ...]:
    """The facts of a profile that `ask` reads."""
    match ask.kind:
        case RequirementKind.LANGUAGE:
            return ((ask.kind, ask.language),)
        case RequirementKind.EXPERIENCE:
            return ((ask.kind, ""),)
        case RequirementKind.EDUCATION:
            return ((ask.kind, ""), (RequirementKind.EXPERIENCE, ""))
        case _:
            return ((RequirementKind.SKILL, ask.slug),)


def changes(ask: Ask, profile: Profile, *, today: date) -> Iterator[Change]:
    """The least change of one fact after which `profile` has what `ask` asks of it."""
    match ask.kind:
        case RequirementKind.SKILL | RequirementKind.TOOL:
            yield _skill(ask, profile)
        case RequirementKind.CERTIFICATE:
            yield _certificate(ask, profile)
        case RequirementKind.LANGUAGE:
            yield from _language(ask, profile)
        case RequirementKind.EDUCATION:
            asked = ask.education or EducationLevel.NONE
            if asked.rank > (profile.education or EducationLevel.NONE).rank:
                yield _education(asked, profile)
            yield from _experience(ask, profile)
        case RequirementKind.EXPERIENCE:
            yield from _experience(ask, profile)


def _skill(ask: Ask, profile: Profile) -> Change:
    name, held = words.subject(ask), profile.skills.get(ask.slug)
    least = Held(ask.level, None if ask.years is None else Fraction(ask.years))
    new = least if held is None or held.level == 0 else held.better(least)
    said = _skill_words(name, ask, held)
    skills = {**profile.skills, ask.slug: new}
    return Change((RequirementKind.SKILL, ask.slug), said, replace(profile, skills=skills))


def _skill_words(name: str, ask: Ask, held: Held | None) -> str:
    level = f"level {ask.level}" if ask.level else ""
    time = words.years(ask.years) if ask.years else ""
    whole = " and ".join(part for part in (level, time) if part)
    if held is None:
        return f"Confirm {name}, {whole}" if whole else f"Confirm {name}"
    if held.level == 0:
        return f"{name}, {whole}" if whole else name
    at = 1 if held.level is None else held.level
    rises = at < (ask.level or 1)
    more = Fraction(ask.years or 0) - (held.years or 0)
    if rises and more > 0:
        return f"{name}, {whole}"
    if rises and held.level is None:
        return f"Confirm {name}, {level}"
    if rises:
        return f"{name} from level {at} to {level}"
    if held.years is None:
        return f"Confirm {time} of {name}"
    return f"+{words.years(more)} of {name}"


def _certificate(ask: Ask, profile: Profile) -> Change:
    verb = "Renew" if ask.slug in profile.certificates else "Confirm"
    certificates = {**profile.certificates, ask.slug: None}
    changed = replace(profile, certificates=certificates)
    return Change((RequirementKind.SKILL, ask.slug), f"{verb} {words.subject(ask)}", changed)


def _language(ask: Ask, profile: Profile) -> Iterator[Change]:
    mine = profile.languages.get(ask.language)
    if ask.language in profile.languages and (ask.cefr is None or (mine and mine >= ask.cefr)):
        return
    name = words.subject(ask)
    if mine is not None:
        said = f"{name} from {mine} to {ask.cefr}"
    else:
        said = f"Confirm {name} {ask.cefr}" if ask.cefr else f"Confirm {name}"
    languages = {**profile.languages, ask.language: ask.cefr}
    changed = replace(profile, languages=languages)
    yield Change((RequirementKind.LANGUAGE, ask.language), said, changed)


def _education(asked: EducationLevel, profile: Profile) -> Change:
    name = words.education(asked)
    said = f"Confirm {name}"
    if profile.education is not None:
        said = f"{capital(name)} instead of {words.education(profile.education)}"
    return Change((RequirementKind.EDUCATION, ""), said, replace(profile, education=asked))


def _experience(ask: Ask, profile: Profile) -> Iterator[Change]:
    wanted = Fraction(ask.years or 0)
    if wanted <= (profile.experience or 0):
        return
    said = f"Confirm {words.years(wanted)} of work"
    if profile.experience is not None:
        said = f"+{words.years(wanted - profile.experience)} of work"
    changed = replace(profile, experience=wanted)
    yield Change((RequirementKind.EXPERIENCE, ""), said, changed)
