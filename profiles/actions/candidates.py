"""What people change about their own profile.

No event rows: these are private facts, and a history of them would keep what somebody took back.
Every write locks the profile, so that two windows can't pass a limit together.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, TypeVar

from django.db import transaction

from profiles.employer_names import employer_key
from profiles.models import (
    BlockedName,
    CandidateProfile,
    CandidateSkill,
    Employer,
    ProfileRow,
    Skill,
    User,
)

MOST_ROWS: Final = 200
"""Of each kind in one profile; more is no help to anybody, and a match reads them all."""
SECTION_COLUMNS: Final = frozenset(
    {
        "headline",
        "summary",
        "level_now",
        "level_wanted",
        "pay_floor",
        "pay_currency",
        "pay_period",
        "modes",
        "work_countries",
        "remote_from",
        "schedules",
        "visa_needed",
        "visibility",
    }
)
Row = TypeVar("Row", bound=ProfileRow)


class RowGone(Exception):
    """The row was taken out of the profile meanwhile; saving it would bring it back."""


class TooManyRows(Exception):
    """The profile has `MOST_ROWS` of these already."""


def profile_for(*, user: User, now: datetime) -> CandidateProfile:
    """The profile of `user`; an empty one is made at the first call."""
    profile, _ = CandidateProfile.objects.get_or_create(
        user=user, defaults={"created_at": now, "updated_at": now}
    )
    return profile


@transaction.atomic
def change_profile(*, profile: CandidateProfile, changes: Mapping[str, Any], now: datetime) -> None:
    """Save some columns of the profile itself; what other sections hold stays as it is.

    Raises ValueError for a column that nobody may change, ValidationError for impossible values.
    """
    if unknown := set(changes) - SECTION_COLUMNS:
        raise ValueError(f"not for change: {sorted(unknown)}")
    locked = _lock(profile)
    for name, value in changes.items():
        setattr(locked, name, value)
        setattr(profile, name, value)
    locked.full_clean(exclude=["user"])
    locked.updated_at = now
    locked.save(update_fields=[*changes, "updated_at"])


@transaction.atomic
def block_employer(*, profile: CandidateProfile, employer: Employer, now: datetime) -> None:
    """This employer never finds the profile. Raises TooManyRows."""
    locked = _lock(profile)
    if locked.blocked.exclude(pk=employer.pk).count() >= MOST_ROWS:
        raise TooManyRows
    locked.blocked.add(employer)
    _touch(locked, now=now)


@transaction.atomic
def block_name(*, profile: CandidateProfile, name: str, now: datetime) -> None:
    """No employer of this name ever finds the profile. Raises TooManyRows, ValidationError."""
    locked, key = _lock(profile), employer_key(name)
    if not locked.blocked_names.filter(key=key).exists():
        put_row(profile=locked, row=BlockedName(name=name, key=key), now=now)


@transaction.atomic
def unblock(*, profile: CandidateProfile, blocked: Employer | BlockedName, now: datetime) -> None:
    """Take a block back."""
    if isinstance(blocked, BlockedName):
        return remove_row(profile=profile, row=blocked, now=now)
    locked = _lock(profile)
    locked.blocked.remove(blocked)
    _touch(locked, now=now)


@transaction.atomic
def put_row(*, profile: CandidateProfile, row: Row, now: datetime) -> Row:
    """Save a new or a changed row of `profile`.

    Raises TooManyRows, RowGone, ValidationError for impossible values.
    """
    locked = _lock(profile)
    row.profile = locked
    mine = type(row)._default_manager.filter(profile=locked)
    if row.pk is None:
        if mine.count() >= MOST_ROWS:
            raise TooManyRows
    elif not mine.filter(pk=row.pk).exists():
        raise RowGone
    row.full_clean()
    row.save()
    _touch(locked, now=now)
    return row


@transaction.atomic
def put_rows(*, profile: CandidateProfile, rows: Sequence[ProfileRow], now: datetime) -> None:
    """Save many new rows of any kinds at once; what each may hold is checked as in `put_row`, that
    none is there twice is left to the database.

    Raises TooManyRows, ValidationError for impossible values, IntegrityError.
    """
    locked = _lock(profile)
    by_model: dict[type[ProfileRow], list[ProfileRow]] = {}
    for row in rows:
        row.profile = locked
        row.clean_fields()
        row.clean()
        by_model.setdefault(type(row), []).append(row)
    for model, mine in by_model.items():
        held = model._default_manager.filter(profile=locked).count()
        if held + len(mine) > MOST_ROWS:
            raise TooManyRows
        model._default_manager.bulk_create(mine)
    _touch(locked, now=now)


@transaction.atomic
def put_skill(
    *, profile: CandidateProfile, skill: Skill, values: Mapping[str, Any], now: datetime
) -> CandidateSkill:
    """Say what `profile` holds of `skill`, whether it was said before or not; see `put_row`."""
    _lock(profile)
    row = CandidateSkill.objects.filter(profile=profile, skill=skill).first()
    row = row or CandidateSkill(skill=skill)
    for name in ("level", "years", "last_used"):
        if name in values:
            setattr(row, name, values[name])
    return put_row(profile=profile, row=row, now=now)


@transaction.atomic
def remove_row(*, profile: CandidateProfile, row: ProfileRow, now: datetime) -> None:
    """Take a row out of the profile for good."""
    locked = _lock(profile)
    type(row)._default_manager.filter(pk=row.pk, profile=locked).delete()
    _touch(locked, now=now)


def _lock(profile: CandidateProfile) -> CandidateProfile:
    return CandidateProfile.objects.select_for_update(no_key=True).get(pk=profile.pk)


def _touch(locked: CandidateProfile, *, now: datetime) -> None:
    locked.updated_at = now
    locked.save(update_fields=["updated_at"])
