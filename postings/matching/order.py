"""The order of the board for somebody who is signed in."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from postings.matching.candidates import facts_of_user
from postings.matching.inputs import Profile
from postings.matching.ranking import match, ranked
from postings.matching.retrieval import read
from postings.models import PostingQuerySet
from postings.search.query import Ranker, newest_first
from profiles.models import User

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser


def ranker_for(user: "AbstractBaseUser | AnonymousUser", *, now: datetime) -> Ranker | None:
    """How postings match `user`, asked only when something is to be ordered; None for whoever is
    not signed in. Three queries: facts, postings, terms.

    The newest `MOST_POSTINGS` stand in the order of the match, older ones behind them.
    """
    if not isinstance(user, User):
        return None
    today = now.date()

    def order(hits: PostingQuerySet) -> Sequence[str]:
        profile = facts_of_user(user, today=today) or Profile()
        newest = newest_first(hits)
        asked = read(newest)
        every = ranked(match(profile, posting, today=today) for posting in asked.postings)
        ids = [found.posting.id for found in every]
        if not asked.is_whole:
            seen = set(ids)
            rest = newest.values_list("public_id", flat=True)
            ids += [public_id for public_id in rest if public_id not in seen]
        return ids

    return order
