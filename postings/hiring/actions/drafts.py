"""Writing an application: begun, saved step by step, handed to an account, sent, swept."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from cscareers.core import throttling
from cscareers.core.networks import sender_of_day
from cscareers.core.rows import get_or_make
from postings.hiring.actions.applications import apply, hold_still, may_apply
from postings.hiring.actions.kept_answers import keep_answers
from postings.hiring.engines.attachments import check_pdf, clean_name
from postings.hiring.engines.frozen import parcel_of
from postings.hiring.models import Application, ApplicationDraft, ApplicationFile
from postings.models import Posting
from postings.policy import DRAFT_KEPT, STRAY_DRAFT_KEPT
from profiles.models import User

BY_NETWORK: Final = throttling.Limit("application-draft", 30, timedelta(hours=1))
"""Drafts that are begun from one network without an account."""
FILES: Final = throttling.Limit("application-file", 20, timedelta(hours=1))
"""Files that are checked for one draft: each costs a process."""


class Overwritten(Exception):
    """The draft was saved elsewhere meanwhile: `theirs` is how it stands now."""

    def __init__(self, theirs: ApplicationDraft) -> None:
        super().__init__(f"version {theirs.version}")
        self.theirs = theirs


class DraftGone(Exception):
    """The draft was sent or thrown away meanwhile."""


class NotWhatWasShown(Exception):
    """What would go out is no longer what the candidate was shown."""


@transaction.atomic
def begin(*, posting: Posting, user: User | None, address: str, now: datetime) -> ApplicationDraft:
    """The draft of `user` for a posting, a new one where there is none.

    `address` is the IP address of whoever has no account, compared and not kept. Raises NotOpen,
    AppliesElsewhere, OwnEmployer, throttling.TooMany.
    """
    may_apply(posting, user, opened_at=now, now=now)
    times = {"opened_at": now, "updated_at": now}
    if user is not None:
        return get_or_make(ApplicationDraft, posting=posting, user=user, defaults=times)[0]
    throttling.count(BY_NETWORK, sender_of_day(address, now=now), now=now)
    return ApplicationDraft.objects.create(posting=posting, **times)


@transaction.atomic
def save(
    *, draft: ApplicationDraft, version: int, changes: Mapping[str, Any], now: datetime
) -> None:
    """Save a step that was opened at `version`. Raises Overwritten, DraftGone."""
    standing = ApplicationDraft.objects.filter(pk=draft.pk, version=version)
    if standing.update(**changes, updated_at=now, version=F("version") + 1) == 1:
        for name, value in changes.items():
            setattr(draft, name, value)
        draft.updated_at, draft.version = now, version + 1
        return
    theirs = ApplicationDraft.objects.filter(pk=draft.pk).first()
    if theirs is None:
        raise DraftGone
    raise Overwritten(theirs)


def attach(*, draft: ApplicationDraft, name: str, data: bytes, now: datetime) -> ApplicationFile:
    """Put a PDF beside the draft, in the place of one that was there.

    Raises BadFile, DraftGone, throttling.TooMany.
    """
    throttling.count(FILES, draft.pk, now=now)
    digest = check_pdf(data)
    with transaction.atomic():
        if not ApplicationDraft.objects.select_for_update(no_key=True).filter(pk=draft.pk).exists():
            raise DraftGone
        detach(draft=draft)
        return ApplicationFile.objects.create(
            draft=draft,
            name=clean_name(name),
            size=len(data),
            sha256=digest,
            data=data,
            uploaded_at=now,
        )


def detach(*, draft: ApplicationDraft) -> None:
    """Take the file away from the draft."""
    ApplicationFile.objects.filter(draft=draft).delete()


@transaction.atomic
def send(*, draft: ApplicationDraft, candidate: User, seen: str, now: datetime) -> Application:
    """Send the draft as the candidate saw it: `seen` is the digest of the parcel on their page.
    Answers that they keep stand in their profile afterwards.

    Raises NotWhatWasShown, DraftGone, and what `apply` raises.
    """
    posting = hold_still(draft.posting_id)
    rows = ApplicationDraft.objects.select_for_update(no_key=True)
    draft_now = rows.filter(pk=draft.pk, user=candidate).first()
    if draft_now is None:
        raise DraftGone
    parcel = parcel_of(draft_now, candidate, posting, now=now)
    may_apply(posting, candidate, opened_at=draft_now.opened_at, now=now)
    if parcel.digest != seen:
        raise NotWhatWasShown
    answers, keeps = draft_now.answers, draft_now.keep_answers
    sent = apply(draft=draft_now, candidate=candidate, now=now, parcel=parcel)
    if keeps:
        keep_answers(user=candidate, content=posting.live_content, answers=answers, now=now)
    return sent


@transaction.atomic
def adopt(*, public_ids: Collection[str], user: User) -> tuple[list[ApplicationDraft], bool]:
    """Make drafts that were begun without an account those of `user`; those that now are, and
    whether one was left as it is, because `user` has one for the same posting already."""
    adopted, left = [], False
    rows = ApplicationDraft.objects.select_related("posting").filter(
        public_id__in=public_ids, user__isnull=True
    )
    for draft in rows.select_for_update(of=("self",), no_key=True).order_by("pk"):
        draft.user = user
        try:
            with transaction.atomic():
                draft.save(update_fields=["user"])
        except IntegrityError:
            left = True
        else:
            adopted.append(draft)
    return adopted, left


@transaction.atomic
def choose(*, kept: ApplicationDraft, other: ApplicationDraft, user: User) -> None:
    """Of two drafts of one person for one posting go on with `kept`; the other one is deleted."""
    ApplicationDraft.objects.filter(pk=other.pk).delete()
    ApplicationDraft.objects.filter(pk=kept.pk).update(user=user)
    kept.user = user


def discard(*, draft: ApplicationDraft) -> None:
    """Throw the draft away, with its file."""
    ApplicationDraft.objects.filter(pk=draft.pk).delete()


def sweep(*, now: datetime) -> int:
    """Delete drafts that nobody can find again, and those whose posting is long over; their
    number."""
    strays = Q(user__isnull=True, updated_at__lt=now - STRAY_DRAFT_KEPT)
    long_over = Q(updated_at__lt=now - DRAFT_KEPT) & Q(posting__closes_at__lt=now - DRAFT_KEPT)
    _, deleted = ApplicationDraft.objects.filter(strays | long_over).delete()
    return deleted.get("postings.ApplicationDraft", 0)
