"""The life of a posting and its clock: one action for each verb.

Every action here is atomic and changes states through `moves` alone.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from cscareers.core.rates import current_rates
from postings.actions.moves import (
    Held,
    IllegalMove,
    lock_postings,
    move_posting,
    move_postings,
    move_revision,
    move_revisions,
    record,
    record_many,
)
from postings.actions.risk import assess_revision
from postings.completeness import Problem, problems
from postings.duplicates.store import write_prints
from postings.enums import PauseReason, PostingState, RevisionState
from postings.models import Posting, PostingEvent, PostingRevision
from postings.policy import closes_at
from postings.signals import posting_ended
from postings.states import LIVE_STATES, OPEN_REVISIONS, POSTING_MOVES, target
from profiles.models import User

# Whoever needs a single move finds it here, beside the verbs.
__all__ = [
    "Held",
    "IllegalMove",
    "lock_postings",
    "move_posting",
    "move_postings",
    "move_revision",
    "move_revisions",
    "record",
    "record_many",
]


class Incomplete(Exception):
    """The draft can't be submitted yet; `problems` says why, field by field."""

    def __init__(self, found: Sequence[Problem]) -> None:
        super().__init__(", ".join(problem.field for problem in found))
        self.problems = tuple(found)


class StillPaused(IllegalMove):
    """Something else than a member's will keeps the posting paused: `reasons`."""

    def __init__(self, reasons: Sequence[PauseReason]) -> None:
        super().__init__(", ".join(reasons))
        self.reasons = tuple(reasons)


class EmployerSuspended(Exception):
    """A suspended employer submits nothing."""


class DeadlineInvalid(Exception):
    """The new last day to apply is in the past."""


def hand_in_many(
    *,
    postings: Sequence[Posting],
    revisions: Mapping[int, PostingRevision],
    actor: User | None,
    now: datetime,
) -> None:
    """`hand_in` for many: the draft of each posting moves to review."""
    handed = [revisions[posting.pk] for posting in postings]
    move_revisions(revisions=handed, verb="submit", now=now, columns={"submitted_at": now})
    drafts = [posting for posting in postings if posting.state == PostingState.DRAFT]
    live = [posting for posting in postings if posting.state != PostingState.DRAFT]
    move_postings(postings=drafts, revisions=revisions, verb="submit", actor=actor, now=now)
    record_many(postings=live, revisions=revisions, verb="submit-revision", actor=actor, now=now)


@transaction.atomic
def submit_for_review(
    *, posting: Posting, revision: PostingRevision, actor: User | None, now: datetime
) -> None:
    """Hand the draft to the moderators, as the caller has seen it.

    Raises Incomplete, EmployerSuspended, or IllegalMove when it was saved or moved meanwhile.
    """
    if posting.employer.suspended_at is not None:
        raise EmployerSuspended
    # Locked, so that nobody saves something else between the check and the move.
    lock_postings(posting.pk)
    standing = PostingRevision.objects.select_for_update(no_key=True).get(pk=revision.pk)
    if standing.version != revision.version:
        raise IllegalMove(f"revision {revision.public_id} was saved meanwhile")
    today = now.astimezone(ZoneInfo(posting.employer.time_zone)).date()
    rates = current_rates()
    if found := problems(revision.value, today=today, per_euro=rates.per_euro):
        raise Incomplete(found)
    if posting.live_revision_id is None:
        write_prints([(posting, revision.value)])
    hand_in(posting=posting, revision=revision, actor=actor, now=now)
    revision.posting = posting
    assess_revision(revision=revision, now=now)


def hand_in(
    *, posting: Posting, revision: PostingRevision, actor: User | None, now: datetime
) -> None:
    """Move the draft to review without judging it or its risk: for `submit_for_review`, and for
    imports that the operator publishes at once."""
    hand_in_many(postings=[posting], revisions={posting.pk: revision}, actor=actor, now=now)


@transaction.atomic
def withdraw(*, posting: Posting, revision: PostingRevision, actor: User, now: datetime) -> None:
    """Take a submitted draft back to go on working on it."""
    _back_to_draft(posting=posting, revision=revision, actor=actor, now=now, verb="withdraw")


@transaction.atomic
def rework(
    *, posting: Posting, revision: PostingRevision, actor: User | None, now: datetime
) -> None:
    """Make a draft again of what a moderator sent back."""
    _back_to_draft(posting=posting, revision=revision, actor=actor, now=now, verb="rework")


def _back_to_draft(
    *, posting: Posting, revision: PostingRevision, actor: User | None, now: datetime, verb: str
) -> None:
    lock_postings(posting.pk)
    move_revision(revision=revision, verb=verb, now=now)
    if target(POSTING_MOVES, verb, posting.state) is not None:
        move_posting(posting=posting, revision=revision, verb=verb, actor=actor, now=now)
    else:
        record(posting=posting, revision=revision, verb=f"{verb}-revision", actor=actor, now=now)


