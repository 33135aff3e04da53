"""Employers' logos, as we wrote them."""

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from profiles.models import Employer

# The name changes with the picture, so a browser may keep it for good.
_KEPT = "public, max-age=31536000, immutable"


@login_not_required
@require_safe
def logo(request: HttpRequest, name: str) -> FileResponse:
    """The picture called `name`; 404 for anything that is no employer's logo now."""
    employer = Employer.objects.filter(logo=f"logos/{name}").only("logo").first()
    if employer is None or not employer.logo.storage.exists(employer.logo.name):
        raise Http404
    response = FileResponse(employer.logo.open("rb"), content_type="image/webp")
    response["Cache-Control"] = _KEPT
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
