"""Keeping employers out of one's profile, and letting them in again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from profiles.access import UserRequest, get_block, own_profile
from profiles.actions import candidates
from profiles.forms.profile_block import BlockForm
from profiles.profile_page import SECTION_URL
from profiles.views.profile import FULL
from profiles.views.profile_parts import page_of


@require_http_methods(["GET", "HEAD", "POST"])
def block(request: UserRequest) -> HttpResponse:
    """Keeps out an employer that is typed by name; a name that nobody here bears, for later."""
    now = timezone.now()
    form = BlockForm(request.POST) if request.method == "POST" else BlockForm()
    if form.is_valid():
        profile = candidates.profile_for(user=request.user, now=now)
        employer, name = form.cleaned_data["employer"], form.cleaned_data["name"]
        try:
            if employer:
                candidates.block_employer(profile=profile, employer=employer, now=now)
            else:
                candidates.block_name(profile=profile, name=name, now=now)
        except candidates.TooManyRows:
            form.add_error(None, FULL)
        else:
            later = "" if employer else " No employer of this name is here today."
            messages.success(request, f"{employer or name} is blocked.{later}")
            return redirect(SECTION_URL, section="visibility")
    return page_of(request, own_profile(request.user, now=now), "visibility", block_form=form)


@require_POST
def unblock(request: UserRequest, block: str) -> HttpResponse:
    """Takes a block back."""
    found, now = get_block(request.user, block), timezone.now()
    profile = candidates.profile_for(user=request.user, now=now)
    candidates.unblock(profile=profile, blocked=found, now=now)
    messages.success(request, f"{found} is no longer blocked.")
    return redirect(SECTION_URL, section="visibility")
