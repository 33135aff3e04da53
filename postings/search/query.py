"""From parameters to a page of published postings: the one query path of board, API and feeds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from django.contrib.postgres.search import SearchQuery, SearchQueryCombinable, SearchRank
from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    DecimalField,
    F,
    IntegerField,
    Q,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Floor

from cscareers.core.rates import Rates, current_rates
from postings.cards import with_cards
from postings.models import Posting, PostingQuerySet
from postings.search.cursor import BadCursor, Cursor, decode
from postings.search.document import CONFIGURATION, SIMPLE
from postings.search.facets import FacetValue, Tally, flag, tally
from postings.search.params import SearchParams, Sort
from postings.search.predicates import Context, predicates, text_queries
from postings.search.terms import Terms

REFERENCE_CURRENCY: Final = "EUR"
TEXT_RANKED: Final = 2_000
"""Up to so many hits the whole text counts for the order; above, the short title alone."""
WEIGHTS: Final = [0.05, 0.2, 0.4, 1.0]
"""Of the letters D, C, B, A that `search.document` gives."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Key:
    """One part of an order: the name of a column or annotation, and which end comes first."""

    name: str
    descending: bool
    kind: type = int


NEWEST: Final = Key("document__published_at", True, datetime)
UNIQUE: Final = Key("public_id", True, str)
MATCH_PLACE: Final = "match_place"
"""Where a posting stands in the order of a match, from 1; set on the rows of its page."""
ORDERS: Final[Mapping[Sort, tuple[Key, ...]]] = {
    Sort.RELEVANCE: (Key("rank", True), NEWEST, UNIQUE),
    Sort.NEWEST: (NEWEST, UNIQUE),
    Sort.PAY: (Key("elsewhere", False), Key("amount", True), UNIQUE),
    Sort.CLOSING: (Key("closes_at", False, datetime), UNIQUE),
    Sort.REPLIES: (Key("answers", True), NEWEST, UNIQUE),
    Sort.MATCH: (Key(MATCH_PLACE, False), UNIQUE),
}
Ranker = Callable[[PostingQuerySet], Sequence[str]]
"""The public ids of all these postings, in the order in which they match somebody."""


@dataclass(frozen=True, slots=True)
class Removal:
    """A filter that could go, as (name, value) of the URL, and the count without it."""

    name: str
    value: str
    count: int


@dataclass(frozen=True, slots=True)
class ResultPage:
    """A page of results. `rates_day` is the day of the reference rates if any were used."""

    params: SearchParams
    terms: Terms
    postings: Sequence[Posting]
    tally: Tally
    next_cursor: str = ""
    also_searched: tuple[str, ...] = ()
    rates_day: date | None = None
    removals: tuple[Removal, ...] = field(default=())
    """Filled when nothing was found: what each filter costs."""

    @property
    def count(self) -> int:
        return self.tally.count

    @property
    def facets(self) -> Mapping[str, tuple[FacetValue, ...]]:
        return self.tally.facets

    @property
    def next_params(self) -> SearchParams | None:
        """The search of the next page; None on the last."""
        if not self.next_cursor:
            return None
        return self.params.with_(after=self.next_cursor)


def check_cursor(params: SearchParams) -> Cursor | None:
    """The cursor of `params`, None on a first page; raises BadCursor."""
    if not params.after:
        return None
    keys = ORDERS[params.order]
    kinds = tuple(str if key.kind is str else int for key in keys)
    cursor = decode(params.after, sort=params.order, kinds=kinds)
    for key, value in zip(keys, cursor.keys, strict=True):
        _column_value(key, value)
    return cursor


