"""A page of results as the board draws it: filters with counts, chips, cards on one scale."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from cscareers.core.currencies import currencies
from postings.board_places import Apart, Choice, Input, Link, Places
from postings.cards import cards_for
from postings.enums import EducationLevel
from postings.filter_words import filter_words
from postings.filters import PostingFilterSet
from postings.labels import label
from postings.presentation import (
    Chip,
    FilterGroup,
    PayScales,
    PostingCard,
    filter_options,
    pay_scales,
)
from postings.reading import PERIOD_WORDS, money
from postings.search.facets import FacetValue
from postings.search.params import PAGE_SIZE, PAY_PERIODS, SearchParams, Sort
from postings.search.query import ResultPage

LEGENDS: Final[Mapping[str, str]] = {
    "q": "Words in the job",
    "level": "Level",
    "mode": "Way of working",
    "country": "Country of the work place",
    "city": "City of the work place",
    "near": "City, for on site and hybrid",
    "radius_km": "How far from it",
    "remote_from": "Remote jobs must accept",
    "pay_min": "Pay at least",
    "pay_period": "Period of pay",
    "currency": "Currency",
    "convert": "Compare currencies",
    "skill": "Skills asked",
    "language": "Languages asked",
    "employment": "Employment",
    "industry": "Industry",
    "specialisation": "Field of work",
    "schedule": "Hours",
    "benefit": "Benefits",
    "education_max": "My education",
    "years_max": "My years of experience",
    "utc_offset": "My offset from UTC",
    "visa": "Visa",
    "verified": "Employer",
    "posted_days": "Published",
    "replies_min": "Answers",
    "employer": "Employer",
    "sort": "Sort by",
    "after": "Page",
    "page_size": "Jobs on a page",
}
OPEN_GROUPS: Final = ("level", "mode")
FOLDED_GROUPS: Final = (
    "country", "skill", "industry", "employment", "specialisation", "schedule", "language",
    "benefit", "verified", "visa",
)  # fmt: skip
HIDDEN: Final = ("exact", "employer", "sort", "page_size", "convert")
"""Set by links; the filter form carries them along."""
MOST_OPTIONS: Final = 12
SORT_WORDS: Final = {
    Sort.RELEVANCE: "Relevance",
    Sort.NEWEST: "Newest",
    Sort.PAY: "Pay",
    Sort.CLOSING: "Closing soon",
    Sort.REPLIES: "Answers in time",
    Sort.MATCH: "Your match",
}


@dataclass(frozen=True, slots=True)
class SortLink:
    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """A parameter that was left out. `anchor` is the id of its field, or empty; `links` lead to
    what may have been meant."""

    legend: str
    message: str
    anchor: str
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class ZeroRow:
    """A filter that could go, with the count without it."""

    label: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class BoardPage:
    """All that `templates/postings/board/board.html` draws."""

    count: int
    path: str
    q: str
    chips: tuple[Chip, ...]
    open_groups: tuple[FilterGroup, ...]
    groups: tuple[FilterGroup, ...]
    inputs: Mapping[str, Input]
    hidden: tuple[tuple[str, str], ...]
    in_find: tuple[tuple[str, str], ...]
    sorts: tuple[SortLink, ...]
    cards: Sequence[PostingCard]
    scales: PayScales
    problems: tuple[FieldProblem, ...]
    candidates: tuple[Link, ...]
    taken_for: str
    """The place that an unclear text was taken for; `candidates` are then the others."""
    remote_apart: Apart | None
    zero: tuple[ZeroRow, ...]
    also_searched: tuple[str, ...]
    exact_url: str
    next_url: str
    first_url: str
    other_currencies: int
    convert_url: str
    rates_day: date | None
    converted: bool
    search: str
    """The search as a query string, without its order and place: what feeds and alerts follow."""

    @property
    def filters_on(self) -> int:
        return len(self.chips)

    @property
    def title(self) -> str:
        """What the window's title says of the filters."""
        return ", ".join(chip.label for chip in self.chips[:3]) + " – jobs"

    @property
    def by_match(self) -> bool:
        """Whether the jobs stand in the order of the reader's matches."""
        return any(one.current and one.label == SORT_WORDS[Sort.MATCH] for one in self.sorts)

    @property
    def bring_open(self) -> bool:
        """Whether something of what the reader brings is set or wrong."""
        fields = (self.inputs[name] for name in ("education_max", "years_max", "utc_offset"))
        return any(field.value or field.error for field in fields)

    @property
    def summary(self) -> str:
        """How much of the list stands here."""
        shown = len(self.cards)
        if shown == self.count:
            return f"All {shown} shown" if shown > 1 else ""
        return f"{shown} of {self.count:,} on this page"


