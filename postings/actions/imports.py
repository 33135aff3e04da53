"""Postings from other people's files: found or made by their identity, judged, published or kept
as drafts. Lines are written in batches; one that can't be written spoils no other."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Final

from django.db import DatabaseError, DataError, IntegrityError

from postings.actions.import_batches import LABEL, store
from postings.actions.import_report import (
    Change,
    Kept,
    Line,
    Outcome,
    Report,
    RunOrders,
    Written,
)
from postings.actions.lifecycle import EmployerSuspended, IllegalMove
from postings.actions.moderation import AuthorSuspended
from postings.importers.lines import too_long
from postings.importers.schema_org import PostingDraft, Refusal, Refused, read_bytes, read_line

__all__ = [
    "LABEL",
    "Change",
    "Kept",
    "Line",
    "Outcome",
    "Report",
    "RunOrders",
    "Written",
    "import_line",
    "import_lines",
]

BATCH: Final = 200
"""Lines in one transaction: it either holds whole or, when the process dies, not at all."""


def import_lines(
    *, lines: Iterable[bytes], run: RunOrders, progress: Callable[[int], None]
) -> Report:
    """Import each line of a file; blank ones are skipped. `progress` is told each line's number
    when it is written."""
    report = Report(keep_lines=run.keep_lines)
    read = (
        (number, _known(read_bytes(raw), run))
        for number, raw in enumerate(lines, start=1)
        if raw.strip() or too_long(raw)
    )
    while batch := list(islice(read, BATCH)):
        outcomes = _outcomes([draft for _, draft in batch], run)
        for (number, _), outcome in zip(batch, outcomes, strict=True):
            report.add(number, outcome)
            progress(number)
    return report


def import_line(*, line: str, run: RunOrders) -> Outcome | Refused:
    """Find or make the posting that `line` describes; what became of it."""
    return next(_outcomes([_known(read_line(line), run)], run))


def _known(draft: PostingDraft | Refused, run: RunOrders) -> PostingDraft | Refused:
    """`draft`, unless nobody can say whose posting it would be."""
    if isinstance(draft, PostingDraft) and run.employer is None and not draft.employer_name:
        return Refused(Refusal.NO_EMPLOYER)
    return draft


def _outcomes(read: list[PostingDraft | Refused], run: RunOrders) -> Iterator[Outcome | Refused]:
    drafts = [item for item in read if isinstance(item, PostingDraft)]
    written = iter(_stored(drafts, run))
    return (item if isinstance(item, Refused) else next(written) for item in read)


def _stored(drafts: list[PostingDraft], run: RunOrders) -> list[Outcome | Refused]:
    if not drafts:
        return []
    try:
        return list(store(drafts=drafts, run=run))
    except (DatabaseError, EmployerSuspended, AuthorSuspended, IllegalMove) as error:
        if len(drafts) > 1:
            # Something in it can't be written, or changed meanwhile: each line by itself.
            return [outcome for draft in drafts for outcome in _stored([draft], run)]
        if isinstance(error, DataError | IntegrityError):  # PostgreSQL can't hold it
            return [Refused(Refusal.NOT_STORABLE)]
        raise