@transaction.atomic
def discard(
    *, posting: Posting, revision: PostingRevision, actor: User | None, now: datetime
) -> None:
    """Throw a draft away; a posting that never was public closes with it."""
    lock_postings(posting.pk)
    if revision.state == RevisionState.REJECTED:
        rework(posting=posting, revision=revision, actor=actor, now=now)
    move_revision(revision=revision, verb="discard", now=now)
    if posting.state == PostingState.DRAFT:
        move_posting(posting=posting, revision=revision, verb="discard", actor=actor, now=now)
    else:
        record(posting=posting, revision=revision, verb="discard-revision", actor=actor, now=now)


@transaction.atomic
def pause(
    *,
    posting: Posting,
    actor: User | None,
    now: datetime,
    note: str = "",
    why: PauseReason = PauseReason.MEMBER,
) -> PostingEvent:
    """Take a posting out of public view for a while; its clock runs on.

    What is paused already gets a reason more, so that it opens when the last one is gone; raises
    IllegalMove when it has this one.
    """
    read_reasons(posting)
    event: dict[str, Any] = {"actor": actor, "now": now, "note": note, "reasons": [why]}
    if why is PauseReason.MEMBER or posting.state != PostingState.PAUSED:
        columns = {"paused_for": [why]}
        return move_posting(posting=posting, verb="pause", columns=columns, **event)
    if why in posting.paused_for:
        raise IllegalMove(f"{posting.public_id} is paused for {why} already")
    _set_reasons(posting, [*posting.paused_for, why], now=now)
    return record(posting=posting, verb="pause", **event)


@transaction.atomic
def resume(
    *,
    posting: Posting,
    actor: User | None,
    now: datetime,
    why: PauseReason = PauseReason.MEMBER,
) -> PostingEvent:
    """Bring a paused posting back, or take one of several reasons for its pause away.

    Raises IllegalMove when its time is over, Held while we look into reports, and StillPaused when
    somebody asks for it whom the other reasons wait for.
    """
    read_reasons(posting)
    if posting.closes_at is not None and posting.closes_at <= now:
        raise IllegalMove("the posting is over")
    others = [reason for reason in posting.paused_for if reason != why]
    event: dict[str, Any] = {"actor": actor, "now": now, "reasons": [why]}
    if why is PauseReason.MEMBER and others:
        raise StillPaused([PauseReason(reason) for reason in others])
    if why is not PauseReason.MEMBER and why not in posting.paused_for:
        raise IllegalMove(f"{posting.public_id} is not paused for {why}")
    if why is PauseReason.MEMBER or not (others or posting.held_at):
        return move_posting(posting=posting, verb="resume", **event)
    _set_reasons(posting, others, now=now)
    return record(posting=posting, verb="resume", **event)


def read_reasons(posting: Posting) -> None:
    """Lock the row and learn why it is paused and whether it is held: somebody may have added a
    reason since the caller read it, and no move may take that away unseen."""
    rows = Posting.objects.select_for_update(no_key=True).filter(pk=posting.pk)
    posting.paused_for, posting.held_at = rows.values_list("paused_for", "held_at").get()


def _set_reasons(posting: Posting, reasons: Sequence[str], *, now: datetime) -> None:
    """Write why a paused posting is paused; raises IllegalMove when that changed meanwhile."""
    standing = Posting.objects.filter(
        pk=posting.pk, state=PostingState.PAUSED, paused_for=posting.paused_for
    )
    if standing.update(paused_for=list(reasons), updated_at=now) != 1:
        raise IllegalMove(f"{posting.public_id} is no longer paused as it was")
    posting.paused_for = list(reasons)


@transaction.atomic
def hold(*, posting: Posting, actor: User | None, now: datetime, **event: Any) -> PostingEvent:
    """Pause a posting until a moderator has looked into what readers reported."""
    named: dict[str, Any] = {} if actor else {"actor_label": "reports"}
    return move_posting(
        posting=posting,
        verb="hold",
        actor=actor,
        now=now,
        columns={"held_at": now},
        **named,
        **event,
    )


@transaction.atomic
def release(*, posting: Posting, actor: User, now: datetime, note: str = "") -> PostingEvent:
    """Bring a held posting back; whether the public sees it is a matter of its clock."""
    read_reasons(posting)
    if posting.held_at is None:
        raise IllegalMove(f"{posting.public_id} is not held")
    if posting.paused_for:
        # The row is locked since its reasons were read: nobody else ends the hold meanwhile.
        Posting.objects.filter(pk=posting.pk).update(held_at=None, updated_at=now)
        posting.held_at = None
        return record(posting=posting, verb="release", actor=actor, now=now, note=note)
    return move_posting(posting=posting, verb="release", actor=actor, now=now, note=note)


@transaction.atomic
def mark_filled(*, posting: Posting, actor: User, now: datetime, note: str = "") -> PostingEvent:
    """Somebody was hired: the posting is over. `note`: words of the actor to its applicants."""
    return _end(posting=posting, verb="fill", actor=actor, now=now, note=note)


