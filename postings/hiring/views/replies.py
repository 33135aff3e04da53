"""The words that a team saves for its answers."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from cscareers.core.idempotency import Done, once
from postings.hiring.access import get_reply
from postings.hiring.actions import review
from postings.hiring.enums import ReplyKind
from postings.hiring.forms.review import ReplyForm
from postings.hiring.labels import LABELS
from postings.hiring.models import ReplyTemplate
from profiles.access import UserRequest, get_employer_for_hiring
from profiles.models import Employer


@require_safe
def replies(request: UserRequest, employer: str) -> HttpResponse:
    """All saved replies, by what they answer."""
    owner = get_employer_for_hiring(request.user, employer)
    rows = list(owner.reply_templates.order_by("name", "pk"))
    words = LABELS[ReplyKind]
    groups = [(words[kind], [row for row in rows if row.kind == kind]) for kind in ReplyKind]
    context = {"employer": owner, "groups": [group for group in groups if group[1]]}
    return render(request, "hiring/replies/replies.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_reply(request: UserRequest, employer: str) -> HttpResponse:
    """Write a reply."""
    owner = get_employer_for_hiring(request.user, employer)
    return _edit(request, owner, None)


@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: UserRequest, employer: str, reply: str) -> HttpResponse:
    """Change a reply."""
    owner = get_employer_for_hiring(request.user, employer)
    return _edit(request, owner, get_reply(owner, reply))


def _edit(request: UserRequest, owner: Employer, found: ReplyTemplate | None) -> HttpResponse:
    said = {"kind": found.kind, "name": found.name, "text": found.text} if found else {}
    form = ReplyForm(request.POST or None, initial=said)
    if request.method == "POST" and form.is_valid():
        try:
            return HttpResponseRedirect(_save(request, owner, found, form))
        except review.NameTaken:
            form.add_error("name", "There is a reply of this name for this answer already.")
    context = {"employer": owner, "form": form, "reply": found, "list_url": _list_url(owner)}
    return render(request, "hiring/replies/reply.html", context)


def _save(
    request: UserRequest, owner: Employer, found: ReplyTemplate | None, form: ReplyForm
) -> str:
    now = timezone.now()

    def perform() -> Done:
        review.save_reply(employer=owner, reply=found, now=now, **form.saved())
        return Done(_list_url(owner)).saying("Saved.")

    key = form.cleaned_data["key"]
    return once(request, key=key, now=now, perform=perform)


@require_http_methods(["GET", "HEAD", "POST"])
def remove_reply(request: UserRequest, employer: str, reply: str) -> HttpResponse:
    """Ask, then delete a reply."""
    owner = get_employer_for_hiring(request.user, employer)
    found = get_reply(owner, reply)
    if request.method == "POST":
        review.remove_reply(reply=found)
        messages.success(request, "The reply is deleted.")
        return HttpResponseRedirect(_list_url(owner))
    context = {"employer": owner, "reply": found, "list_url": _list_url(owner), "danger": True}
    return render(request, "hiring/replies/remove.html", context)


def _list_url(owner: Employer) -> str:
    return reverse("hiring:replies", kwargs={"employer": owner.slug})
