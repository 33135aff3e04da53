"""Writing a posting: what to start from, the steps, the check before it is handed in."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from cscareers.core.idempotency import Done, once
from postings.actions import lifecycle, reposts
from postings.actions.pasted import answers_of, begin_from_ad
from postings.actions.postings import begin_posting, duplicate
from postings.completeness import Problem
from postings.content import PostingContent
from postings.differences import FIELD_LABELS, lines_of
from postings.forms.start import EMPTY, READ, StartForm
from postings.forms.steps import STEPS, Step, next_step
from postings.labels import label
from postings.level_templates import all_templates
from postings.permissions import can_manage
from postings.posting_page import page_for
from postings.reading import mode_words, pay_words, place_words
from postings.views.audience import People, people_of
from postings.views.drafts import (
    Draft,
    desk_context,
    open_draft,
    posting_url,
    seen_draft,
    signed_in,
)
from postings.views.look_alikes import answer_to, question
from postings.views.wording import all_advice
from profiles.access import get_employer_for_hiring
from profiles.models import Employer, User

MOST_TO_COPY = 20


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, employer: str) -> HttpResponse:
    """Choose what to start from; makes the draft and leads to what it still needs."""
    now = timezone.now()
    user = signed_in(request)
    owner = get_employer_for_hiring(user, employer)
    ours = owner.postings.exclude(title="").order_by("-created_at", "-pk")[:MOST_TO_COPY]
    form = StartForm(request.POST or None, postings=list(ours))
    if request.method == "POST" and form.is_valid():
        location = once(
            request,
            key=form.cleaned_data["key"],
            now=now,
            perform=lambda: _begin(form, owner=owner, user=user, now=now),
        )
        return redirect(location)
    context = {
        **desk_context(owner),
        "form": form,
        "levels": len(all_templates()),
        "empty": EMPTY,
        "read": READ,
        "import_url": reverse("postings:import_upload", kwargs={"employer": owner.slug}),
    }
    return render(request, "postings/wizard/new.html", context)


def _begin(form: StartForm, *, owner: Employer, user: User, now: datetime) -> Done:
    """Make the draft; goes on at the first step that needs an answer."""
    ad = form.cleaned_data["ad"]
    if ad is not None:
        posting = begin_from_ad(
            employer=owner, actor=user, now=now, draft=ad.draft, guesses=ad.guesses
        )
        read = _read_words(answers_of(posting))
        return Done(posting_url("wizard_begin", posting)).saying(read, messages.INFO)
    if form.copy_of is not None:
        posting = duplicate(posting=form.copy_of, actor=user, now=now)
    else:
        content = form.content(owner.sector)
        posting = begin_posting(employer=owner, actor=user, now=now, content=content)
    return Done(posting_url("wizard_begin", posting))


def _read_words(count: int) -> str:
    if not count:
        return "We could read no answer out of your ad. It stands below “Text about the job”."
    answers = "1 answer" if count == 1 else f"{count} answers"
    return f"We read {answers} out of your ad. Check what is marked: saving a page confirms it."


@require_safe
def wizard_begin(request: HttpRequest, employer: str, public_id: str) -> HttpResponse:
    """On to the first step that still needs an answer."""
    draft = open_draft(request, employer, public_id)
    step = next_step(draft.missing(now=timezone.now()))
    return redirect(draft.step_url(step) if step else draft.check_url)


@dataclass(frozen=True, slots=True)
class Task:
    """A row of the task list."""

    label: str
    url: str
    state: str
    state_label: str
    hint: str


@require_safe
def wizard(request: HttpRequest, employer: str, public_id: str) -> HttpResponse:
    """The task list of a draft: what is done and what is missing, in words."""
    now = timezone.now()
    draft = open_draft(request, employer, public_id)
    if not draft.editable:
        return redirect(draft.manage_url)
    missing = draft.missing(now=now)
    advice = Counter(hint.where for hint in all_advice(draft))
    tasks = [_task(draft, step, missing, hints=advice[step.title]) for step in STEPS]
    following = next_step(missing)
    context = {
        **desk_context(draft.employer),
        "draft": draft,
        "card": draft.card(now=now),
        "tasks": [*tasks, _check_task(draft, missing)],
        "done": sum(not step.problems(missing) for step in STEPS),
        "total": len(tasks),
        "next_url": draft.step_url(following) if following else draft.check_url,
        "next_label": f"Go on: {following.title}" if following else "Check and submit",
        "preview_url": posting_url("preview", draft.posting),
        "discard_url": posting_url("act", draft.posting, verb="discard"),
    }
    return render(request, "postings/wizard/tasks.html", context)


def _task(draft: Draft, step: Step, missing: list[Problem], *, hints: int) -> Task:
    lacking = step.problems(missing)
    empty = PostingContent()
    begun = any(
        getattr(draft.content, name) != getattr(empty, name)
        for name in step.page.fields
        if name not in ("text_language", "industry")
    )
    state, words = ("hint", _with_hints(hints)) if hints else ("done", "Done")
    if lacking:
        guessed = sum(problem.guessed for problem in lacking)
        words = _to_do(missing=len(lacking) - guessed, guessed=guessed)
        state = "hint" if guessed else "started"
        state, words = (state, words) if begun else ("todo", "Not started")
    hint = " ".join(problem.message for problem in lacking[:3]) or _said(draft, step)
    return Task(step.title, draft.step_url(step), state, words, hint)


def _with_hints(hints: int) -> str:
    return f"Done, {hints} {'hint' if hints == 1 else 'hints'}"


def _to_do(*, missing: int, guessed: int) -> str:
    """How much of a step is left: "1 answer missing", "2 guesses to check"."""
    if missing and guessed:
        return f"{missing} missing, {guessed} to check"
    if missing:
        return f"{missing} {'answer' if missing == 1 else 'answers'} missing"
    return f"{guessed} {'guess' if guessed == 1 else 'guesses'} to check"


def _said(draft: Draft, step: Step) -> str:
    """What a step that is done says, in a few words."""
    content, names = draft.content, draft.names
    words: dict[str, list[str]] = {
        "about": [content.title, label(content.level) if content.level else ""],
        "place": [place_words(content, names), mode_words(content)],
        "pay": [f"{p.sum} {p.period}" for p in map(pay_words, content.pay_bands)],
        "work": [
            f"{len(content.responsibilities)} responsibilities",
            f"{len(content.kpis)} measures",
        ],
        "requirements": [
            f"{len(content.musts)} must have",
            f"{len(content.requirements) - len(content.musts)} nice to have",
        ],
        "closing": [content.apply_url, *_promise(content)],
    }
    return ", ".join(part for part in words[step.key] if part)


def _promise(content: PostingContent) -> list[str]:
    return [f"here, answer within {content.reply_days} days"] if content.applies_here else []


def _check_task(draft: Draft, missing: list[Problem]) -> Task:
    if missing:
        hint = "Opens when the steps above are done."
        return Task("Check and submit", "", "locked", "Can’t start yet", hint)
    return Task("Check and submit", draft.check_url, "todo", "Ready", "")


@dataclass(frozen=True, slots=True)
class CheckLine:
    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckPart:
    """A step on the page that sums up the draft; `missing` says what it lacks."""

    title: str
    url: str
    lines: list[CheckLine]
    missing: list[str]
    people: People | None = None


@require_http_methods(["GET", "HEAD", "POST"])
def wizard_check(request: HttpRequest, employer: str, public_id: str) -> HttpResponse:
    """All answers on one page; hands the draft in."""
    now = timezone.now()
    draft = open_draft(request, employer, public_id)
    if not draft.editable:
        return redirect(draft.manage_url)
    if request.method == "POST":
        seen = request.POST.get("version") == str(draft.revision.version)
        if seen and _submit(request, draft, now=now):
            return redirect(draft.manage_url)
        if not seen:
            messages.warning(
                request, "This job was changed after you opened the page. Check it again."
            )
    missing = draft.missing(now=now)
    guessed = sum(problem.guessed for problem in missing)
    asked = None if missing else question(draft, request.POST or None, now=now)
    context = {
        **desk_context(draft.employer),
        "draft": draft,
        "asked": asked,
        "form": asked.form if asked else None,
        "parts": _check_parts(draft, missing, now=now),
        "to_do": _to_do(missing=len(missing) - guessed, guessed=guessed),
        "missing": [problem.message for problem in missing],
        "advice": all_advice(draft),
        "suspended": draft.employer.suspended_at is not None,
        "is_revision": draft.posting.live_revision is not None,
        "preview_url": posting_url("preview", draft.posting),
    }
    return render(request, "postings/wizard/check.html", context)


def _submit(request: HttpRequest, draft: Draft, *, now: datetime) -> bool:
    """Hand the draft in; False when something keeps it, which the page then says."""
    user = signed_in(request)
    answer = answer_to(question(draft, request.POST, now=now))
    if answer is None:
        return False
    try:
        reposts.submit(
            posting=draft.posting, revision=draft.revision, actor=user, now=now, answer=answer
        )
    except (lifecycle.Incomplete, lifecycle.EmployerSuspended, reposts.HeldUp):
        return False
    except lifecycle.IllegalMove:
        messages.info(request, "This job was handed in already.")
        return True
    messages.success(request, "Handed in. We look at it and mail you what we decide.")
    return True


def _check_parts(draft: Draft, missing: list[Problem], *, now: datetime) -> list[CheckPart]:
    parts = []
    for step in STEPS:
        lines = [
            CheckLine(FIELD_LABELS[name], lines_of(name, getattr(draft.content, name), draft.names))
            for name in step.page.fields
        ]
        lacking = [problem.message for problem in step.problems(missing)]
        people = people_of(draft, now=now) if step.key == "requirements" else None
        parts.append(CheckPart(step.title, draft.step_url(step), lines, lacking, people))
    return parts


@require_safe
def preview(request: HttpRequest, employer: str, public_id: str) -> HttpResponse:
    """The draft as the public would see it."""
    now = timezone.now()
    draft = seen_draft(request, employer, public_id)
    page = page_for(draft.posting, draft.content, now=now, names=draft.names)
    writes = draft.editable and can_manage(request.user, draft.posting)
    context = {
        **desk_context(draft.employer),
        "draft": draft,
        "page": page,
        "employer_url": "",
        "apply_url": "",
        "apply_hint": "",
        "apply_label": "",
        "applied_at": None,
        "pay_note": "Base pay as you state it.",
        "report_url": "",
        "back_url": draft.tasks_url if writes else draft.manage_url,
    }
    return render(request, "postings/wizard/preview.html", context)
