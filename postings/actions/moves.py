"""The one door through which a posting or a revision gets another state.

Each move checks the table of legal moves, compares-and-sets, and writes one event row. PostgreSQL
refuses what the table does not list, whoever asks. `lifecycle` has the verbs that people know.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from cscareers.core.bulk import by_row, insert_rows
from postings.enums import PostingState
from postings.models import Posting, PostingEvent, PostingRevision
from postings.states import NOT_WHILE_HELD, POSTING_MOVES, REVISION_MOVES, target
from profiles.models import User


class IllegalMove(Exception):
    """The thing is in another state than the one that this move starts from."""


class Held(IllegalMove):
    """The posting is paused because of reports: only a moderator opens it again."""


def lock_postings(*keys: int) -> None:
    """Keep others from changing these postings, their revisions and their applications until the
    transaction ends.

    Whoever changes several things takes them in one order: employers, postings by their keys,
    revisions, applications. Then two of them wait for each other, and never for ever.
    """
    rows = Posting.objects.select_for_update(no_key=True).filter(pk__in=keys)
    list(rows.order_by("pk").values_list("pk"))


def move_posting(
    *,
    posting: Posting,
    verb: str,
    actor: User | None,
    now: datetime,
    revision: PostingRevision | None = None,
    columns: dict[str, Any] | None = None,
    details: dict[str, Any] | None = None,
    **event: Any,
) -> PostingEvent:
    """Carry out `verb` on `posting`, with other `columns` in the same write; its event row.

    Every move but `hold` ends a hold; those that have to wait for its end raise Held.
    """
    return move_postings(
        postings=[posting],
        verb=verb,
        actor=actor,
        now=now,
        revisions={posting.pk: revision} if revision else {},
        columns={posting.pk: columns} if columns else {},
        details={posting.pk: details or {}},
        **event,
    )[0]


def move_revision(
    *, revision: PostingRevision, verb: str, now: datetime, columns: dict[str, Any] | None = None
) -> None:
    """Carry out `verb` on `revision`; the posting's event row tells of it."""
    move_revisions(revisions=[revision], verb=verb, now=now, columns=columns)


def record(
    *,
    posting: Posting,
    verb: str,
    actor: User | None,
    now: datetime,
    revision: PostingRevision | None = None,
    details: dict[str, Any] | None = None,
    **fields: Any,
) -> PostingEvent:
    """Write one event row; without states for what moves nothing."""
    return record_many(
        postings=[posting],
        revisions={posting.pk: revision} if revision else {},
        verb=verb,
        actor=actor,
        now=now,
        details={posting.pk: details or {}},
        **fields,
    )[0]


# --- Many at once, as imports need it; what moves one thing is the case of one -------------------


def move_postings(
    *,
    postings: Sequence[Posting],
    verb: str,
    actor: User | None,
    now: datetime,
    revisions: Mapping[int, PostingRevision],
    columns: Mapping[int, Mapping[str, Any]] | None = None,
    details: Mapping[int, dict[str, Any]] | None = None,
    **event: Any,
) -> list[PostingEvent]:
    """Carry out `verb` on all `postings`, which stand in one state, or on none; their event rows.

    `revisions` and further `columns` are by the postings' keys. Raises IllegalMove like
    `move_posting`.
    """
    if not postings:
        return []
    source = _one_state(postings)
    goal = target(POSTING_MOVES, verb, source)
    if goal is None:
        raise IllegalMove(f"{verb} does not start from {source}")
    keys = [posting.pk for posting in postings]
    changes: dict[str, Any] = {"state": goal, "updated_at": now}
    standing = Posting.objects.filter(pk__in=keys, state=source)
    if verb != "hold":
        changes["held_at"] = None
    if goal != PostingState.PAUSED:
        changes["paused_for"] = []
    if verb in NOT_WHILE_HELD:
        if standing.filter(held_at__isnull=False).exists():
            raise Held(f"{_names(postings)} waits for a moderator")
        standing = standing.filter(held_at__isnull=True)
    if standing.update(**changes, **by_row(Posting, columns or {})) != len(keys):
        raise IllegalMove(f"{_names(postings)} is no longer {source}")
    for posting in postings:
        for name, value in {**changes, **(columns or {}).get(posting.pk, {})}.items():
            setattr(posting, name, value)
    return record_many(
        postings=postings,
        revisions=revisions,
        verb=verb,
        actor=actor,
        now=now,
        from_state=source,
        to_state=goal,
        details=details,
        **event,
    )


def move_revisions(
    *,
    revisions: Sequence[PostingRevision],
    verb: str,
    now: datetime,
    columns: dict[str, Any] | None = None,
) -> None:
    """Carry out `verb` on all `revisions`, which stand in one state, or on none."""
    if not revisions:
        return
    source = _one_state(revisions)
    goal = target(REVISION_MOVES, verb, source)
    if goal is None:
        raise IllegalMove(f"{verb} does not start from {source}")
    changes = {"state": goal, "updated_at": now, **(columns or {})}
    keys = [revision.pk for revision in revisions]
    rows = PostingRevision.objects.filter(pk__in=keys, state=source)
    if rows.update(**changes) != len(keys):
        raise IllegalMove(f"revision {_names(revisions)} is no longer {source}")
    for revision in revisions:
        for name, value in changes.items():
            setattr(revision, name, value)


def record_many(
    *,
    postings: Sequence[Posting],
    revisions: Mapping[int, PostingRevision],
    verb: str,
    actor: User | None,
    now: datetime,
    details: Mapping[int, dict[str, Any]] | None = None,
    **fields: Any,
) -> list[PostingEvent]:
    """Write one event row for each of `postings`; `details` are by the postings' keys."""
    named = {"actor_label": actor.label if actor else "system", **fields}
    return insert_rows(
        [
            PostingEvent(
                posting=posting,
                revision=revisions.get(posting.pk),
                verb=verb,
                actor=actor,
                at=now,
                details=(details or {}).get(posting.pk, {}),
                **named,
            )
            for posting in postings
        ]
    )


def _one_state(rows: Sequence[Posting] | Sequence[PostingRevision]) -> str:
    states = {str(row.state) for row in rows}
    if len(states) != 1:
        raise IllegalMove(f"{_names(rows)} stand in several states: {', '.join(sorted(states))}")
    return states.pop()


def _names(rows: Sequence[Posting] | Sequence[PostingRevision]) -> str:
    first = rows[0].public_id
    return first if len(rows) == 1 else f"{first} or one of {len(rows) - 1} others"
