"""Postings from other people's files: found or made by their identity, judged, published or kept
as drafts. One line is one transaction."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from django.db import DataError, transaction

from postings.actions import lifecycle, moderation
from postings.actions.import_places import Gazetteer
from postings.actions.postings import create_posting, save_draft, start_revision
from postings.content import PostingContent
from postings.enums import Origin, PostingState, RevisionState, WorkMode
from postings.importers.schema_org import (
    DraftReason,
    PostingDraft,
    Refusal,
    Refused,
    draft_reasons,
    read_line,
)
from postings.models import Posting, PostingRevision
from postings.states import OPEN_REVISIONS
from profiles.actions.imported import find_or_make_employer
from profiles.models import Employer

LABEL: Final = "import"
_FARTHEST_DEADLINE: Final = timedelta(days=3650)


class Written(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one line. `reasons`: why it is a draft, though it was to be published or
    not. `posting_id` and `draft`, what was read, say which line; they don't take part in
    comparisons."""

    written: Written
    published: bool = False
    reasons: tuple[DraftReason, ...] = ()
    guessed: tuple[str, ...] = field(default=(), compare=False)
    posting_id: int | None = field(default=None, compare=False)
    draft: PostingDraft | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file and what became of it: refused for a reason, or `written`.

    `guessed` names the fields of its content that the importer concluded by itself.
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
        posting_id=outcome.posting_id,
    )


@dataclass(slots=True)
class ImportRun:
    """What one run knows: its orders, and what it saw so far. `employer` is given or by name.

    With `keep_lines` the report says of each line what became of it, not the figures alone.
    """

    publish: bool
    now: datetime
    employer: Employer | None = None
    keep_lines: bool = False
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


def import_lines(
    *, lines: Iterable[bytes], run: ImportRun, progress: Callable[[int], None]
) -> Report:
    """Import each line of a file; blank ones are skipped. `progress` is told each line's number."""
    report = Report(keep_lines=run.keep_lines)
    for number, raw in enumerate(lines, start=1):
        if not raw.strip():
            continue
        report.add(number, import_line(line=raw.decode("utf-8-sig", errors="replace"), run=run))
        progress(number)
    return report


def import_line(*, line: str, run: ImportRun) -> Outcome | Refused:
    """Find or make the posting that `line` describes; what became of it."""
    draft = read_line(line)
    if isinstance(draft, Refused):
        return draft
    if run.employer is None and not draft.employer_name:
        return Refused(Refusal.NO_EMPLOYER)
    try:
        with transaction.atomic():
            return _import(draft=draft, run=run)
    except DataError:  # PostgreSQL can't hold it
        return Refused(Refusal.NOT_STORABLE)


def _import(*, draft: PostingDraft, run: ImportRun) -> Outcome:
    employer = run.employer or find_or_make_employer(
        name=draft.employer_name, site=draft.employer_site, now=run.now
    )
    identity = (employer.pk, draft.key)
    if identity in run.seen:
        return Outcome(Written.UNCHANGED, draft=draft)
    run.seen.add(identity)
    content = _placed(draft, run)
    reasons = draft_reasons(draft, content, now=run.now)
    fit = run.publish and not reasons and employer.suspended_at is None
    if reasons and run.said.setdefault(draft.says_the_same(), identity) != identity:
        reasons = (*reasons, DraftReason.DUPLICATE)
    posting = (
        Posting.objects.select_for_update(of=("self",))
        .select_related("employer")
        .filter(employer=employer, external_identifier=draft.key)
        .first()
    )
    if posting is None:
        posting = _create(draft=draft, content=content, employer=employer, run=run)
        written = Written.CREATED
    elif not _may_change(posting, draft, fit=fit, now=run.now):
        return Outcome(Written.UNCHANGED, posting_id=posting.pk, draft=draft)
    else:
        _change(posting=posting, draft=draft, content=content, run=run)
        written = Written.UPDATED
    _keep_facts(posting, draft, run)
    if fit:
        revision = posting.revisions.get(state__in=OPEN_REVISIONS)
        lifecycle.hand_in(posting=posting, revision=revision, actor=None, now=run.now)
        moderation.approve(revision=revision, actor=None, now=run.now, label=LABEL)
    return Outcome(
        written,
        published=fit,
        reasons=reasons,
        guessed=content.guessed,
        posting_id=posting.pk,
        draft=draft,
    )


def _placed(draft: PostingDraft, run: ImportRun) -> PostingContent:
    """The draft's content with its places as rows that we know, and deadlines that can be."""
    content = draft.content
    locations = run.gazetteer.places(draft.places)
    applicants = run.gazetteer.countries(draft.applicant_places)
    guessed = content.guessed
    if content.mode is WorkMode.REMOTE and not applicants:
        # Without a word on it, whoever lives where the place of work is may work from home.
        applicants = tuple(dict.fromkeys(place.country for place in locations))
        guessed += ("applicant_countries",) if applicants else ()
    until = content.apply_until
    too_far = until is not None and until > (run.now + _FARTHEST_DEADLINE).date()
    return content.with_(
        locations=locations,
        applicant_countries=applicants if draft.remote else (),
        apply_until=None if too_far else until,
        guessed=guessed,
    )


def _create(
    *, draft: PostingDraft, content: PostingContent, employer: Employer, run: ImportRun
) -> Posting:
    return create_posting(
        employer=employer,
        actor=None,
        now=run.now,
        content=content,
        origin=Origin.IMPORT,
        external_identifier=draft.key,
    )


def _keep_facts(posting: Posting, draft: PostingDraft, run: ImportRun) -> None:
    posted = draft.date_posted
    posting.external_digest = draft.digest
    posting.date_posted = None if posted is None or posted > run.now.date() else posted
    posting.save(update_fields=["external_digest", "date_posted"])


def _may_change(posting: Posting, draft: PostingDraft, *, fit: bool, now: datetime) -> bool:
    """Whether this line has news for the posting, and no person has it in hand.

    What was filled, closed or suspended, is over, in review, or being edited is left alone.
    """
    if posting.state not in (PostingState.DRAFT, PostingState.PUBLISHED, PostingState.PAUSED):
        return False
    if posting.closes_at is not None and posting.closes_at <= now:
        return False
    revision = posting.revisions.filter(state__in=OPEN_REVISIONS).first()
    if revision is not None and (
        revision.author_id is not None or revision.state != RevisionState.DRAFT
    ):
        return False
    waits = fit and revision is not None
    return posting.external_digest != draft.digest or waits


def _change(*, posting: Posting, draft: PostingDraft, content: PostingContent, run: ImportRun
) -> PostingRevision:  # fmt: skip
    revision = start_revision(posting=posting, actor=None, now=run.now)
    save_draft(
        revision=revision, actor=None, now=run.now, version=revision.version, content=content
    )
    return revision
