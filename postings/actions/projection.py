"""The projection of an approved revision onto the tables that search, matching and constraints
use. Written in the same transaction as the approval, and by `manage.py rebuild_search`."""

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from django.db import connection, models, transaction
from django.db.models import QuerySet

from cscareers.core.bulk import insert_rows
from postings.content import PostingContent
from postings.duplicates.store import write_prints
from postings.models import Posting, PostingLocation, PostingPay, Requirement, SearchDocument
from postings.search import document
from profiles.models import Skill

_KEEP_TERMS: Final = "SELECT FROM profiles_skill WHERE slug = ANY(%s) ORDER BY id FOR SHARE"


class UnknownSkill(Exception):
    """A requirement names a term that the taxonomy does not have."""


def project(*, posting: Posting, content: PostingContent) -> None:
    """Replace the rows of `posting` by those of `content`, and its search document with them."""
    project_many([(posting, content)])


def project_many(items: Sequence[tuple[Posting, PostingContent]]) -> None:
    """`project` for many postings, in as many statements as for one."""
    if not items:
        return
    _pay(items)
    _locations(items)
    _requirements(items)
    document.write_many(items)
    write_prints(items)


def remove(*, posting: Posting) -> None:
    """Take a posting out of every table that the public's queries read."""
    for model in (PostingPay, PostingLocation, Requirement, SearchDocument):
        model._default_manager.filter(posting=posting).delete()


def project_again(*, pk: int) -> None:
    """Project the approved revision of posting `pk` once more."""
    with transaction.atomic():
        rows = Posting.objects.select_for_update(of=("self",), no_key=True)
        posting = rows.select_related("employer", "live_revision").get(pk=pk)
        project(posting=posting, content=posting.live_content)


def approved_ids(employer_id: int | None = None) -> QuerySet[Posting, int]:
    """The keys of approved postings, of one employer or of all."""
    rows = Posting.objects.filter(live_revision__isnull=False).order_by("pk")
    if employer_id is not None:
        rows = rows.filter(employer=employer_id)
    return rows.values_list("pk", flat=True)


def _replace(
    items: Sequence[tuple[Posting, PostingContent]],
    model: type[models.Model],
    rows: Iterable[models.Model],
) -> None:
    keys = [posting.pk for posting, _ in items]
    model._default_manager.filter(posting__in=keys).delete()
    insert_rows(list(rows))


def _pay(items: Sequence[tuple[Posting, PostingContent]]) -> None:
    rows = (
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
        for posting, content in items
        for position, zoned in enumerate(content.pay_bands)
    )
    _replace(items, PostingPay, rows)


def _locations(items: Sequence[tuple[Posting, PostingContent]]) -> None:
    rows = (
        PostingLocation(
            posting=posting, position=position, country_id=place.country, city_id=place.city
        )
        for posting, content in items
        for position, place in enumerate(content.locations)
    )
    _replace(items, PostingLocation, rows)


def _wait_for_merges(slugs: Collection[str]) -> None:
    """Keep these terms from being merged until the transaction ends, and wait for a merge that
    goes on: what is written for a term afterwards would stay behind with it."""
    with connection.cursor() as cursor:
        cursor.execute(_KEEP_TERMS, [sorted(slugs)])


def _requirements(items: Sequence[tuple[Posting, PostingContent]]) -> None:
    slugs = {row.skill for _, content in items for row in content.requirements if row.skill}
    if slugs:
        _wait_for_merges(slugs)
    ids = {slug: skill.pk for slug, skill in Skill.objects.by_slug(slugs).items()}
    if missing := sorted(slugs - ids.keys()):
        raise UnknownSkill(", ".join(missing))
    rows = (
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
        for posting, content in items
        for position, row in enumerate(content.requirements)
    )
    _replace(items, Requirement, rows)
