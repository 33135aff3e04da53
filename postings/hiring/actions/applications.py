"""Applying, and taking it back."""

from datetime import datetime

from django.db import IntegrityError, connection, transaction

from postings.enums import PostingState
from postings.hiring import emails
from postings.hiring.actions.moves import move, record
from postings.hiring.engines.answers import Answer
from postings.hiring.engines.frozen import freeze
from postings.hiring.enums import ApplicationState
from postings.hiring.models import (
    Application,
    ApplicationCopy,
    ApplicationDraft,
    ApplicationEvent,
    ApplicationFile,
    ApplicationQuerySet,
)
from postings.models import Posting
from postings.policy import DRAFT_GRACE, USUAL_REPLY_DAYS, answer_due_at
from postings.reading import names_for
from postings.states import LIVE_STATES
from profiles.models import User
from profiles.permissions import is_member

CLOSED_BY_DATE = (*LIVE_STATES, PostingState.EXPIRED)
"""States in which a posting can be that is over by its date and nothing else."""


class NotOpen(Exception):
    """Nobody can apply for the posting, or no longer: it is paused, over or not public."""


class AppliesElsewhere(Exception):
    """The employer takes applications on another site."""


class OwnEmployer(Exception):
    """Whoever works for the employer can't apply to it."""


def takes_applications(posting: Posting, *, opened_at: datetime, now: datetime) -> bool:
    """Whether an application that was begun at `opened_at` can be sent at `now`: while the posting
    is open, and for `DRAFT_GRACE` after it closed by its date."""
    if posting.is_public(now=now):
        return True
    if posting.closes_at is None or posting.withheld or posting.held_at or posting.paused_for:
        return False
    by_date = posting.state in CLOSED_BY_DATE and posting.closes_at <= now
    return by_date and opened_at < posting.closes_at and now < posting.closes_at + DRAFT_GRACE


@transaction.atomic
def apply(*, draft: ApplicationDraft, candidate: User, now: datetime) -> Application:
    """Send what `draft` holds: the application with its frozen copy, one event and the mails.

    Somebody who applied already, perhaps by the same click, gets that application. Raises NotOpen,
    AppliesElsewhere, OwnEmployer; the draft stays then.
    """
    posting = _hold_still(draft.posting_id)
    if (before := standing(posting, candidate)) is not None:
        draft.delete()
        return before
    if posting.reply_days is None:
        raise AppliesElsewhere
    if is_member(candidate, posting.employer):
        raise OwnEmployer
    if not takes_applications(posting, opened_at=draft.opened_at, now=now):
        raise NotOpen
    sent = _insert(draft, posting, candidate, now)
    if sent is None:
        draft.delete()
        return _standing(posting, candidate)
    ApplicationFile.objects.filter(draft=draft).update(draft=None, application=sent)
    draft.delete()
    event = record(
        application=sent, verb="apply", actor=candidate, now=now, to_state=ApplicationState.NEW
    )
    emails.received(application=sent, event=event)
    return sent


def _insert(
    draft: ApplicationDraft, posting: Posting, candidate: User, now: datetime
) -> Application | None:
    """The application with its copy; None when the same person was faster, with another click."""
    content = posting.live_content
    answers = {row: Answer.from_json(said) for row, said in draft.answers.items()}
    kept = freeze(candidate, posting, content, names_for([content]), answers, now=now)
    application = Application(
        posting=posting,
        revision=posting.live_revision,
        candidate=candidate,
        score=kept.score,
        tier=kept.tier,
        applied_at=now,
        moved_at=now,
        answer_due_at=answer_due_at(
            applied_at=now,
            reply_days=posting.reply_days or USUAL_REPLY_DAYS,
            time_zone=posting.employer.time_zone,
        ),
    )
    try:
        with transaction.atomic():
            application.save(force_insert=True)
    except IntegrityError:
        return None
    asked = zip(content.questions, draft.replies, strict=False)
    ApplicationCopy.objects.create(
        application=application,
        name=candidate.name,
        email=candidate.email,
        resume=kept.resume,
        explanation=kept.explanation,
        spec_version=kept.spec_version,
        answers=[{"requirement": row, **said} for row, said in draft.answers.items()],
        questions=[{"question": question, "answer": reply} for question, reply in asked if reply],
        note=draft.note,
    )
    return application


def standing(posting: Posting, candidate: User) -> Application | None:
    """What somebody sent for a posting and has not withdrawn."""
    return _not_withdrawn(posting, candidate).first()


def _standing(posting: Posting, candidate: User) -> Application:
    return _not_withdrawn(posting, candidate).get()


def _not_withdrawn(posting: Posting, candidate: User) -> ApplicationQuerySet:
    mine = Application.objects.of_candidate(candidate).filter(posting=posting)
    return mine.exclude(state=ApplicationState.WITHDRAWN)


@transaction.atomic
def withdraw(
    *,
    application: Application,
    actor: User,
    now: datetime,
    note: str = "",
    seen: str | None = None,
) -> ApplicationEvent:
    """Take an application back, or decline the offer that was made; the employer is told.

    Raises IllegalMove where it has ended already, Overtaken where it does not stand as the actor's
    page showed it (`seen`).
    """
    verb = "decline" if (seen or application.state) == ApplicationState.OFFER else "withdraw"
    event = move(application=application, verb=verb, actor=actor, now=now, note=note, seen=seen)
    emails.withdrawn(application=application, event=event)
    return event


def _hold_still(posting_id: int) -> Posting:
    """The posting, which nobody can pause or close before the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM postings_posting WHERE id = %s FOR SHARE", [posting_id])
    rows = Posting.objects.select_related("employer", "live_revision")
    return rows.get(pk=posting_id)
