"""Which live postings a content looks like. Reads only.

Candidates come from two indexes, so the cost does not grow with the number of postings: texts
that share a band of their prints (the newest `MOST_NEAR`, of which the `MOST_COMPARED` with most
bands in common are compared), and the employer's own postings of the same title.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from django.db.models import Exists, F, OuterRef

from postings.content import PostingContent
from postings.duplicates.likeness import Likeness, facts_of, likeness, print_of
from postings.enums import PostingState, RevisionState
from postings.models import Posting, PostingQuerySet, PostingRevision, TextPrint
from postings.states import ENDED_STATES
from profiles.models import Employer

MOST_NEAR: Final = 1000
MOST_COMPARED: Final = 20


class Standing(StrEnum):
    """Where a look-alike stands."""

    OPEN = "open"
    PAUSED = "paused"
    OVER = "over"
    WAITING = "waiting"
    """In review, never public: for moderators only."""


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A posting that a content looks like, in facts that are or were public: what its approved
    revision says. `published_at` is its first publication. What waits has neither this nor
    `closes_at`."""

    posting_id: int
    public_id: str
    title: str
    url: str
    employer_name: str
    same_employer: bool
    standing: Standing
    published_at: datetime | None
    closes_at: datetime | None
    held: bool
    """Paused by us, until reports of it are decided."""
    likeness: Likeness


def look_alikes(
    content: PostingContent,
    *,
    posting: Posting | None,
    employer: Employer,
    now: datetime,
    limit: int,
    over: bool = False,
    waiting: bool = False,
) -> tuple[LookAlike, ...]:
    """The live postings (open or paused) of any employer that `content` is too alike, most alike
    first; `posting` is the content's own. With `over`, also the employer's ended ones that were
    not posted again; with `waiting`, for moderators, also what is in its first review.

    Four queries, one more for what waits.
    """
    facts = facts_of(content)
    sight = _sight(employer, now=now, over=over, waiting=waiting)
    rows = sight.exclude(pk=posting.pk) if posting is not None else sight
    keys = _near(rows, print_of(facts.text)) | _named(rows, employer, content.title)
    found = [
        _look_alike(row, employer, alike, now=now)
        for row, other in _with_contents(keys)
        if (alike := likeness(facts, facts_of(other))).alike
    ]
    found.sort(key=lambda row: (-row.likeness.score, -row.posting_id))
    return tuple(found[:limit])


def _sight(employer: Employer, *, now: datetime, over: bool, waiting: bool) -> PostingQuerySet:
    rows = Posting.objects.live(now=now)
    if over:
        again = Posting.objects.filter(successor_of=OuterRef("pk"), chain__isnull=False)
        rows |= Posting.objects.ended(now=now).filter(~Exists(again), employer=employer)
    if waiting:
        rows |= Posting.objects.filter(state=PostingState.IN_REVIEW)
    return rows


def _near(rows: PostingQuerySet, wanted: list[int]) -> set[int]:
    """The keys of those of `rows` whose prints share most bands with `wanted`."""
    if not wanted:
        return set()
    prints = TextPrint.objects.filter(bands__overlap=wanted)
    # By an expression: PostgreSQL would walk the primary key backwards else, past every print.
    newest = prints.order_by((F("posting_id") + 0).desc())[:MOST_NEAR]
    shared = {
        pk: len(set(wanted).intersection(found))
        for pk, found in newest.values_list("posting_id", "bands")
    }
    seen = rows.filter(pk__in=shared).values_list("pk", flat=True) if shared else ()
    return set(sorted(seen, key=lambda pk: (-shared[pk], -pk))[:MOST_COMPARED])


def _named(rows: PostingQuerySet, employer: Employer, title: str) -> set[int]:
    """The keys of the employer's newest postings of this title."""
    named = rows.filter(employer=employer, title__iexact=title) if title else rows.none()
    return set(named.order_by("-pk").values_list("pk", flat=True)[:MOST_COMPARED])


def _with_contents(keys: Iterable[int]) -> Iterator[tuple[Posting, PostingContent]]:
    """Postings with what their approved revisions say; where none was approved, with what is in
    review."""
    rows = Posting.objects.filter(pk__in=keys).select_related("employer", "live_revision")
    postings = list(rows.order_by("pk"))
    new = [row.pk for row in postings if row.live_revision is None]
    handed_in = PostingRevision.objects.filter(posting__in=new, state=RevisionState.IN_REVIEW)
    in_review = {revision.posting_id: revision.value for revision in handed_in} if new else {}
    for row in postings:
        if row.live_revision is not None:
            yield row, row.live_content
        elif row.pk in in_review:
            yield row, in_review[row.pk]


def _standing(row: Posting, *, now: datetime) -> Standing:
    if row.live_revision is None:
        return Standing.WAITING
    if row.state in ENDED_STATES or (row.closes_at is not None and row.closes_at <= now):
        return Standing.OVER
    return Standing.PAUSED if row.state == PostingState.PAUSED else Standing.OPEN


def _look_alike(row: Posting, employer: Employer, alike: Likeness, *, now: datetime) -> LookAlike:
    return LookAlike(
        posting_id=row.pk,
        public_id=row.public_id,
        title=row.title,
        url=row.get_absolute_url(),
        employer_name=row.employer.name,
        same_employer=row.employer_id == employer.pk,
        standing=_standing(row, now=now),
        published_at=row.first_published_at,
        closes_at=row.closes_at,
        held=row.held_at is not None,
        likeness=alike,
    )
