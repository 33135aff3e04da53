"""Why a job is paused that nobody paused, for its team: what to do, and for whom."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from postings.enums import PauseReason
from postings.models import Posting
from postings.policy import last_day
from postings.views.drafts import posting_url

MOST_LISTED = 20


@dataclass(frozen=True, slots=True)
class Waiting:
    """An application whose answer is overdue."""

    name: str
    due: date
    url: str


@dataclass(frozen=True, slots=True)
class Pause:
    """`more`: overdue answers that `waiting` does not list."""

    title: str
    text: str
    waiting: tuple[Waiting, ...] = ()
    more: int = 0
    link: str = ""
    link_label: str = ""


def pauses_of(posting: Posting, *, now: datetime) -> list[Pause]:
    """What keeps the job paused beside its team's own will. No query where nothing does."""
    found = []
    if PauseReason.REPLIES in posting.paused_for:
        found.append(_replies(posting, now))
    if PauseReason.UNCONFIRMED in posting.paused_for:
        found.append(
            Pause(
                "Paused: not confirmed for 14 days",
                "People apply only where somebody stands behind the job. Confirm that you still"
                " hire, and it opens.",
                link=posting_url("act", posting, verb="confirm"),
                link_label="Confirm: we are still hiring",
            )
        )
    return found


def _replies(posting: Posting, now: datetime) -> Pause:
    overdue = posting.applications.overdue(now=now)
    listed = overdue.select_related("copy").order_by("answer_due_at", "pk")[: MOST_LISTED + 1]
    rows = list(listed)
    return Pause(
        "Paused until its applicants are answered",
        "You promised these people an answer, and they still wait. Invite them, make an offer, or"
        " say no with a reason: with the last answer the job opens by itself.",
        waiting=tuple(
            Waiting(
                row.shown_name,
                last_day(row.answer_due_at, posting.employer.time_zone),
                reverse(
                    "hiring:application",
                    kwargs={
                        "employer": posting.employer.slug,
                        "public_id": posting.public_id,
                        "application": row.public_id,
                    },
                ),
            )
            for row in rows[:MOST_LISTED]
        ),
        more=max(0, overdue.count() - MOST_LISTED) if len(rows) > MOST_LISTED else 0,
    )
