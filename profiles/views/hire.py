"""The employers that one works for, and a new one."""

import uuid

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cscareers.core import throttling
from cscareers.core.http import too_many
from cscareers.core.idempotency import Done, once
from profiles.access import UserRequest
from profiles.actions import employers
from profiles.forms.employers import NewEmployerForm
from profiles.models import Membership


@require_safe
def home(request: UserRequest) -> HttpResponse:
    """The employers of this person."""
    memberships = (
        Membership.objects.filter(user=request.user)
        .select_related("employer")
        .order_by("employer__name", "pk")
    )
    return render(request, "profiles/hire/home.html", {"memberships": memberships})


def new_employer(request: UserRequest) -> HttpResponse:
    """The form that makes an employer, and what becomes of it."""
    form = NewEmployerForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return HttpResponseRedirect(_create(request, form))
        except throttling.TooMany as error:
            form.add_error(None, "You have made five employers today. Try again tomorrow.")
            return too_many(request, "profiles/hire/new.html", {"form": form}, error)
    return render(request, "profiles/hire/new.html", {"form": form})


def _create(request: UserRequest, form: NewEmployerForm) -> str:
    """The address of the new employer's settings; the same when the form comes again."""
    now, user = timezone.now(), request.user
    key: uuid.UUID = form.cleaned_data["key"]

    def perform() -> Done:
        employer = employers.create_employer(
            actor=user, facts=form.facts(), logo=form.cleaned_data["logo"], now=now
        )
        there = reverse("hire:team", kwargs={"employer": employer.slug})
        return Done(there).saying(f"{employer.name} is ready. Invite your team or post a job.")

    return once(request, key=key, now=now, perform=perform)
