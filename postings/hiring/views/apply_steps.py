"""The three steps of an application: what the job asks, the message, check and send."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cscareers.core.idempotency import Done, once
from cscareers.core.phrases import small
from cscareers.core.throttling import TooMany
from postings.hiring.actions import drafts
from postings.hiring.actions.applications import AppliesElsewhere, NotOpen, OwnEmployer
from postings.hiring.engines.answers import Answer, to_ask
from postings.hiring.engines.attachments import BadFile
from postings.hiring.engines.frozen import (
    copy_of,
    draft_file,
    match_with,
    parcel_of,
    replies_of,
)
from postings.hiring.engines.sent import answer_words, sent_of
from postings.hiring.forms.apply import (
    AskForm,
    KeepForm,
    MessageForm,
    SendForm,
    asks_for_work,
    message_typed,
)
from postings.hiring.models import ApplicationDraft
from postings.hiring.views.errand import Errand, errand_of, key_of, over, shared_context, to_start
from postings.match_drawing import draw
from postings.matching import words
from postings.matching.explanations import explanations
from postings.matching.inputs import Ask, Profile
from postings.matching.ranking import Match
from postings.matching.signals import signal
from postings.reading import names_for

_VERSION = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Asked:
    """A must-have that is asked; `several`: it is one of alternatives; `counted`: another one asks
    for the years."""

    form: AskForm
    title: str
    asks: str
    have: str
    several: bool
    counted: bool


Step = Callable[[HttpRequest, Errand], HttpResponse]


def _step(page: Step) -> Callable[..., HttpResponse]:
    """A view of a step, for whoever has begun; others are led to where it begins, and a job that
    is over says so. What was typed into a step is saved all the same."""

    @login_not_required
    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
        errand = errand_of(request, public_id)
        here = errand.content.applies_here and not errand.is_own
        if errand.draft is None or errand.sent() is not None or not here:
            return _nothing_begun(request, errand)
        if request.method != "POST" and not errand.can_send:
            return over(request, errand)
        return page(request, errand)

    view.__doc__ = page.__doc__
    return view


def _nothing_begun(request: HttpRequest, errand: Errand) -> HttpResponse:
    """To what was sent, for a form that sends and comes again; else to where applying begins."""
    if request.method == "POST" and "key" in request.POST and errand.sent() is not None:
        return redirect(errand.step_url("apply_sent"))
    return to_start(request, errand)


def _draft(errand: Errand) -> ApplicationDraft:
    assert errand.draft  # noqa: S101  (`_step` has looked)
    return errand.draft


def _save(
    request: HttpRequest, errand: Errand, changes: Mapping[str, Any]
) -> ApplicationDraft | None:
    """Save a step at the version at which it was opened; None when that is done, else the draft
    as somebody else saved it meanwhile. Raises DraftGone."""
    text = request.POST.get("version", "")
    version = int(text) if _VERSION.fullmatch(text) else 0
    try:
        drafts.save(draft=_draft(errand), version=version, changes=changes, now=errand.now)
    except drafts.Overwritten as error:
        if all(getattr(error.theirs, name) == value for name, value in changes.items()):
            return None
        return error.theirs
    return None


# ---- 1: what the job asks ----


@_step
def requirements(request: HttpRequest, errand: Errand) -> HttpResponse:
    """The requirements beside the profile; only what it leaves open is asked."""
    draft, names = _draft(errand), names_for([errand.content])
    answers = {row: Answer.from_json(said) for row, said in draft.answers.items()}
    who = (errand.user, errand.posting, errand.content, names)
    own, bare = match_with(*who, {}, now=errand.now)
    asks = to_ask(bare)
    profile, found = match_with(*who, answers, now=errand.now)
    [told] = explanations(profile, [found], [found], today=errand.now.date())
    if not told["rows"]:
        return redirect(errand.step_url("apply_message"))
    data = request.POST if request.method == "POST" else None
    work = next((ask for ask in asks if asks_for_work(ask)), None)
    forms = [
        AskForm(ask, data, said=draft.answers.get(ask.id), asks_work=ask is work) for ask in asks
    ]
    keep = KeepForm(data, initial={"keep_answers": draft.keep_answers})
    theirs = None
    valid = [form.is_valid() for form in (*forms, keep)]  # each of them, so that all errors show
    if request.method == "POST" and all(valid):
        theirs = _save_answers(request, errand, forms, keep)
        if theirs is None:
            return redirect(errand.step_url("apply_message"))
    context = {
        **shared_context(errand, "requirements"),
        "asks": _asked(forms, own, bare, today=errand.now.date()),
        "forms": [*forms, keep],
        "keep": keep,
        "match": draw(told),
        "says_nothing": own.says_nothing,
        "version": theirs.version if theirs else request.POST.get("version", draft.version),
        "theirs": _answer_lines(theirs, asks) if theirs else [],
        "theirs_at": theirs.updated_at if theirs else None,
    }
    status = 409 if theirs else 200
    return render(request, "hiring/apply/requirements.html", context, status=status)


def _save_answers(
    request: HttpRequest, errand: Errand, forms: list[AskForm], keep: KeepForm
) -> ApplicationDraft | None:
    said = dict(_draft(errand).answers)
    for form in forms:
        answer = form.answer()
        said.pop(form.ask.id, None)
        if answer is not None:
            said[form.ask.id] = answer.to_json()
    changes = {"answers": said, "keep_answers": keep.cleaned_data["keep_answers"]}
    try:
        return _save(request, errand, changes)
    except drafts.DraftGone:
        return None  # the next page says what became of it


def _asked(forms: list[AskForm], profile: Profile, bare: Match, *, today: date) -> list[Asked]:
    """What stands above each form: what is asked, and what the profile has of it."""
    several = {ask.id for row in bare.rows if len(row.group) > 1 for ask in row.group}
    return [
        Asked(
            form,
            words.subject(form.ask),
            small(words.asks(form.ask)),
            small(signal(form.ask, profile, today=today).have),
            form.ask.id in several,
            asks_for_work(form.ask) and not form.asks_work,
        )
        for form in forms
    ]


def _answer_lines(draft: ApplicationDraft, asks: tuple[Ask, ...]) -> list[tuple[str, str]]:
    answers = {row: Answer.from_json(said) for row, said in draft.answers.items()}
    return [
        (words.subject(ask), f"{answer_words(answers[ask.id])} {answers[ask.id].why}".strip())
        for ask in asks
        if ask.id in answers
    ] or [("Answers", "None")]


# ---- 2: the message ----


@_step
def message(request: HttpRequest, errand: Errand) -> HttpResponse:
    """The employer's questions, a note and one file."""
    draft, questions = _draft(errand), errand.content.questions
    typed = message_typed(questions, replies_of(draft), draft.note)
    theirs = None
    if request.method == "POST":
        form = MessageForm(questions, request.POST, request.FILES)
        form.is_valid()
        _save_file(form, errand)
        if not form.errors:
            theirs = _save_message(request, errand, form)
            if theirs is None:
                return redirect(errand.step_url("apply_check"))
    else:
        form = MessageForm(questions, initial=typed)
    old = [(q, a) for q, a in replies_of(draft).items() if q not in questions]
    context = {
        **shared_context(errand, "message"),
        "form": form,
        "old": old,
        "file": draft_file(draft),
        "file_url": errand.step_url("apply_file"),
        "back_url": errand.step_url("apply_requirements"),
        "version": theirs.version if theirs else request.POST.get("version", draft.version),
        "theirs": [*replies_of(theirs).items(), ("Note", theirs.note or "None")] if theirs else [],
        "theirs_at": theirs.updated_at if theirs else None,
    }
    return render(request, "hiring/apply/message.html", context, status=409 if theirs else 200)


