"""What somebody applied for, as they see it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from postings.hiring.access import get_own_application
from postings.hiring.enums import ApplicationState
from postings.hiring.labels import label
from profiles.access import UserRequest


@require_safe
def application(request: UserRequest, application: str) -> HttpResponse:
    """One's own application: where it stands, what happened, what the employer got."""
    found = get_own_application(request.user, application)
    context = {
        "application": found,
        "posting": found.posting,
        "state": label(ApplicationState(found.state)),
        "events": found.events.order_by("-at", "-pk"),
        "now": timezone.now(),
    }
    return render(request, "hiring/mine/application.html", context)
