"""A candidate's profile as a whole."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from postings.profile_overview import profile_overview
from profiles.access import UserRequest
from profiles.models import CandidateProfile


@require_safe
def profile(request: UserRequest) -> HttpResponse:
    """The sections of one's profile, and what saying more in them would unlock."""
    now = timezone.now()
    mine = CandidateProfile.objects.filter(user=request.user).first()
    page = profile_overview(mine or CandidateProfile(user=request.user), now=now)
    return render(request, "postings/candidate/profile.html", {"page": page, "today": now})
