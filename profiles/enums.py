"""Coded values of people and employers; plain StrEnums so that pure modules may use them."""

from enum import StrEnum
from typing import Final


class MemberRole(StrEnum):
    """What somebody does for an employer, the highest first; see `profiles.permissions`."""

    OWNER = "owner"
    RECRUITER = "recruiter"
    INTERVIEWER = "interviewer"
    VIEWER = "viewer"


HIRING: Final = (MemberRole.OWNER, MemberRole.RECRUITER)
"""Roles that write jobs and decide on applications."""
INTERVIEWING: Final = (*HIRING, MemberRole.INTERVIEWER)
"""Roles that write notes on applications; whoever is left, the viewers, only reads."""


class EmployerSize(StrEnum):
    """Number of employees, in bands."""

    UNDER_10 = "1-9"
    UNDER_50 = "10-49"
    UNDER_250 = "50-249"
    UNDER_1000 = "250-999"
    UNDER_5000 = "1000-4999"
    OVER_5000 = "5000+"


class VerificationKind(StrEnum):
    """Rungs of the trust ladder, lowest first."""

    EMAIL = "email"
    DNS = "dns"
    ADMIN = "admin"


class SkillKind(StrEnum):
    SKILL = "skill"
    TOOL = "tool"
    CERTIFICATE = "certificate"


class SkillStatus(StrEnum):
    """Only approved terms are offered; a proposed one waits for a moderator, and a merged one leads
    to the term that took its place."""

    APPROVED = "approved"
    PROPOSED = "proposed"
    REJECTED = "rejected"
    MERGED = "merged"


class Industry(StrEnum):
    """NAICS 2022 sectors, and the divisions of this field that they hide."""

    AGRICULTURE = "agriculture"
    MINING = "mining"
    UTILITIES = "utilities"
    CONSTRUCTION = "construction"
    MANUFACTURING = "manufacturing"
    WHOLESALE = "wholesale"
    RETAIL = "retail"
    ECOMMERCE = "e-commerce"
    LOGISTICS = "logistics"
    INFORMATION = "information"
    SAAS = "saas"
    TELECOM = "telecommunications"
    FINANCE = "finance"
    INSURANCE = "insurance"
    REAL_ESTATE = "real-estate"
    PROFESSIONAL = "professional-services"
    MANAGEMENT = "management-of-companies"
    ADMINISTRATIVE = "administrative-services"
    BPO = "bpo"
    EDUCATION = "education"
    HEALTH = "health-care"
    ARTS = "arts-recreation"
    HOSPITALITY = "hospitality"
    TRAVEL = "travel"
    OTHER_SERVICES = "other-services"
    PUBLIC = "public-administration"


class Level(StrEnum):
    """The seven steps of the ladder, lowest first."""

    REPRESENTATIVE = "representative"
    SPECIALIST = "specialist"
    SUPERVISOR = "supervisor"
    MANAGER = "manager"
    SENIOR_MANAGER = "senior-manager"
    DIRECTOR = "director"
    VP = "vp"

    @property
    def step(self) -> int:
        """1 for representative up to 7 for VP."""
        return list(Level).index(self) + 1


class WorkMode(StrEnum):
    ONSITE = "onsite"
    HYBRID = "hybrid"
    REMOTE = "remote"


class EducationLevel(StrEnum):
    """Lowest first; `rank` orders them."""

    NONE = "none"
    SECONDARY = "secondary"
    ASSOCIATE = "associate"
    BACHELOR = "bachelor"
    MASTER = "master"
    DOCTORATE = "doctorate"

    @property
    def rank(self) -> int:
        return list(EducationLevel).index(self)


class Cefr(StrEnum):
    A1 = "A1"
    A2 = "A2"
    B1 = "B1"
    B2 = "B2"
    C1 = "C1"
    C2 = "C2"


class Kpi(StrEnum):
    CSAT = "csat"
    NPS = "nps"
    CES = "ces"
    FCR = "fcr"
    AHT = "aht"
    SLA = "sla"
    RESPONSE_TIME = "response-time"
    RESOLUTION_TIME = "resolution-time"
    QA_SCORE = "qa-score"
    CONTACTS_HANDLED = "contacts-handled"
    ABANDON_RATE = "abandon-rate"
    BACKLOG = "backlog"
    RETENTION = "retention"
    CHURN = "churn"
    COST_PER_CONTACT = "cost-per-contact"
    STAFF_TURNOVER = "staff-turnover"
    SELF_SERVICE_RATE = "self-service-rate"


class Schedule(StrEnum):
    BUSINESS_HOURS = "business-hours"
    EVENINGS = "evenings"
    WEEKENDS = "weekends"
    NIGHTS = "nights"
    SHIFTS = "shifts"
    ON_CALL = "on-call"
    FLEXIBLE = "flexible"


class Visibility(StrEnum):
    """Who may see a candidate's profile beside the candidate."""

    NOBODY = "nobody"
    APPLICATION = "application"
    VERIFIED = "verified"


class WorkKind(StrEnum):
    """Whether experience was a job; only jobs count as years of work."""

    JOB = "job"
    VOLUNTEER = "volunteer"


class CvKind(StrEnum):
    """What a CV came as."""

    JSON = "json"
    PDF = "pdf"
    TEXT = "text"


class FactKind(StrEnum):
    """What a CV says of somebody: parts of the profile itself, or rows of it."""

    ABOUT = "about"
    WISH = "wish"
    SKILL = "skill"
    CERTIFICATE = "certificate"
    LANGUAGE = "language"
    EXPERIENCE = "experience"
    EVIDENCE = "evidence"
    EDUCATION = "education"
    PLACE = "place"


class SuggestionStatus(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    DISMISSED = "dismissed"
