"""One step of the wizard: show it, keep what was typed, save it without overwriting others."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from postings.actions.postings import EditConflict, NotADraft, save_draft
from postings.completeness import guesses
from postings.content import PostingContent
from postings.differences import FIELD_LABELS, lines_of
from postings.enums import RequirementKind
from postings.forms.page import Propose, StepPage
from postings.forms.requirements import RequirementsPage
from postings.forms.rows import row_move
from postings.forms.steps import STEPS, Step, find_step, next_step
from postings.importers.ad_text import words_behind_answers
from postings.importers.skill_rows import words_behind
from postings.labels import choices
from postings.models import PostingRevision
from postings.reading import names_for, place_names
from postings.views.audience import people_beside
from postings.views.drafts import Draft, desk_context, open_draft, posting_url, signed_in
from postings.views.wording import advise
from profiles.actions.taxonomy import propose_skill
from profiles.enums import SkillKind
from profiles.models import Skill
from profiles.models.user import User
from profiles.taxonomy.vocabulary import current_vocabulary

_VERSION = re.compile(r"[0-9]{1,9}")
_OURS = ("csrfmiddlewaretoken", "version", "go")
MOST_TERMS = 500


@require_http_methods(["GET", "HEAD", "POST"])
def wizard_step(request: HttpRequest, employer: str, public_id: str, step: str) -> HttpResponse:
    """A step of a draft; saved at the version at which it was opened."""
    now = timezone.now()
    draft = open_draft(request, employer, public_id)
    found = find_step(step)
    if found is None:
        raise Http404
    if not draft.editable:
        messages.info(request, "This job is not a draft now, so it can’t be changed here.")
        return redirect(draft.manage_url)
    if request.method != "POST":
        return _show(request, draft, found, found.page.of(draft.content, draft.names), now=now)
    move = row_move(request.POST, found.page.lists)
    if move is not None:
        return _show(request, draft, found, found.page.moved(request.POST, move), now=now)
    page = found.page.sent(request.POST)
    if not page.is_valid():
        return _show(request, draft, found, page, now=now)
    return _save(request, draft, found, page, now=now)


def _save(
    request: HttpRequest, draft: Draft, step: Step, page: StepPage, *, now: datetime
) -> HttpResponse:
    user = signed_in(request)
    propose = _proposer(user)
    content = _with_theirs(page.apply(draft.content, propose), draft.content, step, request.POST)
    try:
        save_draft(
            revision=draft.revision,
            actor=user,
            now=now,
            version=_version(request.POST),
            content=content,
        )
    except NotADraft:
        messages.error(request, "This job was handed in meanwhile. Your changes were not saved.")
        return redirect(draft.manage_url)
    except EditConflict as conflict:
        mine = page.apply(conflict.theirs.value, propose)
        if mine != conflict.theirs.value:
            return _conflict(request, draft, step, mine, conflict.theirs)
        draft.revision.version, content = conflict.theirs.version, mine
    if words := page.dropped():
        messages.info(request, words)
    if request.POST.get("go") == "leave":
        messages.success(request, "Saved.")
        return redirect(draft.tasks_url)
    draft = replace(draft, content=content, names=names_for([content]))
    missing = draft.missing(now=now)
    if lacking := step.problems(missing):
        page.show(lacking)
        return _show(request, draft, step, page, now=now, saved=True)
    following = next_step(missing, after=step)
    return redirect(draft.step_url(following) if following else draft.check_url)


def _version(data: QueryDict) -> int:
    """The version that the page was opened at; 0, which none has, when it does not say."""
    text = data.get("version") or ""
    return int(text) if _VERSION.fullmatch(text) else 0


def _proposer(user: User) -> Propose:
    def propose(name: str, kind: SkillKind) -> str:
        return propose_skill(name=name, kind=kind, actor=user).slug

    return propose


def _with_theirs(
    mine: PostingContent, theirs: PostingContent, step: Step, data: QueryDict
) -> PostingContent:
    """`mine`, but for the fields where the page about a conflict was answered with "theirs"."""
    taken = [name for name in step.page.fields if data.get(f"keep-{name}") == "theirs"]
    return mine.with_(**{name: getattr(theirs, name) for name in taken})


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that the two who saved answered differently."""

    field: str
    label: str
    theirs: tuple[str, ...]
    mine: tuple[str, ...]


def _clashes(step: Step, theirs: PostingContent, mine: PostingContent) -> list[Clash]:
    names = names_for([theirs, mine])
    return [
        Clash(
            name,
            FIELD_LABELS[name],
            lines_of(name, getattr(theirs, name), names),
            lines_of(name, getattr(mine, name), names),
        )
        for name in step.page.fields
        if getattr(theirs, name) != getattr(mine, name)
    ]


def _conflict(
    request: HttpRequest, draft: Draft, step: Step, mine: PostingContent, theirs: PostingRevision
) -> HttpResponse:
    context = {
        **desk_context(draft.employer),
        "draft": draft,
        "step": step,
        "step_url": draft.step_url(step),
        "version": theirs.version,
        "saved_at": theirs.updated_at,
        "rows": _clashes(step, theirs.value, mine),
        "go": request.POST.get("go", "next"),
        "typed": [
            (name, value)
            for name, values in request.POST.lists()
            if name not in _OURS and not name.startswith("keep-")
            for value in values
        ],
    }
    return render(request, "postings/wizard/conflict.html", context, status=409)


def _mark(page: StepPage, draft: Draft) -> None:
    """Say at what was guessed that it was, and from which words of the ad."""
    content = draft.content
    page.flag(guesses(content))
    if set(content.guessed) & set(page.fields):
        page.cite(words_behind_answers(content, place_names(content, draft.names)))
    if isinstance(page, RequirementsPage) and "requirements" in content.guessed:
        page.quote(words_behind(content.description, current_vocabulary()))


def _show(
    request: HttpRequest,
    draft: Draft,
    step: Step,
    page: StepPage,
    *,
    now: datetime,
    saved: bool = False,
) -> HttpResponse:
    fresh = request.method != "POST" or saved
    _mark(page, draft)
    people = people_beside(page, draft, now=now) if isinstance(page, RequirementsPage) else None
    advise(page, draft, step)
    context: dict[str, Any] = {
        **desk_context(draft.employer),
        "draft": draft,
        "card": draft.card(now=now),
        "step": step,
        "step_url": draft.step_url(step),
        "number": STEPS.index(step) + 1,
        "total": len(STEPS),
        "page": page,
        "form": page.form,
        "forms": page.forms(),
        "full": {part.name: len(page.rows[part.name]) >= part.most for part in page.lists},
        "version": draft.revision.version if fresh else _version(request.POST),
        "saved": saved,
        "preview_url": posting_url("preview", draft.posting),
        "terms": _terms() if step.key == "requirements" else [],
        "kinds": choices(RequirementKind),
        "people": people,
    }
    return render(request, f"postings/wizard/{step.key}.html", context)


def _terms() -> list[str]:
    """Names that the browser offers while one types, without a script."""
    return list(Skill.objects.approved().order_by("name", "pk").values_list("name", flat=True))[
        :MOST_TERMS
    ]
