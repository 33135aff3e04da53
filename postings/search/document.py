"""What is indexed of a posting, with its weights, written by one function that the actions call.

Title weighs most (A), then the names of skills, the employer and the places (B), responsibilities
and requirements (C), the description (D). Skills and cities are indexed by their other names too,
so that "help desk software" or "München" finds what is stored under one name.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from cscareers.core.bulk import Computed, insert_rows
from cscareers.core.places import area_name
from postings.cards import card_document
from postings.content import PostingContent, RequirementRow
from postings.enums import EducationLevel
from postings.models import Posting, ReplyFacts, SearchDocument
from postings.reading import Names, names_for, requirement_groups
from profiles.models import Skill, SkillAlias

CONFIGURATION = "cs_english"
SIMPLE = "cs_simple"
MAX_INDEXED = 40_000
"""Characters of one part that are indexed: a tsvector holds at most 1 MB of words."""

_VECTOR = "to_tsvector(v.configuration::regconfig, v.{0})"
_WEIGHED = f"setweight({_VECTOR}, '{{1}}')"
VECTORS: Final = {
    "title_vector": _VECTOR.format("a"),
    "text_vector": " || ".join(_WEIGHED.format(part, part.upper()) for part in "abcd"),
}
"""The columns of words, as SQL over the texts of a row."""


def write(*, posting: Posting, content: PostingContent) -> None:
    """Write the search document of `posting`, whose approved content is `content`."""
    write_many([(posting, content)])


def write_many(items: Sequence[tuple[Posting, PostingContent]]) -> None:
    """Write the search documents of postings with their approved content, in one statement."""
    names = names_for([content for _, content in items])
    aliases = _aliases(names)
    shares = _shares([posting.employer_id for posting, _ in items])
    rows, texts = [], []
    for posting, content in items:
        skills = _skills(content, names)
        columns = _columns(posting, content, names, skills)
        columns["replies_share"] = shares.get(posting.employer_id)
        rows.append(SearchDocument(posting=posting, **columns))
        texts.append(_texts(posting, content, names, _skill_names(skills, aliases)))
    insert_rows(rows, replace=True, computed=Computed(VECTORS, texts))


def _shares(employers: Iterable[int]) -> Mapping[int, int]:
    """The share of answers in time of those employers whose figures are public."""
    rows = ReplyFacts.objects.filter(pk__in=set(employers))
    return {facts.pk: facts.share for facts in rows if facts.shown}


def write_share(employer_id: int) -> None:
    """Write the share of an employer's answers in time on all its documents, as it is public."""
    share = _shares([employer_id]).get(employer_id)
    documents = SearchDocument.objects.filter(posting__employer=employer_id)
    documents.exclude(replies_share=share).update(replies_share=share)


def _columns(
    posting: Posting, content: PostingContent, names: Names, skills: Sequence[Skill]
) -> dict[str, Any]:
    base = content.base_band
    return {
        "level": content.level or "",
        "mode": content.mode or "",
        "industry": content.industry or "",
        "employment": list(content.employment),
        "specialisations": list(content.specialisations),
        "schedule": list(content.schedule),
        "benefits": sorted({benefit.kind for benefit in content.benefits}),
        "languages": sorted({row.language or "" for row in content.language_rows}),
        "skills": sorted(skill.pk for skill in skills),
        "countries": sorted({place.country for place in content.locations}),
        "cities": sorted({place.city for place in content.locations if place.city}),
        "applicant_countries": sorted(content.applicant_countries),
        "applicant_areas": sorted(content.applicant_areas),
        "utc_offset_min": content.utc_offset_min,
        "utc_offset_max": content.utc_offset_max,
        "currency": base.band.currency if base else "",
        "annual_min": base.band.annual_min if base else None,
        "annual_max": base.band.annual_max if base else None,
        "education_rank": education_rank(content),
        "years": years(content),
        "visa_sponsorship": bool(content.visa_sponsorship),
        "text_language": content.text_language,
        "published_at": posting.first_published_at,
        "card": card_document(content, names),
    }


def _texts(
    posting: Posting, content: PostingContent, names: Names, skill_names: list[str]
) -> dict[str, str]:
    """What is indexed, by its weight, and how; see `VECTORS`."""
    asks = [names.requirement(row) for row in content.requirements]
    return {
        "configuration": CONFIGURATION if content.text_language == "en" else SIMPLE,
        "a": _text([content.title]),
        "b": _text([posting.employer.name, *skill_names, *_place_names(content, names)]),
        "c": _text([*content.responsibilities, *asks]),
        "d": _text([content.description]),
    }


def _text(words: Iterable[str]) -> str:
    return " \n".join(words).replace("\0", " ")[:MAX_INDEXED]


def _skills(content: PostingContent, names: Names) -> list[Skill]:
    slugs = dict.fromkeys(row.skill for row in content.requirements if row.skill)
    found = (names.skills[slug] for slug in slugs if slug in names.skills)
    return list({skill.pk: skill for skill in found}.values())


def _aliases(names: Names) -> Mapping[int, list[str]]:
    """The other names of all skills, by the skill's key."""
    found: dict[int, list[str]] = {}
    rows = SkillAlias.objects.filter(skill__in=[skill.pk for skill in names.skills.values()])
    for skill, name in rows.order_by("pk").values_list("skill", "name"):
        found.setdefault(skill, []).append(name)
    return found


def _skill_names(skills: Sequence[Skill], aliases: Mapping[int, list[str]]) -> list[str]:
    other = [name for skill in skills for name in aliases.get(skill.pk, [])]
    return [*(skill.name for skill in skills), *other]


def _place_names(content: PostingContent, names: Names) -> list[str]:
    words = [names.country(place.country) for place in content.locations]
    words += [names.country(code) for code in content.applicant_countries]
    words += [area_name(code) for code in content.applicant_subdivisions]
    for place in content.locations:
        if city := names.cities.get(place.city or 0):
            words += [city.name, city.region, *city.search_names]
    return list(dict.fromkeys(words))


def education_rank(content: PostingContent) -> int:
    """The education that is really demanded; of an any-of group, the least of its choices."""
    return max((_least(group, _rank) for group in _must_groups(content)), default=0)


def years(content: PostingContent) -> int:
    """The years that are really demanded; of an any-of group, the least of its choices."""
    return max(
        (_least(group, lambda row: row.min_years or 0) for group in _must_groups(content)),
        default=0,
    )


def _must_groups(content: PostingContent) -> list[list[RequirementRow]]:
    return requirement_groups(content.with_(requirements=content.musts))


def _least(group: list[RequirementRow], demand: Callable[[RequirementRow], int]) -> int:
    return min(demand(row) for row in group)


def _rank(row: RequirementRow) -> int:
    return EducationLevel(row.education).rank if row.education else 0
