"""Words for the coded values of people and employers. Pure, beside the enums."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from profiles.enums import (
    EmployerSize,
    Industry,
    MemberRole,
    SkillKind,
    SkillStatus,
    VerificationKind,
)

LABELS: Final[Mapping[type[StrEnum], Mapping[StrEnum, str]]] = {
    MemberRole: {
        MemberRole.OWNER: "Owner",
        MemberRole.RECRUITER: "Recruiter",
    },
    EmployerSize: {
        EmployerSize.UNDER_10: "1–9 employees",
        EmployerSize.UNDER_50: "10–49 employees",
        EmployerSize.UNDER_250: "50–249 employees",
        EmployerSize.UNDER_1000: "250–999 employees",
        EmployerSize.UNDER_5000: "1,000–4,999 employees",
        EmployerSize.OVER_5000: "5,000 employees or more",
    },
    VerificationKind: {
        VerificationKind.EMAIL: "Address at the employer’s domain confirmed",
        VerificationKind.DNS: "Control of the domain proven",
        VerificationKind.ADMIN: "Checked by our moderators",
    },
    SkillKind: {
        SkillKind.SKILL: "Skill",
        SkillKind.TOOL: "Tool",
        SkillKind.CERTIFICATE: "Certificate",
    },
    SkillStatus: {
        SkillStatus.APPROVED: "Approved",
        SkillStatus.PROPOSED: "Proposed",
        SkillStatus.REJECTED: "Rejected",
        SkillStatus.MERGED: "Merged",
    },
    Industry: {
        Industry.AGRICULTURE: "Agriculture, forestry and fishing",
        Industry.MINING: "Mining, oil and gas",
        Industry.UTILITIES: "Energy, water and waste",
        Industry.CONSTRUCTION: "Construction",
        Industry.MANUFACTURING: "Manufacturing",
        Industry.WHOLESALE: "Wholesale",
        Industry.RETAIL: "Retail",
        Industry.ECOMMERCE: "E-commerce",
        Industry.LOGISTICS: "Transport and logistics",
        Industry.INFORMATION: "Media and information",
        Industry.SAAS: "Software as a service",
        Industry.TELECOM: "Telecommunications",
        Industry.FINANCE: "Banking and finance",
        Industry.INSURANCE: "Insurance",
        Industry.REAL_ESTATE: "Real estate and rental",
        Industry.PROFESSIONAL: "Professional and technical services",
        Industry.MANAGEMENT: "Management of companies",
        Industry.ADMINISTRATIVE: "Administrative and support services",
        Industry.BPO: "Outsourced contact centres (BPO)",
        Industry.EDUCATION: "Education",
        Industry.HEALTH: "Health and social care",
        Industry.ARTS: "Arts, sport and recreation",
        Industry.HOSPITALITY: "Hotels and restaurants",
        Industry.TRAVEL: "Travel and tourism",
        Industry.OTHER_SERVICES: "Other services",
        Industry.PUBLIC: "Public administration",
    },
}


def label(member: StrEnum) -> str:
    """The words that people read for `member`. Raises KeyError for a value of another app."""
    return LABELS[type(member)][member]


def choices(enum: type[StrEnum]) -> list[tuple[str, str]]:
    """`(value, label)` of each member in the order of the enum: for forms and model fields."""
    return [(member.value, LABELS[enum][member]) for member in enum]


EVENT_WORDS: Final[Mapping[str, str]] = {
    "create": "Added",
    "update": "Changed",
    "verify": "Verified",
    "invite": "Somebody invited",
    "revoke-invitation": "Invitation taken back",
    "join": "Somebody joined",
    "leave": "Somebody left",
    "remove-member": "Somebody removed",
    "change-role": "Role changed",
    "suspend": "Suspended by us",
    "reinstate": "Reinstated by us",
}
"""What the history of an employer or an account says of each verb."""
