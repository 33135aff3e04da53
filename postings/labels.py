"""Words for the coded values of a posting. Pure, beside the enums.

`label` and `choices` also answer for the enums of profiles and for the pay periods, so that a page
about a posting asks one place.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

from postings.enums import (
    BenefitKind,
    Channel,
    Consequence,
    EmploymentType,
    ExtraPayKind,
    Importance,
    ImportStage,
    LineOutcome,
    Mark,
    Origin,
    PauseReason,
    PostingState,
    RejectionReason,
    ReportCategory,
    ReportStatus,
    RequirementKind,
    RevisionState,
    Specialisation,
    UnmatchedStatus,
)
from profiles import labels as profile_labels
from profiles.labels import SKILL_LEVELS as SKILL_LEVELS

LABELS: Final[Mapping[type[StrEnum], Mapping[StrEnum, str]]] = {
    **profile_labels.LABELS,
    UnmatchedStatus: {
        UnmatchedStatus.OPEN: "Waiting",
        UnmatchedStatus.ALIAS: "Other name of a term",
        UnmatchedStatus.IGNORED: "Ignored",
    },
    PostingState: {
        PostingState.DRAFT: "Draft",
        PostingState.IN_REVIEW: "In review",
        PostingState.REJECTED: "Sent back",
        PostingState.PUBLISHED: "Published",
        PostingState.PAUSED: "Paused",
        PostingState.FILLED: "Filled",
        PostingState.CLOSED: "Closed",
        PostingState.EXPIRED: "Expired",
        PostingState.SUSPENDED: "Suspended",
    },
    PauseReason: {
        PauseReason.MEMBER: "Paused by the employer",
        PauseReason.REPLIES: "Paused until its applicants are answered",
        PauseReason.UNCONFIRMED: "Paused: not confirmed for 14 days",
    },
    RevisionState: {
        RevisionState.DRAFT: "Draft",
        RevisionState.IN_REVIEW: "In review",
        RevisionState.REJECTED: "Sent back",
        RevisionState.APPROVED: "Approved",
        RevisionState.SUPERSEDED: "Replaced by a newer one",
        RevisionState.DISCARDED: "Discarded",
    },
    EmploymentType: {
        EmploymentType.FULL_TIME: "Full time",
        EmploymentType.PART_TIME: "Part time",
        EmploymentType.CONTRACTOR: "Contractor",
        EmploymentType.TEMPORARY: "Temporary",
        EmploymentType.INTERN: "Internship",
        EmploymentType.VOLUNTEER: "Volunteer",
        EmploymentType.PER_DIEM: "By the day",
        EmploymentType.OTHER: "Other",
    },
    Specialisation: {
        Specialisation.CONTACT_CENTRE: "Contact centre",
        Specialisation.TECHNICAL_SUPPORT: "Technical support",
        Specialisation.CUSTOMER_SUCCESS: "Customer success",
        Specialisation.CUSTOMER_EXPERIENCE: "Customer experience",
        Specialisation.FIELD_SERVICE: "Field service",
        Specialisation.RETAIL_SERVICE: "Retail service",
        Specialisation.GUEST_SERVICE: "Guest service",
        Specialisation.COMPLAINTS: "Complaints",
        Specialisation.RETENTION: "Retention",
        Specialisation.BILLING: "Billing",
        Specialisation.CLAIMS: "Claims",
        Specialisation.QUALITY: "Quality",
        Specialisation.WORKFORCE: "Workforce management",
        Specialisation.TRAINING: "Training",
        Specialisation.OPERATIONS: "Service operations",
        Specialisation.DIGITAL: "Digital channels",
    },
    RequirementKind: {
        RequirementKind.SKILL: "Skill",
        RequirementKind.TOOL: "Tool",
        RequirementKind.CERTIFICATE: "Certificate",
        RequirementKind.LANGUAGE: "Language",
        RequirementKind.EDUCATION: "Education",
        RequirementKind.EXPERIENCE: "Experience",
    },
    Importance: {
        Importance.MUST: "Must have",
        Importance.NICE: "Nice to have",
    },
    BenefitKind: {
        BenefitKind.HEALTH: "Health insurance",
        BenefitKind.DENTAL_VISION: "Dental and vision",
        BenefitKind.LIFE_DISABILITY: "Life and disability insurance",
        BenefitKind.RETIREMENT: "Retirement plan",
        BenefitKind.LEAVE_DAYS: "Paid leave",
        BenefitKind.SICK_LEAVE: "Paid sick leave",
        BenefitKind.PARENTAL_LEAVE: "Parental leave",
        BenefitKind.LEARNING_BUDGET: "Learning budget",
        BenefitKind.CERTIFICATION_PAID: "Certifications paid",
        BenefitKind.EQUIPMENT: "Equipment",
        BenefitKind.HOME_OFFICE: "Home office allowance",
        BenefitKind.COMMUTING: "Commuting",
        BenefitKind.MEALS: "Meals",
        BenefitKind.CHILDCARE: "Childcare",
        BenefitKind.WELLBEING: "Wellbeing",
        BenefitKind.DISCOUNTS: "Staff discounts",
        BenefitKind.FLEXIBLE_HOURS: "Flexible hours",
        BenefitKind.FOUR_DAY_WEEK: "Four-day week",
        BenefitKind.SHIFT_PREMIUM: "Shift premium",
        BenefitKind.VOLUNTEERING: "Volunteering days",
    },
    ExtraPayKind: {
        ExtraPayKind.BONUS: "Bonus",
        ExtraPayKind.COMMISSION: "Commission",
        ExtraPayKind.EQUITY: "Equity",
    },
    Channel: {
        Channel.PHONE: "Phone",
        Channel.EMAIL: "E-mail",
        Channel.CHAT: "Live chat",
        Channel.SOCIAL: "Social media",
        Channel.MESSAGING: "Messaging apps",
        Channel.SELF_SERVICE: "Self-service",
        Channel.VIDEO: "Video",
        Channel.IN_PERSON: "In person",
    },
    RejectionReason: {
        RejectionReason.PAY_UNCLEAR: "Pay unclear",
        RejectionReason.NOT_A_JOB: "Not a job",
        RejectionReason.WRONG_PROFESSION: "Not customer service",
        RejectionReason.DUPLICATE: "Already posted",
        RejectionReason.DISCRIMINATION: "Discrimination",
        RejectionReason.ASKS_PAYMENT: "Asks applicants for money",
        RejectionReason.EMPLOYER_UNPROVEN: "Employer not proven",
        RejectionReason.REQUIREMENTS_UNCLEAR: "Requirements unclear",
        RejectionReason.TEXT_QUALITY: "Text hard to read",
        RejectionReason.WRONG_PLACE: "Place wrong or missing",
        RejectionReason.OTHER: "Other",
    },
    ReportCategory: {
        ReportCategory.DISCRIMINATION: "It discriminates",
        ReportCategory.NOT_A_JOB: "It is not a job",
        ReportCategory.FAKE: "The job or the employer is not real",
        ReportCategory.ASKS_PAYMENT: "It asks me to pay",
        ReportCategory.ASKS_BANK_DETAILS: "It asks for bank details or documents",
        ReportCategory.OVER: "The job is no longer open",
        ReportCategory.PAY_MISLEADING: "The pay is not what it says",
        ReportCategory.DUPLICATE: "It is here twice",
        ReportCategory.NOT_REMOTE: "It is not remote as it says",
        ReportCategory.OTHER: "Something else",
    },
    ReportStatus: {
        ReportStatus.OPEN: "Waits for us",
        ReportStatus.UPHELD: "Upheld",
        ReportStatus.DISMISSED: "Nothing wrong found",
    },
    Consequence: {
        Consequence.SUSPEND: "Suspend the job",
        Consequence.CLOSE: "Close the job",
        Consequence.CHANGE: "Send it back for a change",
        Consequence.NONE: "Leave the job as it is",
    },
    Mark: {
        Mark.SAVED: "Saved",
        Mark.HIDDEN: "Hidden",
    },
    Origin: {
        Origin.FORM: "Written here",
        Origin.IMPORT: "Imported",
        Origin.DEMO: "Demo data",
    },
    ImportStage: {
        ImportStage.CHECKING: "Being checked",
        ImportStage.PREVIEWED: "Waits for your yes",
        ImportStage.IMPORTING: "Being imported",
        ImportStage.CONFIRMED: "Imported",
        ImportStage.UNDOING: "Being undone",
        ImportStage.UNDONE: "Undone",
        ImportStage.DROPPED: "Not imported",
    },
    LineOutcome: {
        LineOutcome.CREATED: "New",
        LineOutcome.UPDATED: "Changed",
        LineOutcome.UNCHANGED: "Unchanged",
        LineOutcome.REFUSED: "Refused",
    },
}

REJECTION_SENTENCES: Final[Mapping[RejectionReason, str]] = {
    RejectionReason.PAY_UNCLEAR: (
        "We could not tell what the job pays. State the lowest and the highest base pay that you"
        " would agree to, with its currency and period; put bonus and commission in rows of"
        " their own."
    ),
    RejectionReason.NOT_A_JOB: (
        "This does not offer a job that is open now. Courses, talent pools, franchises and"
        " advertising have no place on the board."
    ),
    RejectionReason.WRONG_PROFESSION: (
        "The board is for customer service, from representative to vice president. We could not"
        " see that helping customers, or leading those who do, is the main work here."
    ),
    RejectionReason.DUPLICATE: (
        "This opening is already on the board. Change the posting that is there; one posting can"
        " name several places."
    ),
    RejectionReason.DISCRIMINATION: (
        "The text prefers or shuts out people for something other than their ability to do the"
        " work, such as age, sex, origin, religion, family or disability. Ask for what the work"
        " needs instead."
    ),
    RejectionReason.ASKS_PAYMENT: (
        "Applicants are asked to pay for something, such as training, equipment or a check. An"
        " employer here bears those costs."
    ),
    RejectionReason.EMPLOYER_UNPROVEN: (
        "We could not establish that you hire for this employer. Confirm an e-mail address at the"
        " employer’s own domain and submit again."
    ),
    RejectionReason.REQUIREMENTS_UNCLEAR: (
        "The requirements do not say what somebody must bring. Keep as must-haves only what the"
        " work can’t be done without, each in a row of its own, and make the rest nice to have."
    ),
    RejectionReason.TEXT_QUALITY: (
        "The text is hard to follow, or parts of a draft are left in it. Read it once as somebody"
        " who has never heard of you, and say what the day looks like."
    ),
    RejectionReason.WRONG_PLACE: (
        "The place is missing or does not fit the text. Name the city where the work is done; for"
        " remote work, the countries from which people may apply."
    ),
    RejectionReason.OTHER: "The moderator’s note below says what to change.",
}
"""What the mail to the employer says for each reason, before the moderator's own words."""


