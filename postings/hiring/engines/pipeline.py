"""The applications to one posting as its employer reads them: counted, ordered, drawn."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.db.models import Case, Count, F, Prefetch, Q, Value, When, Window
from django.db.models.functions import RowNumber

from postings.hiring.engines.listing import MUSTS, Listing
from postings.hiring.enums import ApplicationState
from postings.hiring.labels import ENDED, STAGES, VERB_WORDS, label
from postings.hiring.models import Application, ApplicationQuerySet, Tag
from postings.hiring.states import (
    ENDED_STATES,
    OPEN_STATES,
    UNASKED_STATES,
    employer_verbs,
)
from postings.match_drawing import TIERS, Strip, headline, strip, whole
from postings.models import Posting
from postings.policy import REMIND_BEFORE, last_day

PAGE: Final = 25
IN_COLUMN: Final = 10
"""So many cards of a column the board shows; the list has all."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many applications there are; `kept` of `known` promises were kept: of those that were
    answered or had their day, as `postings.hiring.actions.reply_facts` counts them."""

    total: int
    by_state: Mapping[str, int]
    soon: int
    overdue: int
    kept: int
    known: int

    @property
    def open(self) -> int:
        return sum(self.by_state[state] for state in OPEN_STATES)

    @property
    def ended(self) -> int:
        return sum(self.by_state[state] for state in ENDED_STATES)

    def of_stage(self, stage: str) -> int:
        """How many stand in a column of the board."""
        return self.ended if stage == ENDED else self.by_state[stage]

    @property
    def ends(self) -> str:
        """How they ended, in words: "1 hired, 24 not chosen"."""
        found = ((self.by_state[state], state) for state in ENDED_STATES)
        return ", ".join(f"{number} {label(state).lower()}" for number, state in found if number)


@dataclass(frozen=True, slots=True)
class Due:
    """By when an answer is promised; `urgent` says how little time is left, or how late it is."""

    day: date
    urgent: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class Row:
    """An application in a list. Of the match it has nothing where the employer switched it off."""

    public_id: str
    name: str
    state: str
    stage: str
    line: str
    since: str
    due: Due | None
    answered_at: datetime | None
    applied_at: datetime
    tags: tuple[str, ...]
    verbs: tuple[tuple[str, str], ...]
    key: UUID
    """Of the form that moves it."""
    score: int | None = None
    headline: str = ""
    strip: Strip | None = None


@dataclass(frozen=True, slots=True)
class Column:
    stage: str
    title: str
    count: int
    rows: tuple[Row, ...]

    @property
    def more(self) -> int:
        return self.count - len(self.rows)


def count(posting: Posting, *, now: datetime) -> Counts:
    """One query."""
    waits = Q(state__in=OPEN_STATES, answered_at__isnull=True)
    had_its_day = Q(answer_due_at__lte=now) & (
        ~Q(state__in=UNASKED_STATES) | Q(moved_at__gt=F("answer_due_at"))
    )
    by_state = {f"in_{state}": Count("pk", filter=Q(state=state)) for state in ApplicationState}
    found = Application.objects.filter(posting=posting).aggregate(
        **by_state,
        total=Count("pk"),
        soon=Count("pk", filter=waits & Q(answer_due_at__lte=now + REMIND_BEFORE)),
        overdue=Count("pk", filter=waits & Q(answer_due_at__lte=now)),
        known=Count("pk", filter=Q(answered_at__isnull=False) | had_its_day),
        kept=Count("pk", filter=Q(answered_at__lte=F("answer_due_at"))),
    )
    return Counts(
        total=found["total"],
        by_state={str(state): found[f"in_{state}"] for state in ApplicationState},
        soon=found["soon"] - found["overdue"],
        overdue=found["overdue"],
        kept=found["kept"],
        known=found["known"],
    )


def most_urgent(posting: Posting, *, now: datetime) -> Application | None:
    """The application whose answer is due first, if it is soon; one query."""
    rows = Application.objects.filter(posting=posting).due_soon(now=now)
    return rows.select_related("copy").order_by("answer_due_at", "pk").first()


def asked_for(posting: Posting, listing: Listing) -> ApplicationQuerySet:
    """The applications that a list asks for, in its order."""
    rows = Application.objects.filter(posting=posting)
    if listing.stage:
        rows = rows.filter(state__in=ENDED_STATES if listing.stage == ENDED else [listing.stage])
    if listing.tag:
        rows = rows.filter(tags__name=listing.tag)
    if listing.musts:
        rows = rows.filter(tier__in=MUSTS[listing.musts])
    return rows.order_by(*_order(listing.order))


def page(posting: Posting, listing: Listing, *, by_match: bool, now: datetime) -> list[Row]:
    """One page of the list, and one row more when there is a next page; two queries."""
    begin = (listing.page - 1) * PAGE
    found = _with_all(asked_for(posting, listing))[begin : begin + PAGE + 1]
    return [row_of(one, posting, by_match=by_match, now=now) for one in found]


def columns(
    posting: Posting, listing: Listing, counts: Counts, *, by_match: bool, now: datetime
) -> list[Column]:
    """The open stages with their first cards, and the ended ones as a number; two queries, and one
    more to count where the list is narrowed."""
    rows = asked_for(posting, listing).filter(state__in=OPEN_STATES)
    numbered = rows.annotate(
        place=Window(RowNumber(), partition_by="state", order_by=_order(listing.order))
    )
    found: dict[str, list[Row]] = {stage: [] for stage in STAGES}
    for one in _with_all(numbered.filter(place__lte=IN_COLUMN)):
        found[one.state].append(row_of(one, posting, by_match=by_match, now=now))
    numbers = _by_stage(posting, listing) if listing.narrows else None
    return [
        Column(
            stage,
            words,
            counts.of_stage(stage) if numbers is None else numbers[stage],
            tuple(found[stage]),
        )
        for stage, words in STAGES.items()
    ]


def _by_stage(posting: Posting, listing: Listing) -> dict[str, int]:
    rows = asked_for(posting, listing).order_by().values_list("state")
    by_state = dict(rows.annotate(number=Count("pk")))
    found = {stage: by_state.get(stage, 0) for stage in STAGES}
    return {**found, ENDED: sum(by_state.get(state, 0) for state in ENDED_STATES)}


def tag_names(posting: Posting) -> list[str]:
    """The tags that applications to it have; one query."""
    found = Tag.objects.filter(applications__posting=posting).order_by("name", "pk")
    return list(found.values_list("name", flat=True).distinct())


def row_of(application: Application, posting: Posting, *, by_match: bool, now: datetime) -> Row:
    """An application as a list shows it; reads its copy and its tags."""
    told = json.loads(application.copy.explanation) if by_match else None
    zone = posting.employer.time_zone
    return Row(
        public_id=application.public_id,
        name=application.shown_name,
        state=application.state,
        stage=label(ApplicationState(application.state)),
        line=one_line(json.loads(application.copy.resume)),
        since=_since(application, zone, now),
        due=due_of(application, zone, now=now),
        answered_at=application.answered_at,
        applied_at=application.applied_at,
        tags=tuple(tag.name for tag in application.tags.all()),
        verbs=tuple((verb, VERB_WORDS[verb]) for verb in employer_verbs(application.state)),
        key=uuid4(),
        score=whole(told["score"]) if told else None,
        headline=_in_short(headline(told)) if told else "",
        strip=strip(told["rows"]) if told else None,
    )


def _in_short(words: str) -> str:
    """A headline for lists: of one gap its name, of more their number."""
    return words if words.startswith(TIERS["one_gap"]) else words.partition(":")[0]


def due_of(application: Application, time_zone: str, *, now: datetime) -> Due | None:
    """By when it is to be answered, by the employer's calendar; None where no answer is owed."""
    if not application.is_open or application.answered_at is not None:
        return None
    day = last_day(application.answer_due_at, time_zone)
    left = (day - now.astimezone(ZoneInfo(time_zone)).date()).days
    if left < 0 or application.is_overdue(now=now):
        late = max(-left, 1)
        return Due(day, f"{_days(late)} late", is_late=True)
    if left > REMIND_BEFORE // timedelta(days=1):
        return Due(day, "", is_late=False)
    return Due(day, {0: "Due today"}.get(left, f"{_days(left)} left"), is_late=False)


