"""What is indexed of a posting, with its weights, written by one function that the actions call.

Title weighs most (A), then the names of skills and the employer (B), responsibilities and
requirements (C), the description (D).
"""

from django.contrib.postgres.search import SearchVector
from django.db.models import Value

from postings.content import PostingContent
from postings.enums import EducationLevel
from postings.models import Posting, SearchDocument
from profiles.models import Skill

CONFIGURATION = "cs_english"
SIMPLE = "cs_simple"


def write(*, posting: Posting, content: PostingContent) -> None:
    """Write the search document of `posting`, whose approved content is `content`."""
    slugs = [row.skill for row in content.requirements if row.skill]
    skills = {skill.slug: skill for skill in Skill.objects.filter(slug__in=slugs)}
    base = content.base_band
    configuration = CONFIGURATION if content.text_language == "en" else SIMPLE
    names = [skill.name for skill in skills.values()]
    SearchDocument.objects.update_or_create(
        posting=posting,
        defaults={
            "level": content.level or "",
            "mode": content.mode or "",
            "industry": content.industry or "",
            "employment": list(content.employment),
            "specialisations": list(content.specialisations),
            "schedule": list(content.schedule),
            "benefits": sorted({benefit.kind for benefit in content.benefits}),
            "languages": sorted({row.language or "" for row in content.language_rows}),
            "skills": sorted(skill.pk for skill in skills.values()),
            "countries": sorted({place.country for place in content.locations}),
            "cities": sorted({place.city for place in content.locations if place.city}),
            "applicant_countries": sorted(content.applicant_countries),
            "utc_offset_min": content.utc_offset_min,
            "utc_offset_max": content.utc_offset_max,
            "currency": base.band.currency if base else "",
            "annual_min": base.band.annual_min if base else None,
            "annual_max": base.band.annual_max if base else None,
            "education_rank": _education_rank(content),
            "years": max(
                (row.min_years or 0 for row in content.musts if not row.any_of), default=0
            ),
            "visa_sponsorship": bool(content.visa_sponsorship),
            "published_at": posting.first_published_at,
            "title_vector": SearchVector(Value(content.title), config=configuration),
            "text_vector": SearchVector(Value(content.title), config=configuration, weight="A")
            + SearchVector(
                Value(" ".join([posting.employer.name, *names])),
                config=configuration,
                weight="B",
            )
            + SearchVector(
                Value(
                    " ".join([*content.responsibilities, *(r.name for r in content.requirements)])
                ),
                config=configuration,
                weight="C",
            )
            + SearchVector(Value(content.description), config=configuration, weight="D"),
        },
    )


def _education_rank(content: PostingContent) -> int:
    asked = [row.education for row in content.musts if row.education and not row.any_of]
    return max((EducationLevel(level).rank for level in asked), default=0)


def _years(content: PostingContent) -> int:
    return max((row.min_years or 0 for row in content.musts if not row.any_of), default=0)
