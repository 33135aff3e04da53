"""What a team writes about an application for itself: notes and tags."""

from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from cscareers.core.idempotency import Done, once
from postings.hiring.access import get_application, get_received_to_note
from postings.hiring.actions import review
from postings.hiring.engines.addresses import page_of
from postings.hiring.forms.review import NoteForm, TagForm
from postings.hiring.views.pipeline import one
from profiles.access import UserRequest


@require_POST
def note(request: UserRequest, employer: str, public_id: str, application: str) -> HttpResponse:
    """Write a note; what was typed comes back when it can't be kept."""
    posting = get_received_to_note(request.user, employer, public_id)
    found = get_application(posting, application)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return one(request, posting, found, note_form=form)
    now = timezone.now()

    def perform() -> Done:
        review.add_note(
            application=found, author=request.user, text=form.cleaned_data["text"], now=now
        )
        return Done(f"{page_of(found)}#notes")

    key = form.cleaned_data["key"]
    return HttpResponseRedirect(once(request, key=key, now=now, perform=perform))


@require_POST
def tag(request: UserRequest, employer: str, public_id: str, application: str) -> HttpResponse:
    """Tag an application, or take a tag off: the button says which."""
    posting = get_received_to_note(request.user, employer, public_id)
    found = get_application(posting, application)
    if name := request.POST.get("remove", "").replace("\0", ""):
        review.remove_tag(application=found, name=name)
        return HttpResponseRedirect(f"{page_of(found)}#tags")
    form = TagForm(request.POST)
    if not form.is_valid():
        return one(request, posting, found, tag_form=form)
    review.add_tag(application=found, name=form.cleaned_data["name"])
    return HttpResponseRedirect(f"{page_of(found)}#tags")
