"""The facts that a moderator decides by, gathered for one page."""

import copy
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db.models import Count

from cscareers.core.domains import host_of, registrable
from cscareers.core.places import well_known_places
from cscareers.core.rates import current_rates
from postings import markup
from postings.completeness import problems
from postings.content import PostingContent
from postings.differences import FIELD_LABELS, Difference, differences
from postings.duplicates.query import LookAlike, Standing, look_alikes
from postings.enums import PostingState, RevisionState
from postings.labels import label
from postings.models import Posting, PostingEvent, PostingRevision, RiskAssessment
from postings.policy import closes_at
from postings.reading import Names, names_for, pay_words, place_names
from postings.wording.lint import hints_for
from profiles.models import Employer, EmployerEvent

_STANDINGS = {
    Standing.OPEN: "Open",
    Standing.PAUSED: "Paused",
    Standing.OVER: "Over",
    Standing.WAITING: "In review",
}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: what was found, and whether it is fine."""

    name: str
    found: str
    fine: bool
    verdict: str


@dataclass(frozen=True, slots=True)
class AlikeRow:
    """A posting that the one under review looks like; `parts` are percentages in words."""

    posting_id: int
    title: str
    employer_name: str
    standing: str
    likeness: str
    parts: str


@dataclass(frozen=True, slots=True)
class Wording:
    """A hint of the lint: the words found, in which answer, and what we would advise."""

    where: str
    words: str
    advice: str


@dataclass(frozen=True, slots=True)
class Review:
    """All that the moderation page shows beside the posting itself."""

    revision: PostingRevision
    posting: Posting
    employer: Employer
    kind: str
    open: bool
    checks: list[Check]
    wording: list[Wording]
    changes: tuple[Difference, ...]
    alikes: list[AlikeRow]
    follows: Posting | None
    tally: list[tuple[str, int]]
    posting_events: list[PostingEvent]
    employer_events: list[EmployerEvent]
    earlier_reviews: int
    risk: RiskAssessment | None
    hits: list[dict[str, Any]]


MOST_NAMED: Final = 3


def names_of_hits(hits: Iterable[Mapping[str, Any]]) -> str:
    """The names of the rules that hit, the heaviest first; those without points are left out."""
    names = [hit["name"] for hit in hits if hit["points"]]
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return ", ".join(names[:MOST_NAMED]) + more


def kind_of(posting: Posting) -> str:
    """Whether a decision publishes a posting or changes one."""
    return "Change" if posting.first_published_at else "First"


def review_of(revision: PostingRevision, *, now: datetime) -> Review:
    """The facts about `revision`; the number of queries does not depend on how many there are."""
    posting, employer = revision.posting, revision.posting.employer
    content = revision.value
    live = posting.live_revision
    compared = live if live is not None and live.pk != revision.pk else None
    contents = [content, compared.value] if compared else [content]
    names = names_for(contents)
    alikes = look_alikes(
        content, posting=posting, employer=employer, now=now, limit=5, over=True, waiting=True
    )
    risk = getattr(revision, "risk", None)
    events = list(posting.events.order_by("-at", "-pk")[:20])
    return Review(
        revision=revision,
        posting=posting,
        employer=employer,
        kind=kind_of(posting),
        open=revision.state == RevisionState.IN_REVIEW,
        checks=list(_checks(posting, content, names, alikes=alikes, now=now)),
        wording=_wording(posting, content, names),
        changes=differences(compared.value, content, names=names) if compared else (),
        alikes=[_alike_row(alike) for alike in alikes],
        follows=posting.successor_of,
        tally=_tally(posting),
        posting_events=events,
        employer_events=list(employer.events.order_by("-at", "-pk")[:8]),
        earlier_reviews=sum(1 for event in events if event.verb.startswith("reject")),
        risk=risk,
        hits=[hit for hit in risk.hits if not hit["dry"]] if risk else [],
    )


def as_approved(posting: Posting, content: PostingContent, *, now: datetime) -> Posting:
    """A copy of `posting`, never saved, as it would stand after an approval at `now`."""
    shown = copy.copy(posting)
    shown.first_published_at = posting.first_published_at or now
    shown.confirmed_at = now
    shown.apply_until = content.apply_until
    shown.closes_at = closes_at(
        confirmed_at=now, apply_until=content.apply_until, time_zone=posting.employer.time_zone
    )
    return shown


def _checks(
    posting: Posting,
    content: PostingContent,
    names: Names,
    *,
    alikes: Sequence[LookAlike],
    now: datetime,
) -> Iterator[Check]:
    today = now.astimezone(ZoneInfo(posting.employer.time_zone)).date()
    gaps = problems(content, today=today, per_euro=current_rates().per_euro)
    yield Check(
        "Complete",
        "Every answer that we ask for is there" if not gaps else f"Missing: {len(gaps)}",
        not gaps,
        " ".join(gap.message for gap in gaps) or "Fine",
    )
    refused = markup.problems_of(
        markup.document_for(as_approved(posting, content, now=now), content, names)
    )
    yield Check(
        "Search engines",
        "The markup follows the rules" if not refused else f"Refused: {len(refused)}",
        not refused,
        " ".join(problem.message for problem in refused) or "Fine",
    )
    yield _pay(content)
    yield _apply_address(posting.employer, content)
    yield _same_job(alikes)
    musts = len(content.musts)
    yield Check("Must-haves", str(musts), musts <= 12, "Fine" if musts <= 12 else "Many")


def _wording(posting: Posting, content: PostingContent, names: Names) -> list[Wording]:
    """What the lint finds, each words once in each answer."""
    hints = hints_for(
        content,
        employer_name=posting.employer.name,
        places=place_names(content, names),
        gazetteer=well_known_places(),
    )
    found = [Wording(FIELD_LABELS[hint.field], hint.words, hint.message) for hint in hints]
    return list(dict.fromkeys(found))


def _pay(content: PostingContent) -> Check:
    bands = [f"{words.sum} {words.period}" for words in map(pay_words, content.pay_bands)]
    wide = [zoned for zoned in content.pay_bands if zoned.band.maximum > zoned.band.minimum * 2]
    verdict = "The most is over twice the least" if wide else "Fine"
    return Check("Pay", "; ".join(bands) or "None", bool(bands) and not wide, verdict)


def _apply_address(employer: Employer, content: PostingContent) -> Check:
    if content.applies_here:
        return Check("Where to apply", f"Here, answer in {content.reply_days} days", True, "Fine")
    host = host_of(content.apply_url)
    own = registrable(host_of(employer.site))
    same = bool(own) and registrable(host) == own
    verdict = "At the employer’s own domain" if same else "Not at the employer’s own domain"
    return Check("Where to apply", host or content.apply_url or "None", same, verdict)


def _same_job(alikes: Sequence[LookAlike]) -> Check:
    live = sum(alike.standing is not Standing.OVER for alike in alikes)
    if live:
        found = f"Looks like {live} other{'' if live == 1 else 's'}, live or waiting"
        return Check("Posted once", found, False, "Compare them below")
    over = "Looks like a job that is over" if alikes else "Looks like no other job"
    return Check("Posted once", over, True, "Fine")


def _alike_row(alike: LookAlike) -> AlikeRow:
    like = alike.likeness
    parts = (("text", like.text), ("title", like.title), ("place", like.place), ("pay", like.pay))
    return AlikeRow(
        posting_id=alike.posting_id,
        title=alike.title or "Untitled job",
        employer_name="The same employer" if alike.same_employer else alike.employer_name,
        standing=_STANDINGS[alike.standing],
        likeness=f"{like.score:.0%}",
        parts=", ".join(
            f"{name} {'not known' if part is None else format(part, '.0%')}" for name, part in parts
        ),
    )


def _tally(posting: Posting) -> list[tuple[str, int]]:
    """How many jobs the employer has in each state."""
    rows = Posting.objects.filter(employer=posting.employer).values_list("state")
    counted = rows.annotate(number=Count("pk")).order_by("state")
    return [(label(PostingState(state)), number) for state, number in counted]
