"""What the pages of applying share: who applies for what, and what they wrote so far."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cscareers.core.forms import OnceForm
from postings.access import get_public_posting
from postings.applying import DRAFTS_KEY
from postings.content import PostingContent
from postings.hiring.access import get_draft
from postings.hiring.actions.applications import standing, takes_applications
from postings.hiring.engines.frozen import draft_file, replies_of
from postings.hiring.models import Application, ApplicationDraft
from postings.models import Posting
from postings.policy import DRAFT_GRACE
from postings.views.posting import over_words
from profiles.models import User
from profiles.permissions import is_member

STEPS: Final = (
    ("requirements", "What the job asks"),
    ("message", "Your message"),
    ("check", "Check and send"),
)


@dataclass
class Errand:
    """Somebody applies for a posting. `stray`: the draft of this browser without an account."""

    posting: Posting
    content: PostingContent
    user: User | None
    draft: ApplicationDraft | None
    stray: str
    now: datetime

    @property
    def url(self) -> str:
        return self.step_url("apply")

    def step_url(self, name: str) -> str:
        kwargs = {"slug": self.posting.slug, "public_id": self.posting.public_id}
        return reverse(f"hiring:{name}", kwargs=kwargs)

    @property
    def grace_until(self) -> datetime | None:
        """Until when a draft may still be sent whose posting is over by its date."""
        closes_at = self.posting.closes_at
        if closes_at is None or closes_at > self.now:
            return None
        return closes_at + DRAFT_GRACE

    @property
    def can_send(self) -> bool:
        """Whether the posting still takes this draft, or a new one."""
        opened_at = self.draft.opened_at if self.draft else self.now
        return takes_applications(self.posting, opened_at=opened_at, now=self.now)

    @property
    def is_own(self) -> bool:
        """Whoever works for the employer can't apply to it; one query for somebody signed in."""
        return self.user is not None and is_member(self.user, self.posting.employer)

    def sent(self) -> Application | None:
        """What this person applied with already; one query."""
        return standing(self.posting, self.user) if self.user else None


def errand_of(request: HttpRequest, public_id: str) -> Errand:
    """The errand of this request; raises Http404 for a posting that never was public."""
    now = timezone.now()
    posting, _ = get_public_posting(public_id, now=now)
    user = request.user if isinstance(request.user, User) else None
    begun: Any = request.session.get(DRAFTS_KEY) or {}
    stray = str(begun.get(posting.public_id, ""))
    draft = get_draft(posting, user, stray)
    return Errand(posting, posting.live_content, user, draft, stray, now)


def remember(request: HttpRequest, draft: ApplicationDraft) -> None:
    """Keep in the session which draft this browser began for a posting."""
    drafts = dict(request.session.get(DRAFTS_KEY) or {})
    request.session[DRAFTS_KEY] = {**drafts, draft.posting.public_id: draft.public_id}


def forget(request: HttpRequest, posting: Posting) -> None:
    """The draft of this browser is gone, or belongs to an account."""
    drafts = dict(request.session.get(DRAFTS_KEY) or {})
    if drafts.pop(posting.public_id, None):
        request.session[DRAFTS_KEY] = drafts


def shared_context(errand: Errand, step: str = "") -> dict[str, Any]:
    """What each page of applying shows around its own part."""
    names = [name for name, _ in STEPS]
    return {
        "posting": errand.posting,
        "employer": errand.posting.employer,
        "reply_days": errand.content.reply_days,
        "draft": errand.draft,
        "grace_until": errand.grace_until,
        "apply_url": errand.url,
        "posting_url": errand.posting.get_absolute_url(),
        "discard_url": errand.step_url("apply_discard"),
        "number": names.index(step) + 1 if step else 0,
        "total": len(STEPS),
        "step_title": dict(STEPS).get(step, ""),
    }


def written(errand: Errand) -> dict[str, Any]:
    """What stands in the draft, to be read and copied where it can't be sent."""
    draft = errand.draft
    if draft is None:
        return {"replies": [], "whys": [], "file": None}
    return {
        "replies": list(replies_of(draft).items()),
        "whys": [said["why"] for said in draft.answers.values() if said.get("why")],
        "file": draft_file(draft),
    }


def over(request: HttpRequest, errand: Errand) -> HttpResponse:
    """What happened to the job, and what was written."""
    context = {
        **shared_context(errand),
        **written(errand),
        "reason": over_words(errand.posting),
        "again": bool(errand.posting.paused_for),
    }
    return render(request, "hiring/apply/over.html", context, status=410)


def key_of(form: OnceForm) -> uuid.UUID:
    """What tells one filling-in of a checked form from another; a new one for a torn form."""
    key: uuid.UUID | None = form.cleaned_data.get("key")
    return key or uuid.uuid4()


def to_start(request: HttpRequest, errand: Errand) -> HttpResponse:
    """Back to where applying begins, for whoever has nothing begun here."""
    if request.method == "POST" and errand.sent() is None:
        messages.info(request, "This application was sent or thrown away in another window.")
    return redirect(errand.url)
