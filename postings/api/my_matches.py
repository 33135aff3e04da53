"""The matches of whoever is signed in as JSON: what `POST /api/v1/match` says of their profile."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from rest_framework.authentication import SessionAuthentication
from rest_framework.decorators import api_view, authentication_classes
from rest_framework.request import Request
from rest_framework.response import Response

from postings.api.match import matches_of
from postings.matching.candidates import facts_of_user
from postings.matching.inputs import Profile
from profiles.models import User


def my_matches(request: HttpRequest) -> HttpResponse:
    """A page of the own matches with all open jobs, or with those that the parameters ask for."""
    # The framework opens its views to everybody; this one stays behind the login.
    answer: HttpResponse = _my_matches(request)
    return answer


@api_view(["GET"])
@authentication_classes([SessionAuthentication])
def _my_matches(request: Request) -> Response:
    now = timezone.now()
    profile = facts_of_user(cast(User, request.user), today=now.date()) or Profile()
    return Response(matches_of(profile, request, now=now))
