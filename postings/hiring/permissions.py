"""Who may do what with an application: predicates; their row-set twins stand on the QuerySet."""

from typing import TYPE_CHECKING

from profiles.permissions import can_hire, can_interview, is_member

if TYPE_CHECKING:
    from postings.hiring.models import Application
    from profiles.permissions import Person


def is_candidate(user: "Person", application: "Application") -> bool:
    """True for whoever sent it; twin of `ApplicationQuerySet.of_candidate`."""
    return user.is_authenticated and application.candidate_id == user.pk


def can_read(user: "Person", application: "Application") -> bool:
    """True for the whole team of the employer that received it."""
    return is_member(user, application.posting.employer)


def can_note(user: "Person", application: "Application") -> bool:
    """True for those of the team who write notes about applicants: all but viewers."""
    return can_interview(user, application.posting.employer)


def can_decide(user: "Person", application: "Application") -> bool:
    """True for those of the team who move applications on."""
    return can_hire(user, application.posting.employer)
