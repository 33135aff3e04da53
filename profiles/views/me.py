"""One's own page: what the account is, and where to change it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from profiles.access import UserRequest
from profiles.actions.accounts import rename
from profiles.forms.people import NameForm
from profiles.models import Membership


@require_http_methods(["GET", "HEAD", "POST"])
def home(request: UserRequest) -> HttpResponse:
    """The account, its employers, and the form that changes its name."""
    form = NameForm(request.POST or None, initial={"name": request.user.name})
    if request.method == "POST" and form.is_valid():
        rename(user=request.user, name=form.cleaned_data["name"])
        messages.success(request, "Saved.")
        return redirect("me:home")
    memberships = Membership.objects.filter(user=request.user).select_related("employer")
    context = {"form": form, "memberships": list(memberships.order_by("employer__name", "pk"))}
    return render(request, "profiles/me/home.html", context)
