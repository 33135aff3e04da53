"""Files of an application, for whoever a view has let in."""

from django.http import HttpResponse

from postings.hiring.models import Application


def explanation_file(application: Application) -> HttpResponse:
    """The explanation as it was frozen, byte for byte the same for both sides."""
    found = HttpResponse(application.copy.explanation.encode(), content_type="application/json")
    name = f"match-{application.public_id}.json"
    found["Content-Disposition"] = f'attachment; filename="{name}"'
    return found
