"""Tags that draw postings: card, pay band, axis, level, facts, requirements, filters, chips.

They take the values of `postings.presentation`; `docs/components.md` has an example of each.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import template
from django.template import Context

from postings.match_drawing import TIERS, MatchDrawing, Strip
from postings.presentation import (
    BandDrawing,
    Chip,
    Fact,
    FilterGroup,
    LevelStep,
    PayScale,
    PayScales,
    PostingCard,
    RequirementLine,
    level_pips,
)

if TYPE_CHECKING:
    from postings.shelf import Shelf

register = template.Library()


@register.inclusion_tag("components/posting_card.html", takes_context=True)
def posting_card(
    context: Context,
    card: PostingCard,
    scales: PayScales | None = None,
    *,
    slim: bool = False,
    heading: int = 3,
    shelf: "Shelf | None" = None,
) -> dict[str, Any]:
    """A posting in a list, an `li` for `ol.cards`. Slim leaves out asks and dates.

    `heading` is the level of its heading element: 2 or 3. With a `shelf` the reader can save it.
    """
    band = scales.draw(card) if scales else None
    return {
        "card": card,
        "band": band,
        "own_scale": bool(band and band.outline),
        "slim": slim,
        "heading": f"h{heading}",
        "shelf": shelf,
        "mark": shelf.mark_of(card.public_id) if shelf else None,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("components/mark_form.html", takes_context=True)
def mark_form(
    context: Context, public_id: str, title: str, mark: str | None, back: str, *, hide: bool = False
) -> dict[str, Any]:
    """The buttons that save a posting and take it off the list again; `hide` offers that, too."""
    return {
        "public_id": public_id,
        "title": title,
        "mark": mark,
        "back": back,
        "hide": hide,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("components/pay_band.html")
def pay_band(band: BandDrawing | None) -> dict[str, Any]:
    """The drawn band with its spoken text; nothing when there is no band."""
    return {"band": band}


@register.inclusion_tag("components/pay_axis.html")
def pay_axis(scale: PayScale | None, *, key: bool = True) -> dict[str, Any]:
    """The printed scale of a list: its numbers, and with `key` what bar and tick mean."""
    return {"scale": scale, "key": key}


@register.inclusion_tag("components/level_pips.html", name="level_pips")
def level_pips_tag(step: int, label: str) -> dict[str, Any]:
    """The level as seven dots and in words: "Manager, level 4 of 7"."""
    return {"pips": level_pips(step), "step": step, "label": label}


@register.inclusion_tag("components/level_rail.html")
def level_rail(steps: Sequence[LevelStep]) -> dict[str, Any]:
    """The seven levels as a line with the posting's place on it."""
    return {"steps": steps}


@register.inclusion_tag("components/facts.html")
def facts(rows: Sequence[Fact]) -> dict[str, Any]:
    """Facts as a list of terms on hairlines."""
    return {"rows": rows}


@register.inclusion_tag("components/facts_panel.html")
def facts_panel(
    card: PostingCard,
    rows: Sequence[Fact],
    *,
    scales: PayScales | None = None,
    apply_url: str = "",
    apply_label: str = "Apply",
    apply_hint: str = "",
    applied_at: datetime | None = None,
    pay_note: str = "",
    extra_pay: Sequence[str] = (),
    report_url: str = "",
) -> dict[str, Any]:
    """What one decides by: pay with its band and axis, the way to apply, then the facts.

    Without `apply_url` (a preview, a job that is over) there is no button; without `report_url`
    no link to report the job. `applied_at`: when the reader applied; the button leads there then.
    """
    return {
        "card": card,
        "rows": rows,
        "band": scales.draw(card) if scales else None,
        "scale": scales.of(card.currency) if scales else None,
        "apply_url": apply_url,
        "apply_label": apply_label,
        "apply_hint": apply_hint,
        "applied_at": applied_at,
        "pay_note": pay_note,
        "extra_pay": extra_pay,
        "report_url": report_url,
    }


@register.inclusion_tag("components/apply_dock.html")
def apply_dock(card: PostingCard, apply_url: str, apply_label: str = "Apply") -> dict[str, Any]:
    """Pay and the way to apply at the foot of a phone's screen; last thing in `main`."""
    return {"card": card, "apply_url": apply_url, "apply_label": apply_label}


@register.inclusion_tag("components/requirement_table.html")
def requirement_table(rows: Sequence[RequirementLine]) -> dict[str, Any]:
    """What the job asks: must-haves and nice-to-haves with how much of each."""
    return {"rows": rows}


@register.inclusion_tag("components/filter_group.html")
def filter_group(group: FilterGroup) -> dict[str, Any]:
    """A group of the filter rail that folds, with counts and thin bars."""
    return {"group": group}


@register.inclusion_tag("components/chips.html")
def chips(active: Sequence[Chip], clear_url: str = "") -> dict[str, Any]:
    """Filters that are on, each a link that takes it off; nothing when none is on."""
    return {"active": active, "clear_url": clear_url}


# ---- a match; `postings.match_drawing.draw` makes what these take ----


@register.inclusion_tag("components/match_strip.html")
def match_strip(strip: Strip, *, counts: bool = True) -> dict[str, Any]:
    """One segment a requirement, must-haves wide; beside it how many are met, partial and so on."""
    return {"strip": strip, "counts": counts}


@register.inclusion_tag("components/match_table.html")
def match_table(match: MatchDrawing, *, anchors: bool = False) -> dict[str, Any]:
    """Each requirement: what is asked, what somebody has, its status, what would change it, its
    points; then the sum. `anchors`: rows can be linked to, as `#row-<id>`; once a page."""
    return {"m": match, "anchors": anchors}


@register.inclusion_tag("components/match_changes.html")
def match_changes(match: MatchDrawing) -> dict[str, Any]:
    """The changes that raise a match most, each with the score after it and what it opens."""
    return {"m": match, "now": TIERS.get(match.tier, "")}


@register.inclusion_tag("components/match_conditions.html")
def match_conditions(match: MatchDrawing) -> dict[str, Any]:
    """Place, way of working, pay and visa: whether each holds, and why."""
    return {"m": match}


@register.inclusion_tag("components/share_bar.html")
def share_bar(share: int) -> dict[str, int]:
    """A thin bar of which `share` of 100 is filled; the words beside it say the same."""
    return {"share": share}
