"""One application as its employer reads it, ready to draw."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from postings.hiring.engines.frozen import sent_file
from postings.hiring.engines.log import EventLine, event_lines
from postings.hiring.engines.pipeline import Due, due_of
from postings.hiring.engines.sent import Sent, sent_of
from postings.hiring.enums import ApplicationState
from postings.hiring.labels import VERB_WORDS, label
from postings.hiring.models import Application, ApplicationFile, ApplicationNote
from postings.hiring.states import employer_verbs
from postings.match_drawing import TableRow
from postings.matching.words import NOT_SAID, SAID_NO
from postings.models import Posting
from postings.states import LIVE_STATES


@dataclass(frozen=True, slots=True)
class Received:
    """`sent` is what the candidate sent, frozen; `file` what came along, without its bytes; `key`
    is of the form that moves it; `rows` are the table of the match; somebody was hired and the
    job is still open where `can_fill`."""

    name: str
    state: str
    due: Due | None
    sent: Sent
    rows: tuple[TableRow, ...]
    log: tuple[EventLine, ...]
    notes: tuple[ApplicationNote, ...]
    tags: tuple[str, ...]
    verbs: tuple[tuple[str, str], ...]
    file: ApplicationFile | None
    can_fill: bool
    key: UUID


FROM_OUTSIDE: Final = {NOT_SAID: "Not said", SAID_NO: "Said no"}
"""Words of the explanation that speak to the candidate, as the team reads them."""


def received_of(application: Application, posting: Posting, *, now: datetime) -> Received:
    """All of it; four queries beside the row with its copy."""
    sent = sent_of(application.copy)
    rows = tuple(replace(row, have=FROM_OUTSIDE.get(row.have, row.have)) for row in sent.match.rows)
    return Received(
        name=application.shown_name,
        state=label(ApplicationState(application.state)),
        due=due_of(application, posting.employer.time_zone, now=now),
        sent=sent,
        rows=rows,
        log=event_lines(application, application.events.order_by("-at", "-pk"), for_team=True),
        notes=tuple(application.notes.order_by("-at", "-pk")),
        tags=tuple(application.tags.order_by("name", "pk").values_list("name", flat=True)),
        verbs=tuple((verb, VERB_WORDS[verb]) for verb in employer_verbs(application.state)),
        file=sent_file(application),
        can_fill=application.state == ApplicationState.HIRED and posting.state in LIVE_STATES,
        key=uuid4(),
    )
