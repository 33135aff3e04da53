"""People and employers of tests."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from django.contrib.auth.models import Permission

from profiles.enums import MemberRole, VerificationKind
from profiles.models import Employer, Membership, User
from tests.factories.places import reference_rows

_numbers = count(1)


def _number() -> str:
    """The next number, as wide as all others: what is sorted by it stays in the order made."""
    return f"{next(_numbers):05}"


def make_user(email: str = "", **fields: Any) -> User:
    """An account that has signed up; with a password when one is given."""
    return User.objects.create_user(email or f"person{_number()}@example.test", **fields)


def make_moderator(**fields: Any) -> User:
    """Staff with the right to decide on postings."""
    user = make_user(is_staff=True, **fields)
    user.user_permissions.add(Permission.objects.get(codename="moderate_posting"))
    return user


def make_employer(name: str = "", *, verified: bool = True, **fields: Any) -> Employer:
    """An employer, by default verified by e-mail, in the time zone UTC."""
    number = _number()
    now = datetime.now(UTC)
    proof: dict[str, Any] = {
        "verification": VerificationKind.EMAIL,
        "verified_at": now,
        "verified_domain": f"employer{number}.test",
    }
    reference_rows()
    values = {
        "name": name or f"Employer {number}",
        "slug": f"employer-{number}",
        "site": f"https://employer{number}.test/",
        "created_at": now,
        **(proof if verified else {}),
        **fields,
    }
    return Employer.objects.create(**values)


def make_member(
    employer: Employer, user: User | None = None, role: MemberRole = MemberRole.OWNER
) -> User:
    """A person (a new one if none is given) who works for `employer`."""
    user = user or make_user()
    Membership.objects.create(employer=employer, user=user, role=role, joined_at=datetime.now(UTC))
    return user
