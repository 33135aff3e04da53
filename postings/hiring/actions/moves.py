"""The one door through which an application gets another state.

Each move checks the table, compares-and-sets, and writes one event row, which both sides read.
PostgreSQL refuses what the table does not list, whoever asks.
"""

from datetime import datetime
from typing import Any

from postings.actions.moves import lock_postings
from postings.hiring.actions import promises
from postings.hiring.engines.log import last_move
from postings.hiring.enums import ApplicationState
from postings.hiring.models import Application, ApplicationEvent
from postings.hiring.states import ANSWERS, APPLICATION_MOVES
from postings.states import target
from profiles.models import User


class IllegalMove(Exception):
    """The application is in another state than the one that this move starts from."""


class Overtaken(IllegalMove):
    """Somebody moved it after the page was made that asks for this: `event` says who and when."""

    def __init__(self, event: ApplicationEvent) -> None:
        super().__init__(f"{event.verb} at {event.at.isoformat()}")
        self.event = event


def move(
    *,
    application: Application,
    verb: str,
    actor: User | None,
    now: datetime,
    seen: str | None = None,
    columns: dict[str, Any] | None = None,
    answers: bool = True,
    **event: Any,
) -> ApplicationEvent:
    """Carry out `verb`; its event row. `seen` is the state that the actor's page showed.

    The first move that answers the candidate stamps `answered_at`, unless `answers` says that it
    is not the employer who answers. A posting that was paused for this answer alone opens again.
    Raises IllegalMove, or Overtaken when it stands elsewhere than the actor saw it.
    """
    lock_postings(application.posting_id)
    # Who waited for the lock may have looked at the clock before the row was there.
    now = max(now, application.moved_at)
    unanswered = application.answered_at is None
    source = seen or str(application.state)
    goal = target(APPLICATION_MOVES, verb, source)
    if goal is None:
        raise IllegalMove(f"{verb} does not start from {source}")
    changes: dict[str, Any] = {"state": goal, "moved_at": now, **(columns or {})}
    if answers and verb in ANSWERS and unanswered:
        changes["answered_at"] = now
    standing = Application.objects.filter(pk=application.pk, state=source)
    if standing.update(**changes) != 1:
        raise Overtaken(last_move(application))
    for name, value in changes.items():
        setattr(application, name, value)
    moved = record(
        application=application,
        verb=verb,
        actor=actor,
        now=now,
        from_state=source,
        to_state=ApplicationState(goal),
        **event,
    )
    if unanswered and verb != "review":
        _settle(application, actor, now)
    return moved


def _settle(application: Application, actor: User | None, now: datetime) -> None:
    """What an answer, or the end of waiting for one, changes beyond the application."""
    if application.answer_due_at <= now:
        promises.recover(posting_id=application.posting_id, actor=actor, now=now)
    promises.count_later(application.posting.employer_id)


def record(
    *, application: Application, verb: str, actor: User | None, now: datetime, **fields: Any
) -> ApplicationEvent:
    """Write one event row; without states for what moves nothing."""
    named = {"actor_label": actor.label if actor else "system", **fields}
    return ApplicationEvent.objects.create(
        application=application, verb=verb, actor=actor, at=now, **named
    )
