"""The JSON API: the board's search, one posting, the vocabulary."""

from datetime import datetime

from django.contrib.auth import get_user
from django.contrib.auth.decorators import login_not_required
from django.db.models import prefetch_related_objects
from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from drf_spectacular.views import SpectacularJSONAPIView
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from postings.access import get_public_posting
from postings.api import documents
from postings.api.errors import Gone, Invalid
from postings.api.shapes import candidate_shapes, facet_shapes, posting_list
from postings.api.vocabulary import vocabulary as all_values
from postings.filters import PostingFilterSet
from postings.matching.order import ranker_for
from postings.search.params import SearchParams, Sort
from postings.search.query import Ranker

READ = ["GET", "HEAD"]
_ERRORS = {
    400: documents.ErrorsDocument,
    404: documents.ErrorsDocument,
    410: OpenApiResponse(documents.ErrorsDocument, "It was public and is over"),
}


@login_not_required
@extend_schema(
    operation_id="search_postings",
    parameters=documents.SEARCH_PARAMETERS,
    responses={200: documents.ResultsDocument, 400: _ERRORS[400]},
)
@api_view(READ)
def postings(request: Request) -> Response:
    """Open jobs under the parameters of the board; the same search, the same counts."""
    now = timezone.now()
    filters = PostingFilterSet(request.query_params, now=now, ranker=_ranker(request, now=now))
    if problems := filters.problems:
        raise Invalid(problems, {"near": {"candidates": candidate_shapes(filters.candidates)}})
    page = filters.results
    prefetch_related_objects(page.postings, "live_revision")
    following = page.next_params
    return Response(
        {
            "count": page.count,
            "count_is_exact": True,
            "facets": facet_shapes(page.facets),
            "results": posting_list(page.postings, page.params, request.build_absolute_uri),
            "next": request.build_absolute_uri(f"{request.path}?{following.query}")
            if following
            else None,
            "other_currencies": page.tally.other_currencies,
            "corrected_query": None,
        }
    )


def _ranker(request: Request, *, now: datetime) -> Ranker | None:
    """Whoever is signed in, where their match is asked for; else nobody looks who they are, and the
    answer is everybody's."""
    if request.query_params.get("sort") != Sort.MATCH:
        return None
    return ranker_for(get_user(request._request), now=now)


@login_not_required
@extend_schema(
    operation_id="get_posting",
    responses={200: documents.PostingDocument, 404: _ERRORS[404], 410: _ERRORS[410]},
)
@api_view(READ)
def posting(request: Request, public_id: str, slug: str = "") -> Response:
    """One open job; 410 when it is over, 404 when it never was public."""
    row, is_open = get_public_posting(public_id, now=timezone.now())
    if not is_open:
        raise Gone
    return Response(posting_list([row], SearchParams(), request.build_absolute_uri)[0])


@login_not_required
@extend_schema(operation_id="get_vocabulary", responses={200: documents.VOCABULARY_DOCUMENT})
@api_view(READ)
def vocabulary(request: Request) -> Response:
    """Value and label of every coded parameter."""
    return Response(all_values())


@login_not_required
@extend_schema(exclude=True)
@api_view(READ)
def nothing(request: Request) -> Response:
    """404 in the API's own shape, for whatever has no route."""
    raise Http404


schema = login_not_required(SpectacularJSONAPIView.as_view())
