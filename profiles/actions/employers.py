"""Employers: make one, change what it says, and the first rung of its verification."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from allauth.account.models import EmailAddress
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.text import slugify

from cscareers.core import images, throttling
from cscareers.core.domains import host_of, proven_domain, registrable
from cscareers.core.models import Country
from profiles.enums import MemberRole, VerificationKind
from profiles.models import Employer, EmployerEvent, Membership, User
from profiles.permissions import is_owner
from profiles.signals import employer_changed

CREATED_PER_DAY: Final = throttling.Limit("create-employer", hits=5, per=timedelta(days=1))
SAME_FORM: Final = timedelta(minutes=10)
RESERVED_SLUGS: Final = frozenset({"new", "invitations"})
"""Words that stand in the place of an employer in a route of ours."""


class EditConflict(Exception):
    """Somebody else saved this employer first; `theirs` is what stands there now."""

    def __init__(self, theirs: Employer) -> None:
        super().__init__(f"version {theirs.version} is there already")
        self.theirs = theirs


class NotOwner(Exception):
    """The actor is not (or no longer) an owner of this employer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployerFacts:
    """What an owner says about an employer. Without `time_zone` it is the country's capital's."""

    name: str
    site: str
    sector: str
    size: str
    country: Country
    time_zone: str = ""
    description: str = ""
    orders_by_match: bool = True

    def columns(self) -> dict[str, Any]:
        """The columns of `Employer` that these facts fill."""
        return {
            "name": self.name,
            "site": self.site,
            "sector": self.sector,
            "size": self.size,
            "country": self.country,
            "time_zone": self.time_zone or self.country.time_zone,
            "description": self.description,
            "orders_by_match": self.orders_by_match,
        }


@transaction.atomic
def create_employer(
    *, actor: User, facts: EmployerFacts, now: datetime, logo: bytes | None = None
) -> Employer:
    """A new employer with `actor` as its first owner. `logo` is what `core.images` wrote.

    The one that they have just made when it says the same: the form came again, after the browser's
    Back. Raises `throttling.TooMany`.
    """
    twin = Employer.objects.filter(
        memberships__user=actor, created_at__gt=now - SAME_FORM, **facts.columns()
    ).first()
    if twin is not None:
        return twin
    throttling.count(CREATED_PER_DAY, actor.pk, now=now)
    employer = Employer.objects.create(
        slug=unique_slug(facts.name), created_at=now, **facts.columns()
    )
    if logo is not None:
        _store_logo(employer, logo)
    Membership.objects.create(employer=employer, user=actor, role=MemberRole.OWNER, joined_at=now)
    record(employer=employer, verb="create", actor=actor, now=now)
    _verify(employer, now=now)
    employer_changed.send(sender=Employer, employer=employer)
    return employer


@transaction.atomic
def update_employer(
    *,
    employer: Employer,
    actor: User,
    facts: EmployerFacts,
    version: int,
    now: datetime,
    logo: bytes | None = None,
    remove_logo: bool = False,
) -> None:
    """Save `facts` if the employer is still at `version`. A new `logo` replaces the old one.

    Raises EditConflict when somebody saved in between, NotOwner.
    """
    locked = lock_for_owner(employer, actor)
    if locked.version != version:
        raise EditConflict(locked)
    before = {name: getattr(locked, name) for name in facts.columns()}
    changes = facts.columns()
    changed = sorted(name for name, value in changes.items() if value != before[name])
    for name, value in {**changes, "version": version + 1}.items():
        setattr(locked, name, value)
    locked.save(update_fields=[*changes, "version"])
    if logo is not None or remove_logo:
        _drop_logo(locked)
        changed.append("logo")
    if logo is not None:
        _store_logo(locked, logo)
    record(employer=locked, verb="update", actor=actor, now=now, details={"fields": changed})
    _verify(locked, now=now)
    employer_changed.send(sender=Employer, employer=locked)


@transaction.atomic
def verify_by_email(*, user: User, now: datetime) -> list[Employer]:
    """The employers that the confirmed addresses of `user` have just verified."""
    mine = Employer.objects.filter(memberships__user=user).order_by("pk")
    locked = mine.select_for_update(of=("self",), no_key=True)
    return [employer for employer in locked if _verify(employer, now=now)]


def unique_slug(name: str) -> str:
    """A free, permanent slug that is like `name`."""
    stem = slugify(name)[:70].strip("-") or "employer"
    if stem in RESERVED_SLUGS:
        stem = f"{stem}-employer"
    like = set(Employer.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    if stem not in like:
        return stem
    # A counter would meet another one that is made at the same moment; this does not.
    return f"{stem}-{secrets.token_hex(2)}"


def lock_for_owner(employer: Employer, actor: User) -> Employer:
    """The row of `employer`, locked, so that its team stands still; raises NotOwner."""
    locked = Employer.objects.select_for_update(no_key=True).get(pk=employer.pk)
    if not is_owner(actor, locked):
        raise NotOwner
    return locked


def record(
    *,
    employer: Employer,
    verb: str,
    actor: User | None,
    now: datetime,
    details: dict[str, Any] | None = None,
    **fields: Any,
) -> EmployerEvent:
    """Write one event row. Details name people by public id only: these rows stay for ever."""
    return EmployerEvent.objects.create(
        employer=employer,
        verb=verb,
        actor=actor,
        actor_label=actor.label if actor else "system",
        at=now,
        details=details or {},
        **fields,
    )


def _verify(employer: Employer, *, now: datetime) -> bool:
    """Climb the first rung if a member's confirmed address is at the site's own domain; step down
    if the site moved away from the domain that was proven. True when it has just been verified."""
    if employer.verification not in ("", VerificationKind.EMAIL):
        return False
    if employer.verification and registrable(host_of(employer.site)) == employer.verified_domain:
        return False
    domain = _proven_domain(employer)
    if not domain and not employer.verification:
        return False
    employer.verification = VerificationKind.EMAIL if domain else ""
    employer.verified_at = now if domain else None
    employer.verified_domain = domain
    employer.save(update_fields=["verification", "verified_at", "verified_domain"])
    record(
        employer=employer,
        verb="verify" if domain else "unverify",
        actor=None,
        now=now,
        details={"kind": str(VerificationKind.EMAIL), "domain": domain},
    )
    employer_changed.send(sender=Employer, employer=employer)
    return bool(domain)


def _proven_domain(employer: Employer) -> str:
    confirmed = EmailAddress.objects.filter(
        verified=True, user__is_active=True, user__memberships__employer=employer
    )
    for email in confirmed.order_by("pk").values_list("email", flat=True):
        if domain := proven_domain(site=employer.site, email=email):
            return domain
    return ""


def _store_logo(employer: Employer, picture: bytes) -> None:
    # The name is random, so that it can be cached for ever and tells nothing.
    name = f"{secrets.token_hex(16)}{images.SUFFIX}"
    employer.logo.save(name, ContentFile(picture), save=False)
    employer.save(update_fields=["logo"])


def _drop_logo(employer: Employer) -> None:
    old = employer.logo.name
    employer.logo = ""
    employer.save(update_fields=["logo"])
    if old:
        transaction.on_commit(lambda: default_storage.delete(old))
