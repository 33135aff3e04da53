"""Postings in every condition that the public can meet, each reached by the actions that lead
there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pgtrigger

from postings.actions import lifecycle, moderation
from postings.actions.postings import save_draft, start_revision
from postings.enums import RejectionReason
from postings.models import Posting, PostingEvent, PostingRevision
from profiles.actions.suspension import suspend_account, suspend_employer
from profiles.models import User
from tests.factories.people import make_moderator, make_user
from tests.factories.postings import (
    complete_content,
    draft_posting,
    published_posting,
    submitted_posting,
)

LIVE_TITLE = "Quokka desk lead"
CHANGED_TITLE = "Wombat desk lead"


def put(row: Any, state: str) -> Any:
    """`row` in a state, brought there past the door."""
    with pgtrigger.ignore():
        type(row).objects.filter(pk=row.pk).update(state=state)
    row.refresh_from_db()
    return row


def newest(posting: Posting) -> PostingEvent:
    """The last thing that happened to a posting."""
    return posting.events.order_by("-pk")[0]


@dataclass(frozen=True)
class Condition:
    """How to bring a posting there, and what its own page answers then."""

    name: str
    make: Callable[[datetime], Posting]
    status: int


def _arguments(now: datetime, **more: Any) -> dict[str, Any]:
    return {"now": now, "author": make_user(), "title": LIVE_TITLE, **more}


def _draft(now: datetime) -> Posting:
    return draft_posting(**_arguments(now))


def _discarded(now: datetime) -> Posting:
    posting = _draft(now)
    revision = posting.revisions.get()
    lifecycle.discard(posting=posting, revision=revision, actor=_author(posting), now=now)
    return posting


def _in_review(now: datetime) -> Posting:
    return submitted_posting(**_arguments(now))


def _rejected(now: datetime) -> Posting:
    posting = _in_review(now)
    _reject(posting.revisions.get(), now)
    posting.refresh_from_db()
    return posting


def _live(now: datetime) -> Posting:
    return published_posting(**_arguments(now))


def _paused(now: datetime) -> Posting:
    posting = _live(now)
    lifecycle.pause(posting=posting, actor=_author(posting), now=now)
    return posting


def _filled(now: datetime) -> Posting:
    posting = _live(now)
    lifecycle.mark_filled(posting=posting, actor=_author(posting), now=now)
    return posting


def _closed(now: datetime) -> Posting:
    posting = _live(now)
    lifecycle.close(posting=posting, actor=_author(posting), now=now)
    return posting


def _over_by_the_clock(now: datetime) -> Posting:
    return _live(now - timedelta(days=60))


def _over_since_midnight(now: datetime) -> Posting:
    """Its last day to apply was yesterday, in the employer's time zone (UTC here)."""
    began = now - timedelta(days=20)
    return published_posting(**_arguments(began, apply_until=now.date() - timedelta(days=1)))


def _expired(now: datetime) -> Posting:
    posting = _over_by_the_clock(now)
    lifecycle.expire_due(now=now)
    posting.refresh_from_db()
    return posting


def _paused_until_over(now: datetime) -> Posting:
    posting = _over_by_the_clock(now)
    lifecycle.pause(posting=posting, actor=_author(posting), now=now - timedelta(days=1))
    return posting


def _suspended(now: datetime) -> Posting:
    posting = _live(now)
    moderation.suspend(posting=posting, actor=make_moderator(), now=now, note="Checking.")
    return posting


def _of_suspended_employer(now: datetime) -> Posting:
    posting = _live(now)
    suspend_employer(employer=posting.employer, actor=make_moderator(), note="", now=now)
    posting.refresh_from_db()
    return posting


def _of_suspended_author(now: datetime) -> Posting:
    posting = _live(now)
    suspend_account(user=_author(posting), actor=make_moderator(), note="", now=now)
    posting.refresh_from_db()
    return posting


def _with_changed_draft(now: datetime) -> Posting:
    posting = _live(now)
    revision = start_revision(posting=posting, actor=_author(posting), now=now)
    save_draft(
        revision=revision,
        actor=_author(posting),
        now=now,
        version=revision.version,
        content=complete_content(title=CHANGED_TITLE),
    )
    return posting


def _with_change_in_review(now: datetime) -> Posting:
    posting = _with_changed_draft(now)
    lifecycle.submit_for_review(
        posting=posting, revision=_newest(posting), actor=_author(posting), now=now
    )
    return posting


def _with_rejected_change(now: datetime) -> Posting:
    posting = _with_change_in_review(now)
    _reject(_newest(posting), now)
    return posting


def _author(posting: Posting) -> User:
    assert posting.author is not None
    return posting.author


def _newest(posting: Posting) -> PostingRevision:
    return posting.revisions.order_by("-number")[0]


def _reject(revision: PostingRevision, now: datetime) -> None:
    reasons = [next(iter(RejectionReason))]
    moderation.reject(revision=revision, actor=make_moderator(), now=now, reasons=reasons)


NEVER_PUBLIC = (
    Condition("draft", _draft, 404),
    Condition("discarded", _discarded, 404),
    Condition("in review", _in_review, 404),
    Condition("rejected", _rejected, 404),
)
OVER = (
    Condition("paused", _paused, 410),
    Condition("filled", _filled, 410),
    Condition("closed", _closed, 410),
    Condition("expired", _expired, 410),
    Condition("over by the clock only", _over_by_the_clock, 410),
    Condition("last day was yesterday", _over_since_midnight, 410),
    Condition("paused until it was over", _paused_until_over, 410),
    Condition("suspended", _suspended, 410),
    Condition("of a suspended employer", _of_suspended_employer, 410),
    Condition("of a suspended author", _of_suspended_author, 410),
)
OPEN = (
    Condition("live", _live, 200),
    Condition("live with a changed draft", _with_changed_draft, 200),
    Condition("live with a change in review", _with_change_in_review, 200),
    Condition("live with a rejected change", _with_rejected_change, 200),
)
CONDITIONS = (*NEVER_PUBLIC, *OVER, *OPEN)