@transaction.atomic
def close(*, posting: Posting, actor: User | None, now: datetime, note: str = "") -> PostingEvent:
    """End a posting without a hire. `note`: words of the actor to its applicants."""
    return _end(posting=posting, verb="close", actor=actor, now=now, note=note)


@transaction.atomic
def remove(*, posting: Posting, actor: User, now: datetime, note: str = "") -> PostingEvent:
    """End a posting as its moderator, with a note to its employer alone."""
    details = {"removed": True}
    return _end(posting=posting, verb="close", actor=actor, now=now, note=note, details=details)


@transaction.atomic
def make_room(
    *, posting: Posting, successor: Posting, actor: User | None, now: datetime
) -> PostingEvent:
    """End a posting that `successor` follows: closed, or expired when its time is over."""
    running = posting.closes_at is not None and posting.closes_at > now
    details = {"successor": successor.public_id}
    verb = "close" if running else "expire"
    return _end(posting=posting, verb=verb, actor=actor, now=now, details=details)


def _end(
    *, posting: Posting, verb: str, actor: User | None, now: datetime, **event_fields: Any
) -> PostingEvent:
    """Move a posting to where nothing follows; a change that was waiting goes with it."""
    event = move_posting(posting=posting, verb=verb, actor=actor, now=now, **event_fields)
    waiting = posting.revisions.filter(state__in=OPEN_REVISIONS).first()
    if waiting is not None:
        back = {RevisionState.IN_REVIEW: "withdraw", RevisionState.REJECTED: "rework"}
        if (step := back.get(RevisionState(waiting.state))) is not None:
            move_revision(revision=waiting, verb=step, now=now)
        move_revision(revision=waiting, verb="discard", now=now)
    posting_ended.send(Posting, posting=posting, event=event, now=now)
    return event


@transaction.atomic
def confirm(
    *, posting: Posting, actor: User, now: datetime, note: str = "", by_us: bool = False
) -> PostingEvent:
    """The employer says that it is still hiring, or we have seen `by_us` that it is: the clock
    starts anew."""
    said: dict[str, Any] = {"note": note, "details": {"by_us": True} if by_us else {}}
    until = posting.apply_until
    return _set_clock(
        posting=posting, verb="confirm", actor=actor, now=now, apply_until=until, **said
    )


@transaction.atomic
def extend(
    *, posting: Posting, actor: User, now: datetime, apply_until: date | None
) -> PostingEvent:
    """Change the last day to apply, in public; extending confirms. Raises DeadlineInvalid."""
    today = now.astimezone(ZoneInfo(posting.employer.time_zone)).date()
    if apply_until is not None and apply_until < today:
        raise DeadlineInvalid
    return _set_clock(posting=posting, verb="extend", actor=actor, now=now, apply_until=apply_until)


def _set_clock(
    *,
    posting: Posting,
    verb: str,
    actor: User,
    now: datetime,
    apply_until: date | None,
    details: Mapping[str, Any] | None = None,
    **more: Any,
) -> PostingEvent:
    closes = closes_at(
        confirmed_at=now, apply_until=apply_until, time_zone=posting.employer.time_zone
    )
    running = Posting.objects.filter(pk=posting.pk, state__in=LIVE_STATES, closes_at__gt=now)
    changes = {
        "confirmed_at": now,
        "apply_until": apply_until,
        "closes_at": closes,
        "updated_at": now,
    }
    before = posting.closes_at
    if running.update(**changes) != 1:
        raise IllegalMove("only an open or paused posting can be confirmed or extended")
    details = {**deadline_change(before, closes), **(details or {})}
    if posting.apply_until != apply_until:
        details["until_from"] = posting.apply_until.isoformat() if posting.apply_until else ""
    for name, value in changes.items():
        setattr(posting, name, value)
    event = record(posting=posting, verb=verb, actor=actor, now=now, details=details, **more)
    read_reasons(posting)
    open_if_confirmed(posting=posting, actor=actor, now=now)
    return event


def open_if_confirmed(*, posting: Posting, actor: User | None, now: datetime) -> None:
    """Bring back what was paused because nobody confirmed it; whoever calls has confirmed it and
    locked its row."""
    if PauseReason.UNCONFIRMED in posting.paused_for:
        posting.refresh_from_db(fields=["state"])  # the caller may have read it before
        resume(posting=posting, actor=actor, now=now, why=PauseReason.UNCONFIRMED)


def deadline_change(before: datetime | None, after: datetime) -> dict[str, str]:
    """What an event row keeps of a moved closing time; empty when it did not move."""
    if before is None or before == after:
        return {}
    return {"closes_from": before.isoformat(), "closes_to": after.isoformat()}


def expire_due(*, now: datetime) -> int:
    """Write down which postings are over by their date; how many there were.

    The public never waits for this: `Posting.objects.published` looks at the clock.
    """
    due = Posting.objects.filter(state__in=LIVE_STATES, closes_at__lte=now)
    count = 0
    for posting in due.order_by("closes_at", "pk").iterator():
        with transaction.atomic():
            try:
                _end(posting=posting, verb="expire", actor=None, now=now)
            except IllegalMove:
                continue
            count += 1
    return count
