"""The applications to a posting as lines of a table."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.db.models import Prefetch

from postings.hiring.engines.listing import Listing
from postings.hiring.engines.pipeline import asked_for
from postings.hiring.enums import ApplicationState
from postings.hiring.labels import label, reason_words
from postings.hiring.models import Application, ApplicationEvent, Tag
from postings.match_drawing import TIERS, whole
from postings.models import Posting
from postings.policy import delete_export_by

_FIRST = ("Application", "Name", "E-mail", "Stage", "Applied", "In stage since")
_PROMISE = ("Answer due", "First answer")
_MATCH = ("Must-haves", "Match of 100")
_LAST = ("Reasons", "Requirement", "Tags", "Only for", "Delete by")


def header(*, by_match: bool) -> list[str]:
    """The names of the columns; none of the match where it is switched off."""
    return [*_FIRST, *_PROMISE, *(_MATCH if by_match else ()), *_LAST]


def lines(
    posting: Posting, listing: Listing, *, by_match: bool, now: datetime
) -> Iterator[Sequence[object]]:
    """A line for each application that the list asks for, in its order; three queries."""
    ends = ApplicationEvent.objects.exclude(reasons=[]).order_by("at", "pk")
    rows = (
        asked_for(posting, listing)
        .select_related("copy")
        .prefetch_related(
            Prefetch("tags", queryset=Tag.objects.order_by("name", "pk")),
            Prefetch("events", queryset=ends, to_attr="reasoned"),
        )
    )
    purpose = f"Hiring for {posting.title} at {posting.employer.name}"
    delete_by = delete_export_by(now=now, time_zone=posting.employer.time_zone)
    return (_line(row, purpose, delete_by, by_match=by_match) for row in rows)


def _line(
    application: Application, purpose: str, delete_by: date, *, by_match: bool
) -> Sequence[object]:
    reasoned: list[ApplicationEvent] = application.reasoned  # type: ignore[attr-defined]
    last = reasoned[-1] if reasoned else None
    score = None if application.score is None else whole(float(application.score))
    return [
        application.public_id,
        application.shown_name,
        application.copy.email,
        label(ApplicationState(application.state)),
        application.applied_at,
        application.moved_at,
        application.answer_due_at,
        application.answered_at,
        *((TIERS.get(application.tier, ""), score) if by_match else ()),
        "; ".join(reason_words(code) for code in last.reasons) if last else "",
        (last.requirement or {}).get("name", "") if last else "",
        "; ".join(tag.name for tag in application.tags.all()),
        purpose,
        delete_by,
    ]