def one_line(resume: Mapping[str, Any]) -> str:
    """What somebody does, or says of themselves first; "" where a profile says neither."""
    jobs: Sequence[Mapping[str, Any]] = resume.get("work", ())
    last = jobs[0].get("position", "") if jobs else ""
    return str(last or resume.get("basics", {}).get("label", ""))


def _since(application: Application, zone: str, now: datetime) -> str:
    """How long it is where it is: "Since today", "For 5 days"."""
    here = ZoneInfo(zone)
    days = (now.astimezone(here).date() - application.moved_at.astimezone(here).date()).days
    if days <= 0:
        return "Since today"
    return f"For {_days(days)}"


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"


def _with_all(rows: ApplicationQuerySet) -> ApplicationQuerySet:
    tags = Prefetch("tags", queryset=Tag.objects.order_by("name", "pk"))
    return rows.select_related("copy").prefetch_related(tags)


def _order(order: str) -> list[Any]:
    if order == "newest":
        return [F("applied_at").desc(), F("pk").desc()]
    if order == "match":
        tier = Case(When(tier="all", then=0), When(tier="one_gap", then=1), default=Value(2))
        return [tier, F("score").desc(nulls_last=True), F("applied_at").asc(), F("pk").asc()]
    owed = Case(
        When(state__in=OPEN_STATES, answered_at__isnull=True, then=F("answer_due_at")),
    )
    is_open = Case(When(state__in=OPEN_STATES, then=0), default=Value(1))
    return [owed.asc(nulls_last=True), is_open, F("moved_at").desc(), F("pk").desc()]
