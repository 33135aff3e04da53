"""The way to apply that the page of a posting shows: here, or on another site.

What somebody sent or began is read through the posting, for nothing here knows of applications.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse

from postings.content import PostingContent
from postings.models import Posting
from profiles.models import User

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser

DRAFTS_KEY: Final = "application_drafts"
"""In the session of whoever has no account: their drafts, posting → draft, by public ids."""
WITHDRAWN: Final = "withdrawn"


@dataclass(frozen=True, slots=True)
class Applying:
    """The button of a posting: where it leads, what stands on it, and a hint below. `applied_at`:
    when the reader applied already; `url` leads to their application then."""

    url: str = ""
    label: str = ""
    hint: str = ""
    applied_at: datetime | None = None

    @property
    def dock_label(self) -> str:
        """The same where there is little room."""
        return "See it" if self.applied_at else "Apply"


def applying(
    user: "AbstractBaseUser | AnonymousUser",
    session: Mapping[str, Any],
    posting: Posting,
    content: PostingContent,
) -> Applying:
    """The way to apply for an open posting. For somebody signed in two queries where people apply
    here, else none."""
    url = apply_url(posting)
    if not content.applies_here:
        if not content.apply_url:
            return Applying()
        hint = "You leave this site." if content.applies_outside else ""
        return Applying(url, "Apply on the employer’s site", hint)
    drafts: Any = session.get(DRAFTS_KEY) or {}
    begun = posting.public_id in drafts
    if isinstance(user, User):
        sent = posting.applications.filter(candidate=user).exclude(state=WITHDRAWN).first()
        if sent is not None:
            mine = reverse("me:application", kwargs={"application": sent.public_id})
            return Applying(mine, "See your application", applied_at=sent.applied_at)
        begun = posting.application_drafts.filter(user=user).exists() or begun
    if begun:
        return Applying(url, "Go on with your application", "What you wrote is kept.")
    return Applying(url, "Apply with your profile", "No CV needed. You see all that is sent first.")


def apply_url(posting: Posting) -> str:
    """Where one applies for a posting."""
    names = {"slug": posting.slug, "public_id": posting.public_id}
    return reverse("hiring:apply", kwargs=names)
