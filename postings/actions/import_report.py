"""What an import is told, and what it tells: of a run, and of each line."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from postings.actions.import_places import Gazetteer
from postings.content import PostingContent
from postings.importers.schema_org import DraftReason, PostingDraft, Refusal, Refused
from profiles.models import Employer, User
from profiles.taxonomy.extract import Vocabulary


class Written(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


class Kept(StrEnum):
    """Why a line left its posting as it is."""

    SAME = "same"
    REPEATED = "repeated"
    IN_HAND = "in_hand"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class Change:
    """What it takes to take a line back: the revision that it wrote and the `version` that this
    has since; `before` is the draft that it wrote over, None where it began one; `digest` is that
    of the line before."""

    revision_id: int
    version: int
    before: PostingContent | None = None
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one line. `reasons`: why it is a draft, though it was to be published or
    not. `posting_id` and `draft`, what was read, say which line; they don't take part in
    comparisons."""

    written: Written
    published: bool = False
    reasons: tuple[DraftReason, ...] = ()
    guessed: tuple[str, ...] = field(default=(), compare=False)
    content: PostingContent | None = field(default=None, compare=False, repr=False)
    kept: Kept | None = field(default=None, compare=False)
    change: Change | None = field(default=None, compare=False, repr=False)
    posting_id: int | None = field(default=None, compare=False)
    draft: PostingDraft | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file and what became of it: refused for a reason, or `written`.

    `guessed` names the fields of its content that the importer concluded by itself.
    `content` is what was understood, places included, and `kept` says why an unchanged posting is.
    `posting_id` is the posting that the line is about; after a dry run there is no such row.
    """

    number: int
    title: str = ""
    employer: str = ""
    refusal: Refusal | None = None
    written: Written | None = None
    published: bool = False
    reasons: tuple[DraftReason, ...] = ()
    guessed: tuple[str, ...] = ()
    content: PostingContent | None = field(default=None, compare=False, repr=False)
    kept: Kept | None = field(default=None, compare=False)
    change: Change | None = field(default=None, compare=False, repr=False)
    posting_id: int | None = None


def _line(number: int, outcome: Outcome | Refused) -> Line:
    if isinstance(outcome, Refused):
        return Line(number, refusal=outcome.reason)
    draft = outcome.draft
    return Line(
        number,
        title=draft.content.title if draft else "",
        employer=draft.employer_name if draft else "",
        written=outcome.written,
        published=outcome.published,
        reasons=outcome.reasons,
        guessed=outcome.guessed,
        content=outcome.content,
        kept=outcome.kept,
        change=outcome.change,
        posting_id=outcome.posting_id,
    )


@dataclass(slots=True)
class RunOrders:
    """What one run knows: its orders, and what it saw so far. `employer` is given or by name.

    `actor` is the member who imports, None for the operator. `guesses` are fields that the source
    did not say in so many words, beside those that the importer always guesses. With `keep_lines`
    the report says of each line what became of it, not the figures alone. With a `vocabulary`
    requirements are guessed from what the ads say.
    """

    publish: bool
    now: datetime
    employer: Employer | None = None
    actor: User | None = None
    guesses: tuple[str, ...] = ()
    keep_lines: bool = False
    vocabulary: Vocabulary | None = None
    gazetteer: Gazetteer = field(default_factory=Gazetteer)
    seen: set[tuple[int, str]] = field(default_factory=set)
    said: dict[str, tuple[int, str]] = field(default_factory=dict)


@dataclass(slots=True)
class Report:
    """The figures of a run, the lines that were refused, and each of its `lines` if the run keeps
    them."""

    keep_lines: bool = False
    counts: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    refused: list[dict[str, Any]] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    def add(self, number: int, outcome: Outcome | Refused) -> None:
        """Count line `number`."""
        self.counts["read"] += 1
        if self.keep_lines:
            self.lines.append(_line(number, outcome))
        if isinstance(outcome, Refused):
            self.refused.append({"line": number, "reasons": [str(outcome.reason)]})
            return
        self.counts[outcome.written] += 1
        if outcome.written is not Written.UNCHANGED:
            self.counts["published" if outcome.published else "drafts"] += 1
            self.reasons.update(map(str, outcome.reasons))

    def to_json(self) -> dict[str, Any]:
        """The report that the command prints."""
        names = ("read", "created", "updated", "unchanged", "drafts", "published")
        return {
            **{name: self.counts[name] for name in names},
            "draft_reasons": {str(reason): self.reasons[reason] for reason in DraftReason},
            "refused": self.refused,
        }
