"""Coded values of a posting.

Plain StrEnums: pure modules use them without Django. Their labels stand in `postings.labels`.
What a posting asks and a person has is one word for both; it stands in `profiles.enums`.
"""

from enum import StrEnum
from typing import Final

from profiles.enums import Cefr as Cefr
from profiles.enums import EducationLevel as EducationLevel
from profiles.enums import Kpi as Kpi
from profiles.enums import Level as Level
from profiles.enums import Schedule as Schedule
from profiles.enums import WorkMode as WorkMode


class PostingState(StrEnum):
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    REJECTED = "rejected"
    PUBLISHED = "published"
    PAUSED = "paused"
    FILLED = "filled"
    CLOSED = "closed"
    EXPIRED = "expired"
    SUSPENDED = "suspended"


class PauseReason(StrEnum):
    """Why a posting is paused; it opens again when none is left. What we hold because of reports
    is `Posting.held_at`."""

    MEMBER = "member"
    REPLIES = "replies"
    UNCONFIRMED = "unconfirmed"


class RevisionState(StrEnum):
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    REJECTED = "rejected"
    APPROVED = "approved"
    SUPERSEDED = "superseded"
    DISCARDED = "discarded"


class EmploymentType(StrEnum):
    """schema.org employmentType values as Google reads them."""

    FULL_TIME = "FULL_TIME"
    PART_TIME = "PART_TIME"
    CONTRACTOR = "CONTRACTOR"
    TEMPORARY = "TEMPORARY"
    INTERN = "INTERN"
    VOLUNTEER = "VOLUNTEER"
    PER_DIEM = "PER_DIEM"
    OTHER = "OTHER"


class Specialisation(StrEnum):
    CONTACT_CENTRE = "contact-centre"
    TECHNICAL_SUPPORT = "technical-support"
    CUSTOMER_SUCCESS = "customer-success"
    CUSTOMER_EXPERIENCE = "customer-experience"
    FIELD_SERVICE = "field-service"
    RETAIL_SERVICE = "retail-service"
    GUEST_SERVICE = "guest-service"
    COMPLAINTS = "complaints"
    RETENTION = "retention"
    BILLING = "billing"
    CLAIMS = "claims"
    QUALITY = "quality"
    WORKFORCE = "workforce-management"
    TRAINING = "training"
    OPERATIONS = "operations"
    DIGITAL = "digital-channels"


class RequirementKind(StrEnum):
    SKILL = "skill"
    TOOL = "tool"
    CERTIFICATE = "certificate"
    LANGUAGE = "language"
    EDUCATION = "education"
    EXPERIENCE = "experience"


class Importance(StrEnum):
    MUST = "must"
    NICE = "nice"


class BenefitKind(StrEnum):
    HEALTH = "health"
    DENTAL_VISION = "dental-vision"
    LIFE_DISABILITY = "life-disability"
    RETIREMENT = "retirement"
    LEAVE_DAYS = "leave-days"
    SICK_LEAVE = "sick-leave"
    PARENTAL_LEAVE = "parental-leave"
    LEARNING_BUDGET = "learning-budget"
    CERTIFICATION_PAID = "certification-paid"
    EQUIPMENT = "equipment"
    HOME_OFFICE = "home-office"
    COMMUTING = "commuting"
    MEALS = "meals"
    CHILDCARE = "childcare"
    WELLBEING = "wellbeing"
    DISCOUNTS = "discounts"
    FLEXIBLE_HOURS = "flexible-hours"
    FOUR_DAY_WEEK = "four-day-week"
    SHIFT_PREMIUM = "shift-premium"
    VOLUNTEERING = "volunteering"


class ExtraPayKind(StrEnum):
    BONUS = "bonus"
    COMMISSION = "commission"
    EQUITY = "equity"


class Channel(StrEnum):
    PHONE = "phone"
    EMAIL = "email"
    CHAT = "chat"
    SOCIAL = "social"
    MESSAGING = "messaging"
    SELF_SERVICE = "self-service"
    VIDEO = "video"
    IN_PERSON = "in-person"


class RejectionReason(StrEnum):
    """Why a moderator sends a revision back; labels and mail sentences in `postings.labels`."""

    PAY_UNCLEAR = "pay-unclear"
    NOT_A_JOB = "not-a-job"
    WRONG_PROFESSION = "wrong-profession"
    DUPLICATE = "duplicate"
    DISCRIMINATION = "discrimination"
    ASKS_PAYMENT = "asks-payment"
    EMPLOYER_UNPROVEN = "employer-unproven"
    REQUIREMENTS_UNCLEAR = "requirements-unclear"
    TEXT_QUALITY = "text-quality"
    WRONG_PLACE = "wrong-place"
    OTHER = "other"


class ReportCategory(StrEnum):
    """What a reader can report; part of the public vocabulary."""

    DISCRIMINATION = "discrimination"
    NOT_A_JOB = "not-a-job"
    FAKE = "fake"
    ASKS_PAYMENT = "asks-payment"
    ASKS_BANK_DETAILS = "asks-bank-details"
    OVER = "over"
    PAY_MISLEADING = "pay-misleading"
    DUPLICATE = "duplicate"
    NOT_REMOTE = "not-remote"
    OTHER = "other"


FRAUD: Final = (
    ReportCategory.FAKE,
    ReportCategory.ASKS_PAYMENT,
    ReportCategory.ASKS_BANK_DETAILS,
)
"""Categories that do harm while a posting is open: reports in these can pause it."""


class UnmatchedStatus(StrEnum):
    """What became of words that nothing was found for."""

    OPEN = "open"
    ALIAS = "alias"
    IGNORED = "ignored"


class ReportStatus(StrEnum):
    OPEN = "open"
    UPHELD = "upheld"
    DISMISSED = "dismissed"


class Consequence(StrEnum):
    """What becomes of a posting whose reports a moderator upholds."""

    SUSPEND = "suspend"
    CLOSE = "close"
    CHANGE = "change"
    NONE = "none"


class Mark(StrEnum):
    """What somebody did with a posting for themselves."""

    SAVED = "saved"
    HIDDEN = "hidden"


class Origin(StrEnum):
    """How a posting came to us."""

    FORM = "form"
    IMPORT = "import"
    DEMO = "demo"


class ImportStage(StrEnum):
    """Where a run of the importer's pages stands. While it is being carried out, by a request or
    by the worker, it is `checking`, `importing` or `undoing`."""

    CHECKING = "checking"
    PREVIEWED = "previewed"
    IMPORTING = "importing"
    CONFIRMED = "confirmed"
    UNDOING = "undoing"
    UNDONE = "undone"
    DROPPED = "dropped"


class LineOutcome(StrEnum):
    """What a line of an import does to the employer's postings, or did."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
