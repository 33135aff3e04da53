"""What a bound field says of itself on a page: label, hint, errors in sentences, and the lines of
the summary that link to it. The tags of `templatetags.ui` draw it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.safestring import SafeString

_CHOICE_WIDGETS = (forms.RadioSelect, forms.CheckboxSelectMultiple)


@dataclass(frozen=True, slots=True)
class TipLine:
    """One piece of advice on what was typed; `wall` when it has to be followed."""

    words: str
    text: str
    wall: bool = False


@dataclass(frozen=True, slots=True)
class Tips:
    """Advice on what stands in a field, and the address that advises on it as one types."""

    lines: tuple[TipLine, ...]
    url: str


@dataclass(frozen=True)
class FieldParts:
    """What `components/form/field.html` draws for one bound field."""

    bound: BoundField
    kind: str  # text | checkbox | choices | compound | hidden
    label: str
    hint: str
    hint_id: str
    flag: str
    said: str
    flag_id: str
    errors: tuple[str, ...]
    error_id: str
    tips: Tips | None
    tips_id: str
    control: SafeString
    options: tuple[Any, ...]
    optional: bool
    prefix: str
    suffix: str


def _kind(bound: BoundField) -> str:
    widget = bound.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, _CHOICE_WIDGETS):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    if isinstance(widget, forms.MultiWidget | forms.SelectDateWidget):
        return "compound"
    return "text"


def _control_attrs(
    bound: BoundField, kind: str, size: str, described: str
) -> dict[str, str | bool]:
    """Attributes of the control. Django adds `aria-invalid` itself when there are errors."""
    attrs: dict[str, str | bool] = {}
    if described:
        attrs["aria-describedby"] = described
    if kind in ("text", "compound"):
        own = bound.field.widget.attrs.get("class", "")
        attrs["class"] = " ".join(x for x in (own, "inp", f"inp--{size}" if size else "") if x)
    # A placeholder vanishes as one types and is no label: never shown.
    if "placeholder" in bound.field.widget.attrs:
        attrs["placeholder"] = False
    return attrs


def _default_messages(bound: BoundField) -> frozenset[str]:
    """Sentences that Django itself would say of this field, which don't name it."""
    return frozenset(
        str(text)
        for kind in type(bound.field).__mro__
        for text in getattr(kind, "default_error_messages", {}).values()
    )


def _fill_in(bound: BoundField) -> str:
    """What to say of a field that was left out: it names the field and the act."""
    widget = bound.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return f"Tick “{bound.label}”"
    if isinstance(widget, (*_CHOICE_WIDGETS, forms.Select)):
        return f"Choose an answer for “{bound.label}”"
    return f"Fill in “{bound.label}”"


def error_sentences(bound: BoundField, *, named: bool = False) -> list[str]:
    """The errors of a field as sentences, each once, however many rules say the same. With `named`
    each can stand far from the field."""
    defaults = _default_messages(bound)
    sentences = []
    for error, raw in zip(bound.errors.as_data(), bound.errors, strict=True):
        text = str(raw)
        own = text not in defaults
        if error.code == "required" and not own:
            sentences.append(_fill_in(bound))
        elif named and not own:
            sentences.append(f"{bound.label}: {text[:1].lower()}{text[1:]}")
        else:
            sentences.append(text)
    return list(dict.fromkeys(sentences))


def field_parts(bound: BoundField, **extra: str) -> FieldParts:
    """Label, hint, errors and control of a bound field, tied together by ids."""
    kind = _kind(bound)
    anchor = bound.auto_id or bound.html_name
    hint = extra.get("hint") or str(bound.help_text or "")
    errors = tuple(error_sentences(bound))
    # What a page has to say of an answer that is there, such as who gave it: an attribute that
    # the page puts on the field.
    flag = str(getattr(bound.field, "flag", ""))
    words = str(getattr(bound.field, "said", ""))
    tips: Tips | None = getattr(bound.field, "tips", None)
    hint_id, flag_id, error_id, tips_id = (
        f"{anchor}_{what}" for what in ("hint", "flag", "error", "tips")
    )
    said = ((hint_id, hint), (flag_id, flag), (error_id, errors), (tips_id, tips))
    described = " ".join(name for name, there in said if there)
    return FieldParts(
        bound=bound,
        kind=kind,
        label=extra.get("label") or str(bound.label or ""),
        hint=hint,
        hint_id=hint_id,
        flag=flag,
        said=words if flag else "",
        flag_id=flag_id,
        errors=errors,
        error_id=error_id,
        tips=tips,
        tips_id=tips_id,
        control=bound.as_widget(
            attrs=_control_attrs(
                bound,
                kind,
                extra.get("size", ""),
                "" if kind == "choices" else described,
            )
        ),
        options=tuple(bound.subwidgets) if kind == "choices" else (),
        optional=not bound.field.required and kind != "checkbox",
        prefix=extra.get("prefix", ""),
        suffix=extra.get("suffix", ""),
    )


@dataclass(frozen=True)
class SummaryError:
    """A line of the error summary; `target` is the id of the control, or empty."""

    target: str
    text: str


def _form_errors(form: forms.BaseForm) -> list[SummaryError]:
    found = [SummaryError("", str(error)) for error in form.non_field_errors()]
    for bound in form:
        target = _error_target(bound)
        found += [SummaryError(target, text) for text in error_sentences(bound, named=True)]
    return found


def _error_target(bound: BoundField) -> str:
    """The id that a link to the field can reach: a choice has its first option for that."""
    if bound.field.widget.is_hidden:
        return ""
    anchor = bound.auto_id or bound.html_name
    if isinstance(bound.field.widget, (*_CHOICE_WIDGETS, forms.MultiWidget)):
        return bound.id_for_label or f"{anchor}_0"
    return anchor


def summary_errors(source: object) -> list[SummaryError]:
    """Errors of a form, a formset, or any nesting of lists of them."""
    if isinstance(source, forms.BaseForm):
        return _form_errors(source) if source.is_bound else []
    if isinstance(source, forms.BaseFormSet):
        if not source.is_bound:
            return []
        found = [SummaryError("", str(error)) for error in source.non_form_errors()]
        for form in source:
            found += _form_errors(form)
        return found
    if isinstance(source, Iterable) and not isinstance(source, str | bytes):
        return [error for item in source for error in summary_errors(item)]
    return []
