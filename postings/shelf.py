"""What somebody has saved and hidden, for the lists that show it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from postings.enums import Mark
from postings.models import MarkedPosting
from profiles.models import User

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser


@dataclass(frozen=True, slots=True)
class Shelf:
    """The marks of one person on some postings; `back` is the page that shows them."""

    marks: Mapping[str, Mark]
    back: str

    def mark_of(self, public_id: str) -> Mark | None:
        return self.marks.get(public_id)


def shelf_for(
    user: "AbstractBaseUser | AnonymousUser", public_ids: Iterable[str], *, back: str
) -> Shelf | None:
    """The marks of `user` on these postings, in one query; None for whoever is not signed in."""
    if not isinstance(user, User):
        return None
    rows = MarkedPosting.objects.filter(user=user, posting__public_id__in=list(public_ids))
    marks = rows.values_list("posting__public_id", "mark")
    return Shelf({public_id: Mark(mark) for public_id, mark in marks}, back)


def hidden_ids(user: User) -> frozenset[str]:
    """The public ids of all postings that `user` has hidden; one query."""
    rows = MarkedPosting.objects.filter(user=user, mark=Mark.HIDDEN)
    return frozenset(rows.values_list("posting__public_id", flat=True))
