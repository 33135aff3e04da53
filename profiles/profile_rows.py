"""The rows of a profile in words, kind by kind: what each is called and what it says."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db.models import QuerySet

from cscareers.core.languages import language_name
from cscareers.core.nearby import city_words
from profiles.enums import Cefr, EducationLevel, Kpi, Level, SkillKind, WorkKind
from profiles.labels import label, level_words
from profiles.models import (
    CandidateCertificate,
    CandidateLanguage,
    CandidatePlace,
    CandidateProfile,
    CandidateSkill,
    Education,
    Evidence,
    Experience,
)
from profiles.periods import write_date, write_period


@dataclass(frozen=True, slots=True)
class Row:
    """One row in words. `level` of four where `has_level`; the rest is empty where not said."""

    pid: str
    title: str
    level: int | None = None
    has_level: bool = False
    how_well: str = ""
    when: str = ""
    detail: str = ""
    warning: str = ""
    unproven: str = ""
    """The term of a skill that is held and of which no evidence tells."""

    @property
    def line(self) -> str:
        """All of it but warnings in one line: "Zendesk: Level 3, advanced; 6 years"."""
        parts = "; ".join(part for part in (self.how_well, self.when, self.detail) if part)
        return f"{self.title}: {parts}" if parts else self.title


def rows_of(profile: CandidateProfile, kind: str, *, today: date) -> list[Row]:
    """The rows of one kind, in the order of the page; none of a profile that is not saved."""
    return _READERS[kind](profile, today) if profile.pk else []


def number(amount: Decimal | None) -> str:
    """A figure as people write it: "210", "4.5"; empty for None."""
    return "" if amount is None else f"{amount.normalize():,f}"


def _skills(kind: SkillKind) -> Callable[[CandidateProfile, date], list[Row]]:
    def read(profile: CandidateProfile, today: date) -> list[Row]:
        found = CandidateSkill.objects.filter(profile=profile, skill__kind=kind)
        rows = found.select_related("skill").order_by("skill__name", "pk")
        proofs: dict[int | None, list[str]] = {}
        for proof in Evidence.objects.filter(profile=profile, skill__kind=kind).order_by("pk"):
            proofs.setdefault(proof.skill_id, []).append(_figures(proof) or proof.what)
        return [_skill(row, proofs.get(row.skill_id, [])) for row in _best_first(rows)]

    return read


def _best_first(rows: Iterable[CandidateSkill]) -> list[CandidateSkill]:
    return sorted(rows, key=lambda row: -1 if row.level is None else row.level, reverse=True)


def _skill(row: CandidateSkill, proofs: list[str]) -> Row:
    years = _years(row.years)
    used = f"last used {write_date(row.last_used)}" if row.last_used else ""
    return Row(
        row.public_id,
        row.skill.name,
        level=row.level,
        has_level=True,
        how_well=level_words(row.level),
        when=", ".join(part for part in (years, used) if part),
        detail="; ".join(proofs),
        unproven="" if proofs or row.level == 0 else row.skill.name,
    )


def _years(years: Decimal | None) -> str:
    if years is None:
        return ""
    return f"{number(years)} {'year' if years == 1 else 'years'}"


def _figures(proof: Evidence) -> str:
    """ "Quality score: 78 to 91 %", or what there is of it."""
    if not proof.kpi:
        return ""
    amounts = " to ".join(number(n) for n in (proof.before, proof.after) if n is not None)
    told = " ".join(part for part in (amounts, proof.unit) if part)
    name = label(Kpi(proof.kpi))
    return f"{name}: {told}" if amounts else name


def _experience(profile: CandidateProfile, today: date) -> list[Row]:
    rows = sorted(profile.experience.order_by("-started", "pk"), key=lambda row: bool(row.ended))
    return [
        Row(
            row.public_id,
            ", ".join(part for part in (row.position, row.employer_name) if part),
            how_well=label(Level(row.level)) if row.level else "",
            when=write_period(row.started, row.ended),
            detail=_joined(
                "Voluntary work" if row.kind == WorkKind.VOLUNTEER else "", row.location
            ),
            warning="" if row.started else "Without a beginning it adds no years of experience.",
        )
        for row in rows
    ]


def _evidence(profile: CandidateProfile, today: date) -> list[Row]:
    rows = profile.evidence.select_related("skill").order_by("-started", "pk")
    return [
        Row(
            row.public_id,
            row.what,
            how_well=_figures(row),
            when=_joined(
                f"team of {row.team_size:,}" if row.team_size else "",
                write_period(row.started, row.ended),
            ),
            detail=_joined(row.skill.name if row.skill else "", row.where),
        )
        for row in rows
    ]


def _languages(profile: CandidateProfile, today: date) -> list[Row]:
    rows = sorted(profile.languages.all(), key=lambda row: language_name(row.code))
    return [
        Row(
            row.public_id,
            language_name(row.code),
            how_well=label(Cefr(row.cefr)) if row.cefr else "",
            warning="" if row.cefr else "No level yet: jobs that ask for one can’t be matched.",
        )
        for row in sorted(rows, key=lambda row: row.cefr, reverse=True)
    ]


def _education(profile: CandidateProfile, today: date) -> list[Row]:
    rows = profile.education.order_by("-ended", "-started", "pk")
    return [
        Row(
            row.public_id,
            _joined(row.study_type, row.area) or row.institution or _degree(row.level),
            how_well=_degree(row.level),
            when=write_period(row.started, row.ended),
            detail=row.institution,
        )
        for row in rows
    ]


def _degree(level: str) -> str:
    if level == EducationLevel.NONE:
        return "No school leaving certificate"
    return label(EducationLevel(level)) if level else ""


def _certificates(profile: CandidateProfile, today: date) -> list[Row]:
    rows = profile.certificates.select_related("skill").order_by("pk")
    return [
        Row(
            row.public_id,
            row.skill.name if row.skill else row.name,
            how_well=row.issuer,
            when=_joined(
                f"since {write_date(row.issued)}" if row.issued else "",
                _expiry(row.expires, today),
            ),
            warning="" if row.skill else "Kept by name alone: no job is matched by it.",
        )
        for row in rows
    ]


def _expiry(expires: date | None, today: date) -> str:
    if expires is None:
        return ""
    return f"{'ended' if expires < today else 'valid until'} {write_date(expires.isoformat())}"


def _places(profile: CandidateProfile, today: date) -> list[Row]:
    rows = profile.places.select_related("city__country").order_by("pk")
    return [
        Row(
            row.public_id,
            city_words(row.city),
            how_well=f"within {row.radius_km} km" if row.radius_km else "in the city itself",
        )
        for row in rows
    ]


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


_READERS: Final[Mapping[str, Callable[[CandidateProfile, date], list[Row]]]] = {
    "skills": _skills(SkillKind.SKILL),
    "tools": _skills(SkillKind.TOOL),
    "experience": _experience,
    "evidence": _evidence,
    "languages": _languages,
    "education": _education,
    "certificates": _certificates,
    "places": _places,
}
KINDS: Final = tuple(_READERS)
"""Kinds of rows, as addresses name them."""


def stored(kind: str) -> QuerySet[Any]:
    """The rows of one kind in all profiles, with what a form of one reads."""
    return _STORED[kind].all()


_STORED: Final[Mapping[str, QuerySet[Any]]] = {
    "skills": CandidateSkill.objects.filter(skill__kind=SkillKind.SKILL).select_related("skill"),
    "tools": CandidateSkill.objects.filter(skill__kind=SkillKind.TOOL).select_related("skill"),
    "experience": Experience.objects.all(),
    "evidence": Evidence.objects.select_related("skill"),
    "languages": CandidateLanguage.objects.all(),
    "education": Education.objects.all(),
    "certificates": CandidateCertificate.objects.select_related("skill"),
    "places": CandidatePlace.objects.select_related("city__country"),
}
