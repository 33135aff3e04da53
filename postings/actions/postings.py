"""Drafts: begin one, save it, copy it, and start a change to what is live."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils.text import slugify

from postings.actions import lifecycle
from postings.content import PostingContent
from postings.enums import Origin, PostingState, RevisionState
from postings.models import Posting, PostingRevision
from postings.states import OPEN_REVISIONS
from profiles.models import Employer, User

SAME_FORM: Final = timedelta(minutes=10)


class EditConflict(Exception):
    """Somebody else saved this draft first; `theirs` is what stands there now."""

    def __init__(self, theirs: PostingRevision) -> None:
        super().__init__(f"version {theirs.version} is there already")
        self.theirs = theirs


class NotADraft(Exception):
    """The revision is in review or decided: its content is settled."""


def slug_of(title: str) -> str:
    """The readable part of a posting's URL."""
    return slugify(title)[:80].strip("-") or "job"


@transaction.atomic
def create_posting(
    *,
    employer: Employer,
    actor: User | None,
    now: datetime,
    content: PostingContent | None = None,
    origin: Origin = Origin.FORM,
    copied_from: Posting | None = None,
    external_identifier: str = "",
) -> Posting:
    """A new posting with its first draft, from nothing, a template, a copy or an import.

    A draft that an importer wrote has no author until somebody saves it: a later import may
    change it so long.
    """
    content = content or PostingContent()
    posting = Posting.objects.create(
        employer=employer,
        author=actor,
        origin=origin,
        title=content.title[:200],
        slug=slug_of(content.title),
        copied_from=copied_from,
        external_identifier=external_identifier,
        withheld=employer.suspended_at is not None,
        created_at=now,
        updated_at=now,
    )
    author = None if origin is Origin.IMPORT else actor
    revision = _add_revision(posting=posting, actor=author, now=now, content=content)
    lifecycle.record(
        posting=posting,
        revision=revision,
        verb="create",
        actor=actor,
        now=now,
        to_state=PostingState.DRAFT,
        details={"origin": str(origin)},
    )
    return posting


@transaction.atomic
def begin_posting(
    *,
    employer: Employer,
    actor: User,
    now: datetime,
    content: PostingContent,
    copied_from: Posting | None = None,
) -> Posting:
    """A person's new posting; the one that they have just begun when it is the same, untouched.

    So a form that was sent, and is sent again after the browser's Back, makes one draft: the page
    that Back loads anew has a key of its own.
    """
    twin = Posting.objects.filter(
        employer=employer,
        author=actor,
        state=PostingState.DRAFT,
        copied_from=copied_from,
        created_at__gt=now - SAME_FORM,
        updated_at=F("created_at"),
        revisions__content=content.to_json(),
    ).first()
    return twin or create_posting(
        employer=employer, actor=actor, now=now, content=content, copied_from=copied_from
    )


@transaction.atomic
def save_draft(
    *,
    revision: PostingRevision,
    actor: User | None,
    now: datetime,
    version: int,
    content: PostingContent,
) -> None:
    """Keep `content` if the draft is still at `version`.

    Raises EditConflict when somebody saved in between, NotADraft when it was handed in.
    """
    rows = PostingRevision.objects.filter(
        pk=revision.pk, version=version, state=RevisionState.DRAFT
    )
    changes = {"content": content.to_json(), "version": version + 1, "updated_at": now}
    if rows.update(**changes) != 1:
        theirs = PostingRevision.objects.get(pk=revision.pk)
        if theirs.state != RevisionState.DRAFT:
            raise NotADraft
        raise EditConflict(theirs)
    for name, value in changes.items():
        setattr(revision, name, value)
    if actor is not None and revision.author_id is None:
        # Whoever takes an import in hand is its author: no later import writes over that.
        PostingRevision.objects.filter(pk=revision.pk).update(author=actor)
        revision.author = actor
    never_public = Posting.objects.filter(pk=revision.posting_id, first_published_at__isnull=True)
    never_public.update(title=content.title[:200], slug=slug_of(content.title), updated_at=now)


@transaction.atomic
def duplicate(*, posting: Posting, actor: User, now: datetime) -> Posting:
    """A new draft that says the same, but for its deadline."""
    content = latest_content(posting).with_(apply_until=None)
    return begin_posting(
        employer=posting.employer, actor=actor, now=now, content=content, copied_from=posting
    )


@transaction.atomic
def start_revision(
    *, posting: Posting, actor: User | None, now: datetime, origin: Origin = Origin.FORM
) -> PostingRevision:
    """The open revision of `posting`, begun from the approved one when there is none.

    Two members who start at once get the same one. Raises IllegalMove for what is neither open
    nor paused.
    """
    locked = Posting.objects.select_for_update().get(pk=posting.pk)
    existing = locked.revisions.filter(state__in=OPEN_REVISIONS).first()
    if existing is not None:
        return existing
    if locked.state not in (PostingState.PUBLISHED, PostingState.PAUSED):
        raise lifecycle.IllegalMove(f"{posting.public_id} is {locked.state}")
    content = latest_content(locked).with_(apply_until=locked.apply_until)
    author = None if origin is Origin.IMPORT else actor
    revision = _add_revision(posting=locked, actor=author, now=now, content=content)
    lifecycle.record(posting=locked, revision=revision, verb="start-revision", actor=actor, now=now)
    return revision


def latest_content(posting: Posting) -> PostingContent:
    """What the approved revision says, else the newest one."""
    revision = posting.live_revision or posting.revisions.order_by("-number").first()
    return revision.value if revision else PostingContent()


def _add_revision(
    *, posting: Posting, actor: User | None, now: datetime, content: PostingContent
) -> PostingRevision:
    return PostingRevision.objects.create(
        posting=posting,
        number=posting.revisions.count() + 1,
        content=content.to_json(),
        author=actor,
        created_at=now,
        updated_at=now,
    )
