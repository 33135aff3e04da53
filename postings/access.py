"""Fetch and authorise in one step: a view gets a posting here, a stranger gets 404."""

from datetime import datetime

from django.http import Http404

from postings.models import ImportRun, Posting, PostingQuerySet, PostingRevision
from postings.states import OPEN_REVISIONS
from profiles.models import Employer, User


def get_public_posting(public_id: str, *, now: datetime) -> tuple[Posting, bool]:
    """A posting that the public may ask for, and whether it is open (False: it is over, 410).

    Raises Http404 for what never was public: a draft looks like a posting that does not exist.
    """
    rows = Posting.objects.select_related("employer__reply_facts", "live_revision")
    posting = rows.published(now=now).filter(public_id=public_id).first()
    if posting is not None:
        return posting, True
    posting = rows.over(now=now).filter(public_id=public_id).first()
    if posting is None:
        raise Http404
    return posting, False


def get_posting_for_member(user: User, employer: Employer, public_id: str) -> Posting:
    """A posting of `employer` that `user` may see, whatever its state: for pages that are read.
    Raises Http404 for everybody else."""
    return _first(Posting.objects.visible_to(user), employer, public_id)


def get_posting_for_hiring(user: User, employer: Employer, public_id: str) -> Posting:
    """A posting of `employer` that `user` may write and decide about; raises Http404 for everybody
    else, those of the team who only read included."""
    return _first(Posting.objects.managed_by(user), employer, public_id)


def _first(rows: PostingQuerySet, employer: Employer, public_id: str) -> Posting:
    found = rows.select_related("employer", "live_revision")
    posting = found.filter(employer=employer, public_id=public_id).first()
    if posting is None:
        raise Http404
    return posting


def get_open_revision(posting: Posting) -> PostingRevision:
    """The revision of `posting` being worked on; raises Http404 when there is none."""
    revision = posting.revisions.filter(state__in=OPEN_REVISIONS).first()
    if revision is None:
        raise Http404
    return revision


def get_import_run(employer: Employer, public_id: str) -> ImportRun:
    """A run of `employer`, which the caller has authorised; raises Http404 for any other."""
    rows = employer.import_runs.select_related("employer", "actor", "confirmed_by", "undone_by")
    run = rows.defer("packed").filter(public_id=public_id).first()
    if run is None:
        raise Http404
    return run
