"""Who may do what to an employer: plain predicates. Their row-set twins stand on the querysets."""

from typing import TYPE_CHECKING

from profiles.enums import HIRING, INTERVIEWING, MemberRole

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from profiles.models import Employer, User

    Person = User | AnonymousUser


def is_member(user: "Person", employer: "Employer") -> bool:
    """True for the team of `employer`; twin of `EmployerQuerySet.for_member`."""
    return user.is_authenticated and employer.memberships.filter(user_id=user.pk).exists()


def can_hire(user: "Person", employer: "Employer") -> bool:
    """True for owners and recruiters of `employer`; twin of `EmployerQuerySet.for_hiring`."""
    return (
        user.is_authenticated
        and employer.memberships.filter(user_id=user.pk, role__in=HIRING).exists()
    )


def can_interview(user: "Person", employer: "Employer") -> bool:
    """True for interviewers and those who hire, who write notes on applications; twin of
    `EmployerQuerySet.for_interviewing`."""
    return (
        user.is_authenticated
        and employer.memberships.filter(user_id=user.pk, role__in=INTERVIEWING).exists()
    )


def is_owner(user: "Person", employer: "Employer") -> bool:
    """True for owners of `employer`, who also care for its team and settings; twin of
    `EmployerQuerySet.for_owner`."""
    return (
        user.is_authenticated
        and employer.memberships.filter(user_id=user.pk, role=MemberRole.OWNER).exists()
    )


def can_suspend(actor: "User", user: "User") -> bool:
    """True for anybody's account but one's own; staff are for superusers to suspend."""
    return actor.pk != user.pk and (actor.is_superuser or not user.is_staff)