def _save_file(form: MessageForm, errand: Errand) -> None:
    """Keep a good file at once, also when something else on the page is wrong: a browser sends
    it once only."""
    upload = form.cleaned_data.get("file")
    draft = _draft(errand)
    try:
        if upload is not None:
            drafts.attach(draft=draft, name=upload.name, data=upload.read(), now=errand.now)
        elif form.cleaned_data.get("drop_file"):
            drafts.detach(draft=draft)
    except BadFile as error:
        form.add_error("file", str(error))
    except TooMany:
        form.add_error("file", "That is as many files as we check in an hour. Try again later.")
    except drafts.DraftGone:
        return  # saving the step says so


def _save_message(
    request: HttpRequest, errand: Errand, form: MessageForm
) -> ApplicationDraft | None:
    changes = {"replies": form.replies(), "note": form.cleaned_data["note"].strip()}
    try:
        return _save(request, errand, changes)
    except drafts.DraftGone:
        return None  # the next page says what became of it


# ---- 3: check and send ----


@_step
def check(request: HttpRequest, errand: Errand) -> HttpResponse:
    """Exactly what the employer gets; sends it."""
    if request.method == "POST" and errand.user is not None:
        return _send(request, errand)
    draft = _draft(errand)
    parcel = parcel_of(draft, errand.user, errand.posting, now=errand.now)
    following = urlencode({"next": errand.step_url("apply_check")})
    context = {
        **shared_context(errand, "check"),
        "signed_in": errand.user is not None,
        "sent": sent_of(copy_of(parcel)),
        "file": draft_file(draft),
        "file_url": errand.step_url("apply_file"),
        "form": SendForm(initial={"seen": parcel.digest}),
        "requirements_url": errand.step_url("apply_requirements"),
        "message_url": errand.step_url("apply_message"),
        "signup_url": f"{reverse('account_signup')}?{following}",
        "login_url": f"{reverse('account_login')}?{following}",
    }
    return render(request, "hiring/apply/check.html", context)


def _send(request: HttpRequest, errand: Errand) -> HttpResponse:
    form, user, draft = SendForm(request.POST), errand.user, _draft(errand)
    assert user  # noqa: S101  (`check` has looked)
    form.is_valid()

    def perform() -> Done:
        drafts.send(
            draft=draft,
            candidate=user,
            seen=form.cleaned_data.get("seen", ""),
            now=errand.now,
        )
        return Done(errand.step_url("apply_sent"))

    try:
        key = key_of(form)
        return redirect(once(request, key=key, now=errand.now, perform=perform))
    except drafts.NotWhatWasShown:
        words = "Something changed since you opened the page: here is what would go out now."
        messages.warning(request, words)
        return redirect(errand.step_url("apply_check"))
    except NotOpen:
        return over(request, errand)
    except drafts.DraftGone:
        return _nothing_begun(request, errand)
    except (AppliesElsewhere, OwnEmployer):
        return redirect(errand.url)
