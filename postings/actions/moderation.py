"""What moderators decide. The admin and the importer call the same actions."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from postings import emails
from postings.actions import lifecycle, projection
from postings.actions.postings import slug_of
from postings.content import PostingContent
from postings.enums import PostingState, RejectionReason
from postings.freshness import closes_at
from postings.markup import document_for, problems_of
from postings.models import Posting, PostingEvent, PostingRevision
from postings.reading import names_for
from postings.structured_data import Problem
from profiles.models import Employer, User

APPROVE: Final = "approve"
LIVE_STATES = (PostingState.PUBLISHED, PostingState.PAUSED)


class NotPublishable(Exception):
    """Search engines would refuse the posting's markup; `problems` says why."""

    def __init__(self, found: Sequence[Problem]) -> None:
        super().__init__(", ".join(problem.pointer for problem in found))
        self.problems = tuple(found)


class AuthorSuspended(Exception):
    """What a suspended account wrote stays out of public places."""


class ReasonNeeded(Exception):
    """A rejection without a reason helps nobody."""


@transaction.atomic
def approve(
    *,
    revision: PostingRevision,
    actor: User | None,
    now: datetime,
    label: str = APPROVE,
    first_published_at: datetime | None = None,
) -> Posting:
    """Make `revision` what the public sees; the posting.

    The first approval publishes; a later one replaces what is live and confirms the posting.
    `label` is how the event row names it. `first_published_at` keeps an earlier date. Raises
    IllegalMove, EmployerSuspended, AuthorSuspended, NotPublishable.
    """
    posting = Posting.objects.select_for_update().get(pk=revision.posting_id)
    employer = Employer.objects.select_for_update(of=("self",)).get(pk=posting.employer_id)
    posting.employer = employer
    if employer.suspended_at is not None:
        raise lifecycle.EmployerSuspended
    if posting.withheld:
        raise AuthorSuspended
    if posting.live_revision is not None:
        lifecycle.move_revision(revision=posting.live_revision, verb="supersede", now=now)
    lifecycle.move_revision(
        revision=revision,
        verb="approve",
        now=now,
        columns={"decided_at": now, "decided_by": actor},
    )
    content = revision.value
    until = _apply_until(posting, revision, content)
    closes = closes_at(confirmed_at=now, apply_until=until, time_zone=employer.time_zone)
    columns = {
        "live_revision": revision,
        "title": content.title[:200],
        "slug": slug_of(content.title),
        "apply_until": until,
        "confirmed_at": now,
        "closes_at": closes,
        "first_published_at": posting.first_published_at or first_published_at or now,
    }
    event = _go_live(
        posting=posting,
        revision=revision,
        actor=actor,
        now=now,
        columns=columns,
        details=lifecycle.deadline_change(posting.closes_at, closes),
        label=label,
    )
    projection.project(posting=posting, content=content)
    if label == APPROVE:
        # An import is the operator's own decision: its page goes without markup instead.
        _judge_markup(posting, content)
    emails.approved(posting=posting, revision=revision, event=event)
    return posting


def _apply_until(
    posting: Posting, revision: PostingRevision, content: PostingContent
) -> date | None:
    """The revision's last day to apply; but the posting's, when the employer moved that one in
    public since the revision began and the revision left it as it was."""
    since = posting.events.filter(verb="extend", at__gte=revision.created_at)
    moved = since.filter(details__has_key="until_from").order_by("at", "pk").first()
    mine = content.apply_until.isoformat() if content.apply_until else ""
    if moved is not None and moved.details["until_from"] == mine:
        return posting.apply_until
    return content.apply_until


