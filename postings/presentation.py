"""What is drawn of a posting: cards, pay scales, facts, filters. Values and geometry. Pure.

Whoever builds these has already put numbers and dates into words (babel, the labels); here they
are only placed. Lengths are per cent of the drawing's width, rounded to two decimals, so that
every bar and tick is an SVG attribute and no page needs an inline style.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from math import ceil, floor, log10
from typing import Literal

LEVELS = 7
MAX_MUST_HAVES = 3
NEW_FOR_DAYS = 3
CLOSES_SOON_DAYS = 7

Verified = Literal["email", "dns", "admin"]

# ---- the pay scale: one for all bands of a list that share a currency ----


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the axis: where it stands (per cent) and what is written below it."""

    value: int
    x: float
    label: str


@dataclass(frozen=True, slots=True)
class PayScale:
    """The scale on which the bands of one list and one currency are drawn, in amounts a year."""

    currency: str
    minimum: int
    maximum: int
    step: int
    symbol: str = ""
    median: int | None = None
    median_text: str = ""

    def x(self, amount: float) -> float:
        """Where an amount stands on the scale, 0 to 100; what lies outside stands at the edge."""
        share = 100 * (amount - self.minimum) / (self.maximum - self.minimum)
        return round(min(100.0, max(0.0, share)), 2)

    @property
    def ticks(self) -> tuple[Tick, ...]:
        """The printed values, lowest first, both ends included."""
        values = range(self.minimum, self.maximum + 1, self.step)
        return tuple(Tick(v, self.x(v), f"{self.symbol}{compact(v)}") for v in values)


def compact(amount: int) -> str:
    """A round amount in few characters: 500, 72k, 72.5k, 1.2m."""
    if amount >= 1_000_000:
        return f"{_short(amount / 1_000_000)}m"
    if amount >= 1_000:
        return f"{_short(amount / 1_000)}k"
    return str(amount)


