"""The projection of an approved revision onto the tables that search, matching and constraints
use. Written in the same transaction as the approval, and by `manage.py rebuild_search`."""

from django.db import transaction
from django.db.models import QuerySet

from postings.content import PostingContent
from postings.duplicates.store import write_prints
from postings.models import Posting, PostingLocation, PostingPay, Requirement
from postings.search import document
from profiles.models import Skill


class UnknownSkill(Exception):
    """A requirement names a term that the taxonomy does not have."""


def project(*, posting: Posting, content: PostingContent) -> None:
    """Replace the rows of `posting` by those of `content`, and its search document with them."""
    _pay(posting, content)
    _locations(posting, content)
    _requirements(posting, content)
    document.write(posting=posting, content=content)
    write_prints([(posting, content)])


def project_again(*, pk: int) -> None:
    """Project the approved revision of posting `pk` once more."""
    with transaction.atomic():
        rows = Posting.objects.select_for_update(of=("self",))
        posting = rows.select_related("employer", "live_revision").get(pk=pk)
        project(posting=posting, content=posting.live_content)


def approved_ids(employer_id: int | None = None) -> QuerySet[Posting, int]:
    """The keys of approved postings, of one employer or of all."""
    rows = Posting.objects.filter(live_revision__isnull=False).order_by("pk")
    if employer_id is not None:
        rows = rows.filter(employer=employer_id)
    return rows.values_list("pk", flat=True)


def _pay(posting: Posting, content: PostingContent) -> None:
    posting.pay_bands.all().delete()
    PostingPay.objects.bulk_create(
        PostingPay(
            posting=posting,
            position=position,
            zone=list(zoned.zone),
            minimum=zoned.band.minimum,
            maximum=zoned.band.maximum,
            currency=zoned.band.currency,
            period=zoned.band.period,
            hours_per_week=zoned.band.hours_per_week,
            annual_min=zoned.band.annual_min,
            annual_max=zoned.band.annual_max,
        )
        for position, zoned in enumerate(content.pay_bands)
    )


def _locations(posting: Posting, content: PostingContent) -> None:
    posting.locations.all().delete()
    PostingLocation.objects.bulk_create(
        PostingLocation(
            posting=posting, position=position, country_id=place.country, city_id=place.city
        )
        for position, place in enumerate(content.locations)
    )


def _requirements(posting: Posting, content: PostingContent) -> None:
    posting.requirements.all().delete()
    slugs = {row.skill for row in content.requirements if row.skill}
    ids = dict(Skill.objects.filter(slug__in=slugs).values_list("slug", "id"))
    if missing := sorted(slugs - ids.keys()):
        raise UnknownSkill(", ".join(missing))
    Requirement.objects.bulk_create(
        Requirement(
            posting=posting,
            position=position,
            row_id=row.id,
            kind=row.kind,
            importance=row.importance,
            name=row.name,
            skill_id=ids[row.skill] if row.skill else None,
            language=row.language or "",
            min_cefr=row.min_cefr or "",
            education=row.education or "",
            min_level=row.min_level,
            min_years=row.min_years,
            any_of=row.any_of or "",
        )
        for position, row in enumerate(content.requirements)
    )
