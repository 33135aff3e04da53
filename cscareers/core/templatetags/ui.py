"""Template tags of the design system: icons, form fields, error summaries, pagination.

`docs/components.md` shows each with an example.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms, template
from django.contrib.messages import constants
from django.forms import BoundField
from django.template import Context
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cscareers.core.form_parts import SummaryError, field_parts, summary_errors

register = template.Library()

_MATCH_WORDS = {
    "met": "Met",
    "partial": "Partial",
    "missing": "Missing",
    "unknown": "Unknown",
}
_NOTICE_ICONS = {
    "info": "info",
    "good": "circle-check",
    "warn": "triangle-alert",
    "bad": "triangle-alert",
}
_MESSAGE_KINDS = {
    constants.DEBUG: "info",
    constants.INFO: "info",
    constants.SUCCESS: "good",
    constants.WARNING: "warn",
    constants.ERROR: "bad",
}


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of the sprite, as high as the text. Decorative: a word stands beside it."""
    return format_html(
        '<svg class="i" width="16" height="16" aria-hidden="true"><use href="{}#i-{}"/></svg>',
        static("img/sprite.svg"),
        name,
    )


@register.simple_tag
def glyph(status: str) -> SafeString:
    """The shape of a match status: met, partial, missing or unknown. Goes with its word."""
    return format_html(
        '<svg class="g s-{}" width="16" height="16" aria-hidden="true"><use href="{}#g-{}"/></svg>',
        status,
        static("img/sprite.svg"),
        status,
    )


@register.simple_tag
def match_status(status: str) -> SafeString:
    """A match status with shape, colour and word."""
    return format_html(
        '<span class="st s-{}">{}{}</span>', status, glyph(status), _MATCH_WORDS[status]
    )


def _time_element(value: date, machine: str, written: str) -> SafeString:
    return format_html('<time datetime="{}">{} {}</time>', machine, value.day, written)


