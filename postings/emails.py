"""Mails about postings; each is written to the queue, in the caller's transaction."""

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.urls import reverse

from postings.enums import RejectionReason, ReportStatus
from postings.labels import REJECTION_SENTENCES, label
from postings.models import Posting, PostingEvent, PostingRevision, Report
from postings.queue_age import QueueAge
from profiles.emails import send
from profiles.enums import HIRING, MemberRole
from profiles.models import User


def approved(*, posting: Posting, revision: PostingRevision, event: PostingEvent) -> None:
    """Tell whoever wrote it that the job (or the change to it) is public."""
    _tell(
        posting,
        event,
        subject=f"Published: {posting.title}",
        template="posting_approved",
        revision=revision,
        first=event.from_state == "in_review",
        last_day=posting.closes_on,
    )


def rejected(*, posting: Posting, revision: PostingRevision, event: PostingEvent) -> None:
    """Tell whoever wrote it what to change, by coded reasons and the moderator's words."""
    reasons = [RejectionReason(code) for code in revision.reasons]
    _tell(
        posting,
        event,
        subject=f"Please change: {revision.value.title or 'your job'}",
        template="posting_rejected",
        revision=revision,
        title=revision.value.title,
        reasons=[(label(reason), REJECTION_SENTENCES[reason]) for reason in reasons],
        note=revision.decision_note,
        edit_url=settings.SITE_URL
        + reverse(
            "postings:wizard",
            kwargs={"employer": posting.employer.slug, "public_id": posting.public_id},
        ),
    )


def moderated(*, posting: Posting, event: PostingEvent) -> None:
    """Tell whoever wrote it that a moderator paused, suspended or reinstated the job, and why."""
    words = {
        "pause": "Paused",
        "suspend": "Suspended",
        "reinstate": "No longer suspended",
        "close": "Closed by us",
        "release": "Open again",
    }
    _tell(
        posting,
        event,
        subject=f"{words[event.verb]}: {posting.title}",
        template="posting_moderated",
        verb=event.verb,
        note=event.note,
    )


def retracted(*, posting: Posting, revision: PostingRevision, event: PostingEvent) -> None:
    """Tell whoever wrote it that we took an approval back and look again."""
    _tell(
        posting,
        event,
        subject=f"In review again: {revision.value.title}",
        template="posting_retracted",
        revision=revision,
        title=revision.value.title,
        change=event.verb == "retract-revision",
        note=event.note,
    )


def held(*, posting: Posting, event: PostingEvent) -> None:
    """Tell whoever wrote it that reports paused the job; what kind of reports, not whose."""
    _tell(posting, event, subject=f"Paused for a check: {posting.title}", template="posting_held")


def change_asked(*, posting: Posting, event: PostingEvent) -> None:
    """Tell whoever wrote it what a moderator wants changed before the job is shown again."""
    path = reverse(
        "postings:manage",
        kwargs={"employer": posting.employer.slug, "public_id": posting.public_id},
    )
    _tell(
        posting,
        event,
        subject=f"Please change: {posting.title}",
        template="posting_change_asked",
        note=event.note,
        manage_url=settings.SITE_URL + path,
    )


def report_outcome(*, report: Report) -> None:
    """Tell the reader who reported a job, and left an address, what we found and did."""
    send(
        to=report.email,
        subject=f"Your report: {report.posting.title}",
        template="report_outcome",
        dedupe_key=f"report-outcome:{report.pk}",
        posting=report.posting,
        upheld=report.status == ReportStatus.UPHELD,
        consequence=report.consequence,
        words=report.outcome,
        reported_at=report.created_at,
        policy_url=settings.SITE_URL + reverse("postings:reports_policy"),
    )


def queue_late(*, person: User, ages: Sequence[QueueAge], day: date) -> None:
    """Tell a moderator which queues are late; once for each day."""
    send(
        to=person.email,
        subject="People wait for moderators longer than we promise",
        template="queue_late",
        dedupe_key=f"queue-late:{day.isoformat()}",
        ages=ages,
        url=settings.SITE_URL + reverse("admin:index"),
    )


def _tell(
    posting: Posting,
    event: PostingEvent,
    *,
    subject: str,
    template: str,
    revision: PostingRevision | None = None,
    **context: object,
) -> None:
    for person in _concerned(posting, revision):
        send(
            to=person.email,
            subject=subject,
            template=template,
            dedupe_key=f"posting-{event.verb}:{event.pk}",
            posting=posting,
            url=settings.SITE_URL + posting.get_absolute_url(),
            **context,
        )


def _concerned(posting: Posting, revision: PostingRevision | None) -> list[User]:
    """Who wrote the revision, else the job, if they still write for the employer; else its owners.

    Whoever has left, or only reads by now, is not asked to act on it. An import has no author: its
    operator knows.
    """
    written_by = [revision.author_id if revision else None, posting.author_id]
    authors = [pk for pk in written_by if pk is not None]
    if not authors:
        return []
    team = User.objects.filter(is_active=True)
    hiring = team.filter(memberships__employer=posting.employer_id, memberships__role__in=HIRING)
    there = hiring.in_bulk(authors)
    for pk in authors:
        if pk in there:
            return [there[pk]]
    owners = team.filter(
        memberships__employer=posting.employer_id, memberships__role=MemberRole.OWNER
    )
    return list(owners.order_by("pk"))
