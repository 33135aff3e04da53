"""Value and label of every coded parameter."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from postings.enums import (
    BenefitKind,
    Cefr,
    EducationLevel,
    EmploymentType,
    ExtraPayKind,
    Importance,
    Level,
    ReportCategory,
    RequirementKind,
    Schedule,
    Specialisation,
    WorkMode,
)
from postings.labels import choices
from profiles.enums import Industry, VerificationKind

CODED: Final[Mapping[str, type[StrEnum]]] = {
    "level": Level,
    "mode": WorkMode,
    "employment": EmploymentType,
    "industry": Industry,
    "specialisation": Specialisation,
    "schedule": Schedule,
    "benefit": BenefitKind,
    "education": EducationLevel,
    "requirement_kind": RequirementKind,
    "importance": Importance,
    "cefr": Cefr,
    "extra_pay": ExtraPayKind,
    "verified": VerificationKind,
    "report_category": ReportCategory,
}


def vocabulary() -> dict[str, list[dict[str, str]]]:
    """All coded values in the order of their enums."""
    return {
        name: [{"value": value, "label": label} for value, label in choices(enum)]
        for name, enum in CODED.items()
    }
