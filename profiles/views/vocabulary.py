"""The vocabulary of skills in public: a page, and the same as JSON and CSV."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from profiles.labels import label
from profiles.taxonomy import export

_HOUR = 3600


@login_not_required
@require_safe
def skills_page(request: HttpRequest) -> HttpResponse:
    """All terms that jobs are described by, with their links."""
    found = export.terms()
    kinds = [(kind, f"{label(kind)}s", rows) for kind, rows in export.by_kind(found) if rows]
    context = {
        "kinds": kinds,
        "count": len(found),
        "esco": sum(bool(term.esco_uri) for term in found),
        "onet": sum(bool(term.onet) for term in found),
        "credits": export.credits_due(),
    }
    return render(request, "profiles/vocabulary/skills.html", context)


@login_not_required
@require_safe
@cache_control(public=True, max_age=_HOUR)
def skills_json(request: HttpRequest) -> HttpResponse:
    """The terms with their aliases, links and credits."""
    return JsonResponse(export.as_document(), json_dumps_params={"ensure_ascii": False})


@login_not_required
@require_safe
@cache_control(public=True, max_age=_HOUR)
def skills_csv(request: HttpRequest) -> HttpResponse:
    """The terms as a table."""
    answer = HttpResponse(export.as_csv(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="skills.csv"'
    return answer