@register.filter
def day(value: date | datetime | None) -> SafeString | str:
    """A date as `21 Nov 2026` with its machine form; empty for None."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return _time_element(local, local.isoformat(timespec="minutes"), f"{local:%b %Y}")
    return _time_element(value, value.isoformat(), f"{value:%b %Y}")


@register.filter
def day_time(value: datetime | None) -> SafeString | str:
    """A moment as `21 Nov 2026, 14:05` with its machine form; empty for None."""
    if value is None:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return _time_element(local, local.isoformat(timespec="minutes"), f"{local:%b %Y, %H:%M}")


# ---- forms ----


@register.inclusion_tag("components/form/field.html")
def field(
    bound: BoundField,
    *,
    size: str | int = "",
    label: str = "",
    hint: str = "",
    prefix: str = "",
    suffix: str = "",
    mark_optional: bool = True,
    small: bool = False,
    hints: Mapping[str, str] | None = None,
    inline: bool = False,
) -> dict[str, Any]:
    """One form field: label above, hint, error with icon and sentence, then the control.

    `size` is the number of characters expected (4, 8, 14, 28). `hints` gives a hint to single
    options of a choice, by value. `inline` lays out a choice as one segmented row.
    """
    parts = field_parts(bound, size=str(size), label=label, hint=hint, prefix=prefix, suffix=suffix)
    anchor = bound.auto_id or bound.html_name
    described = " ".join(
        x
        for x in (
            parts.hint_id if parts.hint else "",
            parts.flag_id if parts.flag else "",
            parts.error_id if parts.errors else "",
        )
        if x
    )
    options = [
        {
            "id": option.id_for_label,
            "tag": option.tag(),
            "label": option.choice_label,
            "hint": (hints or {}).get(str(option.data["value"]), ""),
        }
        for option in parts.options
    ]
    return {
        "part": parts,
        "anchor": anchor,
        "described": described,
        "options": options,
        "show_optional": parts.optional and mark_optional,
        "small": small,
        "inline": inline,
    }


@register.inclusion_tag("components/form/fields.html")
def fields(form: forms.BaseForm) -> dict[str, Any]:
    """All fields of a form in their order; hidden ones at the end."""
    return {"visible": form.visible_fields(), "hidden": form.hidden_fields()}


@register.inclusion_tag("components/form/summary.html")
def error_summary(*sources: object, errors: Sequence[str] = ()) -> dict[str, Any]:
    """The summary on top of a page, linking to each field; nothing when there is no error."""
    found = [error for source in sources for error in summary_errors(source)]
    found += [SummaryError("", text) for text in errors]
    return {"errors": found}


@register.simple_tag(takes_context=True)
def title_prefix(context: Context) -> str:
    """`Error: ` when a form of this page came back with errors, so that the tab says it."""
    for name in ("form", "formset", "forms", "formsets"):
        source = context.get(name)
        if source is not None and summary_errors(source):
            return "Error: "
    return ""


# ---- page furniture ----


@register.simple_tag(takes_context=True)
def current_if(context: Context, prefix: str, *, exact: bool = False) -> SafeString | str:
    """` aria-current="page"` when the page's address is `prefix`, or starts with it if not
    `exact`."""
    request = context.get("request")
    if request is None or not request.path.startswith(prefix):
        return ""
    if exact and request.path != prefix:
        return ""
    return format_html(' aria-current="{}"', "page" if request.path == prefix else "true")


@dataclass(frozen=True)
class Crumb:
    """A link of the breadcrumb; `url` is empty for the page itself."""

    label: str
    url: str = ""


@register.inclusion_tag("components/breadcrumb.html")
def breadcrumb(*pairs: str) -> dict[str, Any]:
    """`{% breadcrumb "Jobs" jobs_url "Manager" level_url %}`: labels and addresses in turn."""
    labels, urls = pairs[0::2], pairs[1::2]
    padded = (*urls, *("" for _ in range(len(labels) - len(urls))))
    return {"crumbs": [Crumb(str(a), str(b)) for a, b in zip(labels, padded, strict=True)]}


@register.inclusion_tag("components/pagination.html")
def pagination(
    *,
    next_url: str = "",
    previous_url: str = "",
    next_label: str = "Next page",
    first_label: str = "Back to the first page",
    summary: str = "",
) -> dict[str, Any]:
    """Keyset pages: a link forward, one back to the start, and what is shown."""
    return {
        "next_url": next_url,
        "previous_url": previous_url,
        "next_label": next_label,
        "first_label": first_label,
        "summary": summary,
    }


@register.inclusion_tag("components/notice.html")
def notice(text: object, kind: str = "info", title: str = "") -> dict[str, Any]:
    """A notice that stays: info, good, warn or bad."""
    return {
        "text": text,
        "kind": kind,
        "title": title,
        "icon_name": _NOTICE_ICONS[kind],
    }


@register.inclusion_tag("components/messages.html", takes_context=True)
def page_messages(context: Context) -> dict[str, Any]:
    """Django's messages as notices that stay until the next page; what two clicks say alike is
    shown once."""
    shown = []
    said = ((message.level, message.message) for message in context.get("messages") or ())
    for level, text in dict.fromkeys(said):
        kind = _MESSAGE_KINDS.get(level, "info")
        shown.append({"text": text, "kind": kind, "icon_name": _NOTICE_ICONS[kind]})
    return {"shown": shown}


@register.inclusion_tag("components/empty.html")
def empty_state(title: str, text: str = "", url: str = "", action: str = "") -> dict[str, Any]:
    """What stands where a list has no rows: a sentence and the one thing to do next."""
    return {"title": title, "text": text, "url": url, "action": action}


@register.inclusion_tag("components/task_list.html")
def task_list(tasks: Sequence[Any]) -> dict[str, Any]:
    """Steps with their state. Each: `label, url, state, state_label, hint`; no url = not yet."""
    return {"tasks": tasks}


@register.inclusion_tag("components/timeline.html")
def timeline(entries: Sequence[Any]) -> dict[str, Any]:
    """Events, newest first. Each: `at` (date or datetime), `text`, and `detail` (may be empty)."""
    return {"entries": entries}


@register.inclusion_tag("components/summary_list.html")
def summary_list(rows: Sequence[Any]) -> dict[str, Any]:
    """Answers with a link to change each. Each row: `label, value, url, action`."""
    return {"rows": rows}


@register.inclusion_tag("components/steps_bar.html")
def steps_bar(done: int, total: int) -> dict[str, Any]:
    """A thin bar of `total` parts with `done` filled; the words beside it carry the meaning."""
    return {
        "parts": [{"x": i * 20, "done": i < done} for i in range(total)],
        "width": total * 20,
    }


@register.inclusion_tag("components/skill_pips.html")
def skill_pips(level: int | None) -> dict[str, Any]:
    """Four steps, those up to `level` filled; words beside them say the level."""
    return {
        "steps": [
            {"x": 0.75 + i * 13, "y": 8 - i * 2.4, "height": 3.2 + i * 2.4, "on": i < (level or 0)}
            for i in range(4)
        ]
    }
