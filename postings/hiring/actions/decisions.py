"""What an employer decides on an application: each decision is a move that the candidate reads."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from postings.hiring import emails
from postings.hiring.actions.moves import IllegalMove, move
from postings.hiring.engines.sent import row_names
from postings.hiring.enums import CloseReason, RejectReason
from postings.hiring.models import Application, ApplicationEvent
from postings.hiring.states import ANSWERS, EMPLOYER_VERBS
from postings.reading import names_for, requirement_subject
from profiles.models import User


class ReasonNeeded(Exception):
    """A rejection says why, by its code."""


class RequirementUnknown(Exception):
    """The row that a rejection names is none of the posting that they applied for."""


@transaction.atomic
def advance(
    *,
    application: Application,
    verb: str,
    actor: User,
    now: datetime,
    seen: str | None = None,
    note: str = "",
) -> ApplicationEvent:
    """Move an application on: review, interview, offer or hire. `note` goes to the candidate.

    That it is in review is told on the candidate's page alone. Raises IllegalMove, or Overtaken
    when it moved since the actor's page showed it as `seen`.
    """
    if verb not in EMPLOYER_VERBS or verb == "reject":
        raise IllegalMove(verb)
    event = move(application=application, verb=verb, actor=actor, now=now, seen=seen, note=note)
    if verb in ANSWERS or verb == "hire":
        emails.decided(application=application, event=event)
    return event


@transaction.atomic
def reject(
    *,
    application: Application,
    actor: User,
    now: datetime,
    reasons: Sequence[RejectReason],
    requirement: str = "",
    seen: str | None = None,
    note: str = "",
) -> ApplicationEvent:
    """Say no, with coded reasons and the requirement row (its id) that the first of them means.

    Raises ReasonNeeded, RequirementUnknown, and what `advance` raises.
    """
    if not reasons or (RejectReason.REQUIREMENT in reasons) != bool(requirement):
        raise ReasonNeeded
    details = {"requirement": _row(application, requirement)} if requirement else {}
    event = move(
        application=application,
        verb="reject",
        actor=actor,
        now=now,
        seen=seen,
        note=note,
        reasons=[str(reason) for reason in reasons],
        details=details,
    )
    emails.decided(application=application, event=event)
    return event


@transaction.atomic
def close_with_posting(
    *,
    application: Application,
    actor: User | None,
    now: datetime,
    reason: CloseReason,
    note: str = "",
) -> ApplicationEvent:
    """Tell a candidate that the job itself is over; this answers them. Where we removed it, it is
    not the employer who answers."""
    event = move(
        application=application,
        verb="close",
        actor=actor,
        now=now,
        note=note,
        reasons=[reason],
        answers=reason is not CloseReason.POSTING_REMOVED,
    )
    emails.decided(application=application, event=event)
    return event


def _row(application: Application, requirement: str) -> dict[str, Any]:
    content = application.revision.value
    row = next((row for row in content.requirements if row.id == requirement), None)
    if row is None:
        raise RequirementUnknown(requirement)
    told = row_names(json.loads(application.copy.explanation))
    # Of alternatives the explanation draws the best one alone.
    name = told.get(row.id) or requirement_subject(row, names_for([content]))
    return {"id": row.id, "name": name}
