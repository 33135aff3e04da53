"""Files of an application, for whoever a view has let in."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from postings.hiring.models import Application, ApplicationFile


def explanation_file(application: Application) -> HttpResponse:
    """The explanation as it was frozen, byte for byte the same for both sides."""
    found = HttpResponse(application.copy.explanation.encode(), content_type="application/json")
    name = f"match-{application.public_id}.json"
    found["Content-Disposition"] = f'attachment; filename="{name}"'
    return found


def pdf_file(file: ApplicationFile) -> HttpResponse:
    """A candidate's PDF, to be saved: no browser shows it under our address or guesses its kind."""
    found = HttpResponse(bytes(file.data), content_type="application/pdf")
    found["Content-Disposition"] = content_disposition_header(True, file.name) or "attachment"
    found["X-Content-Type-Options"] = "nosniff"
    found["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return found
