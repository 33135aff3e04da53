"""Words for the coded values of people and employers. Pure, beside the enums."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from cscareers.core.salary import PayPeriod
from profiles.enums import (
    Cefr,
    CvKind,
    EducationLevel,
    EmployerSize,
    FactKind,
    Industry,
    Kpi,
    Level,
    MemberRole,
    Schedule,
    SkillKind,
    SkillStatus,
    SuggestionStatus,
    VerificationKind,
    Visibility,
    WorkKind,
    WorkMode,
)

LABELS: Final[Mapping[type[StrEnum], Mapping[StrEnum, str]]] = {
    MemberRole: {
        MemberRole.OWNER: "Owner",
        MemberRole.RECRUITER: "Recruiter",
        MemberRole.INTERVIEWER: "Interviewer",
        MemberRole.VIEWER: "Viewer",
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
    Level: {
        Level.REPRESENTATIVE: "Representative",
        Level.SPECIALIST: "Specialist",
        Level.SUPERVISOR: "Supervisor",
        Level.MANAGER: "Manager",
        Level.SENIOR_MANAGER: "Senior manager",
        Level.DIRECTOR: "Director",
        Level.VP: "Vice president",
    },
    WorkMode: {
        WorkMode.ONSITE: "On site",
        WorkMode.HYBRID: "Hybrid",
        WorkMode.REMOTE: "Remote",
    },
    EducationLevel: {
        EducationLevel.NONE: "No formal education needed",
        EducationLevel.SECONDARY: "High school or equivalent",
        EducationLevel.ASSOCIATE: "Associate’s degree or similar",
        EducationLevel.BACHELOR: "Bachelor’s degree",
        EducationLevel.MASTER: "Master’s degree",
        EducationLevel.DOCTORATE: "Doctorate",
    },
    Cefr: {
        Cefr.A1: "A1 – a few words",
        Cefr.A2: "A2 – simple everyday talk",
        Cefr.B1: "B1 – gets by at work",
        Cefr.B2: "B2 – works in it independently",
        Cefr.C1: "C1 – fluent, also in writing",
        Cefr.C2: "C2 – like a first language",
    },
    Kpi: {
        Kpi.CSAT: "Customer satisfaction (CSAT)",
        Kpi.NPS: "Net promoter score (NPS)",
        Kpi.CES: "Customer effort score (CES)",
        Kpi.FCR: "First contact resolution",
        Kpi.AHT: "Average handle time",
        Kpi.SLA: "Service level",
        Kpi.RESPONSE_TIME: "First response time",
        Kpi.RESOLUTION_TIME: "Time to resolution",
        Kpi.QA_SCORE: "Quality score",
        Kpi.CONTACTS_HANDLED: "Contacts handled",
        Kpi.ABANDON_RATE: "Abandon rate",
        Kpi.BACKLOG: "Backlog",
        Kpi.RETENTION: "Customer retention",
        Kpi.CHURN: "Customer churn",
        Kpi.COST_PER_CONTACT: "Cost per contact",
        Kpi.STAFF_TURNOVER: "Staff turnover",
        Kpi.SELF_SERVICE_RATE: "Self-service rate",
    },
    Schedule: {
        Schedule.BUSINESS_HOURS: "Business hours",
        Schedule.EVENINGS: "Evenings",
        Schedule.WEEKENDS: "Weekends",
        Schedule.NIGHTS: "Nights",
        Schedule.SHIFTS: "Shifts",
        Schedule.ON_CALL: "On call",
        Schedule.FLEXIBLE: "Flexible hours",
    },
    PayPeriod: {
        PayPeriod.HOUR: "an hour",
        PayPeriod.DAY: "a day",
        PayPeriod.WEEK: "a week",
        PayPeriod.MONTH: "a month",
        PayPeriod.YEAR: "a year",
    },
    Visibility: {
        Visibility.NOBODY: "Nobody",
        Visibility.APPLICATION: "Employers that I apply to",
        Visibility.VERIFIED: "All verified employers",
    },
    WorkKind: {
        WorkKind.JOB: "Job",
        WorkKind.VOLUNTEER: "Voluntary work",
    },
    CvKind: {
        CvKind.JSON: "JSON Resume",
        CvKind.PDF: "PDF",
        CvKind.TEXT: "Text",
    },
    FactKind: {
        FactKind.ABOUT: "About you",
        FactKind.WISH: "What you look for",
        FactKind.SKILL: "Skills and tools",
        FactKind.CERTIFICATE: "Certificates",
        FactKind.LANGUAGE: "Languages",
        FactKind.EXPERIENCE: "Experience",
        FactKind.EVIDENCE: "Evidence",
        FactKind.EDUCATION: "Education",
        FactKind.PLACE: "Places",
    },
    SuggestionStatus: {
        SuggestionStatus.OPEN: "Open",
        SuggestionStatus.ACCEPTED: "Taken",
        SuggestionStatus.DISMISSED: "Left out",
    },
}

SKILL_LEVELS: Final[Mapping[int, str]] = {
    1: "1 – basic: works with help",
    2: "2 – independent: does the usual work alone",
    3: "3 – advanced: solves hard cases and helps others",
    4: "4 – expert: sets the standard and teaches it",
}
"""The four levels of a skill or tool row."""

OWN_LEVELS: Final[Mapping[int, str]] = {0: "0 – I don’t have it", **SKILL_LEVELS}
"""What a candidate says of a skill or tool; 0 is an explicit no."""

VISIBILITY_HINTS: Final[Mapping[Visibility, str]] = {
    Visibility.NOBODY: "Your matches are counted for you alone. No employer finds your profile.",
    Visibility.APPLICATION: "An employer sees your profile when you apply to one of its jobs. "
    "Nobody else does.",
    Visibility.VERIFIED: "Besides those that you apply to, every employer whose identity we "
    "checked may find your profile, but for those that you block.",
}
"""What each answer to "Who can see this" means."""

ROLE_SENTENCES: Final[Mapping[MemberRole, str]] = {
    MemberRole.OWNER: "Does all that recruiters do, and changes the team and the settings.",
    MemberRole.RECRUITER: "Writes jobs, imports them, closes them, and decides on applications.",
    MemberRole.INTERVIEWER: "Reads jobs and applications, and writes notes on applications.",
    MemberRole.VIEWER: "Reads jobs and applications, and changes nothing.",
}
"""What each role may do for its employer, for pages and mails."""


def level_words(level: int | None) -> str:
    """How well somebody knows a skill, in short: "Level 3, advanced"; None is not said."""
    if level is None:
        return "No level yet"
    words = OWN_LEVELS[level].partition(" – ")[2].partition(":")[0]
    return f"Level {level}, {words}" if level else "I don’t have it"


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
