"""A moderator takes an employer or an account out of the public, and lets it back."""

from datetime import datetime

from django.db import transaction

from profiles import emails
from profiles.models import AccountEvent, Employer, EmployerEvent, User
from profiles.permissions import can_suspend
from profiles.signals import suspension_changed


class AlreadySo(Exception):
    """It is suspended (or reinstated) already."""


class StaffProtected(Exception):
    """A moderator shuts neither their own account nor another moderator's."""


@transaction.atomic
def suspend_employer(*, employer: Employer, actor: User, note: str, now: datetime) -> None:
    """Take `employer` and all its postings out of every public place, and tell its owners."""
    _set_employer(employer=employer, suspended_at=now, actor=actor, note=note, now=now)


@transaction.atomic
def reinstate_employer(*, employer: Employer, actor: User, note: str, now: datetime) -> None:
    """Undo a suspension: what was public before is public again."""
    _set_employer(employer=employer, suspended_at=None, actor=actor, note=note, now=now)


def _set_employer(
    *, employer: Employer, suspended_at: datetime | None, actor: User, note: str, now: datetime
) -> None:
    suspending = suspended_at is not None
    rows = Employer.objects.filter(pk=employer.pk, suspended_at__isnull=suspending)
    if rows.update(suspended_at=suspended_at) != 1:
        raise AlreadySo
    employer.suspended_at = suspended_at
    event = EmployerEvent.objects.create(
        employer=employer,
        actor=actor,
        actor_label=actor.label,
        verb="suspend" if suspending else "reinstate",
        note=note,
        at=now,
    )
    suspension_changed.send(sender=Employer, employer=employer, user=None, now=now)
    emails.employer_suspension_changed(employer=employer, event=event)


@transaction.atomic
def suspend_account(*, user: User, actor: User, note: str, now: datetime) -> None:
    """Shut `user`'s account and take all postings that it wrote out of public places."""
    _set_account(user=user, suspended_at=now, actor=actor, note=note, now=now)


@transaction.atomic
def reinstate_account(*, user: User, actor: User, note: str, now: datetime) -> None:
    """Undo the suspension of an account."""
    _set_account(user=user, suspended_at=None, actor=actor, note=note, now=now)


def _set_account(
    *, user: User, suspended_at: datetime | None, actor: User, note: str, now: datetime
) -> None:
    if not can_suspend(actor, user):
        raise StaffProtected
    suspending = suspended_at is not None
    rows = User.objects.filter(pk=user.pk, suspended_at__isnull=suspending)
    if rows.update(suspended_at=suspended_at, is_active=not suspending) != 1:
        raise AlreadySo
    user.suspended_at, user.is_active = suspended_at, not suspending
    event = AccountEvent.objects.create(
        subject=user,
        actor=actor,
        actor_label=actor.label,
        verb="suspend" if suspending else "reinstate",
        note=note,
        at=now,
    )
    suspension_changed.send(sender=User, employer=None, user=user, now=now)
    emails.account_suspension_changed(user=user, event=event)
