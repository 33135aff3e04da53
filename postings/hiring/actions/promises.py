"""The promise of a first answer: reminders of it, what breaking it does, and how that ends.

An answer is owed to whoever applied, whatever became of the posting: reminders don't ask for its
state. Pausing does: only what the employer could have public is paused. No application is ever
decided here.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from cscareers.core.tasks import enqueue
from postings.actions import lifecycle
from postings.enums import PauseReason
from postings.hiring import emails
from postings.hiring.enums import ReminderKind
from postings.hiring.models import AnswerReminder, Application
from postings.models import Posting
from postings.policy import REMIND_BEFORE, due_reminder
from postings.states import LIVE_STATES
from profiles.models import User

_AHEAD = REMIND_BEFORE + timedelta(days=2)
"""No reminder goes out so long before an answer is due, whatever the zone."""


def remind_due(*, now: datetime) -> int:
    """Write to those who decide about answers that are due soon or today: one mail for a posting,
    each application once of each kind; the number of applications."""
    due = Application.objects.unanswered().filter(
        answer_due_at__gt=now, answer_due_at__lt=now + _AHEAD
    )
    postings = due.order_by("posting_id").values_list("posting_id", flat=True).distinct()
    return sum(_remind(posting_id=pk, now=now) for pk in list(postings))


@transaction.atomic
def _remind(*, posting_id: int, now: datetime) -> int:
    posting = Posting.objects.locked().get(pk=posting_id)
    zone = posting.employer.time_zone
    due: dict[str, list[Application]] = {}
    for application in _waiting(posting, now):
        kind = due_reminder(answer_due_at=application.answer_due_at, now=now, time_zone=zone)
        if kind and kind not in {reminder.kind for reminder in application.reminders.all()}:
            due.setdefault(kind, []).append(application)
    rows = [
        AnswerReminder(application=application, kind=kind, sent_at=now)
        for kind, applications in due.items()
        for application in applications
    ]
    if rows:
        AnswerReminder.objects.bulk_create(rows)
        emails.answers_due(
            posting=posting,
            today=due.get(ReminderKind.TODAY, []),
            soon=due.get(ReminderKind.SOON, []),
            batch=min(row.pk for row in rows),
        )
    return len(rows)


def _waiting(posting: Posting, now: datetime) -> Iterable[Application]:
    rows = posting.applications.unanswered().filter(answer_due_at__gt=now)
    return rows.select_related("copy").prefetch_related("reminders").order_by("answer_due_at", "pk")


def break_promises(*, now: datetime) -> int:
    """Pause every posting with an answer that is overdue, and say so to those who decide; how many
    were paused. What was answered meanwhile opens again."""
    late = Posting.objects.filter(state__in=LIVE_STATES, closes_at__gt=now)
    broken = Application.objects.overdue(now=now).values("posting")
    found = late.filter(pk__in=broken).exclude(paused_for__contains=[PauseReason.REPLIES])
    kept = late.filter(paused_for__contains=[PauseReason.REPLIES]).exclude(pk__in=broken)
    for pk in list(kept.order_by("pk").values_list("pk", flat=True)):
        recover(posting_id=pk, actor=None, now=now)
    keys = list(found.order_by("pk").values_list("pk", flat=True))
    return sum(_break(posting_id=pk, now=now) for pk in keys)


@transaction.atomic
def _break(*, posting_id: int, now: datetime) -> bool:
    posting = Posting.objects.locked().get(pk=posting_id)
    overdue = list(
        posting.applications.overdue(now=now).select_related("copy").order_by("answer_due_at", "pk")
    )
    if not overdue or PauseReason.REPLIES in posting.paused_for or not _runs(posting, now):
        return False
    event = lifecycle.pause(posting=posting, actor=None, now=now, why=PauseReason.REPLIES)
    emails.promise_broken(posting=posting, event=event, overdue=overdue)
    count_later(posting.employer_id)
    return True


@transaction.atomic
def recover(*, posting_id: int, actor: User | None, now: datetime) -> bool:
    """Open a posting again that was paused for its answers, when the last one that was overdue is
    given; True when that was so. For whoever moves an application, and for the sweep."""
    posting = Posting.objects.locked().get(pk=posting_id)
    if PauseReason.REPLIES not in posting.paused_for or not _runs(posting, now):
        return False
    if posting.applications.overdue(now=now).exists():
        return False
    event = lifecycle.resume(posting=posting, actor=actor, now=now, why=PauseReason.REPLIES)
    emails.promise_kept(posting=posting, event=event)
    return True


def count_later(employer_id: int) -> None:
    """Have an employer's answers counted anew, once for all that happens until then."""
    lock = f"hiring.count_replies:{employer_id}"
    enqueue("hiring.count_replies", queueing_lock=lock, employer_id=employer_id)


def _runs(posting: Posting, now: datetime) -> bool:
    """It is open, or could be by its employer's will."""
    closes_at = posting.closes_at
    return posting.state in LIVE_STATES and closes_at is not None and closes_at > now
