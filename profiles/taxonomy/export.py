"""The vocabulary for others to use: approved terms with their links to ESCO and O*NET."""

import csv
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from io import StringIO
from typing import Any, Final

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, Value

from cscareers.core.credits import Source, sources
from profiles.enums import SkillKind, SkillStatus
from profiles.models import Skill

COLUMNS: Final = ("slug", "kind", "name", "category", "esco_uri", "onet")
_CREDITED: Final = ("ESCO", "O*NET")


@dataclass(frozen=True, slots=True)
class Term:
    """An approved term. `onet` is the name of a technology in O*NET; `former_slugs` are those of
    terms that were merged into it."""

    slug: str
    kind: str
    name: str
    category: str
    description: str
    esco_uri: str
    onet: str
    aliases: tuple[str, ...]
    former_slugs: tuple[str, ...]


def terms() -> list[Term]:
    """All approved terms by kind and name, in one query."""
    none = Value([])
    rows = (
        Skill.objects.approved()
        .annotate(
            names=ArrayAgg("aliases__name", filter=Q(aliases__isnull=False), distinct=True,
                           default=none),
            former=ArrayAgg("merged__slug", filter=Q(merged__status=SkillStatus.MERGED),
                            distinct=True, default=none),
        )
        .order_by("kind", "name", "pk")
        .values_list(
            *("slug", "kind", "name", "category", "description", "esco_uri", "onet"),
            *("names", "former"),
        )
    )  # fmt: skip
    return [Term(*row[:7], *map(tuple, row[7:])) for row in rows]


def by_kind(found: list[Term]) -> Iterator[tuple[SkillKind, list[Term]]]:
    """The terms of each kind."""
    for kind in SkillKind:
        yield kind, [term for term in found if term.kind == kind]


def credits_due() -> list[Source]:
    """Whom to name beside the links."""
    return [source for source in sources() if source.name.startswith(_CREDITED)]


def as_document() -> dict[str, Any]:
    """All of it, for JSON; an empty link is null."""
    return {
        "credits": [
            {"source": s.name, "credit": s.credit, "licence": s.licence, "url": s.licence_url}
            for s in credits_due()
        ],
        "skills": [
            {**asdict(term), "esco_uri": term.esco_uri or None, "onet": term.onet or None}
            for term in terms()
        ],
    }


def as_csv() -> str:
    """A table with a heading; the credit stands in the last lines, each after a number sign."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([getattr(term, column) for column in COLUMNS] for term in terms())
    writer.writerows([f"# {source.name}: {source.credit}"] for source in credits_due())
    return out.getvalue()
