"""The match on a job's own page, for whoever is signed in."""

from datetime import datetime
from typing import TYPE_CHECKING

from postings.content import PostingContent
from postings.match_drawing import MatchDrawing, draw
from postings.matches_page import links
from postings.matching.candidates import facts_of_user
from postings.matching.explanations import explanations
from postings.matching.ranking import match
from postings.matching.retrieval import facts_by_names
from postings.models import Posting
from postings.reading import Names
from profiles.models import User

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser


def match_panel(
    user: "AbstractBaseUser | AnonymousUser",
    posting: Posting,
    content: PostingContent,
    names: Names,
    *,
    now: datetime,
) -> MatchDrawing | None:
    """How `user` matches this job; None for whoever is not signed in, and while their profile says
    nothing that a job could ask. One query. What a change opens elsewhere stands on the page of
    the match, which looks at all jobs."""
    if not isinstance(user, User):
        return None
    today = now.date()
    profile = facts_of_user(user, today=today)
    if profile is None or profile.says_nothing:
        return None
    facts = facts_by_names(content, names, id=posting.public_id, published_at=now)
    found = match(profile, facts, today=today)
    [told] = explanations(profile, [found], [found], today=today)
    return draw(told, links())
