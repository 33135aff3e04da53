"""A batch of an import's lines, written in one transaction by as many statements as one line takes.

Everything happens through the same actions as for a posting that a person wrote.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction

from cscareers.core.bulk import by_row
from postings.actions import lifecycle, moderation
from postings.actions.import_report import Change, Kept, Outcome, RunOrders, Written
from postings.actions.postings import NewPosting, create_postings, save_drafts, start_revisions
from postings.content import UNKNOWN_LANGUAGE, Place, PostingContent
from postings.enums import Origin, PostingState, RevisionState, WorkMode
from postings.importers.schema_org import DraftReason, PostingDraft, draft_reasons
from postings.importers.skill_rows import with_guessed_rows
from postings.models import Posting, PostingRevision
from postings.states import OPEN_REVISIONS
from profiles.actions.imported import Named, find_or_make_employers
from profiles.models import Employer

LABEL: Final = "import"
_FARTHEST_DEADLINE: Final = timedelta(days=3650)
_READ: Final = ("en", UNKNOWN_LANGUAGE)
"""Languages that the vocabulary has words in."""

Identity = tuple[int, str]


@dataclass(slots=True)
class _Item:
    """One line on its way. `fit`: to be published. `open`: the draft that stands open."""

    draft: PostingDraft
    employer: Employer
    content: PostingContent
    reasons: tuple[DraftReason, ...] = ()
    fit: bool = False
    posting: Posting | None = None
    open: PostingRevision | None = None
    written: Written = Written.UNCHANGED
    kept: Kept | None = None
    change: Change | None = None

    @property
    def outcome(self) -> Outcome:
        told = self.kept is None
        return Outcome(
            self.written,
            published=told and self.fit,
            reasons=self.reasons if told else (),
            guessed=self.content.guessed if told else (),
            content=self.content,
            kept=self.kept,
            change=self.change,
            posting_id=self.posting.pk if self.posting else None,
            draft=self.draft,
        )


@transaction.atomic
def store(*, drafts: Sequence[PostingDraft], run: RunOrders) -> list[Outcome]:
    """Find or make the postings of `drafts`; what became of each. All of it holds, or none."""
    seen, said = set(run.seen), dict(run.said)
    items = []
    contents = [content_of(draft, run) for draft in drafts]
    employers = _employers(drafts, contents, run)
    for draft, content, employer in zip(drafts, contents, employers, strict=True):
        item = _Item(draft, employer, content)
        identity = (employer.pk, draft.key)
        if identity in seen:
            item.kept = Kept.REPEATED
        else:
            seen.add(identity)
            _judge(item, run, said)
        items.append(item)
    first = [item for item in items if item.kept is None]
    _find(first)
    _write(first, run)
    run.seen, run.said = seen, said
    return [item.outcome for item in items]


def _employers(
    drafts: Sequence[PostingDraft], contents: Sequence[PostingContent], run: RunOrders
) -> list[Employer]:
    if run.employer is not None:
        return [run.employer for _ in drafts]
    sites: dict[str, str] = {}
    places: dict[str, list[Place]] = {}
    for draft, content in zip(drafts, contents, strict=True):
        sites.setdefault(draft.employer_name, draft.employer_site)
        places.setdefault(draft.employer_name, []).extend(content.locations)
    named = {
        name: Named(
            site, country=_land(places[name]), time_zone=run.gazetteer.time_zone(places[name])
        )
        for name, site in sites.items()
    }
    known = find_or_make_employers(named=named, now=run.now)
    return [known[draft.employer_name] for draft in drafts]


def _land(places: Sequence[Place]) -> str | None:
    """The country that all places are in."""
    lands = {place.country for place in places}
    return lands.pop() if len(lands) == 1 else None


def _judge(item: _Item, run: RunOrders, said: dict[str, Identity]) -> None:
    """Say in the item what keeps it from being published, if anything does."""
    item.reasons = draft_reasons(item.draft, item.content, now=run.now)
    item.fit = run.publish and not item.reasons and item.employer.suspended_at is None
    identity = (item.employer.pk, item.draft.key)
    if item.reasons and said.setdefault(item.draft.says_the_same(), identity) != identity:
        item.reasons = (*item.reasons, DraftReason.DUPLICATE)


def content_of(draft: PostingDraft, run: RunOrders) -> PostingContent:
    """The draft's content with its places as rows that we know, deadlines that can be, and what
    its text asks for; what is guessed is named."""
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
    if run.vocabulary is not None and content.text_language in _READ:
        rows = with_guessed_rows(content.requirements, content.description, run.vocabulary)
        content = content.with_(requirements=rows)
        guessed += ("requirements",) if rows else ()
    guessed += tuple(name for name in run.guesses if getattr(content, name))
    return content.with_(guessed=tuple(dict.fromkeys(guessed)))


def _find(items: Sequence[_Item]) -> None:
    """Give each item the posting that it is about, locked, with the draft that is open."""
    # The employers first, as `lock_postings` has it: publishing locks them too.
    owners = Employer.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    owners.in_bulk({item.employer.pk for item in items})
    rows = Posting.objects.select_for_update(of=("self",), no_key=True).filter(
        employer__in={item.employer.pk for item in items},
        external_identifier__in=[item.draft.key for item in items],
    )
    known = {(row.employer_id, row.external_identifier): row for row in rows.order_by("pk")}
    waiting = PostingRevision.objects.select_for_update(of=("self",), no_key=True).filter(
        posting__in=[posting.pk for posting in known.values()], state__in=OPEN_REVISIONS
    )
    open_revisions = {revision.posting_id: revision for revision in waiting.order_by("pk")}
    for item in items:
        posting = known.get((item.employer.pk, item.draft.key))
        if posting is not None:
            posting.employer = item.employer
            item.posting, item.open = posting, open_revisions.get(posting.pk)
            item.fit = item.fit and not posting.withheld


def _write(items: Sequence[_Item], run: RunOrders) -> None:
    """Create, change and publish what has news; say in the items what was written."""
    new = [item for item in items if item.posting is None]
    for item in items:
        item.kept = _kept(item, now=run.now)
    changed = [item for item in items if item.posting is not None and item.kept is None]
    revisions = _create(new, run) + _change(changed, run)
    fit = {item.posting.pk for item in (*new, *changed) if item.fit and item.posting is not None}
    handed_in = [revision for revision in revisions if revision.posting_id in fit]
    lifecycle.hand_in_many(
        postings=[revision.posting for revision in handed_in],
        revisions={revision.posting_id: revision for revision in handed_in},
        actor=None,
        now=run.now,
    )
    moderation.approve_many(revisions=handed_in, actor=None, now=run.now, label=LABEL)


def _kept(item: _Item, *, now: datetime) -> Kept | None:
    """Why this line changes nothing; None when it has news and no person has the posting in hand.

    What was filled, closed or suspended, is over, in review, or was edited is left alone.
    """
    posting, revision = item.posting, item.open
    if posting is None:
        return None
    if posting.state not in (PostingState.DRAFT, PostingState.PUBLISHED, PostingState.PAUSED):
        in_review = posting.state in (PostingState.IN_REVIEW, PostingState.REJECTED)
        return Kept.IN_HAND if in_review else Kept.SETTLED
    if posting.closes_at is not None and posting.closes_at <= now:
        return Kept.SETTLED
    if posting.external_digest == item.draft.digest and not (item.fit and revision is not None):
        return Kept.SAME
    if revision is not None and (
        revision.author_id is not None or revision.state != RevisionState.DRAFT
    ):
        return Kept.IN_HAND
    return None


def _create(items: Sequence[_Item], run: RunOrders) -> list[PostingRevision]:
    new = [
        NewPosting(
            employer=item.employer,
            content=item.content,
            external_identifier=item.draft.key,
            external_digest=item.draft.digest,
            date_posted=_posted(item.draft, run),
        )
        for item in items
    ]
    revisions = create_postings(new=new, actor=run.actor, now=run.now, origin=Origin.IMPORT)
    for item, revision in zip(items, revisions, strict=True):
        item.posting, item.written = revision.posting, Written.CREATED
        item.change = Change(revision.pk, revision.version)
    return revisions


def _change(items: Sequence[_Item], run: RunOrders) -> list[PostingRevision]:
    """Write what the lines say into the open drafts, or into new ones."""
    postings = {item.posting.pk: item.posting for item in items if item.posting is not None}
    had = {item.open.posting_id: item.open for item in items if item.open is not None}
    before = {key: revision.value for key, revision in had.items()}
    digests = {key: posting.external_digest for key, posting in postings.items()}
    begun = start_revisions(
        postings=[posting for key, posting in postings.items() if key not in had],
        actor=run.actor,
        now=run.now,
        origin=Origin.IMPORT,
    )
    drafts = had | {revision.posting_id: revision for revision in begun}
    revisions = [drafts[key] for key in postings]
    save_drafts(revisions=revisions, contents=[item.content for item in items], now=run.now)
    for item, (key, posting) in zip(items, postings.items(), strict=True):
        drafts[key].posting = posting
        item.written = Written.UPDATED
        item.change = Change(drafts[key].pk, drafts[key].version, before.get(key), digests[key])
    facts = {
        key: {
            "external_digest": item.draft.digest,
            # In public at once: a draft of a change does not touch what people read now.
            "date_posted": posting.date_posted
            if posting.live_revision_id and not item.fit
            else _posted(item.draft, run),
        }
        for item, (key, posting) in zip(items, postings.items(), strict=True)
    }
    if facts:
        Posting.objects.filter(pk__in=facts).update(**by_row(Posting, facts))
    return revisions


def _posted(draft: PostingDraft, run: RunOrders) -> date | None:
    posted = draft.date_posted
    return None if posted is None or posted > run.now.date() else posted
