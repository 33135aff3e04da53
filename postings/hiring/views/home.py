"""One's own page: what is open and comes next, what the account is, and where to change it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from postings.hiring.actions.applications import takes_applications
from postings.hiring.engines.own import drafts_of
from postings.hiring.engines.returns import questions_for
from postings.hiring.engines.tracker import by_next_date, lines_of
from profiles.access import UserRequest
from profiles.actions.accounts import rename
from profiles.forms.people import NameForm
from profiles.models import Membership

NEXT = 3
"""So many of the next dates stand on the page."""


@require_http_methods(["GET", "HEAD", "POST"])
def home(request: UserRequest) -> HttpResponse:
    """What is open and comes next; the account, its employers, and the form that changes its
    name."""
    form = NameForm(request.POST or None, initial={"name": request.user.name})
    if request.method == "POST" and form.is_valid():
        rename(user=request.user, name=form.cleaned_data["name"])
        messages.success(request, "Saved.")
        return redirect("me:home")
    now = timezone.now()
    lines = by_next_date(lines_of(request.user, now=now))
    memberships = Membership.objects.filter(user=request.user).select_related("employer")
    context = {
        "form": form,
        "memberships": list(memberships.order_by("employer__name", "pk")),
        "returned": questions_for(request.user),
        "open": sum(line.is_ours and not line.is_over for line in lines),
        "tracked": len(lines),
        "next": [line for line in lines if line.due and not line.is_over][:NEXT],
        "drafts": [
            draft
            for draft in drafts_of(request.user)
            if takes_applications(draft.posting, opened_at=draft.opened_at, now=now)
        ],
    }
    return render(request, "hiring/home/home.html", context)
