"""When a posting ends, everybody who still waits is answered."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from postings.actions import lifecycle
from postings.actions.moves import lock_postings
from postings.hiring.actions.bulk import note_for
from postings.hiring.actions.decisions import advance, close_with_posting
from postings.hiring.enums import ApplicationState, CloseReason
from postings.hiring.models import Application
from postings.models import Posting, PostingEvent
from profiles.models import User


def open_applications(posting: Posting) -> list[Application]:
    """Those whom closing or filling the posting would answer, the first first."""
    rows = Application.objects.open().filter(posting=posting)
    return list(rows.select_related("candidate", "copy").order_by("applied_at", "pk"))


def reason_of(event: PostingEvent) -> CloseReason | None:
    """Why applications end with the posting; None when they don't."""
    if event.verb == "fill":
        return CloseReason.POSTING_FILLED
    if event.verb != "close":
        return None
    removed = event.details.get("removed")
    return CloseReason.POSTING_REMOVED if removed else CloseReason.POSTING_CLOSED


@transaction.atomic
def end_posting(
    *,
    posting: Posting,
    verb: str,
    actor: User,
    now: datetime,
    note: str = "",
    hired: Sequence[Application] = (),
) -> PostingEvent:
    """Fill or close a posting; those of `hired`, who have an offer, are hired first, and everybody
    else who is still open is answered with `note`, filled in for each.

    Raises IllegalMove, of postings or of applications, when something moved meanwhile; nothing is
    done then.
    """
    lock_postings(posting.pk)
    for application in hired:
        advance(
            application=application, verb="hire", actor=actor, now=now, seen=ApplicationState.OFFER
        )
    action = lifecycle.mark_filled if verb == "fill" else lifecycle.close
    return action(posting=posting, actor=actor, now=now, note=note)


@transaction.atomic
def answer_everyone(*, posting: Posting, event: PostingEvent, now: datetime) -> int:
    """Answer every open application of a posting that `event` filled or closed, in the words of
    whoever did it; how many. A moderator's note is for the employer alone."""
    reason = reason_of(event)
    if reason is None:
        return 0
    note = "" if reason is CloseReason.POSTING_REMOVED else event.note
    waiting = open_applications(posting)
    for application in waiting:
        application.posting = posting
        close_with_posting(
            application=application,
            actor=event.actor,
            now=now,
            reason=reason,
            note=note_for(application, note),
        )
    return len(waiting)
