"""Who: people, employers, candidates and the taxonomy."""

from profiles.models.candidate import BlockedName, CandidatePlace, CandidateProfile, ProfileRow
from profiles.models.cv_import import CvImport, CvSuggestion
from profiles.models.employer import Employer, EmployerEvent, EmployerQuerySet
from profiles.models.history import (
    CandidateCertificate,
    CandidateLanguage,
    CandidateSkill,
    Education,
    Evidence,
    Experience,
)
from profiles.models.membership import Invitation, Membership
from profiles.models.skill import Skill, SkillAlias, SkillEvent
from profiles.models.user import AccountEvent, User

__all__ = [
    "AccountEvent",
    "BlockedName",
    "CandidateCertificate",
    "CandidateLanguage",
    "CandidatePlace",
    "CandidateProfile",
    "CandidateSkill",
    "CvImport",
    "CvSuggestion",
    "Education",
    "Employer",
    "EmployerEvent",
    "EmployerQuerySet",
    "Evidence",
    "Experience",
    "Invitation",
    "Membership",
    "ProfileRow",
    "Skill",
    "SkillAlias",
    "SkillEvent",
    "User",
]
