"""Taking back an approval that was wrong."""

from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import transaction

from postings import emails
from postings.actions import lifecycle, projection
from postings.actions.moderation import APPROVE, promised_days
from postings.enums import PostingState, RevisionState
from postings.models import Posting, PostingEvent, PostingRevision
from postings.states import LIVE_STATES
from profiles.models import User

UNDO_WITHIN: Final = timedelta(hours=24)
APPROVALS: Final = ("approve", "approve-revision")
_HARMLESS: Final = ("dismiss-reports",)
_AFRESH: Final = {"decided_at": None, "decided_by": None}


class TooLate(Exception):
    """More than `UNDO_WITHIN` has passed since the approval."""


class ChangedSince(Exception):
    """Something happened to the posting after the approval: taking it back would undo that too.
    Or people have applied, who could wait for ever for the answer of a draft."""


class TookAPlace(Exception):
    """The approval ended the posting that this one follows; that one can't be opened again."""


@transaction.atomic
def retract(*, event: PostingEvent, actor: User, now: datetime, note: str = "") -> Posting:
    """Bring what the approval in `event` made public back into review.

    A posting that was approved for the first time leaves the public; of a change, what was
    public before is public again. Raises TooLate, ChangedSince, TookAPlace.
    """
    posting = Posting.objects.select_for_update(of=("self",), no_key=True).get(pk=event.posting_id)
    revision = event.revision
    if revision is None or event.verb not in APPROVALS or event.details.get("label") != APPROVE:
        raise ChangedSince
    if event.at <= now - UNDO_WITHIN:
        raise TooLate
    later = posting.events.filter(pk__gt=event.pk).exclude(verb__in=_HARMLESS)
    if later.exists() or posting.live_revision_id != revision.pk:
        raise ChangedSince
    if event.verb != "approve" and "undo" not in event.details:  # approved by an older version
        raise ChangedSince
    if event.verb == "approve" and posting.applications.exists():  # who would answer them?
        raise ChangedSince
    if event.verb == "approve":
        taken_back = _unpublish(posting, revision, actor, now, note)
    else:
        taken_back = _restore(posting, revision, event.details["undo"], actor, now, note)
    emails.retracted(posting=posting, revision=revision, event=taken_back)
    return posting


def _unpublish(
    posting: Posting, revision: PostingRevision, actor: User, now: datetime, note: str
) -> PostingEvent:
    if posting.chain_id is not None:
        raise TookAPlace
    event = lifecycle.move_posting(
        posting=posting,
        revision=revision,
        verb="retract",
        actor=actor,
        now=now,
        note=note,
        columns={
            "live_revision": None,
            "first_published_at": None,
            "confirmed_at": None,
            "closes_at": None,
        },
    )
    lifecycle.move_revision(revision=revision, verb="retract", now=now, columns=_AFRESH)
    projection.remove(posting=posting)
    return event


def _restore(
    posting: Posting,
    revision: PostingRevision,
    before: dict[str, Any],
    actor: User,
    now: datetime,
    note: str,
) -> PostingEvent:
    """Put the version before the change back, with the clock as it was then."""
    earlier = posting.revisions.get(pk=before["revision"])
    lifecycle.move_revision(revision=earlier, verb="restore", now=now)
    lifecycle.move_revision(revision=revision, verb="retract", now=now, columns=_AFRESH)
    until = before["apply_until"]
    columns = {
        "live_revision": earlier,
        "title": before["title"],
        "slug": before["slug"],
        "apply_until": date.fromisoformat(until) if until else None,
        "confirmed_at": datetime.fromisoformat(before["confirmed_at"]),
        "closes_at": datetime.fromisoformat(before["closes_at"]),
        "reply_days": promised_days(earlier.value),
        "updated_at": now,
    }
    standing = Posting.objects.filter(pk=posting.pk, state__in=LIVE_STATES)
    if standing.update(**columns) != 1:
        raise ChangedSince
    for name, value in columns.items():
        setattr(posting, name, value)
    projection.project(posting=posting, content=earlier.value)
    return lifecycle.record(
        posting=posting, revision=revision, verb="retract-revision", actor=actor, now=now, note=note
    )


def can_retract(event: PostingEvent, *, now: datetime) -> bool:
    """Whether it is worth offering: a recent approval that still stands. `event` comes with its
    posting and revision."""
    revision = event.revision
    return (
        event.verb in APPROVALS
        and event.details.get("label") == APPROVE
        and event.at > now - UNDO_WITHIN
        and revision is not None
        and revision.state == RevisionState.APPROVED
        and event.posting.live_revision_id == revision.pk
        and event.posting.state in (PostingState.PUBLISHED, PostingState.PAUSED)
    )
