"""The applications to a posting as a table to keep, with what it may be used for and until when."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cscareers.core.csv import csv_response
from postings.hiring.access import get_received_to_decide
from postings.hiring.engines.export import header, lines
from postings.hiring.engines.listing import Listing
from profiles.access import UserRequest


@require_safe
def applications_csv(request: UserRequest, employer: str, public_id: str) -> HttpResponse:
    """What the list asks for, without pages: all applications, or those that it narrows to."""
    posting = get_received_to_decide(request.user, employer, public_id)
    by_match = posting.employer.orders_by_match
    listing = Listing.read(request.GET.dict(), by_match=by_match)
    rows = lines(posting, listing, by_match=by_match, now=timezone.now())
    answer = csv_response(f"applications-{posting.public_id}.csv", header(by_match=by_match), rows)
    answer["Cache-Control"] = "private, no-store"
    return answer
