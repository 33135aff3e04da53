"""Who of a team may do what with an application: predicates, which pages ask about their buttons.
Views fetch through its posting, whose scopes say the same; see `postings.hiring.access`."""

from typing import TYPE_CHECKING

from postings.permissions import can_manage
from profiles.permissions import can_interview

if TYPE_CHECKING:
    from postings.hiring.models import Application
    from profiles.permissions import Person


def can_note(user: "Person", application: "Application") -> bool:
    """True for those of the team who write notes about applicants: all but viewers."""
    return can_interview(user, application.posting.employer)


def can_decide(user: "Person", application: "Application") -> bool:
    """True for those of the team who move applications on."""
    return can_manage(user, application.posting)
