"""Who belongs to an employer: invite, accept, change, remove, leave.

Every change locks the employer's row first, so that two of them can't both find "another owner".
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final

from allauth.account.models import EmailAddress
from django.db import transaction

from cscareers.core import throttling
from profiles import emails
from profiles.actions import employers
from profiles.actions.employers import record
from profiles.enums import MemberRole
from profiles.models import Employer, Invitation, Membership, User

INVITED_PER_HOUR: Final = throttling.Limit("invite", hits=20, per=timedelta(hours=1))
INVITATION_LASTS: Final = timedelta(days=14)


class LastOwner(Exception):
    """An employer always has an owner: name another one first."""


class AlreadyMember(Exception):
    """This person belongs to the employer already."""


class AlreadyInvited(Exception):
    """This address has an open invitation."""


class InvitationOver(Exception):
    """The invitation was used, taken back, or has run out."""


class OtherAddress(Exception):
    """The invitation is for an address that this account has not confirmed."""


class EmployerSuspended(Exception):
    """A suspended employer invites nobody."""


class Gone(Exception):
    """The member has left, or the invitation is over, meanwhile."""


def token_hash(token: str) -> str:
    """What we keep of a token; the token itself stands in the mail only."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(
    *, employer: Employer, email: str, role: MemberRole, actor: User, now: datetime
) -> Invitation:
    """Invite `email` by mail. An invitation that has run out is replaced.

    Raises AlreadyMember, AlreadyInvited, EmployerSuspended, `employers.NotOwner` or
    `throttling.TooMany`.
    """
    email = email.strip().lower()
    locked = employers.lock_for_owner(employer, actor)
    if locked.suspended_at is not None:
        raise EmployerSuspended
    throttling.count(INVITED_PER_HOUR, locked.pk, now=now)
    if locked.memberships.filter(user__email__iexact=email).exists():
        raise AlreadyMember
    open_ones = locked.invitations.filter(
        email__iexact=email, accepted_at__isnull=True, revoked_at__isnull=True
    )
    if open_ones.filter(expires_at__gt=now).exists():
        raise AlreadyInvited
    open_ones.update(revoked_at=now)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        employer=locked,
        email=email,
        role=role,
        token_hash=token_hash(token),
        invited_by=actor,
        created_at=now,
        expires_at=now + INVITATION_LASTS,
    )
    record(
        employer=locked,
        verb="invite",
        actor=actor,
        now=now,
        to_state=role,
        details={"invitation": invitation.public_id},
    )
    emails.invited(invitation=invitation, token=token)
    return invitation


@transaction.atomic
def accept(*, invitation: Invitation, user: User, now: datetime) -> Membership:
    """Make `user` a member, as the invitation says; a member already keeps the higher role.

    Raises InvitationOver, and OtherAddress when the account has not confirmed that address: a
    mail that was passed on lets nobody in.
    """
    employer = Employer.objects.select_for_update(no_key=True).get(pk=invitation.employer_id)
    used = Invitation.objects.filter(
        pk=invitation.pk, accepted_at__isnull=True, revoked_at__isnull=True, expires_at__gt=now
    )
    if not has_confirmed(user, invitation.email):
        raise OtherAddress
    if used.update(accepted_at=now) != 1:
        raise InvitationOver
    membership, created = Membership.objects.get_or_create(
        employer=employer, user=user, defaults={"role": invitation.role, "joined_at": now}
    )
    if not created and _rank(invitation.role) < _rank(membership.role):
        membership.role = invitation.role
        membership.save(update_fields=["role"])
    record(
        employer=employer,
        verb="join",
        actor=user,
        now=now,
        to_state=membership.role,
        details={"invitation": invitation.public_id, "member": user.public_id},
    )
    employers.verify_by_email(user=user, now=now)
    return membership


def _rank(role: str) -> int:
    """0 for the role that may do most."""
    return list(MemberRole).index(MemberRole(role))


def has_confirmed(user: User, email: str) -> bool:
    """True when `user` has shown that `email` is theirs."""
    return bool(EmailAddress.objects.filter(user=user, verified=True, email__iexact=email).exists())


@transaction.atomic
def revoke(*, invitation: Invitation, actor: User, now: datetime) -> None:
    """Take an open invitation back. Raises Gone when it is over already."""
    employer = employers.lock_for_owner(invitation.employer, actor)
    rows = employer.invitations.filter(
        pk=invitation.pk, accepted_at__isnull=True, revoked_at__isnull=True
    )
    if rows.update(revoked_at=now) != 1:
        raise Gone
    record(
        employer=employer,
        verb="revoke-invitation",
        actor=actor,
        now=now,
        details={"invitation": invitation.public_id},
    )


@transaction.atomic
def change_role(*, membership: Membership, role: MemberRole, actor: User, now: datetime) -> None:
    """Give a member another role. Raises LastOwner, Gone, `employers.NotOwner`."""
    employer = employers.lock_for_owner(membership.employer, actor)
    current = _current(employer, membership)
    if current.role == role:
        return
    if current.role == MemberRole.OWNER:
        _keep_an_owner(employer, without=current)
    before, current.role = current.role, role
    current.save(update_fields=["role"])
    record(
        employer=employer,
        verb="change-role",
        actor=actor,
        now=now,
        from_state=before,
        to_state=role,
        details={"member": current.user.public_id},
    )


@transaction.atomic
def remove(*, membership: Membership, actor: User, now: datetime) -> None:
    """Take a member out of the team. Raises LastOwner, Gone, `employers.NotOwner`."""
    employer = employers.lock_for_owner(membership.employer, actor)
    _end(employer, membership, verb="remove-member", actor=actor, now=now)


@transaction.atomic
def leave(*, membership: Membership, now: datetime) -> None:
    """End one's own membership. Raises LastOwner, Gone."""
    employer = Employer.objects.select_for_update(no_key=True).get(pk=membership.employer_id)
    _end(employer, membership, verb="leave", actor=membership.user, now=now)


def _end(
    employer: Employer, membership: Membership, *, verb: str, actor: User, now: datetime
) -> None:
    current = _current(employer, membership)
    if current.role == MemberRole.OWNER:
        _keep_an_owner(employer, without=current)
    current.delete()
    record(
        employer=employer,
        verb=verb,
        actor=actor,
        now=now,
        from_state=current.role,
        details={"member": current.user.public_id},
    )


def _current(employer: Employer, membership: Membership) -> Membership:
    found = employer.memberships.select_related("user").filter(pk=membership.pk).first()
    if found is None:
        raise Gone
    return found


def _keep_an_owner(employer: Employer, *, without: Membership) -> None:
    """Raises LastOwner unless somebody else owns the employer who can still sign in."""
    others = employer.memberships.filter(role=MemberRole.OWNER, user__is_active=True)
    if not others.exclude(pk=without.pk).exists():
        raise LastOwner