def search(
    params: SearchParams,
    *,
    now: datetime,
    terms: Terms | None = None,
    ranker: Ranker | None = None,
) -> ResultPage:
    """A page of what is published at `now` under `params`; `ranker` is needed where they sort by
    match. Raises BadCursor for a bad `after`.
    """
    cursor = check_cursor(params)
    terms = terms or Terms.of(params)
    rates = current_rates() if _needs_rates(params) else Rates({}, None)
    context = Context(now=now, terms=terms, rates=rates)
    conditions = predicates(params, context)
    board = Posting.objects.published(now=now).filter(document__isnull=False)
    counted = tally(board, params, context, conditions)
    ranked = counted.count <= TEXT_RANKED if cursor is None else cursor.ranked
    hits = board.filter(*conditions.values())
    if params.order is Sort.MATCH:
        rows = _matched(hits, params, cursor, ranker)
    else:
        hits = _ordered(hits, params, context, ranked=ranked)
        if cursor is not None:
            hits = hits.filter(_after(ORDERS[params.order], cursor))
        rows = list(with_cards(hits)[: params.page_size + 1])
    more = len(rows) > params.page_size
    rows = rows[: params.page_size]
    removals = _removals(board, params, context) if counted.count == 0 else ()
    return ResultPage(
        params=params,
        terms=terms,
        postings=rows,
        tally=counted,
        next_cursor=_cursor_of(rows[-1], params, ranked=ranked) if more else "",
        also_searched=text_queries(params).expansion.terms if params.q else (),
        rates_day=rates.day,
        removals=removals,
    )


def newest(params: SearchParams, *, now: datetime, terms: Terms) -> PostingQuerySet:
    """All that is published at `now` under `params`, the newest first: for a match, which ranks by
    itself. Order and page of `params` don't count."""
    rates = current_rates() if _needs_rates(params) else Rates({}, None)
    conditions = predicates(params, Context(now=now, terms=terms, rates=rates))
    board = Posting.objects.published(now=now).filter(document__isnull=False)
    return newest_first(board.filter(*conditions.values()))


def newest_first(hits: PostingQuerySet) -> PostingQuerySet:
    """The same postings in the order of the board without words."""
    return hits.order_by("-document__published_at", "-public_id")


def _needs_rates(params: SearchParams) -> bool:
    return params.convert or params.order is Sort.PAY


# ---- orders ----


def _ordered(
    hits: PostingQuerySet, params: SearchParams, context: Context, *, ranked: bool
) -> PostingQuerySet:
    if params.order is Sort.RELEVANCE:
        hits = hits.annotate(rank=_rank(params, ranked=ranked))
    elif params.order is Sort.REPLIES:
        # Of its own type: one that knows no negative numbers would find nothing below or at −1.
        share = Coalesce("document__replies_share", -1, output_field=IntegerField())
        hits = hits.annotate(answers=share)
    elif params.order is Sort.PAY:
        home = params.currency and not params.convert
        mine = Q(document__currency=params.currency)
        hits = hits.annotate(
            elsewhere=flag(mine, weight=0, otherwise=1) if home else flag(None, weight=0),
            amount=_amount(params, context.rates),
        )
    names = [
        F(key.name).desc() if key.descending else F(key.name).asc() for key in ORDERS[params.order]
    ]
    return hits.order_by(*names)


def _matched(
    hits: PostingQuerySet, params: SearchParams, cursor: Cursor | None, ranker: Ranker | None
) -> list[Posting]:
    """The rows of a page, and one more if there is one, by the places that `ranker` gives."""
    if ranker is None:
        raise ValueError("an order by match needs somebody to match")
    ids = ranker(hits)
    places = {public_id: place for place, public_id in enumerate(ids, 1)}
    begin = 0
    if cursor is not None:
        place, last = int(cursor.keys[0]), str(cursor.keys[1])
        # A posting that has closed since has let the next one move up into its place.
        begin = places.get(last, max(place, 1) - 1)
    wanted = ids[begin : begin + params.page_size + 1]
    rows = list(with_cards(hits.filter(public_id__in=wanted)))
    for row in rows:
        setattr(row, MATCH_PLACE, places[row.public_id])
    return sorted(rows, key=lambda row: places[row.public_id])


def _rank(params: SearchParams, *, ranked: bool) -> Combinable:
    """Relevance as a whole number, so that a cursor holds it exactly.

    The title counts first, most when it has the words as a phrase; then the whole text, divided by
    the logarithm of its length.
    """
    queries = text_queries(params)
    return Case(
        When(
            document__text_language="en",
            then=_rank_by(params, queries.english, CONFIGURATION, ranked=ranked),
        ),
        default=_rank_by(params, queries.simple, SIMPLE, ranked=ranked),
        output_field=BigIntegerField(),
    )


