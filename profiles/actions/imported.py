"""Employers that an import names and nobody has claimed."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.text import slugify

from cscareers.core.bulk import insert_rows
from profiles.actions.employers import RESERVED_SLUGS
from profiles.models import Employer, EmployerEvent


@dataclass(frozen=True, slots=True)
class Named:
    """What an import says of an employer: its site, and where all its jobs are."""

    site: str = ""
    country: str | None = None
    time_zone: str = ""


@transaction.atomic
def find_or_make_employers(*, named: Mapping[str, Named], now: datetime) -> dict[str, Employer]:
    """The employer of each name whatever its case, the oldest if there are several; else a new,
    unverified one of which is known what `named` says."""
    found = _found(named)
    new: dict[str, str] = {}
    for name in named:
        if name.lower() not in found:
            new.setdefault(name.lower(), name)
    made = insert_rows(
        [
            Employer(
                slug=slug,
                name=name,
                site=named[name].site,
                country_id=named[name].country,
                time_zone=named[name].time_zone or "UTC",
                imported=True,
                created_at=now,
            )
            for name, slug in _free_slugs(new.values()).items()
        ]
    )
    insert_rows(
        [
            EmployerEvent(
                employer=employer, actor_label="system", verb="create", note="import", at=now
            )
            for employer in made
        ]
    )
    found |= {employer.name.lower(): employer for employer in made}
    return {name: found[name.lower()] for name in named}


def _found(names: Collection[str]) -> dict[str, Employer]:
    lowered = {name.lower() for name in names}
    # PostgreSQL does not lower every letter as Python does: the same name is the same in any case.
    alike = Q(lower_name__in=lowered) | Q(name__in=names)
    named = Employer.objects.alias(lower_name=Lower("name")).filter(alike)
    return {employer.name.lower(): employer for employer in named.order_by("-pk")}


def _free_slugs(names: Iterable[str]) -> dict[str, str]:
    """A slug for each name that no employer and no other of the names has."""
    stems = {name: slugify(name)[:70].strip("-") or "employer" for name in names}
    given: set[str] = set(RESERVED_SLUGS)
    given |= set(Employer.objects.filter(slug__in=stems.values()).values_list("slug", flat=True))
    slugs: dict[str, str] = {}
    for name, stem in stems.items():
        slugs[name] = _next_slug(stem, given) if stem in given else stem
        given.add(slugs[name])
    return slugs


def _next_slug(stem: str, given: set[str]) -> str:
    taken = set(Employer.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    taken |= given
    return next(slug for slug in (f"{stem}-{n}" for n in count(2)) if slug not in taken)
