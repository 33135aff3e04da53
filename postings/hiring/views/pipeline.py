"""The applications that an employer received for a posting."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from postings.access import get_posting_for_member
from postings.hiring.access import get_application
from postings.hiring.enums import ApplicationState
from postings.hiring.labels import label
from postings.hiring.views.files import explanation_file
from profiles.access import UserRequest, get_employer_for_member


@require_safe
def application(
    request: UserRequest, employer: str, public_id: str, application: str
) -> HttpResponse:
    """One application: what the candidate sent and what happened since."""
    owner = get_employer_for_member(request.user, employer)
    posting = get_posting_for_member(request.user, owner, public_id)
    found = get_application(posting, application)
    context = {
        "application": found,
        "posting": posting,
        "state": label(ApplicationState(found.state)),
        "events": found.events.order_by("-at", "-pk"),
    }
    return render(request, "hiring/pipeline/application.html", context)


@require_safe
def explanation(
    request: UserRequest, employer: str, public_id: str, application: str
) -> HttpResponse:
    """The match of an application, byte for byte as the candidate gets it."""
    owner = get_employer_for_member(request.user, employer)
    posting = get_posting_for_member(request.user, owner, public_id)
    return explanation_file(get_application(posting, application))
