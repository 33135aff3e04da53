"""One decision on several applications: each by itself, with its own event and mail."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from postings.hiring.actions import decisions
from postings.hiring.actions.moves import IllegalMove
from postings.hiring.engines.replies import filled
from postings.hiring.enums import RejectReason
from postings.hiring.models import Application
from profiles.models import User


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of each: `done` as asked, `left` where something else had happened to them."""

    done: tuple[Application, ...]
    left: tuple[tuple[Application, IllegalMove], ...]


@transaction.atomic
def decide(
    *,
    picked: Iterable[tuple[Application, str]],
    verb: str,
    actor: User,
    now: datetime,
    note: str = "",
    reasons: Sequence[RejectReason] = (),
    requirement: str = "",
) -> Outcome:
    """Carry out `verb` on each of the applications to one posting, beside which stands the state
    that the actor saw; `note` is filled in for each.

    Raises what `decisions.reject` raises but IllegalMove; nothing is done then.
    """
    done, left = [], []
    for application, seen in sorted(picked, key=lambda one: one[0].pk):
        words = note_for(application, note)
        try:
            if verb == "reject":
                decisions.reject(
                    application=application,
                    actor=actor,
                    now=now,
                    reasons=reasons,
                    requirement=requirement,
                    seen=seen,
                    note=words,
                )
            else:
                decisions.advance(
                    application=application, verb=verb, actor=actor, now=now, seen=seen, note=words
                )
        except IllegalMove as error:
            left.append((application, error))
        else:
            done.append(application)
    return Outcome(tuple(done), tuple(left))


def note_for(application: Application, note: str) -> str:
    """The words as this candidate reads them."""
    posting = application.posting
    return filled(
        note,
        candidate=application.copy.name,
        title=posting.title,
        employer=posting.employer.name,
    )
