"""Fetch and authorise in one step: a view gets an object here, a stranger gets 404."""

from datetime import datetime

from django.http import Http404, HttpRequest

from profiles.actions.teams import token_hash
from profiles.models import (
    BlockedName,
    CandidateProfile,
    CvImport,
    Employer,
    EmployerQuerySet,
    Invitation,
    Membership,
    ProfileRow,
    User,
)
from profiles.profile_rows import stored


class UserRequest(HttpRequest):
    """A request behind the login: its user is somebody. For type hints."""

    user: User


def get_employer_for_member(user: User, slug: str) -> Employer:
    """The employer that `user` belongs to, in whatever role: for pages that are read. Raises
    Http404 for everybody else."""
    return _first(Employer.objects.for_member(user).filter(slug=slug))


def get_employer_for_hiring(user: User, slug: str) -> Employer:
    """The employer for which `user` writes jobs and decides: an owner or a recruiter of it. Raises
    Http404 for everybody else, those of its team who only read included."""
    return _first(Employer.objects.for_hiring(user).filter(slug=slug))


def get_employer_for_interviewing(user: User, slug: str) -> Employer:
    """The employer on whose applications `user` may write notes; raises Http404 for viewers and
    strangers alike."""
    return _first(Employer.objects.for_interviewing(user).filter(slug=slug))


def get_employer_for_owner(user: User, slug: str) -> Employer:
    """The employer that `user` owns; raises Http404 for the rest of its team and for strangers."""
    return _first(Employer.objects.for_owner(user).filter(slug=slug))


def _first(rows: EmployerQuerySet) -> Employer:
    employer = rows.first()
    if employer is None:
        raise Http404
    return employer


def get_membership(user: User, employer: Employer) -> Membership:
    """The membership of `user` in `employer`; raises Http404 without one."""
    membership = employer.memberships.select_related("user").filter(user=user).first()
    if membership is None:
        raise Http404
    return membership


def get_member(employer: Employer, public_id: str) -> Membership:
    """A membership of `employer`, which the caller owns; raises Http404 for any other."""
    rows = employer.memberships.select_related("user", "employer")
    membership = rows.filter(public_id=public_id).first()
    if membership is None:
        raise Http404
    return membership


def get_invitation(employer: Employer, public_id: str) -> Invitation:
    """An open invitation of `employer`, which the caller owns; raises Http404 for any other."""
    rows = employer.invitations.select_related("employer")
    invitation = rows.filter(
        public_id=public_id, accepted_at__isnull=True, revoked_at__isnull=True
    ).first()
    if invitation is None:
        raise Http404
    return invitation


def get_invitation_by_token(token: str) -> Invitation | None:
    """The invitation whose mail holds `token`, None when there is none."""
    rows = Invitation.objects.select_related("employer", "invited_by")
    return rows.filter(token_hash=token_hash(token)).first()


def own_profile(user: User, *, now: datetime) -> CandidateProfile:
    """The profile of `user`; before the first section is saved an empty one that is not saved."""
    found = CandidateProfile.objects.filter(user=user).first()
    return found or CandidateProfile(user=user, created_at=now, updated_at=now)


def get_profile_row(user: User, kind: str, public_id: str) -> ProfileRow:
    """A row of one's own profile (see `profile_rows.KINDS`); raises Http404 for any other."""
    row: ProfileRow | None = stored(kind).filter(profile__user=user, public_id=public_id).first()
    if row is None:
        raise Http404
    return row


def get_block(user: User, public_id: str) -> Employer | BlockedName:
    """An employer or a name that one's own profile blocks; raises Http404 for any other."""
    employer = Employer.objects.filter(
        public_id=public_id,
        pk__in=CandidateProfile.blocked.through.objects.filter(candidateprofile__user=user).values(
            "employer"
        ),
    ).first()
    found = employer or BlockedName.objects.filter(profile__user=user, public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def get_cv_import(user: User, public_id: str) -> CvImport:
    """What was read in a CV of one's own; raises Http404 for any other."""
    rows = CvImport.objects.select_related("profile")
    found = rows.filter(profile__user=user, public_id=public_id).first()
    if found is None:
        raise Http404
    return found
