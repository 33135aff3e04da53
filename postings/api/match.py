"""`POST /api/v1/match`: a JSON Resume in, explained matches out. Nothing of it is kept."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.contrib.auth.decorators import login_not_required
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view, parser_classes
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.response import Response

from cscareers.core import throttling
from cscareers.core.http import client_address
from cscareers.core.networks import sender_of_day
from postings.api import match_documents as documents
from postings.api.errors import Invalid, TooLarge
from postings.api.shapes import candidate_shapes
from postings.filters import PostingFilterSet
from postings.matching.explanations import explanations
from postings.matching.inputs import SPEC_VERSION, Profile
from postings.matching.paging import UnknownPosting, slice_after
from postings.matching.ranking import match as match_one
from postings.matching.ranking import ranked
from postings.matching.resume import InvalidResume, Resume, read_resume
from postings.matching.retrieval import asked_postings, profile_of
from profiles.cv.words import storable

BY_NETWORK: Final = throttling.Limit("match", 120, timedelta(minutes=1))


class ResumeParser(JSONParser):
    """JSON, also where it is nested deeper than anybody can read."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise ParseError from error


@login_not_required
@extend_schema(
    operation_id="match_postings",
    parameters=documents.PARAMETERS,
    request={"application/json": documents.RESUME},
    responses=documents.RESPONSES,
)
@api_view(["POST"])
@parser_classes([ResumeParser])
def match(request: Request) -> Response:
    """How a person fits the open jobs, and why. Stateless: nothing that is sent is kept."""
    now = timezone.now()
    _admit(request, now=now)
    resume = _resume(request, now=now)
    profile, unrecognised = profile_of(resume)
    return Response({**matches_of(profile, request, now=now), "unrecognised": unrecognised})


def matches_of(profile: Profile, request: Request, *, now: datetime) -> dict[str, Any]:
    """A page of the matches of `profile` with the jobs that the request's parameters ask for.
    Raises Invalid."""
    query = request.query_params.copy()
    after = query.pop("after", [""])[-1]
    query.pop("sort", None)
    filters = PostingFilterSet(query, now=now)
    if problems := filters.problems:
        raise Invalid(problems, {"near": {"candidates": candidate_shapes(filters.candidates)}})
    asked = asked_postings(filters)
    today = now.date()
    every = ranked(match_one(profile, posting, today=today) for posting in asked.postings)
    try:
        page = slice_after(every, after, filters.params.page_size)
    except UnknownPosting as error:
        raise Invalid({"after": [str(error)]}) from error
    return {
        "spec_version": SPEC_VERSION,
        "count": len(every),
        "count_is_exact": asked.is_whole,
        "results": explanations(profile, page.shown, every, today=today),
        "next": _next(request, page.following) if page.following else None,
    }


def _admit(request: Request, *, now: datetime) -> None:
    """Raises throttling.TooMany and TooLarge, before anything is read."""
    sender = sender_of_day(client_address(request._request), now=now)
    throttling.count(BY_NETWORK, sender, now=now)
    length = str(request.META.get("CONTENT_LENGTH") or "")
    if not length.isdecimal() or int(length) == 0:
        raise ParseError
    if int(length) > documents.MOST_BYTES:
        raise TooLarge


def _resume(request: Request, *, now: datetime) -> Resume:
    try:
        return read_resume(request.data, today=now.date())
    except InvalidResume as error:
        found: dict[str, list[str]] = {}
        for problem in error.problems:
            # A message repeats what was sent, and half a character can't be sent back.
            found.setdefault(problem.pointer, []).append(storable(problem.message))
        raise Invalid(found) from error


def _next(request: Request, after: str) -> str:
    query = request.query_params.copy()
    query["after"] = after
    return str(request.build_absolute_uri(f"{request.path}?{query.urlencode()}"))
