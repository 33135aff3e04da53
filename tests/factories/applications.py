"""Applications of tests, sent by the actions that the pages call."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from postings.hiring.actions.applications import apply
from postings.hiring.models import Application, ApplicationDraft, ApplicationFile
from postings.models import Posting
from profiles.models import User
from tests.factories.candidates import make_candidate
from tests.factories.people import make_user
from tests.factories.postings import published_posting, published_postings


def open_posting(**arguments: Any) -> Posting:
    """A public posting that takes applications here; see `published_posting`."""
    return published_posting(**{"apply_url": "", "reply_days": 14, **arguments})


def make_draft(
    posting: Posting, user: User | None, now: datetime | None = None, **fields: Any
) -> ApplicationDraft:
    """An application that is being written."""
    now = now or datetime.now(UTC)
    return ApplicationDraft.objects.create(
        posting=posting, user=user, **{"opened_at": now, "updated_at": now, **fields}
    )


def make_application(
    posting: Posting | None = None,
    *,
    candidate: User | None = None,
    now: datetime | None = None,
    **fields: Any,
) -> Application:
    """An application that was sent, of somebody with a profile."""
    now = now or datetime.now(UTC)
    posting = posting or open_posting(now=now - timedelta(days=1))
    if candidate is None:
        candidate = make_user()
        make_candidate(candidate, skills={"complaint-handling": 3})
    draft = make_draft(posting, candidate, now, **fields)
    return apply(draft=draft, candidate=candidate, now=now)


def bare_applications(candidate: User, count: int, **arguments: Any) -> list[Application]:
    """Applications for as many new postings, made quickly: without copies, events and mails."""
    now = datetime.now(UTC)
    asked = {"apply_url": "", "reply_days": 14, **arguments}
    return Application.objects.bulk_create(
        Application(
            posting=posting,
            revision_id=posting.live_revision_id,
            candidate=candidate,
            applied_at=now,
            moved_at=now,
            answer_due_at=now + timedelta(days=14),
        )
        for posting in published_postings(count, **asked)
    )


def give_file(sent: Application, *, now: datetime, data: bytes = b"%PDF-1.7") -> ApplicationFile:
    """A file that went with an application."""
    return ApplicationFile.objects.create(
        application=sent,
        name="certificate.pdf",
        size=len(data),
        sha256=sha256(data).hexdigest(),
        data=data,
        uploaded_at=now,
    )
