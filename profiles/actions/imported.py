"""Employers that an import names and nobody has claimed."""

from datetime import datetime
from itertools import count

from django.db import transaction
from django.db.models.functions import Lower
from django.utils.text import slugify

from profiles.actions.employers import RESERVED_SLUGS
from profiles.models import Employer, EmployerEvent


@transaction.atomic
def find_or_make_employer(*, name: str, site: str, now: datetime) -> Employer:
    """The employer of this name whatever its case, the oldest if there are several; else a new,
    unverified one."""
    named = Employer.objects.annotate(lower_name=Lower("name")).filter(lower_name=name.lower())
    found = named.order_by("pk").first()
    if found is not None:
        return found
    employer = Employer.objects.create(
        slug=_free_slug(name), name=name, site=site, imported=True, created_at=now
    )
    EmployerEvent.objects.create(
        employer=employer, actor_label="system", verb="create", note="import", at=now
    )
    return employer


def _free_slug(name: str) -> str:
    stem = slugify(name)[:70].strip("-") or "employer"
    taken = set(Employer.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    taken |= RESERVED_SLUGS
    if stem not in taken:
        return stem
    return next(slug for slug in (f"{stem}-{n}" for n in count(2)) if slug not in taken)
