"""From the database: the postings that are asked about, and the terms that a resume names."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from django.db.models import QuerySet

from cscareers.core.models import City
from postings.content import PostingContent
from postings.filters import PostingFilterSet
from postings.matching.inputs import Held, PostingFacts, Profile, Reach, Spot, Term, posting_facts
from postings.matching.resume import Resume
from postings.models import Posting
from postings.reading import Names
from postings.search.values import tidy
from profiles.enums import SkillKind
from profiles.models import Skill
from profiles.taxonomy.lookup import find_skills

MOST_POSTINGS: Final = 500
"""So many open postings, the newest, are matched at a time."""
_SHOWN: Final = 80


@dataclass(frozen=True, slots=True)
class Asked:
    """The postings that a request asks about; not `is_whole` when there are more of them."""

    postings: tuple[PostingFacts, ...]
    is_whole: bool


def asked_postings(filters: PostingFilterSet) -> Asked:
    """The newest published postings that pass `filters`, in three queries."""
    return read(filters.newest)


def read(hits: QuerySet[Posting], *, most: int | None = None) -> Asked:
    """The first of these postings, MOST_POSTINGS unless told, with what a match reads of them, in
    three queries."""
    most = MOST_POSTINGS if most is None else most
    columns = ("public_id", "document__published_at", "live_revision__content")
    rows = list(hits.values_list(*columns)[: most + 1])
    contents = [(row[0], row[1], PostingContent.from_json(row[2])) for row in rows[:most]]
    terms = _terms(content for _, _, content in contents)
    spots = spots_of(p.city for _, _, content in contents for p in content.locations if p.city)
    return Asked(
        tuple(
            posting_facts(
                content, id=public_id, published_at=published_at, terms=terms, spots=spots
            )
            for public_id, published_at, content in contents
        ),
        is_whole=len(rows) <= most,
    )


def facts_by_names(
    content: PostingContent, names: Names, *, id: str, published_at: datetime
) -> PostingFacts:
    """What a match reads of a content whose names are known already; no query."""
    return posting_facts(
        content,
        id=id,
        published_at=published_at,
        terms={slug: Term(skill.slug, skill.name) for slug, skill in names.skills.items()},
        spots=spots_in(names),
    )


def spots_in(names: Names) -> Mapping[int, Spot]:
    """The cities that are known already; no query."""
    return {
        pk: Spot(city.name, (city.latitude, city.longitude)) for pk, city in names.cities.items()
    }


def _terms(contents: Iterable[PostingContent]) -> Mapping[str, Term]:
    slugs = {row.skill for content in contents for row in content.requirements if row.skill}
    found = Skill.objects.by_slug(slugs)
    return {slug: Term(skill.slug, skill.name) for slug, skill in found.items()}


def spots_of(cities: Iterable[int]) -> Mapping[int, Spot]:
    """The cities by their numbers, in one query; numbers that are none are left out."""
    rows = City.objects.filter(pk__in=set(cities)).values_list(
        "pk", "name", "latitude", "longitude"
    )
    return {pk: Spot(name, (latitude, longitude)) for pk, name, latitude, longitude in rows}


def profile_of(resume: Resume) -> tuple[Profile, tuple[str, ...]]:
    """The profile of a resume by our terms, and the names that are none of them; three queries,
    and one for the places that it names."""
    own = resume.own
    names = {
        *(name for name, _ in (*resume.skills, *own.skills, *own.certificates)),
        *resume.certificates,
    }
    terms = find_skills(names)
    plain, strange = _held(resume.skills, terms)
    stated, unknown = _held(own.skills, terms)
    held, not_held = _certificates([(name, None) for name in resume.certificates], terms)
    dated, undated = _certificates(own.certificates, terms)
    profile = Profile(
        skills={**plain, **stated},
        languages=resume.languages,
        certificates={**held, **dated},
        education=resume.education,
        experience=resume.experience,
        preferences=replace(resume.preferences, places=_reaches(own.places)),
    )
    rest = (*strange, *unknown, *not_held, *undated, *resume.unrecognised)
    shown = dict.fromkeys(tidy(name)[:_SHOWN] for name in rest)
    return profile, tuple(name for name in shown if name)


def _reaches(places: Collection[tuple[int, int]]) -> tuple[Reach, ...]:
    """Cities that we know, each once with its widest radius."""
    spots = spots_of(city for city, _ in places) if places else {}
    widest: dict[int, int] = {}
    for city, radius_km in places:
        widest[city] = max(radius_km, widest.get(city, 0))
    return tuple(Reach(spots[city], km) for city, km in widest.items() if city in spots)


def _held(
    rows: Iterable[tuple[str, Held]], terms: Mapping[str, Skill]
) -> tuple[dict[str, Held], list[str]]:
    """What is held by slug, of repeated terms the best of each part; and the other names."""
    found: dict[str, Held] = {}
    strange = []
    for name, held in rows:
        if name not in terms:
            strange.append(name)
            continue
        slug = terms[name].slug
        found[slug] = found[slug].better(held) if slug in found else held
    return found, strange


def _certificates(
    rows: Iterable[tuple[str, date | None]], terms: Mapping[str, Skill]
) -> tuple[dict[str, date | None], list[str]]:
    """The certificates by slug, of repeated ones that which lasts longest; and the other names."""
    found: dict[str, date | None] = {}
    strange = []
    for name, expires in rows:
        term = terms.get(name)
        if term is None or term.kind != SkillKind.CERTIFICATE:
            strange.append(name)
            continue
        before = found.get(term.slug, date.min)
        found[term.slug] = None if before is None or expires is None else max(before, expires)
    return found, strange
