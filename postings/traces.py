"""What somebody left behind with one posting: for its page, and for the question on their return.

The rows belong to `postings.hiring`; they are read through the posting's and the person's own
relations.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from django.db.models import Exists, Subquery

from postings.models import Posting
from profiles.models import User

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser


@dataclass(frozen=True, slots=True)
class Question:
    """ "Did you apply at <host>?", about one job."""

    public_id: str
    title: str
    employer: str
    host: str

    @classmethod
    def about(cls, posting: Posting) -> Self:
        """The question about a posting whose employer and live revision are loaded."""
        host = posting.live_content.apply_host
        return cls(posting.public_id, posting.title, posting.employer.name, host)


@dataclass(frozen=True, slots=True)
class Traces:
    """`tracked`: the id of the row in their tracker, or ""; `questions`: the one to ask of somebody
    who left for the employer's site, or none."""

    tracked: str
    questions: tuple[Question, ...]


def traces_of(user: "AbstractBaseUser | AnonymousUser", posting: Posting) -> Traces | None:
    """What `user` left with a posting, in one query; None for whoever is not signed in."""
    if not isinstance(user, User):
        return None
    left = posting.hand_offs.filter(user=user, settled="")
    tracked = user.tracked_jobs.filter(posting=posting).values("public_id")[:1]
    found = Posting.objects.filter(pk=posting.pk).values_list(Exists(left), Subquery(tracked))
    went, key = found.get()
    return Traces(key or "", (Question.about(posting),) if went else ())
