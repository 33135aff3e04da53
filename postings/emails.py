"""Mails about postings; each is written to the queue, in the caller's transaction."""

from django.conf import settings
from django.urls import reverse

from postings.enums import RejectionReason
from postings.freshness import last_day
from postings.labels import REJECTION_SENTENCES, label
from postings.models import Posting, PostingEvent, PostingRevision
from profiles.emails import send


def approved(*, posting: Posting, event: PostingEvent) -> None:
    """Tell the author that the job (or the change to it) is public."""
    _tell_author(
        posting,
        event,
        subject=f"Published: {posting.title}",
        template="posting_approved",
        first=event.from_state == "in_review",
        last_day=last_day(posting.closes_at, posting.employer.time_zone)
        if posting.closes_at
        else None,
    )


def rejected(*, posting: Posting, revision: PostingRevision, event: PostingEvent) -> None:
    """Tell the author what to change, by coded reasons and the moderator's words."""
    reasons = [RejectionReason(code) for code in revision.reasons]
    _tell_author(
        posting,
        event,
        subject=f"Please change: {revision.value.title or 'your job'}",
        template="posting_rejected",
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
    """Tell the author that a moderator paused, suspended or reinstated the job, and why."""
    words = {"pause": "Paused", "suspend": "Suspended", "reinstate": "Public again"}
    _tell_author(
        posting,
        event,
        subject=f"{words[event.verb]}: {posting.title}",
        template="posting_moderated",
        verb=event.verb,
        note=event.note,
    )


def _tell_author(
    posting: Posting, event: PostingEvent, *, subject: str, template: str, **context: object
) -> None:
    if posting.author is None or not posting.author.email:
        return
    send(
        to=posting.author.email,
        subject=subject,
        template=template,
        dedupe_key=f"posting-{event.verb}:{event.pk}",
        posting=posting,
        url=settings.SITE_URL + posting.get_absolute_url(),
        **context,
    )
