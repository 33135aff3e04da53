"""Fetch and authorise in one step: a view gets an object here, a stranger gets 404."""

from django.http import Http404

from profiles.models import Employer, User
from profiles.permissions import is_owner


def get_employer_for_member(user: User, slug: str) -> Employer:
    """The employer that `user` belongs to; raises Http404 for everybody else."""
    employer = Employer.objects.for_member(user).filter(slug=slug).first()
    if employer is None:
        raise Http404
    return employer


def get_employer_for_owner(user: User, slug: str) -> Employer:
    """The employer that `user` owns; raises Http404 for recruiters and strangers alike."""
    employer = get_employer_for_member(user, slug)
    if not is_owner(user, employer):
        raise Http404
    return employer
