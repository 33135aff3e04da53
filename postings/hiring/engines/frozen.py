"""What an application keeps: the profile and the match, written down for both sides to read."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Final

from postings.content import PostingContent
from postings.hiring.engines.answers import Answer, with_answers
from postings.matching.candidates import facts_of_user
from postings.matching.explanations import DECIMALS, canonical, explanations
from postings.matching.inputs import SPEC_VERSION, Profile
from postings.matching.ranking import Match, match
from postings.matching.retrieval import facts_by_names
from postings.models import Posting
from postings.reading import Names
from profiles.cv.resume_out import document
from profiles.enums import FactKind
from profiles.models import CandidateProfile, User
from profiles.portable import holdings, term_names

PRIVATE: Final = (FactKind.WISH, FactKind.PLACE)
"""What people look for is theirs; an application says what they bring."""


@dataclass(frozen=True, slots=True)
class Frozen:
    """See `postings.hiring.models.ApplicationCopy`; `score` and `tier` as its explanation has
    them."""

    resume: str
    explanation: str
    spec_version: str
    score: Decimal | None
    tier: str


def match_with(
    user: User,
    posting: Posting,
    content: PostingContent,
    names: Names,
    answers: Mapping[str, Answer],
    *,
    now: datetime,
) -> tuple[Profile, Match]:
    """How somebody matches a posting with what they answered while applying; one query."""
    today = now.date()
    profile = facts_of_user(user, today=today) or Profile()
    facts = facts_by_names(content, names, id=posting.public_id, published_at=now)
    profile = with_answers(profile, (ask for group in facts.rows for ask in group), answers)
    # What somebody wants to earn at least is theirs: an employer never learns it from us.
    profile = replace(profile, preferences=replace(profile.preferences, pay_floor=None))
    return profile, match(profile, facts, today=today)


def freeze(
    user: User,
    posting: Posting,
    content: PostingContent,
    names: Names,
    answers: Mapping[str, Answer],
    *,
    now: datetime,
) -> Frozen:
    """The profile and the match of this moment; about ten queries."""
    profile, found = match_with(user, posting, content, names, answers, now=now)
    [told] = explanations(profile, [found], [found], today=now.date())
    score = told["score"]
    return Frozen(
        resume=canonical(resume_of(user, now=now)),
        explanation=canonical(told),
        spec_version=SPEC_VERSION,
        score=None if score is None else round(Decimal(str(score)), DECIMALS),
        tier=str(told["tier"] or ""),
    )


def resume_of(user: User, *, now: datetime) -> dict[str, object]:
    """The profile as a JSON Resume, without what its owner wants of a job."""
    profile = CandidateProfile.objects.filter(user=user).first()
    if profile is None:
        profile = CandidateProfile(user=user, created_at=now, updated_at=now)
    facts = [h.fact for h in holdings(profile) if h.fact.kind not in PRIVATE]
    return document(facts, term_names(facts))
