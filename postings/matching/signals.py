"""How well a fact of a profile meets one requirement: a function for each kind. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final

from cscareers.core.phrases import capital
from postings.enums import Cefr, EducationLevel, RequirementKind
from postings.labels import label
from postings.matching import words
from postings.matching.inputs import Ask, Held, Profile
from profiles.taxonomy.shipped import related_terms

NONE: Final = Fraction(0)
HALF: Final = Fraction(1, 2)
FULL: Final = Fraction(1)
_CEFR: Final = list(Cefr)
Related = Mapping[str, Mapping[str, str]]
"""Term → terms that count half in its place, by slug, with their names."""


class Status(StrEnum):
    MET = "met"
    PARTIAL = "partial"
    UNKNOWN = "unknown"
    MISSING = "missing"


# Of two alternatives that give no point, the one that a word from the person can settle.
_BETTER: Final = [Status.MISSING, Status.UNKNOWN, Status.PARTIAL, Status.MET]


@dataclass(frozen=True, slots=True)
class Signal:
    """`fit` in [0, 1]; `reason` says what is asked and what the profile has, `have` the latter
    alone."""

    fit: Fraction
    status: Status
    reason: str
    have: str

    @property
    def rank(self) -> tuple[Fraction, int]:
        """The greater the better."""
        return self.fit, _BETTER.index(self.status)


@dataclass(frozen=True, slots=True)
class Part:
    """One measure of a requirement: `held` None is not said."""

    held: Fraction | None
    asked: Fraction

    @property
    def fit(self) -> Fraction:
        if self.asked <= 0:
            return FULL
        return NONE if self.held is None else min(FULL, self.held / self.asked)


def signal(ask: Ask, profile: Profile, *, today: date, related: Related | None = None) -> Signal:
    """How `profile` meets `ask` on that day; `related` instead of the terms that we reviewed."""
    match ask.kind:
        case RequirementKind.SKILL | RequirementKind.TOOL:
            return skill(ask, profile.skills, related=related)
        case RequirementKind.CERTIFICATE:
            return certificate(ask, profile, today=today)
        case RequirementKind.LANGUAGE:
            return language(ask, profile)
        case RequirementKind.EDUCATION:
            return education(ask, profile.education, profile.experience)
        case RequirementKind.EXPERIENCE:
            return experience(ask, profile.experience)


def skill(ask: Ask, held: Mapping[str, Held], *, related: Related | None = None) -> Signal:
    """A skill or tool: the smaller of its level's and its years' share. A related term counts half
    where that is more; of several the best, and of equals the first by slug."""
    best = direct = _skill(ask, held.get(ask.slug))
    others = (related_terms() if related is None else related).get(ask.slug, {})
    for slug in sorted(others):
        if slug not in held:
            continue
        half = HALF * _skill(ask, held[slug]).fit
        if half > best.fit:
            have = f"{others[slug]}, {_holding(held[slug], ask)}, counts half"
            best = Signal(half, Status.PARTIAL, f"{direct.reason} {have}.", have)
    return best


def _skill(ask: Ask, held: Held | None) -> Signal:
    wanted = _skill_words(ask.level, ask.years)
    if held is None:
        reason = f"Asks {wanted}; your profile does not say."
        return Signal(NONE, Status.UNKNOWN, reason, words.NOT_SAID)
    if held.level == 0:
        reason = f"Asks {wanted}; your profile says that you don’t."
        return Signal(NONE, Status.MISSING, reason, words.SAID_NO)
    parts = [Part(Fraction(1 if held.level is None else held.level), Fraction(ask.level or 1))]
    if ask.years:
        parts.append(Part(held.years, Fraction(ask.years)))
    holding = _holding(held, ask)
    reason = f"Asks {wanted}; you have {'it, ' if held.level is None else ''}{holding}."
    have = f"Held {holding}" if held.level is None else capital(holding)
    return _measured(parts, reason, have)


def _holding(held: Held, ask: Ask) -> str:
    """How well and how long: "level 3 and 2 years", "without a level, 2 years"."""
    have, link = f"level {held.level}", " and"
    if held.level is None:
        have, link = "without a level", ","
    if held.years is not None:
        return f"{have}{link} {words.years_held(held.years)}"
    return f"{have}; the years are not said" if ask.years else have


def _skill_words(level: int | None, years: int | None) -> str:
    parts = [f"level {level}"] if level else []
    parts += [words.years(years)] if years else []
    return " and ".join(parts) or "that you can do this"


def certificate(ask: Ask, profile: Profile, *, today: date) -> Signal:
    """A certificate counts whole while it is valid. Among the skills it counts as held."""
    if ask.slug in profile.certificates:
        expires = profile.certificates[ask.slug]
        if expires is None or expires >= today:
            valid = "Held" if expires is None else f"Held, valid until {expires}"
            return Signal(FULL, Status.MET, "You hold it.", valid)
    named = profile.skills.get(ask.slug)
    if named is not None and named.level != 0:
        return Signal(FULL, Status.MET, "You hold it.", "Held")
    if ask.slug in profile.certificates:
        ended = f"xpired on {profile.certificates[ask.slug]}"
        return Signal(NONE, Status.MISSING, f"Yours e{ended}.", f"E{ended}")
    if named is not None:
        reason = "Your profile says that you don’t hold it."
        return Signal(NONE, Status.MISSING, reason, words.SAID_NO)
    reason = "Your profile does not say whether you hold it."
    return Signal(NONE, Status.UNKNOWN, reason, words.NOT_SAID)


def language(ask: Ask, profile: Profile) -> Signal:
    """A language by CEFR: one step below is half, less is nothing."""
    held = profile.languages
    if ask.language in profile.not_spoken:
        return Signal(NONE, Status.MISSING, "You say that you don’t speak it.", words.SAID_NO)
    if ask.language not in held:
        reason = "Your profile does not name this language."
        return Signal(NONE, Status.UNKNOWN, reason, words.NOT_SAID)
    mine = held[ask.language]
    have = "Spoken; how well is not said" if mine is None else str(mine)
    if ask.cefr is None:
        return Signal(FULL, Status.MET, "You speak it.", have)
    if mine is None:
        reason = f"Asks {ask.cefr}; your profile does not say how well you speak it."
        return Signal(NONE, Status.UNKNOWN, reason, have)
    below = _CEFR.index(ask.cefr) - _CEFR.index(mine)
    return _stepped(below, f"Asks {ask.cefr}; you have {mine}.", have)


def education(ask: Ask, held: EducationLevel | None, years: Fraction | None) -> Signal:
    """Education by rank: one step below is half, less is nothing; years beside it are asked too."""
    asked = ask.education or EducationLevel.NONE
    have = words.NOT_SAID if held is None else label(held)
    if asked.rank == 0:
        found = Signal(FULL, Status.MET, "Asks no formal education.", have)
    elif held is None:
        reason = f"Asks {words.education(asked)}; your profile does not say."
        found = Signal(NONE, Status.UNKNOWN, reason, have)
    else:
        reason = f"Asks {words.education(asked)}; you have {words.education(held)}."
        found = _stepped(asked.rank - held.rank, reason, have)
    if not ask.years:
        return found
    beside = experience(ask, years)
    reason = f"{found.reason} {beside.reason}"
    have = ", ".join(dict.fromkeys((found.have, beside.have)))
    if Status.MISSING in (found.status, beside.status):
        return Signal(NONE, Status.MISSING, reason, have)
    if Status.UNKNOWN in (found.status, beside.status):
        return Signal(NONE, Status.UNKNOWN, reason, have)
    fit = min(found.fit, beside.fit)
    return Signal(fit, Status.MET if fit == FULL else Status.PARTIAL, reason, have)


def experience(ask: Ask, held: Fraction | None) -> Signal:
    """Years of work: the share of the years asked. Of what they are, free text says; no rule reads
    it, and the reason says so."""
    part = Part(held, Fraction(ask.years or 0))
    said, have = "your profile does not say", words.NOT_SAID
    if held is not None:
        have = f"{words.years_held(held)} of work in all"
        said = f"you have {have}, of whatever kind"
    return _measured([part], f"Asks {words.years(ask.years or 0)}; {said}.", have)


def _stepped(below: int, reason: str, have: str) -> Signal:
    """The signal of a rank that lies so many steps below what is asked."""
    if below <= 0:
        return Signal(FULL, Status.MET, reason, have)
    if below == 1:
        return Signal(HALF, Status.PARTIAL, reason, have)
    return Signal(NONE, Status.MISSING, reason, have)


def _measured(parts: list[Part], reason: str, have: str) -> Signal:
    """The smallest share; years that are asked and not said give none and are not known."""
    said = [part for part in parts if part.held is not None or part.asked <= 0]
    if any(part.fit == NONE for part in said):
        return Signal(NONE, Status.MISSING, reason, have)
    if len(said) < len(parts):
        return Signal(NONE, Status.UNKNOWN, reason, have)
    fit = min(part.fit for part in parts)
    return Signal(fit, Status.MET if fit == FULL else Status.PARTIAL, reason, have)
