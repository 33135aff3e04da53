"""What moderators decide. The admin and the importer call the same actions."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from cscareers.core.bulk import by_row, news_of
from postings import emails
from postings.actions import lifecycle, projection, reposts
from postings.actions.postings import slug_of
from postings.content import PostingContent
from postings.enums import PauseReason, PostingState, RejectionReason
from postings.markup import document_for, problems_of
from postings.models import Posting, PostingEvent, PostingRevision
from postings.policy import closes_at
from postings.reading import names_for
from postings.states import LIVE_STATES
from postings.structured_data import Problem
from profiles.models import Employer, User

APPROVE: Final = "approve"


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
    IllegalMove, EmployerSuspended, AuthorSuspended, NotPublishable, CannotFollow.
    """
    return approve_many(
        revisions=[revision],
        actor=actor,
        now=now,
        label=label,
        first_published_at=first_published_at,
    )[0]


@transaction.atomic
def approve_many(
    *,
    revisions: Sequence[PostingRevision],
    actor: User | None,
    now: datetime,
    label: str = APPROVE,
    first_published_at: datetime | None = None,
) -> list[Posting]:
    """`approve` for all `revisions`, of different postings, or for none; the postings."""
    postings = _lock(revisions)
    by_posting = {revision.posting_id: revision for revision in revisions}
    replaced = [p.live_revision for p in postings if p.live_revision is not None]
    lifecycle.move_revisions(revisions=replaced, verb="supersede", now=now)
    lifecycle.move_revisions(
        revisions=revisions,
        verb="approve",
        now=now,
        columns={"decided_at": now, "decided_by": actor},
    )
    contents = {revision.posting_id: revision.value for revision in revisions}
    if label == APPROVE:
        for posting in postings:
            reposts.follow(posting=posting, revision=by_posting[posting.pk], actor=actor, now=now)
    untils = _apply_untils(postings, by_posting, contents)
    columns: dict[int, dict[str, Any]] = {}
    details: dict[int, dict[str, Any]] = {}
    for posting in postings:
        title, until = contents[posting.pk].title, untils[posting.pk]
        zone = posting.employer.time_zone
        closes = closes_at(confirmed_at=now, apply_until=until, time_zone=zone)
        moved = lifecycle.deadline_change(posting.closes_at, closes)
        details[posting.pk] = {**moved, "label": label, **_what_stood(posting)}
        columns[posting.pk] = {
            "live_revision": by_posting[posting.pk],
            "title": title[:200],
            "slug": slug_of(title),
            "apply_until": until,
            "reply_days": promised_days(contents[posting.pk]),
            "confirmed_at": now,
            "closes_at": closes,
            "first_published_at": posting.first_published_at or first_published_at or now,
        }
    columns = news_of(postings, columns)
    # An approval without a person that is none of the system's own is named by its label.
    named = {"actor_label": label} if actor is None and label != APPROVE else {}
    event: dict[str, Any] = {"actor": actor, "now": now, "revisions": by_posting, **named}
    events = _go_live(postings, now=now, columns=columns, details=details, event=event)
    projection.project_many([(posting, contents[posting.pk]) for posting in postings])
    for posting in postings:
        if label == APPROVE:
            # An import is the operator's own decision: its page goes without markup instead.
            _judge_markup(posting, contents[posting.pk])
        _open_if_asked_for(posting, actor, now)
        lifecycle.open_if_confirmed(posting=posting, actor=actor, now=now)
        emails.approved(posting=posting, revision=by_posting[posting.pk], event=events[posting.pk])
    return postings


def promised_days(content: PostingContent) -> int | None:
    """Within how many days its applicants get a first answer; None when they apply elsewhere."""
    return content.reply_days if content.applies_here else None


def _what_stood(posting: Posting) -> dict[str, Any]:
    """What the event row of a change keeps of the version before it, so that the approval can be
    taken back; nothing for a first approval."""
    if posting.live_revision_id is None or posting.confirmed_at is None:
        return {}
    moments = {"confirmed_at": posting.confirmed_at, "closes_at": posting.closes_at}
    days = {"apply_until": posting.apply_until}
    stood = {name: at.isoformat() if at else None for name, at in {**moments, **days}.items()}
    names = {"title": posting.title, "slug": posting.slug}
    return {"undo": {"revision": posting.live_revision_id, **stood, **names}}


