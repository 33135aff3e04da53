"""Where the pages of an employer's applications are."""

from django.urls import reverse

from postings.hiring.models import Application
from postings.models import Posting


def list_of(posting: Posting) -> str:
    """The applications to a posting."""
    return reverse("hiring:applications", kwargs=_names(posting))


def manage_page_of(posting: Posting) -> str:
    """The page of a posting for its team: what it stands at, and what can be done."""
    return reverse("postings:manage", kwargs=_names(posting))


def page_of(application: Application, verb: str = "") -> str:
    """Where the team reads an application, or decides `verb` on it."""
    names = {**_names(application.posting), "application": application.public_id}
    if verb:
        return reverse("hiring:decide", kwargs={**names, "decision": verb})
    return reverse("hiring:application", kwargs=names)


def _names(posting: Posting) -> dict[str, str]:
    return {"employer": posting.employer.slug, "public_id": posting.public_id}