def _rank_by(
    params: SearchParams, query: SearchQueryCombinable, config: str, *, ranked: bool
) -> Combinable:
    phrase = SearchQuery(params.q, config=config, search_type="phrase")
    # What was typed weighs more than what we searched beside it: synonyms find, words rank.
    typed = SearchQuery(params.q, config=config, search_type="websearch")
    title = SearchRank(F("document__title_vector"), typed, normalization=1)
    related = SearchRank(F("document__title_vector"), query, normalization=1)
    rank: Combinable = (
        title * Value(4.0)
        + related * Value(0.5)
        + flag(Q(document__title_vector=phrase)) * Value(0.5)
    )
    if ranked:
        rank = rank + SearchRank(
            F("document__text_vector"), query, weights=WEIGHTS, normalization=1
        )
    return Cast(rank * Value(1_000_000.0), BigIntegerField())


def _amount(params: SearchParams, rates: Rates) -> Combinable:
    """The yearly top of the band in one currency at the reference rate; −1 without a rate."""
    goal = params.currency or REFERENCE_CURRENCY
    factors = {goal: Decimal(1)}
    for code in rates.per_euro:
        factor = rates.convert(Decimal(1), source=code, target=goal)
        if factor is not None:
            factors[code] = factor.quantize(Decimal("1e-9"))
    number: DecimalField[Decimal, Decimal] = DecimalField(max_digits=40, decimal_places=9)
    factor_of = Case(
        *(When(document__currency=code, then=Value(f)) for code, f in factors.items()),
        default=None,
        output_field=number,
    )
    product = Cast(F("document__annual_max"), number) * factor_of
    return Case(
        When(
            document__currency__in=list(factors),
            document__annual_max__isnull=False,
            then=Cast(Floor(product), BigIntegerField()),
        ),
        default=Value(-1),
        output_field=BigIntegerField(),
    )


# ---- keyset ----


def _after(keys: tuple[Key, ...], cursor: Cursor) -> Q:
    """What comes after the row of `cursor`: greater in the first key, or equal and so on."""
    found, same = Q(), Q()
    for key, kept in zip(keys, cursor.keys, strict=True):
        value = _column_value(key, kept)
        found |= same & Q(**{f"{key.name}__{'lt' if key.descending else 'gt'}": value})
        same &= Q(**{key.name: value})
    return found


def _column_value(key: Key, kept: int | str) -> int | str | datetime:
    if key.kind is not datetime:
        return kept
    try:
        return _EPOCH + timedelta(microseconds=int(kept))
    except OverflowError as error:
        raise BadCursor from error


def _cursor_of(row: Posting, params: SearchParams, *, ranked: bool) -> str:
    keys = tuple(_key_value(row, key) for key in ORDERS[params.order])
    return Cursor(params.order, keys, ranked).encode()


def _key_value(row: Posting, key: Key) -> int | str:
    value: Any = row
    for part in key.name.split("__"):
        value = getattr(value, part)
    if isinstance(value, datetime):
        return (value - _EPOCH) // _MICROSECOND
    return str(value) if key.kind is str else int(value)


# ---- nothing found ----


def _removals(
    board: PostingQuerySet, params: SearchParams, context: Context
) -> tuple[Removal, ...]:
    """Each filter with the count without it, the largest first: one query."""
    pairs = params.filters
    if not pairs:
        return ()
    counts = {}
    for number, (name, value) in enumerate(pairs):
        rest = predicates(params.without(name, value), context)
        condition = Q(*rest.values(), pk__isnull=False)
        counts[f"without_{number}"] = Count("pk", filter=condition)
    found = board.aggregate(**counts)
    removals = [
        Removal(name, value, found[f"without_{number}"])
        for number, (name, value) in enumerate(pairs)
    ]
    return tuple(sorted(removals, key=lambda removal: -removal.count))