def _go_live(
    *,
    posting: Posting,
    revision: PostingRevision,
    actor: User | None,
    now: datetime,
    columns: dict[str, Any],
    details: dict[str, str],
    label: str,
) -> PostingEvent:
    """Publish a posting in review, or replace what a live one says; the event row."""
    named: dict[str, Any] = {"details": {**details, "label": label}}
    if actor is None and label != APPROVE:
        named["actor_label"] = label
    if posting.state == PostingState.IN_REVIEW:
        return lifecycle.move_posting(
            posting=posting,
            revision=revision,
            verb="approve",
            actor=actor,
            now=now,
            columns=columns,
            **named,
        )
    # What is over by its date stays over: a change does not bring it back.
    live = Posting.objects.filter(pk=posting.pk, state__in=LIVE_STATES, closes_at__gt=now)
    if live.update(updated_at=now, **columns) != 1:
        raise lifecycle.IllegalMove(f"{posting.public_id} is {posting.state} or over")
    for name, value in columns.items():
        setattr(posting, name, value)
    return lifecycle.record(
        posting=posting,
        revision=revision,
        verb="approve-revision",
        actor=actor,
        now=now,
        **named,
    )


def _judge_markup(posting: Posting, content: PostingContent) -> None:
    document = document_for(posting, content, names_for([content]))
    if found := problems_of(document):
        raise NotPublishable(found)


@transaction.atomic
def reject(
    *,
    revision: PostingRevision,
    actor: User,
    now: datetime,
    reasons: Sequence[RejectionReason],
    note: str = "",
) -> Posting:
    """Send `revision` back with coded reasons and words for its author, by mail too."""
    if not reasons:
        raise ReasonNeeded
    posting = Posting.objects.select_for_update().get(pk=revision.posting_id)
    codes = [str(reason) for reason in reasons]
    lifecycle.move_revision(
        revision=revision,
        verb="reject",
        now=now,
        columns={
            "decided_at": now,
            "decided_by": actor,
            "reasons": codes,
            "decision_note": note,
        },
    )
    if posting.state == PostingState.IN_REVIEW:
        event = lifecycle.move_posting(
            posting=posting,
            revision=revision,
            verb="reject",
            actor=actor,
            now=now,
            reasons=codes,
            note=note,
        )
    else:
        event = lifecycle.record(
            posting=posting,
            revision=revision,
            verb="reject-revision",
            actor=actor,
            now=now,
            reasons=codes,
            note=note,
        )
    emails.rejected(posting=posting, revision=revision, event=event)
    return posting


@transaction.atomic
def pause(*, posting: Posting, actor: User, now: datetime, note: str = "") -> PostingEvent:
    """Pause a live posting on a moderator's word, and tell its author."""
    event = lifecycle.pause(posting=posting, actor=actor, now=now, note=note)
    emails.moderated(posting=posting, event=event)
    return event


@transaction.atomic
def suspend(*, posting: Posting, actor: User, now: datetime, note: str) -> PostingEvent:
    """Take one posting out of public view until a moderator reinstates it."""
    event = lifecycle.move_posting(posting=posting, verb="suspend", actor=actor, now=now, note=note)
    emails.moderated(posting=posting, event=event)
    return event


@transaction.atomic
def reinstate(*, posting: Posting, actor: User, now: datetime, note: str = "") -> PostingEvent:
    """Undo a suspension: what was paused before is paused again, and whether the public sees the
    rest is a matter of its clock."""
    before = posting.events.filter(verb="suspend").order_by("-at", "-pk").first()
    event = lifecycle.move_posting(
        posting=posting, verb="reinstate", actor=actor, now=now, note=note
    )
    if before is not None and before.from_state == PostingState.PAUSED:
        lifecycle.pause(posting=posting, actor=actor, now=now)
    emails.moderated(posting=posting, event=event)
    return event


def refresh_withheld(*, employer: Employer | None, user: User | None) -> int:
    """Bring `withheld` into line with the suspensions of employers and authors; rows changed."""
    suspended = Q(
        Exists(Employer.objects.filter(pk=OuterRef("employer_id"), suspended_at__isnull=False))
    ) | Q(Exists(User.objects.filter(pk=OuterRef("author_id"), suspended_at__isnull=False)))
    concerned = Posting.objects.all()
    if employer is not None:
        concerned = concerned.filter(employer=employer)
    if user is not None:
        concerned = concerned.filter(author=user)
    hidden = concerned.filter(suspended, withheld=False).update(withheld=True)
    shown = concerned.filter(~suspended, withheld=True).update(withheld=False)
    return hidden + shown
