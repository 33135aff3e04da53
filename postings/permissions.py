"""Who may do what to a posting: plain predicates."""

from typing import TYPE_CHECKING

from profiles.permissions import can_hire, is_member

if TYPE_CHECKING:
    from postings.models import Posting
    from profiles.permissions import Person

MODERATE = "postings.moderate_posting"


def can_see(user: "Person", posting: "Posting") -> bool:
    """True for members of the posting's employer, who see what is not public; twin of
    `PostingQuerySet.visible_to`."""
    return is_member(user, posting.employer)


def can_manage(user: "Person", posting: "Posting") -> bool:
    """True for those of its employer who write jobs; twin of `PostingQuerySet.managed_by`."""
    return can_hire(user, posting.employer)


def can_moderate(user: "Person") -> bool:
    """True for staff who hold the moderator's right."""
    return user.is_authenticated and user.is_staff and user.has_perm(MODERATE)
