"""Who: people, employers and the taxonomy."""

from profiles.models.employer import Employer, EmployerEvent
from profiles.models.membership import Invitation, Membership
from profiles.models.skill import Skill, SkillAlias, SkillEvent
from profiles.models.user import AccountEvent, User

__all__ = [
    "AccountEvent",
    "Employer",
    "EmployerEvent",
    "Invitation",
    "Membership",
    "Skill",
    "SkillAlias",
    "SkillEvent",
    "User",
]
