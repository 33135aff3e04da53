"""What happened to an application, in words, for either side. Pure but for its rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from postings.hiring.enums import RejectReason
from postings.hiring.labels import reason_words
from postings.hiring.models import Application, ApplicationEvent
from postings.hiring.states import CANDIDATE_VERBS


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, in words; of a requirement its name too, and the id of its row in the match."""

    words: str
    requirement: str = ""
    row: str = ""


@dataclass(frozen=True, slots=True)
class EventLine:
    """One move: when, what, by which side, why, and what they wrote."""

    at: datetime
    words: str
    who: str
    reasons: tuple[Reason, ...]
    note: str


def event_lines(
    application: Application, events: Iterable[ApplicationEvent], *, for_team: bool = False
) -> tuple[EventLine, ...]:
    """The events in their order, as the candidate reads them: of the employer's people none by
    name. `for_team`: with who of them it was."""
    return tuple(
        EventLine(
            at=event.at,
            words=event.words,
            who=actor_of(application, event) if for_team else _who(application, event),
            reasons=_reasons(event),
            note=event.note,
        )
        for event in events
        if event.to_state
    )


def _who(application: Application, event: ApplicationEvent) -> str:
    if event.verb == "apply" or event.verb in CANDIDATE_VERBS:
        return "You"
    if event.actor_label == "system":
        return "CS Careers"
    return application.posting.employer.name


def actor_of(application: Application, event: ApplicationEvent) -> str:
    """Who did it, as the team reads it."""
    if event.verb == "apply" or event.verb in CANDIDATE_VERBS:
        return application.shown_name
    return "CS Careers" if event.actor_label == "system" else event.actor_label


def _reasons(event: ApplicationEvent) -> tuple[Reason, ...]:
    row = event.requirement or {}
    return tuple(
        Reason(reason_words(code), row.get("name", ""), row.get("id", ""))
        if code == RejectReason.REQUIREMENT
        else Reason(reason_words(code))
        for code in event.reasons
    )


def last_move(application: Application) -> ApplicationEvent:
    """What brought it where it stands."""
    moves = application.events.exclude(to_state="").order_by("-at", "-pk")
    return moves[:1].get()
