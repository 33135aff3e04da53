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
from profiles.models import Employer, User

LABEL: Final = "import"
_FARTHEST_DEADLINE: Final = timedelta(days=3650)


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
    the report says of each line what became of it, not the figures alone.
    """

    publish: bool
    now: datetime
    employer: Employer | None = None
    actor: User | None = None
    guesses: tuple[str, ...] = ()
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
    *, lines: Iterable[bytes], run: RunOrders, progress: Callable[[int], None]
) -> Report:
    """Import each line of a file; blank ones are skipped. `progress` is told each line's number."""
    report = Report(keep_lines=run.keep_lines)
    for number, raw in enumerate(lines, start=1):
        if not raw.strip():
            continue
        report.add(number, import_line(line=raw.decode("utf-8-sig", errors="replace"), run=run))
        progress(number)
    return report


def import_line(*, line: str, run: RunOrders) -> Outcome | Refused:
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


def _import(*, draft: PostingDraft, run: RunOrders) -> Outcome:
    employer = run.employer or find_or_make_employer(
        name=draft.employer_name, site=draft.employer_site, now=run.now
    )
    identity = (employer.pk, draft.key)
    content = _placed(draft, run)
    if identity in run.seen:
        return Outcome(Written.UNCHANGED, kept=Kept.REPEATED, content=content, draft=draft)
    run.seen.add(identity)
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
        revision = posting.revisions.get()
        change, written = Change(revision.pk, revision.version), Written.CREATED
    elif (kept := _kept(posting, draft, fit=fit, now=run.now)) is not None:
        return Outcome(
            Written.UNCHANGED, kept=kept, posting_id=posting.pk, content=content, draft=draft
        )
    else:
        revision, change = _change(posting=posting, content=content, run=run)
        written = Written.UPDATED
    _keep_facts(posting, draft, run)
    if fit:
        lifecycle.hand_in(posting=posting, revision=revision, actor=None, now=run.now)
        moderation.approve(revision=revision, actor=None, now=run.now, label=LABEL)
    return Outcome(
        written,
        published=fit,
        reasons=reasons,
        guessed=content.guessed,
        content=content,
        change=change,
        posting_id=posting.pk,
        draft=draft,
    )


def _placed(draft: PostingDraft, run: RunOrders) -> PostingContent:
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
    content = content.with_(
        locations=locations,
        applicant_countries=applicants if draft.remote else (),
        apply_until=None if too_far else until,
    )
    guessed += tuple(name for name in run.guesses if getattr(content, name))
    return content.with_(guessed=tuple(dict.fromkeys(guessed)))


def _create(
    *, draft: PostingDraft, content: PostingContent, employer: Employer, run: RunOrders
) -> Posting:
    return create_posting(
        employer=employer,
        actor=run.actor,
        now=run.now,
        content=content,
        origin=Origin.IMPORT,
        external_identifier=draft.key,
    )


def _keep_facts(posting: Posting, draft: PostingDraft, run: RunOrders) -> None:
    posted = draft.date_posted
    posting.external_digest = draft.digest
    posting.date_posted = None if posted is None or posted > run.now.date() else posted
    posting.save(update_fields=["external_digest", "date_posted"])


def _kept(posting: Posting, draft: PostingDraft, *, fit: bool, now: datetime) -> Kept | None:
    """Why this line changes nothing; None when it has news and no person has the posting in hand.

    What was filled, closed or suspended, is over, in review, or was edited is left alone.
    """
    if posting.state not in (PostingState.DRAFT, PostingState.PUBLISHED, PostingState.PAUSED):
        in_review = posting.state in (PostingState.IN_REVIEW, PostingState.REJECTED)
        return Kept.IN_HAND if in_review else Kept.SETTLED
    if posting.closes_at is not None and posting.closes_at <= now:
        return Kept.SETTLED
    revision = posting.revisions.filter(state__in=OPEN_REVISIONS).first()
    if posting.external_digest == draft.digest and not (fit and revision is not None):
        return Kept.SAME
    if revision is not None and (
        revision.author_id is not None or revision.state != RevisionState.DRAFT
    ):
        return Kept.IN_HAND
    return None


def _change(
    *, posting: Posting, content: PostingContent, run: RunOrders
) -> tuple[PostingRevision, Change]:
    """Write what the line says into the open draft, or begin one."""
    had_draft = posting.revisions.filter(state__in=OPEN_REVISIONS).exists()
    revision = start_revision(posting=posting, actor=run.actor, now=run.now, origin=Origin.IMPORT)
    before = revision.value if had_draft else None
    save_draft(
        revision=revision, actor=None, now=run.now, version=revision.version, content=content
    )
    return revision, Change(revision.pk, revision.version, before, posting.external_digest)
