"""Hints on the words of a draft: at each field as one types, and all of them before submission."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from cscareers.core.form_parts import TipLine, Tips
from postings.forms.about import MAX_DESCRIPTION
from postings.forms.page import StepPage
from postings.forms.steps import STEPS, Step, find_step
from postings.views.drafts import Draft, open_draft, posting_url
from postings.wording.hints import Hint, Severity, Text


@require_POST
def wizard_wording(request: HttpRequest, employer: str, public_id: str, step: str) -> HttpResponse:
    """The hints on one text as it is being typed: the part of the page that stands below it.

    Saves nothing. `at` in the address names the control, and one that holds no text has no hints;
    nothing longer than a text may be is read.
    """
    draft = open_draft(request, employer, public_id)
    found = find_step(step)
    if found is None:
        raise Http404
    name = request.GET.get("at", "")
    text = found.page.text_at(name)
    typed = [Text(text.field, request.POST.get(name, "")[:MAX_DESCRIPTION])] if text else []
    language = request.POST.get("text_language") or draft.content.text_language
    lines = tip_lines(draft.lint(typed, language=language))
    return render(request, "components/form/tip_lines.html", {"lines": lines})


def tip_lines(hints: Iterable[Hint], *, walls: bool = True) -> tuple[TipLine, ...]:
    """Hints as they stand at a field, each thing once; without `walls`, advice alone."""
    lines: dict[tuple[str, str], TipLine] = {}
    for hint in hints:
        wall = hint.severity is Severity.WALL
        if walls or not wall:
            line = TipLine(hint.words, hint.message, wall)
            lines.setdefault((hint.code, hint.words.lower()), line)
    return tuple(lines.values())


def advise(page: StepPage, draft: Draft, step: Step) -> None:
    """Put the hints on what stands in each text of `page` at its control."""
    language = str(
        page.form["text_language"].value() if "text_language" in page.form.fields else ""
    )
    url = posting_url("wizard_wording", draft.posting, step=step.key)
    for bound, text in page.written_texts():
        hints = draft.lint([text], language=language or draft.content.text_language)
        # A wall that the page says as an error is not said again below it.
        lines = tip_lines(hints, walls=not bound.errors)
        at = urlencode({"at": bound.html_name})
        bound.field.tips = Tips(lines, f"{url}?{at}")  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Advice:
    """A hint in the list of all of them, with the way to its field."""

    where: str
    url: str
    line: TipLine


def all_advice(draft: Draft) -> list[Advice]:
    """All advice on the draft as it is saved, in the order of the steps; walls are problems and
    are not repeated."""
    hints = draft.hints()
    found = []
    for step in STEPS:
        for text in step.page.texts:
            ours = [hint for hint in hints if hint.field == text.field]
            for row in dict.fromkeys(hint.row for hint in ours):
                of_row = [hint for hint in ours if hint.row == row]
                url = f"{draft.step_url(step)}#id_{text.name(row)}"
                found += [Advice(step.title, url, line) for line in tip_lines(of_row, walls=False)]
    return found
