"""What somebody keeps track of, in one list: what they sent here and what they noted of elsewhere.

An application here says itself where it stands: its status is worked out of its state and history
whenever a list is read, and is kept nowhere else, so that it can't drift. A row of `TrackedJob` for
the same posting adds notes and dates to it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet

from postings.hiring.enums import ApplicationState as A
from postings.hiring.enums import TrackedStatus as T
from postings.hiring.labels import label
from postings.hiring.models import Application, ApplicationEvent, TrackedJob
from postings.hiring.states import OPEN_STATES
from postings.policy import NO_NEWS_AFTER_APPLYING, NO_NEWS_AFTER_PROMISE, last_day
from profiles.models import User

COLUMNS: Final = (
    ("Interested", (T.INTERESTED,)),
    ("Applied", (T.APPLIED,)),
    ("Interviewing", (T.INTERVIEWING,)),
    ("Offer", (T.OFFER,)),
    (
        "Over",
        (
            T.ACCEPTED,
            T.DECLINED,
            T.REJECTED,
            T.REJECTED_AFTER_INTERVIEW,
            T.GHOSTED,
            T.WITHDRAWN,
            T.CLOSED,
        ),
    ),
)
"""The columns of the board, each with its statuses."""
WAITING: Final = (T.APPLIED, T.INTERVIEWING)
OVER: Final = COLUMNS[-1][1]
TONES: Final = {
    T.INTERVIEWING: "accent",
    T.OFFER: "good",
    T.ACCEPTED: "good",
    T.REJECTED: "gap",
    T.REJECTED_AFTER_INTERVIEW: "gap",
    T.GHOSTED: "warn",
}
SOURCES: Final = {"here": "Applied here", "board": "From the board", "elsewhere": "Elsewhere"}


@dataclass(frozen=True, slots=True)
class TrackerLine:
    """One job. `key` is the id of its row, "" for an application without notes; `application` that
    of the application, whose status nobody sets by hand. `quiet_since`: the day since which there
    was no news, when that is long ago; then it may be ghosted. `is_late`: the promise is broken."""

    key: str
    posting: str
    application: str
    title: str
    employer: str
    url: str
    status: T
    answered: bool | None
    applied_on: date | None
    promised_on: date | None
    is_late: bool
    next_on: date | None
    next_what: str
    notes: str
    quiet_since: date | None
    at: datetime

    @property
    def is_ours(self) -> bool:
        return bool(self.application)

    @property
    def source(self) -> str:
        """`here`, `board` or `elsewhere`."""
        if self.application:
            return "here"
        return "board" if self.posting else "elsewhere"

    @property
    def source_words(self) -> str:
        return SOURCES[self.source]

    @property
    def status_words(self) -> str:
        return label(self.status)

    @property
    def tone(self) -> str:
        return TONES.get(self.status, "")

    @property
    def is_over(self) -> bool:
        return self.status in OVER

    @property
    def due(self) -> date | None:
        """The next day that matters: one's own, or that of the promised answer."""
        days = [day for day in (self.next_on, self.promised_on) if day]
        return min(days, default=None)


def status_here(
    state: str, *, interviewed: bool, offered: bool, is_answered: bool, said: str = ""
) -> T:
    """Where an application here stands for its candidate: of its state and its history. `said`:
    what they call it themselves; of an open one that nobody has answered they may say ghosted."""
    if said == T.GHOSTED and state in OPEN_STATES and not is_answered:
        return T.GHOSTED
    match A(state):
        case A.NEW | A.IN_REVIEW:
            return T.APPLIED
        case A.INTERVIEW:
            return T.INTERVIEWING
        case A.OFFER:
            return T.OFFER
        case A.HIRED:
            return T.ACCEPTED
        case A.REJECTED:
            return T.REJECTED_AFTER_INTERVIEW if interviewed else T.REJECTED
        case A.WITHDRAWN:
            return T.DECLINED if offered else T.WITHDRAWN
        case A.CLOSED:
            return T.CLOSED


def answered_elsewhere(status: T) -> bool | None:
    """Whether an employer elsewhere has answered, as far as the status says."""
    if status in (T.INTERESTED, T.WITHDRAWN):
        return None
    return status not in (T.APPLIED, T.GHOSTED)