def _short(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


def nice_step(span: float, parts: int) -> int:
    """The smallest of 1, 2, 2.5, 5 times a power of ten that covers `span` in `parts` steps."""
    raw = max(span / parts, 1)
    power = 10 ** floor(log10(raw))
    for factor in (1, 2, 2.5, 5, 10):
        step = factor * power
        if step >= raw and step == int(step):
            return int(step)
    return int(10 * power)


def pay_scale(
    amounts: Iterable[float],
    *,
    currency: str,
    symbol: str = "",
    median: int | None = None,
    median_text: str = "",
    parts: int = 4,
) -> PayScale | None:
    """The scale that holds all `amounts` (a year, one currency) on round numbers.

    None when there is nothing to draw. It has at most `parts` + 1 steps, and at least one.
    """
    known = [amount for amount in amounts if amount > 0]
    if not known:
        return None
    low, high = min(known), max(known)
    step = nice_step(max(high - low, high * 0.2), parts)
    start = floor(low / step) * step
    end = max(ceil(high / step) * step, start + step)
    return PayScale(currency, start, end, step, symbol or f"{currency} ", median, median_text)


@dataclass(frozen=True, slots=True)
class BandDrawing:
    """A band on its scale: the bar, the median's tick, and gridlines, all in per cent.

    `outline` marks a band in another currency than the list's: drawn on a scale of its own.
    """

    x: float
    width: float
    grid: tuple[float, ...]
    median: float | None
    outline: bool
    text: str


MIN_BAR = 0.8


def band_drawing(
    low: float, high: float, scale: PayScale, *, text: str, outline: bool = False
) -> BandDrawing:
    """The drawing of a band from `low` to `high`; a single sum still shows as a thin bar."""
    left = scale.x(low)
    width = max(round(scale.x(high) - left, 2), MIN_BAR)
    left = min(left, round(100 - width, 2))
    shows_median = scale.median is not None and not outline
    spoken = text
    if shows_median and scale.median_text:
        spoken = f"{text}; median of these results {scale.median_text}"
    return BandDrawing(
        x=left,
        width=width,
        grid=tuple(tick.x for tick in scale.ticks),
        median=scale.x(scale.median) if shows_median and scale.median is not None else None,
        outline=outline,
        text=spoken,
    )


# ---- the card ----


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingCard:
    """All that a list shows of a posting. Words are ready to print; sums a year are for drawing.

    `pay` is like `$72,000–88,000`, `period` like `a year`; `annual_note` says the yearly sum and
    how it was reckoned when the period is not a year. `window` is the UTC window or empty.
    """

    title: str
    url: str
    public_id: str = ""
    employer_name: str
    employer_url: str = ""
    verified: Verified | None = None
    verified_on: date | None = None
    place: str
    mode: str
    window: str = ""
    level: str
    level_label: str
    level_step: int
    pay: str
    period: str
    annual_note: str = ""
    currency: str
    annual_min: float | None = None
    annual_max: float | None = None
    must_haves: tuple[str, ...] = ()
    more_asks: int = 0
    published_at: datetime | None = None
    confirmed_at: datetime | None = None
    closes_on: date | None = None
    is_new: bool = False
    closes_in_days: int | None = None
    replies: str = ""

    def __post_init__(self) -> None:
        if not 1 <= self.level_step <= LEVELS:
            raise ValueError(f"level_step is {self.level_step}, not 1 to {LEVELS}")
        if len(self.must_haves) > MAX_MUST_HAVES:
            raise ValueError(f"a card shows at most {MAX_MUST_HAVES} must-haves")

    @property
    def closing_words(self) -> str:
        """`Closes today`, `Closes in 2 days`; empty when that is further off than a week."""
        days = self.closes_in_days
        if days is None or not 0 <= days <= CLOSES_SOON_DAYS:
            return ""
        if days == 0:
            return "Closes today"
        return f"Closes in {days} day{'' if days == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class PayScales:
    """The scales of a list: one a currency, and which of them is printed at the list's head."""

    main: PayScale | None = None
    others: Mapping[str, PayScale] = field(default_factory=dict)

    def of(self, currency: str) -> PayScale | None:
        """The scale for a currency, or None when no card of the list pays in it."""
        if self.main and self.main.currency == currency:
            return self.main
        return self.others.get(currency)

    def draw(self, card: PostingCard) -> BandDrawing | None:
        """The band of a card; None when it has no yearly sums."""
        scale = self.of(card.currency)
        if scale is None or card.annual_min is None or card.annual_max is None:
            return None
        text = card.annual_note or f"{card.pay} {card.period}"
        outline = scale is not self.main
        return band_drawing(card.annual_min, card.annual_max, scale, text=text, outline=outline)


def pay_scales(
    cards: Sequence[PostingCard],
    *,
    main: str | None = None,
    symbols: Mapping[str, str] | None = None,
    median: int | None = None,
    median_text: str = "",
) -> PayScales:
    """The scales for a list of cards. `main` is the currency of the axis: by default the one of
    most cards, the first of them on a tie. `median` belongs to the main currency."""
    amounts: dict[str, list[float]] = {}
    for card in cards:
        if card.annual_min is not None and card.annual_max is not None:
            amounts.setdefault(card.currency, []).extend((card.annual_min, card.annual_max))
    if not amounts:
        return PayScales()
    chosen = main if main in amounts else max(amounts, key=lambda code: len(amounts[code]))
    words = symbols or {}
    scales = {
        code: scale
        for code, sums in amounts.items()
        if (
            scale := pay_scale(
                sums,
                currency=code,
                symbol=words.get(code, ""),
                median=median if code == chosen else None,
                median_text=median_text if code == chosen else "",
            )
        )
    }
    return PayScales(scales.pop(chosen, None), scales)


# ---- the ladder ----


@dataclass(frozen=True, slots=True)
class LevelStep:
    """A stop of the level rail. `note` stands below it: a median, say."""

    number: int
    label: str
    here: bool
    note: str = ""


def level_steps(
    labels: Sequence[str], here: int, notes: Mapping[int, str] | None = None
) -> tuple[LevelStep, ...]:
    """The rail with the stop `here` (1 to 7) marked; `notes` by step number."""
    words = notes or {}
    return tuple(
        LevelStep(number, label, number == here, words.get(number, ""))
        for number, label in enumerate(labels, start=1)
    )


@dataclass(frozen=True, slots=True)
class Pip:
    """A dot of the small rail (92 × 10)."""

    x: float
    radius: float
    on: bool


def level_pips(step: int, total: int = LEVELS) -> tuple[Pip, ...]:
    """The dots of the small rail, the one at `step` (1 to `total`) larger and filled."""
    gap = 82 / (total - 1)
    return tuple(
        Pip(round(5 + i * gap, 1), 4.2 if i == step - 1 else 2.6, i == step - 1)
        for i in range(total)
    )


# ---- the posting page ----


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the facts panel: `label`, `value`, a smaller `detail` below.

    With `machine_time` (a date or an instant) the value stands in a `time` element. `link` is an
    address for the detail, or for the value when there is none.
    """

    label: str
    value: str
    detail: str = ""
    machine_time: date | datetime | None = None
    link: str = ""

    @property
    def machine(self) -> str:
        """The machine form of the time, or empty."""
        if isinstance(self.machine_time, datetime):
            return self.machine_time.isoformat(timespec="seconds")
        return self.machine_time.isoformat() if self.machine_time else ""


@dataclass(frozen=True, slots=True)
class RequirementLine:
    """A row of the requirement table, in words: what is asked, how much, how badly.

    An any-of group is one line: `asks` is its first choice and `alternatives` the others, each
    a whole phrase such as "Associate degree and 5 years".
    """

    asks: str
    importance_label: str
    detail: str = ""
    alternatives: tuple[str, ...] = ()
    must: bool = True


# ---- filters ----


@dataclass(frozen=True, slots=True)
class FilterOption:
    """A choice of a filter group. `count` is None when it was not counted; `bar` is per cent."""

    value: str
    label: str
    count: int | None = None
    checked: bool = False
    bar: float = 0.0

    @property
    def empty(self) -> bool:
        """Nothing would be found with it."""
        return self.count == 0


@dataclass(frozen=True, slots=True)
class FilterGroup:
    """A group of the filter rail: checkboxes, or radios, under one name of the query string."""

    name: str
    legend: str
    options: tuple[FilterOption, ...]
    open: bool = False
    kind: Literal["checkbox", "radio"] = "checkbox"
    hint: str = ""
    more_url: str = ""
    more_label: str = ""

    @property
    def is_open(self) -> bool:
        """Open when asked for, or when something in it is chosen: nothing chosen is hidden."""
        return self.open or any(option.checked for option in self.options)


def filter_options(
    rows: Iterable[tuple[str, str, int | None]], chosen: Iterable[str] = ()
) -> tuple[FilterOption, ...]:
    """Options from (value, label, count), their bars as long as their share of the largest."""
    listed = list(rows)
    taken = set(chosen)
    largest = max((count or 0 for _, _, count in listed), default=0)
    return tuple(
        FilterOption(
            value,
            label,
            count,
            value in taken,
            round(100 * (count or 0) / largest, 1) if largest else 0.0,
        )
        for value, label, count in listed
    )


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is on, with the address of the same page without it."""

    label: str
    remove_url: str
