"""Rows of a kept import: what each line was understood as, what it lacks, what it did."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from cscareers.core.rates import current_rates
from postings.actions.imports import Line
from postings.completeness import problems
from postings.content import PostingContent
from postings.enums import Importance, LineOutcome
from postings.labels import label
from postings.models import ImportedLine, ImportRun
from postings.reading import (
    Names,
    mode_words,
    names_for,
    pay_words,
    place_words,
    requirement_phrase,
)


def rows_for(
    *, run: ImportRun, lines: Sequence[tuple[int, Line]], written: bool, now: datetime
) -> list[ImportedLine]:
    """A row for each line with its number in the file; `written` is False after a dry run."""
    contents = [line.content for _, line in lines if line.content is not None]
    names = names_for(contents)
    today = now.astimezone(ZoneInfo(run.employer.time_zone)).date()
    per_euro = current_rates().per_euro
    rows = []
    for number, line in lines:
        row = ImportedLine(run=run, number=number, **_outcome(line))
        content = line.content
        if content is not None:
            found = problems(content, today=today, per_euro=per_euro)
            row.title = content.title[:200]
            row.understood = [list(pair) for pair in _understood(content, names)]
            row.guessed = list(content.guessed)
            row.lacking = _once(problem.field for problem in found if not problem.guessed)
        if written or row.outcome != LineOutcome.CREATED:
            row.posting_id = line.posting_id
        if written and (change := line.change) is not None:
            row.revision_id, row.version = change.revision_id, change.version
            row.before = change.before.to_json() if change.before else None
            row.digest = change.digest
        rows.append(row)
    return rows


def _outcome(line: Line) -> dict[str, str]:
    if line.written is None:
        return {"outcome": LineOutcome.REFUSED, "reason": str(line.refusal), "title": line.title}
    return {
        "outcome": LineOutcome(line.written.value),
        "reason": str(line.kept or ""),
        "employer_name": line.employer[:200],
    }


def _understood(content: PostingContent, names: Names) -> Iterator[tuple[str, str]]:
    """What a person should compare with the source, each with its name."""
    if content.level is not None:
        yield "Level", label(content.level)
    for zoned in content.pay_bands[:1]:
        words = pay_words(zoned)
        yield "Pay", f"{words.sum} {words.period}"
    if place := place_words(content, names):
        yield "Place", place
    if mode := mode_words(content):
        yield "Way of working", mode
    if content.employment:
        yield "Type of employment", ", ".join(label(kind) for kind in content.employment)
    if content.responsibilities:
        first, *more = content.responsibilities
        yield "Responsibilities", f"{first}{f' … and {len(more)} more' if more else ''}"
    for importance in Importance:
        rows = (row for row in content.requirements if row.importance is importance)
        if asked := "; ".join(requirement_phrase(row, names) for row in rows):
            yield "Requirements", f"{label(importance)}: {asked}"


def _once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