def lines_of(user: User, *, now: datetime) -> list[TrackerLine]:
    """All that somebody tracks, in no order; two queries."""
    rows = TrackedJob.objects.of_owner(user).select_related("posting")
    notes = {row.posting_id: row for row in rows if row.posting_id}
    lines = [_line_of_row(row, now) for row in rows if not row.posting_id]
    for application in _applications(user):
        lines.append(_line_here(application, notes.pop(application.posting_id, None), now))
    return [*lines, *(_line_of_row(row, now) for row in notes.values())]


def line_of(job: TrackedJob, *, now: datetime) -> TrackerLine:
    """The one line of a row; one query."""
    if job.posting_id:
        for application in _applications(job.user).filter(posting=job.posting_id):
            return _line_here(application, job, now)
    return _line_of_row(job, now)


def _applications(user: User) -> QuerySet[Any]:
    """The latest for each posting, with what its history says."""
    history = ApplicationEvent.objects.filter(application=OuterRef("pk"))
    found = Application.objects.of_candidate(user).annotate(
        interviewed=Exists(history.filter(verb="interview")),
        offered=Exists(history.filter(verb="offer")),
    )
    latest = found.order_by("posting_id", "-applied_at", "-pk").distinct("posting_id")
    return latest.select_related("posting__employer")


def _line_here(application: Any, job: TrackedJob | None, now: datetime) -> TrackerLine:
    posting = application.posting
    zone = posting.employer.time_zone
    is_answered = application.answered_at is not None
    status = status_here(
        application.state,
        interviewed=application.interviewed,
        offered=application.offered,
        is_answered=is_answered,
        said=job.status if job else "",
    )
    owed = application.is_open and not is_answered
    due = last_day(application.answer_due_at, zone)
    quiet = owed and status is not T.GHOSTED
    quiet = quiet and now >= application.answer_due_at + NO_NEWS_AFTER_PROMISE
    if quiet and job and job.news_on:
        quiet = now.date() >= job.news_on + NO_NEWS_AFTER_PROMISE
    return TrackerLine(
        key=job.public_id if job else "",
        posting=posting.public_id,
        application=application.public_id,
        title=posting.title,
        employer=posting.employer.name,
        url=posting.get_absolute_url(),
        status=status,
        answered=is_answered,
        applied_on=application.applied_at.date(),
        promised_on=due if owed and status is not T.GHOSTED else None,
        is_late=application.is_overdue(now=now),
        next_on=job.next_on if job else None,
        next_what=job.next_what if job else "",
        notes=job.notes if job else "",
        quiet_since=due if quiet else None,
        at=max(application.moved_at, job.updated_at) if job else application.moved_at,
    )


def _line_of_row(job: TrackedJob, now: datetime) -> TrackerLine:
    status = T(job.status)
    heard = max((day for day in (job.applied_on, job.news_on) if day), default=None)
    quiet = status in WAITING and heard and now.date() >= heard + NO_NEWS_AFTER_APPLYING
    return TrackerLine(
        key=job.public_id,
        posting=job.posting.public_id if job.posting else "",
        application="",
        title=job.title,
        employer=job.employer_name,
        url=job.posting.get_absolute_url() if job.posting else job.url,
        status=status,
        answered=answered_elsewhere(status),
        applied_on=job.applied_on,
        promised_on=None,
        is_late=False,
        next_on=job.next_on,
        next_what=job.next_what,
        notes=job.notes,
        quiet_since=heard if quiet else None,
        at=job.updated_at,
    )


def by_next_date(lines: Iterable[TrackerLine]) -> list[TrackerLine]:
    """What comes next first; what has no day after that, what is over last, each the latest
    first."""
    newest = by_change(lines)
    return sorted(newest, key=lambda line: (line.is_over, line.due is None, line.due or date.max))


def by_change(lines: Iterable[TrackerLine]) -> list[TrackerLine]:
    """The latest change first."""
    return sorted(lines, key=lambda line: (line.at, line.key or line.application), reverse=True)


def columns_of(lines: Sequence[TrackerLine]) -> list[tuple[str, list[TrackerLine]]]:
    """The lines by the columns of the board."""
    return [
        (title, [line for line in lines if line.status in statuses]) for title, statuses in COLUMNS
    ]