EVENT_WORDS: Final[Mapping[str, str]] = {
    "create": "Draft begun",
    "submit": "Handed in for review",
    "withdraw": "Taken back from review",
    "approve": "Approved and published",
    "reject": "Sent back by us",
    "rework": "Made a draft again",
    "discard": "Draft discarded",
    "pause": "Paused",
    "resume": "Opened again",
    "fill": "Filled",
    "close": "Closed",
    "expire": "Closed by its date",
    "suspend": "Suspended by us",
    "reinstate": "Reinstated by us",
    "hold": "Paused by us for a check",
    "release": "Opened again after our check",
    "uphold-reports": "Reports looked at: something is wrong",
    "dismiss-reports": "Reports looked at: nothing wrong",
    "ask-change": "We asked for a change",
    "confirm": "Confirmed: still hiring",
    "extend": "Last day to apply changed",
    "start-revision": "New version begun",
    "submit-revision": "New version handed in for review",
    "withdraw-revision": "New version taken back from review",
    "retract": "Approval taken back: in review again",
    "retract-revision": "Approval of the new version taken back: it is in review again",
    "approve-revision": "New version approved and published",
    "reject-revision": "New version sent back by us",
    "rework-revision": "New version made a draft again",
    "discard-revision": "New version discarded",
}
"""What the history of a posting says of each verb."""


