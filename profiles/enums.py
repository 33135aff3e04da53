"""Coded values of people and employers; plain StrEnums so that pure modules may use them."""

from enum import StrEnum


class MemberRole(StrEnum):
    OWNER = "owner"
    RECRUITER = "recruiter"


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
