"""What an employer says about itself."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from profiles.access import UserRequest, get_employer_for_owner
from profiles.actions import employers
from profiles.forms.employers import EmployerForm
from profiles.models import Employer

_PAGE = "profiles/settings/edit.html"


@require_http_methods(["GET", "HEAD", "POST"])
def edit_employer(request: UserRequest, employer: str) -> HttpResponse:
    """The owner's form; when somebody else saved meanwhile it shows where the two differ."""
    found = get_employer_for_owner(request.user, employer)
    if request.method != "POST":
        form = EmployerForm(initial=EmployerForm.initial_of(found))
        return render(request, _PAGE, _context(found, form))
    form = EmployerForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, _PAGE, _context(found, form))
    try:
        employers.update_employer(
            employer=found,
            actor=request.user,
            facts=form.facts(),
            version=form.cleaned_data["version"],
            logo=form.cleaned_data["logo"],
            remove_logo=form.cleaned_data["remove_logo"],
            now=timezone.now(),
        )
    except employers.EditConflict as conflict:
        return _conflict(request, form, conflict.theirs)
    messages.success(request, "Saved.")
    return redirect("hire:settings", employer=found.slug)


def _conflict(request: UserRequest, form: EmployerForm, theirs: Employer) -> HttpResponse:
    """409: the same answers again, beside what stands there now; sending them again saves them."""
    differences = form.differences(theirs)
    again = EmployerForm(initial={**request.POST.dict(), "version": theirs.version})
    return render(request, _PAGE, _context(theirs, again, differences=differences), status=409)


def _context(
    employer: Employer,
    form: EmployerForm,
    *,
    differences: list[tuple[str, str, str]] | None = None,
) -> dict[str, object]:
    return {"employer": employer, "form": form, "owner": True, "differences": differences}
