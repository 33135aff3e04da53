"""What an application keeps: the profile and the match, written down for both sides to read."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any, Final

from postings.content import PostingContent
from postings.hiring.engines.answers import Answer, with_answers
from postings.hiring.models import (
    Application,
    ApplicationCopy,
    ApplicationDraft,
    ApplicationFile,
)
from postings.matching.candidates import facts_of_user
from postings.matching.explanations import DECIMALS, canonical, explanations
from postings.matching.inputs import SPEC_VERSION, Profile
from postings.matching.ranking import Match, match
from postings.matching.retrieval import facts_by_names
from postings.models import Posting
from postings.reading import Names, names_for, requirement_subject
from profiles.cv.resume_out import document
from profiles.enums import FactKind
from profiles.models import CandidateProfile, User
from profiles.portable import holdings, term_names

PRIVATE: Final = (FactKind.WISH, FactKind.PLACE)
"""What people look for is theirs; an application says what they bring."""

PAY: Final = "pay"
"""The condition of the match that stays out, too."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """All that an employer gets with an application, as it would go out now: the page that shows
    it before sending and `ApplicationCopy` are made of this one value. `file`: its name, size and
    SHA-256."""

    name: str
    email: str
    resume: str
    explanation: str
    spec_version: str
    answers: list[dict[str, Any]]
    questions: list[dict[str, str]]
    note: str
    file: tuple[str, int, str] | None

    @property
    def digest(self) -> str:
        """Tells two parcels apart: whoever sends has seen the one with this digest."""
        return sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()

    @property
    def outcome(self) -> tuple[Decimal | None, str]:
        """Score and tier of the explanation, for the order of lists."""
        told = json.loads(self.explanation)
        score = told["score"]
        exact = None if score is None else round(Decimal(str(score)), DECIMALS)
        return exact, str(told["tier"] or "")


def parcel_of(
    draft: ApplicationDraft, candidate: User | None, posting: Posting, *, now: datetime
) -> Parcel:
    """What `draft` would send for `candidate`, or for whoever has no account yet: the profile and
    the match of this moment. Answers to rows and questions that the posting no longer has stay
    behind. About a dozen queries."""
    content = posting.live_content
    names = names_for([content])
    asked = {row.id: requirement_subject(row, names) for row in content.requirements}
    said = {row: draft.answers[row] for row in asked if row in draft.answers}
    answers = {row: Answer.from_json(answer) for row, answer in said.items()}
    profile, found = match_with(candidate, posting, content, names, answers, now=now)
    [told] = explanations(profile, [found], [found], today=now.date())
    replies = replies_of(draft)
    file = draft_file(draft)
    return Parcel(
        name=candidate.name if candidate else "",
        email=candidate.email if candidate else "",
        resume=canonical(resume_of(candidate, now=now) if candidate else {}),
        explanation=canonical(told),
        spec_version=SPEC_VERSION,
        answers=[
            {"requirement": row, "name": asked[row], **answer} for row, answer in said.items()
        ],
        questions=[
            {"question": question, "answer": replies[question]}
            for question in content.questions
            if replies.get(question)
        ],
        note=draft.note,
        file=(file.name, file.size, file.sha256) if file else None,
    )


def copy_of(parcel: Parcel) -> ApplicationCopy:
    """What is kept of a parcel, not saved; pages before sending are drawn from it too."""
    return ApplicationCopy(
        name=parcel.name,
        email=parcel.email,
        resume=parcel.resume,
        explanation=parcel.explanation,
        spec_version=parcel.spec_version,
        answers=parcel.answers,
        questions=parcel.questions,
        note=parcel.note,
    )


def replies_of(draft: ApplicationDraft) -> dict[str, str]:
    """What was answered so far, by the words of the question."""
    return {one["question"]: one["answer"] for one in draft.replies}


def draft_file(draft: ApplicationDraft) -> ApplicationFile | None:
    """The file that goes with a draft, without its bytes."""
    return ApplicationFile.objects.filter(draft=draft).defer("data").first()


def sent_file(application: Application) -> ApplicationFile | None:
    """The file that went with an application, without its bytes."""
    return ApplicationFile.objects.filter(application=application).defer("data").first()


def match_with(
    user: User | None,
    posting: Posting,
    content: PostingContent,
    names: Names,
    answers: Mapping[str, Answer],
    *,
    now: datetime,
) -> tuple[Profile, Match]:
    """How somebody matches a posting with what they answered while applying; one query. Of nobody
    in particular the answers are all that there is."""
    today = now.date()
    profile = (facts_of_user(user, today=today) if user else None) or Profile()
    facts = facts_by_names(content, names, id=posting.public_id, published_at=now)
    profile = with_answers(profile, (ask for group in facts.rows for ask in group), answers)
    # What somebody wants to earn at least is theirs: an employer never learns it from us, and
    # without it nothing true can be said of the pay.
    profile = replace(profile, preferences=replace(profile.preferences, pay_floor=None))
    found = match(profile, facts, today=today)
    told = tuple(one for one in found.constraints if one.name != PAY)
    return profile, replace(found, constraints=told)


def resume_of(user: User, *, now: datetime) -> dict[str, object]:
    """The profile as a JSON Resume, without what its owner wants of a job."""
    profile = CandidateProfile.objects.filter(user=user).first()
    if profile is None:
        profile = CandidateProfile(user=user, created_at=now, updated_at=now)
    facts = [h.fact for h in holdings(profile) if h.fact.kind not in PRIVATE]
    return document(facts, term_names(facts))
