"""What the importer's pages show: runs and their lines in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.urls import reverse

from cscareers.core.fold import fold
from postings.differences import FIELD_LABELS
from postings.enums import ImportStage, LineOutcome
from postings.labels import IMPORT_REASONS, label
from postings.models import ImportedLine, ImportRun
from postings.presentation import Fact
from postings.views.drafts import posting_url
from profiles.models import Employer, User

PAGE: Final = 50
_TAGS: Final = {
    ImportStage.PREVIEWED: "warn",
    ImportStage.CONFIRMED: "good",
    ImportStage.UNDONE: "line",
    ImportStage.DROPPED: "line",
    LineOutcome.CREATED: "good",
    LineOutcome.UPDATED: "accent",
    LineOutcome.UNCHANGED: "line",
    LineOutcome.REFUSED: "gap",
}


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run in the list."""

    name: str
    url: str
    tag: str
    stage: str
    at: datetime
    detail: str


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line of a run."""

    number: int
    title: str
    url: str
    tag: str
    outcome: str
    reason: str
    understood: list[tuple[str, str]]
    guessed: str
    lacking: str
    other_employer: str


@dataclass(frozen=True, slots=True)
class Figure:
    """How many lines have an outcome, with the link that shows these."""

    label: str
    count: int
    url: str
    chosen: bool


def list_url(employer: Employer) -> str:
    return reverse("postings:imports", kwargs={"employer": employer.slug})


def run_url(run: ImportRun, page: str = "import_run") -> str:
    """The address of a page of a run."""
    kwargs = {"employer": run.employer.slug, "run": run.public_id}
    return reverse(f"postings:{page}", kwargs=kwargs)


def run_row(run: ImportRun) -> RunRow:
    """A run as the list shows it, with its employer and people at hand."""
    figures = ", ".join(
        f"{getattr(run, outcome.value):,} {label(outcome).lower()}"
        for outcome in LineOutcome
        if getattr(run, outcome.value)
    )
    return RunRow(
        name=str(run),
        url=run_url(run),
        tag=_TAGS.get(ImportStage(run.stage), "accent"),
        stage=label(ImportStage(run.stage)),
        at=run.created_at,
        detail=f"{who(run.actor)}. {figures[:1].upper()}{figures[1:] or 'Nothing looked at yet'}.",
    )


def who(person: User | None) -> str:
    """A member by name; accounts go, runs stay."""
    return person.label if person is not None else "Somebody whose account is gone"


def line_row(line: ImportedLine, run: ImportRun) -> LineRow:
    """A line as its run's page shows it, with its posting at hand."""
    outcome = LineOutcome(line.outcome)
    waits = outcome in _WRITES and not line.taken_back
    posting = line.posting
    if posting is not None:
        posting.employer = run.employer
    other = line.employer_name
    gone = " Taken back." if line.taken_back else ""
    stayed = " Not taken back: it was changed since." if line.taken_back is False else ""
    return LineRow(
        number=line.number,
        title=line.title,
        url=posting_url("manage", posting) if posting is not None else "",
        tag=_TAGS[outcome],
        outcome=label(outcome),
        reason=(IMPORT_REASONS.get(line.reason, line.reason) + gone + stayed).strip(),
        understood=[(str(name), str(words)) for name, words in line.understood],
        guessed=_names(line.guessed) if waits else "",
        lacking=_names(line.lacking) if waits else "",
        other_employer=other if other and not _alike(other, run.employer.name) else "",
    )


_WRITES: Final = (LineOutcome.CREATED, LineOutcome.UPDATED)


def _names(fields: Sequence[str]) -> str:
    first, *others = [FIELD_LABELS.get(name, name) for name in fields] or [""]
    return ", ".join([first, *(_inside(words) for words in others)])


def _inside(words: str) -> str:
    """Words as they stand inside a sentence: AI stays AI."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def _alike(first: str, second: str) -> bool:
    one, other = fold(first), fold(second)
    return one in other or other in one


def figures(run: ImportRun, chosen: str) -> list[Figure]:
    """All lines, then those of each outcome, as links that filter."""
    url = run_url(run)
    parts = [
        Figure(
            label(outcome),
            getattr(run, outcome.value),
            f"{url}?outcome={outcome.value}",
            chosen == outcome,
        )
        for outcome in LineOutcome
    ]
    return [Figure("All lines", sum(part.count for part in parts), url, not chosen), *parts]


def lines_of(run: ImportRun, *, chosen: str, after: int) -> tuple[list[LineRow], str]:
    """A page of a run's lines, and the address of the next page."""
    rows = run.lines.select_related("posting").defer("before").order_by("number", "pk")
    if chosen:
        rows = rows.filter(outcome=chosen)
    found = list(rows.filter(number__gt=after)[: PAGE + 1])
    more = ""
    if len(found) > PAGE:
        outcome = f"outcome={chosen}&" if chosen else ""
        more = f"{run_url(run)}?{outcome}after={found[PAGE - 1].number}"
    return [line_row(line, run) for line in found[:PAGE]], more


def facts(run: ImportRun) -> list[Fact]:
    """Who, when and what of a run."""
    said = [
        Fact("File", run.file_name or "Pasted text", _size(run.size)),
        Fact("Uploaded", _moment(run.created_at), who(run.actor)),
    ]
    if run.confirmed_at is not None:
        said.append(Fact("Imported", _moment(run.confirmed_at), who(run.confirmed_by)))
    if run.undone_at is not None:
        said.append(Fact("Undone", _moment(run.undone_at), who(run.undone_by)))
    said.append(Fact("SHA-256", run.sha256[:16]))
    return said


def _moment(at: datetime) -> str:
    return f"{at.day} {at:%b %Y, %H:%M} UTC"


def _size(count: int) -> str:
    if count < 1024:
        return f"{count} bytes"
    if count < 1024 * 1024:
        return f"{count / 1024:.0f} kB"
    return f"{count / 1024 / 1024:.1f} MB"