def _lock(revisions: Sequence[PostingRevision]) -> list[Posting]:
    """The postings of `revisions` and their employers, locked; none of them is suspended."""
    keys = [revision.posting_id for revision in revisions]
    # A suspension takes the employer first and its postings after that: so do we.
    owners = Employer.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    theirs = Posting.objects.filter(pk__in=keys).order_by().values_list("employer_id", flat=True)
    employers = owners.in_bulk(set(theirs))
    rows = Posting.objects.select_for_update(of=("self",), no_key=True).select_related(
        "live_revision"
    )
    postings = list(rows.filter(pk__in=keys).order_by("pk"))
    for posting in postings:
        posting.employer = employers[posting.employer_id]
        if posting.employer.suspended_at is not None:
            raise lifecycle.EmployerSuspended
        if posting.withheld:
            raise AuthorSuspended
    return postings


def _apply_untils(
    postings: Sequence[Posting],
    revisions: Mapping[int, PostingRevision],
    contents: Mapping[int, PostingContent],
) -> dict[int, date | None]:
    """By posting, the revision's last day to apply; but the posting's, when the employer moved
    that one in public since the revision began and the revision left it as it was."""
    untils = {key: content.apply_until for key, content in contents.items()}
    live = {posting.pk: posting for posting in postings if posting.state in LIVE_STATES}
    extended = PostingEvent.objects.filter(verb="extend", posting__in=live)
    moved: set[int] = set()
    for event in extended.filter(details__has_key="until_from").order_by("at", "pk"):
        key = event.posting_id
        if key in moved or event.at < revisions[key].created_at:
            continue
        moved.add(key)
        mine = contents[key].apply_until
        if event.details["until_from"] == (mine.isoformat() if mine else ""):
            untils[key] = live[key].apply_until
    return untils


def _go_live(
    postings: Sequence[Posting],
    *,
    now: datetime,
    columns: Mapping[int, dict[str, Any]],
    details: Mapping[int, dict[str, Any]],
    event: dict[str, Any],
) -> dict[int, PostingEvent]:
    """Publish those in review, replace what the live ones say; the event rows by posting."""
    fresh = [posting for posting in postings if posting.state == PostingState.IN_REVIEW]
    live = [posting for posting in postings if posting.state != PostingState.IN_REVIEW]
    events = lifecycle.move_postings(
        postings=fresh,
        verb="approve",
        columns={posting.pk: columns[posting.pk] for posting in fresh},
        details=details,
        **event,
    )
    mine = {posting.pk: columns[posting.pk] for posting in live}
    # What is over by its date stays over: a change does not bring it back.
    running = Posting.objects.filter(pk__in=mine, state__in=LIVE_STATES, closes_at__gt=now)
    if mine and running.update(updated_at=now, **by_row(Posting, mine)) != len(mine):
        raise lifecycle.IllegalMove(f"{live[0].public_id} or another is not live or over")
    for posting in live:
        for name, value in mine[posting.pk].items():
            setattr(posting, name, value)
    events += lifecycle.record_many(
        postings=live, verb="approve-revision", details=details, **event
    )
    return {row.posting_id: row for row in events}


def _open_if_asked_for(posting: Posting, actor: User | None, now: datetime) -> None:
    """What was held until a change that we asked for opens with that change."""
    if actor is None or posting.held_at is None or posting.reports.open().exists():
        return
    lifecycle.release(posting=posting, actor=actor, now=now)


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
    posting = Posting.objects.select_for_update(no_key=True).get(pk=revision.posting_id)
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
    lifecycle.read_reasons(posting)
    held = {"held": True} if posting.held_at is not None else {}
    details = {"paused_for": posting.paused_for, **held}
    event = lifecycle.move_posting(
        posting=posting, verb="suspend", actor=actor, now=now, note=note, details=details
    )
    emails.moderated(posting=posting, event=event)
    return event


@transaction.atomic
def reinstate(*, posting: Posting, actor: User, now: datetime, note: str = "") -> PostingEvent:
    """Undo a suspension: what was paused is paused again for the same reasons, and whether the
    public sees the rest is a matter of its clock."""
    before = posting.events.filter(verb="suspend").order_by("-at", "-pk").first()
    event = lifecycle.move_posting(
        posting=posting, verb="reinstate", actor=actor, now=now, note=note
    )
    for why in _reasons_before(before) if before is not None else ():
        lifecycle.pause(posting=posting, actor=actor, now=now, why=why)
    emails.moderated(posting=posting, event=event)
    return event


def _reasons_before(suspended: PostingEvent) -> list[PauseReason]:
    """Why a posting was paused when it was suspended; events of old do not say it."""
    if "paused_for" in suspended.details:
        return [PauseReason(why) for why in suspended.details["paused_for"]]
    paused = suspended.from_state == PostingState.PAUSED and "held" not in suspended.details
    return [PauseReason.MEMBER] if paused else []


@transaction.atomic
def release(*, posting: Posting, actor: User, now: datetime, note: str = "") -> PostingEvent:
    """End a hold by hand, and tell the author; reports that wait go on waiting."""
    event = lifecycle.release(posting=posting, actor=actor, now=now, note=note)
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