def label(member: StrEnum) -> str:
    """The words that people read for `member`."""
    return LABELS[type(member)][member]


def choices(enum: type[StrEnum]) -> list[tuple[str, str]]:
    """`(value, label)` of each member in the order of the enum: for forms and model fields."""
    return [(member.value, LABELS[enum][member]) for member in enum]


IMPORT_REASONS: Final[Mapping[str, str]] = {
    "not_json": "This line is not JSON: a bracket or a quote may be missing, or it is cut off.",
    "not_an_object": "This line holds no object in braces.",
    "not_a_job_posting": "This object is not a JobPosting: its @type says something else.",
    "no_title": "It has no title.",
    "no_employer": "It names no employer.",
    "too_long": "The line is longer than a million bytes. No job is.",
    "not_text": "The line is no text: the file may be an archive or a document.",
    "not_storable": "It holds characters or numbers that can’t be stored.",
    "same": "Nothing is new since the last import.",
    "repeated": "An earlier line of this file is the same job: that one counts.",
    "in_hand": "Somebody of your team works on this job, or it is in review.",
    "settled": "This job is closed, filled or suspended.",
}
"""Why a line of an import was refused, or left its posting alone."""

BY_ITSELF: Final[Mapping[PauseReason, str]] = {
    PauseReason.REPLIES: "its applicants are answered",
    PauseReason.UNCONFIRMED: "confirmed by the employer",
}
"""Pauses that nobody chose, with what ends them."""


def pause_event_words(verb: str, reasons: Sequence[str], *, moved: bool) -> str:
    """What a history says of a pause that nobody chose, and of its end; empty for all else.
    `moved`: the posting came into another state by it."""
    reason = next((PauseReason(code) for code in reasons if code in list(BY_ITSELF)), None)
    if reason is None or verb not in ("pause", "resume"):
        return ""
    if verb == "pause":
        return label(reason)
    return f"{'Open again:' if moved else 'Paused still, but'} {BY_ITSELF[reason]}"
