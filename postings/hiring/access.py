"""Fetch and authorise in one step: a view gets an application here, a stranger gets 404."""

from django.http import Http404

from postings.hiring.models import Application
from postings.models import Posting
from profiles.models import User


def get_own_application(user: User, public_id: str) -> Application:
    """An application that `user` sent; raises Http404 for everybody else."""
    rows = Application.objects.of_candidate(user).select_related(
        "posting__employer", "revision", "copy"
    )
    application = rows.filter(public_id=public_id).first()
    if application is None:
        raise Http404
    return application


def get_application(posting: Posting, public_id: str) -> Application:
    """An application for `posting`, which the caller has authorised; raises Http404 for others."""
    rows = posting.applications.select_related("posting__employer", "revision", "copy", "candidate")
    application = rows.filter(public_id=public_id).first()
    if application is None:
        raise Http404
    return application