def board_page(filters: PostingFilterSet, *, path: str, now: datetime) -> BoardPage:
    """The page of `filters`; `path` is where the board lives."""
    return _Maker(filters, filters.results, path).page(now)


class _Maker:
    def __init__(self, filters: PostingFilterSet, results: ResultPage, path: str) -> None:
        self.results = results
        self.params = results.params
        self.problems = filters.problems
        self.typed = filters.data
        self.knows_the_reader = filters.ranker is not None
        self.places = Places(filters, results, self.url)
        self.path = path

    def url(self, params: SearchParams) -> str:
        query = params.query
        return f"{self.path}?{query}" if query else self.path

    def page(self, now: datetime) -> BoardPage:
        results, params = self.results, self.params
        cards = cards_for(results.postings, now=now)
        following = results.next_params
        return BoardPage(
            count=results.count,
            path=self.path,
            q=self.params.q,
            chips=self.chips(),
            open_groups=tuple(self.group(name, opened=True) for name in OPEN_GROUPS),
            groups=tuple(g for name in FOLDED_GROUPS if (g := self.group(name)).options or g.hint),
            inputs={field.name: field for field in self.inputs()},
            hidden=self.carried(HIDDEN, ("q",)),
            in_find=self.carried(name for name in LEGENDS if name not in ("q", "after")),
            sorts=self.sorts(),
            cards=cards,
            scales=self.scales(cards),
            problems=tuple(self.field_problems()),
            candidates=self.places.candidates,
            taken_for=self.places.taken_for,
            remote_apart=self.places.remote_apart,
            zero=tuple(
                ZeroRow(
                    self.words(r.name, r.value), r.count, self.url(params.without(r.name, r.value))
                )
                for r in results.removals
            ),
            also_searched=results.also_searched,
            exact_url=self.url(params.with_(exact=True)),
            next_url=self.url(following) if following else "",
            first_url=self.url(params.with_()) if params.after else "",
            other_currencies=results.tally.other_currencies,
            convert_url=self.url(params.with_(convert=True)),
            rates_day=results.rates_day,
            converted=params.convert,
            search=params.with_(sort="", page_size=PAGE_SIZE).query,
        )

    def carried(self, *names: Iterable[str]) -> tuple[tuple[str, str], ...]:
        wanted = {name for some in names for name in some}
        query = self.params.pairs()
        return tuple(pair for pair in query if pair[0] in wanted)

    def chips(self) -> tuple[Chip, ...]:
        return tuple(
            Chip(self.words(name, value), self.url(self.params.without(name, value)))
            for name, value in self.params.filters
        )

    def group(self, name: str, *, opened: bool = False) -> FilterGroup:
        values = self.results.facets[name]
        chosen = _chosen(self.params, name)
        first = [v for i, v in enumerate(values) if i < MOST_OPTIONS or v.value in chosen]
        return FilterGroup(
            name=name,
            legend=LEGENDS[name],
            options=filter_options(((v.value, v.label, v.count) for v in first), chosen),
            open=opened or name in self.problems,
            hint=" ".join(self.problems.get(name, ())),
        )

    def inputs(self) -> Iterable[Input]:
        params, facets = self.params, self.results.facets
        yield self.places.near(self.field("near"))
        yield self.choices("radius_km", *self.places.radii())
        yield self.select("remote_from", facets["remote_from"], "I don’t mind")
        yield self.field("pay_min")
        yield self.choices("currency", self.currencies(), self.results.tally.currency)
        periods = [(p.value, PERIOD_WORDS[p]) for p in PAY_PERIODS]
        yield self.choices("pay_period", periods, params.pay_period)
        levels = [("", "Any")] + [(e.value, label(e)) for e in EducationLevel]
        yield self.choices("education_max", levels, params.education_max)
        yield self.field("years_max")
        yield self.field("utc_offset")
        yield self.select("posted_days", facets["posted_days"], "Any time")
        yield self.select("replies_min", facets["replies_min"], "Any")

    def currencies(self) -> list[tuple[str, str]]:
        wanted = {card for card in ("EUR", "GBP", "USD", self.results.tally.currency) if card}
        wanted |= {p.document.currency for p in self.results.postings if p.document.currency}
        return [(code, f"{code}, {currencies()[code].name}") for code in sorted(wanted)]

    def field(self, name: str) -> Input:
        errors = " ".join(self.problems.get(name, ()))
        return Input(name, LEGENDS[name], str(self.typed.get(name, ""))[:100], errors)

    def choices(self, name: str, options: Sequence[tuple[str, str]], chosen: str) -> Input:
        errors = " ".join(self.problems.get(name, ()))
        listed = tuple(Choice(value, words, value == chosen) for value, words in options)
        return Input(name, LEGENDS[name], chosen, errors, listed)

    def select(self, name: str, values: Sequence[FacetValue], empty: str) -> Input:
        options = [("", empty)] + [(v.value, f"{v.label} ({v.count:,})") for v in values]
        chosen = _chosen(self.params, name)
        return self.choices(name, options, next(iter(chosen), ""))

    def sorts(self) -> tuple[SortLink, ...]:
        offered = [s for s in Sort if self.params.q or s is not Sort.RELEVANCE]
        if not self.knows_the_reader:
            offered.remove(Sort.MATCH)
        default = self.params.with_(sort="").order
        return tuple(
            SortLink(
                SORT_WORDS[sort],
                self.url(self.params.with_(sort="" if sort is default else str(sort))),
                sort is self.params.order,
            )
            for sort in offered
        )

    def scales(self, cards: Sequence[PostingCard]) -> PayScales:
        tally = self.results.tally
        shown = [card for card in cards if card.currency == tally.currency]
        tops = [card.annual_max for card in shown if card.annual_max is not None]
        lows = [card.annual_min for card in shown if card.annual_min is not None]
        middle = tally.median_pay
        if middle is not None and not (lows and min(lows) <= middle <= max(tops)):
            middle = None
        return pay_scales(
            cards,
            main=tally.currency or None,
            symbols={card.currency: currencies()[card.currency].symbol() for card in cards},
            median=middle,
            median_text=money(middle, tally.currency) if middle is not None else "",
        )

    def field_problems(self) -> Iterable[FieldProblem]:
        for name, messages in self.problems.items():
            anchor = f"f-{name}" if name not in ("after", "sort", "page_size", "employer") else ""
            links = self.places.candidates if name == "near" else ()
            yield FieldProblem(LEGENDS.get(name, name), " ".join(messages), anchor, links)

    def words(self, name: str, value: str) -> str:
        """A filter in a few words, as its chip says it."""
        return filter_words(name, value, self.params, self.results.terms)


def _chosen(params: SearchParams, name: str) -> tuple[str, ...]:
    value = getattr(params, name)
    if isinstance(value, tuple):
        return tuple(str(item) for item in value)
    return ("1",) if value is True else (str(value),) if value else ()
