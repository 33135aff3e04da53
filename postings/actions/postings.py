"""Drafts: begin one, save it, copy it, and start a change to what is live."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Count, F
from django.utils.text import slugify

from cscareers.core.bulk import by_row, insert_rows
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


@dataclass(frozen=True, slots=True)
class NewPosting:
    """What a new posting begins with. `external_*` and `date_posted` are an import's."""

    employer: Employer
    content: PostingContent
    copied_from: Posting | None = None
    external_identifier: str = ""
    external_digest: str = ""
    date_posted: date | None = None


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
    new = NewPosting(
        employer=employer,
        content=content or PostingContent(),
        copied_from=copied_from,
        external_identifier=external_identifier,
    )
    return create_postings(new=[new], actor=actor, now=now, origin=origin)[0].posting


@transaction.atomic
def create_postings(
    *, new: Sequence[NewPosting], actor: User | None, now: datetime, origin: Origin
) -> list[PostingRevision]:
    """The first drafts of new postings, each with its posting, in the order of `new`."""
    postings = insert_rows(
        [
            Posting(
                employer=one.employer,
                author=actor,
                origin=origin,
                title=one.content.title[:200],
                slug=slug_of(one.content.title),
                copied_from=one.copied_from,
                external_identifier=one.external_identifier,
                external_digest=one.external_digest,
                date_posted=one.date_posted,
                withheld=one.employer.suspended_at is not None,
                created_at=now,
                updated_at=now,
            )
            for one in new
        ]
    )
    contents = [one.content for one in new]
    revisions = _add_revisions(
        postings=postings, contents=contents, numbers={}, author=_author(actor, origin), now=now
    )
    lifecycle.record_many(
        postings=postings,
        revisions={revision.posting_id: revision for revision in revisions},
        verb="create",
        actor=actor,
        now=now,
        to_state=PostingState.DRAFT,
        details={posting.pk: {"origin": str(origin)} for posting in postings},
    )
    return revisions


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
    lifecycle.lock_postings(revision.posting_id)
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
    _name_after({revision.posting_id: content}, now=now)


@transaction.atomic
def save_drafts(
    *,
    revisions: Sequence[PostingRevision],
    contents: Sequence[PostingContent],
    now: datetime,
) -> None:
    """Keep `contents` in the drafts, which the caller has locked, of different postings."""
    changes = {
        revision.pk: {
            "content": content.to_json(),
            "version": revision.version + 1,
            "updated_at": now,
        }
        for revision, content in zip(revisions, contents, strict=True)
    }
    rows = PostingRevision.objects.filter(pk__in=changes, state=RevisionState.DRAFT)
    if changes and rows.update(**by_row(PostingRevision, changes)) != len(changes):
        raise NotADraft
    for revision in revisions:
        for name, value in changes[revision.pk].items():
            setattr(revision, name, value)
    of_postings = [revision.posting_id for revision in revisions]
    _name_after(dict(zip(of_postings, contents, strict=True)), now=now)


def _name_after(contents: Mapping[int, PostingContent], *, now: datetime) -> None:
    """Let postings that were never public go by the title of their draft."""
    names = {
        key: {"title": content.title[:200], "slug": slug_of(content.title), "updated_at": now}
        for key, content in contents.items()
    }
    never_public = Posting.objects.filter(pk__in=names, first_published_at__isnull=True)
    if names:
        never_public.update(**by_row(Posting, names))


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
    locked = Posting.objects.select_for_update(no_key=True).get(pk=posting.pk)
    existing = locked.revisions.filter(state__in=OPEN_REVISIONS).first()
    if existing is not None:
        return existing
    return start_revisions(postings=[locked], actor=actor, now=now, origin=origin)[0]


@transaction.atomic
def start_revisions(
    *, postings: Sequence[Posting], actor: User | None, now: datetime, origin: Origin
) -> list[PostingRevision]:
    """A revision of each of `postings`, which the caller has locked and which have none open."""
    for posting in postings:
        if posting.state not in (PostingState.PUBLISHED, PostingState.PAUSED):
            raise lifecycle.IllegalMove(f"{posting.public_id} is {posting.state}")
    contents = [latest_content(p).with_(apply_until=p.apply_until) for p in postings]
    counted = Posting.objects.filter(pk__in=[posting.pk for posting in postings])
    numbers = dict(counted.annotate(known=Count("revisions")).values_list("pk", "known"))
    revisions = _add_revisions(
        postings=postings,
        contents=contents,
        numbers=numbers,
        author=_author(actor, origin),
        now=now,
    )
    lifecycle.record_many(
        postings=postings,
        revisions={revision.posting_id: revision for revision in revisions},
        verb="start-revision",
        actor=actor,
        now=now,
    )
    return revisions


def latest_content(posting: Posting) -> PostingContent:
    """What the approved revision says, else the newest one."""
    revision = posting.live_revision or posting.revisions.order_by("-number").first()
    return revision.value if revision else PostingContent()


def _author(actor: User | None, origin: Origin) -> User | None:
    return None if origin is Origin.IMPORT else actor


def _add_revisions(
    *,
    postings: Sequence[Posting],
    contents: Sequence[PostingContent],
    numbers: Mapping[int, int],
    author: User | None,
    now: datetime,
) -> list[PostingRevision]:
    """New drafts; `numbers` says how many revisions the postings have already."""
    return insert_rows(
        [
            PostingRevision(
                posting=posting,
                number=numbers.get(posting.pk, 0) + 1,
                content=content.to_json(),
                author=author,
                created_at=now,
                updated_at=now,
            )
            for posting, content in zip(postings, contents, strict=True)
        ]
    )
