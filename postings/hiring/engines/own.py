"""What somebody sent and what they began, in words: for their own list. Pure but for its rows."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, QuerySet

from postings.enums import PauseReason
from postings.hiring.enums import ApplicationState as A
from postings.hiring.labels import label
from postings.hiring.models import AnswerReminder, Application, ApplicationDraft
from postings.policy import DRAFT_GRACE, last_day
from profiles.models import User

TONES: Final = {
    A.INTERVIEW: "accent",
    A.OFFER: "good",
    A.HIRED: "good",
    A.REJECTED: "gap",
    A.WITHDRAWN: "unknown",
    A.CLOSED: "unknown",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an application stands: its state with the colour of its tag, and of the promised answer
    the day (`due`, by the employer's calendar), how many days it is late, whether the employer was
    reminded of it, and whether that has paused the job. `due` is None where no answer is owed any
    more."""

    state: str
    tone: str
    due: date | None
    days_late: int
    is_reminded: bool
    is_job_paused: bool


def with_reminded(rows: QuerySet[Application]) -> QuerySet[Application]:
    """The rows, each with whether its employer was reminded of the answer that it owes."""
    sent = AnswerReminder.objects.filter(application=OuterRef("pk"))
    return rows.annotate(reminded=Exists(sent))


def standing_of(application: Application, *, now: datetime) -> Standing:
    """The standing at `now` of a row that `with_reminded` has read with posting and employer."""
    state = A(application.state)
    due, late = None, 0
    if application.is_open and application.answered_at is None:
        zone = application.posting.employer.time_zone
        due = last_day(application.answer_due_at, zone)
        if application.is_overdue(now=now):
            late = max((now.astimezone(ZoneInfo(zone)).date() - due).days, 1)
    paused = bool(late) and PauseReason.REPLIES in application.posting.paused_for
    reminded = bool(late) and getattr(application, "reminded", False)
    return Standing(label(state), TONES.get(state, ""), due, late, reminded, paused)


def drafts_of(user: User) -> QuerySet[ApplicationDraft]:
    """What somebody has begun and not sent, the last touched first; one query."""
    rows = ApplicationDraft.objects.filter(user=user).select_related("posting__employer")
    return rows.order_by("-updated_at", "-pk")


def draft_until(draft: ApplicationDraft) -> datetime | None:
    """Until when a draft may be finished at the latest; None where its job has no last moment."""
    closes_at = draft.posting.closes_at
    if closes_at is None or draft.opened_at >= closes_at:
        return closes_at
    return closes_at + DRAFT_GRACE
