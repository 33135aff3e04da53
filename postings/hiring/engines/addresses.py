"""Where the pages of an employer's applications are."""

from django.urls import reverse

from postings.hiring.models import Application
from postings.models import Posting


def list_of(posting: Posting) -> str:
    """The applications to a posting."""
    names = {"employer": posting.employer.slug, "public_id": posting.public_id}
    return reverse("hiring:applications", kwargs=names)


def page_of(application: Application, verb: str = "") -> str:
    """Where the team reads an application, or decides `verb` on it."""
    posting = application.posting
    names = {
        "employer": posting.employer.slug,
        "public_id": posting.public_id,
        "application": application.public_id,
    }
    if verb:
        return reverse("hiring:decide", kwargs={**names, "decision": verb})
    return reverse("hiring:application", kwargs=names)
