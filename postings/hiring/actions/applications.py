"""Applying, and taking it back."""

from datetime import datetime

from django.db import IntegrityError, connection, transaction

from postings.enums import PostingState
from postings.hiring import emails
from postings.hiring.actions.moves import move, record
from postings.hiring.engines.frozen import Parcel, copy_of, parcel_of
from postings.hiring.enums import ApplicationState
from postings.hiring.models import (
    Application,
    ApplicationDraft,
    ApplicationEvent,
    ApplicationFile,
    ApplicationQuerySet,
)
from postings.models import Posting
from postings.policy import DRAFT_GRACE, answer_due_at
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
    in_time = opened_at < posting.closes_at and now < posting.closes_at + DRAFT_GRACE
    return by_date and in_time and not _expired_while_paused(posting)


def _expired_while_paused(posting: Posting) -> bool:
    """Nobody could apply when its time ran out, though nothing of its pause is left in its row."""
    if posting.state != PostingState.EXPIRED:
        return False
    ends = posting.events.filter(verb="expire", from_state=PostingState.PAUSED)
    return bool(ends.exists())


@transaction.atomic
def apply(
    *, draft: ApplicationDraft, candidate: User, now: datetime, parcel: Parcel | None = None
) -> Application:
    """Send what `draft` holds: the application with its frozen copy, one event and the mails.

    `parcel`: what it holds, where the caller has it already. Somebody who applied already, perhaps
    by the same click, gets that application. Raises NotOpen, AppliesElsewhere, OwnEmployer; the
    draft stays then.
    """
    posting = hold_still(draft.posting_id)
    if (before := standing(posting, candidate)) is not None:
        draft.delete()
        return before
    reply_days = may_apply(posting, candidate, opened_at=draft.opened_at, now=now)
    due = answer_due_at(applied_at=now, reply_days=reply_days, time_zone=posting.employer.time_zone)
    if parcel is None:
        parcel = parcel_of(draft, candidate, posting, now=now)
    sent = _insert(parcel, posting, candidate, due=due, now=now)
    if sent is None:
        draft.delete()
        return _not_withdrawn(posting, candidate).get()
    ApplicationFile.objects.filter(draft=draft).update(draft=None, application=sent)
    draft.delete()
    event = record(
        application=sent, verb="apply", actor=candidate, now=now, to_state=ApplicationState.NEW
    )
    emails.received(application=sent, event=event)
    return sent


def may_apply(posting: Posting, person: User | None, *, opened_at: datetime, now: datetime) -> int:
    """Within how many days somebody who can apply here is promised an answer; raises NotOpen,
    AppliesElsewhere, OwnEmployer."""
    if posting.reply_days is None:
        raise AppliesElsewhere
    if person is not None and is_member(person, posting.employer):
        raise OwnEmployer
    if not takes_applications(posting, opened_at=opened_at, now=now):
        raise NotOpen
    return posting.reply_days


def _insert(
    parcel: Parcel, posting: Posting, candidate: User, *, due: datetime, now: datetime
) -> Application | None:
    """The application with its copy; None when the same person was faster, with another click."""
    score, tier = parcel.outcome
    application = Application(
        posting=posting,
        revision=posting.live_revision,
        candidate=candidate,
        score=score,
        tier=tier,
        applied_at=now,
        moved_at=now,
        answer_due_at=due,
    )
    try:
        with transaction.atomic():
            application.save(force_insert=True)
    except IntegrityError:
        return None
    kept = copy_of(parcel)
    kept.application = application
    kept.save(force_insert=True)
    return application


def standing(posting: Posting, candidate: User) -> Application | None:
    """What somebody sent for a posting and has not withdrawn."""
    return _not_withdrawn(posting, candidate).first()


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


def hold_still(posting_id: int) -> Posting:
    """The posting, which nobody can pause or close before the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM postings_posting WHERE id = %s FOR SHARE", [posting_id])
    rows = Posting.objects.select_related("employer", "live_revision")
    return rows.get(pk=posting_id)
