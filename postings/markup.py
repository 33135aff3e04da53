"""From a posting to its JobPosting markup: the facts gathered, the document built and judged."""

from typing import Any

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from cscareers.core.markdown import to_html
from cscareers.core.places import area_name
from postings.content import PostingContent, RequirementRow
from postings.enums import EducationLevel, Importance, Origin, RequirementKind
from postings.labels import label
from postings.models import Posting
from postings.reading import Names, requirement_groups, requirement_phrase
from postings.structured_data import (
    MarkupFacts,
    MarkupPlace,
    MarkupSkill,
    Problem,
    job_posting,
    to_script,
    validate,
)


def document_for(posting: Posting, content: PostingContent, names: Names) -> dict[str, Any]:
    """The JobPosting document of a published `posting`."""
    return job_posting(facts_for(posting, content, names))


def problems_of(document: dict[str, Any]) -> list[Problem]:
    """What search engines would refuse in `document`."""
    return [problem for problem in validate(document) if problem.critical]


def script_for(posting: Posting, content: PostingContent, names: Names) -> SafeString:
    """The script element for the head of the page; empty when the document would be refused,
    because no markup costs less than wrong markup."""
    document = document_for(posting, content, names)
    if problems_of(document):
        return SafeString("")
    script = mark_safe(to_script(document))  # noqa: S308  (to_script escapes what ends a script)
    return format_html('<script type="application/ld+json">{}</script>', script)


def facts_for(posting: Posting, content: PostingContent, names: Names) -> MarkupFacts:
    """What the markup says of `posting`; everything in it stands on the page too."""
    employer = posting.employer
    base = content.base_band
    if posting.first_published_at is None or posting.closes_at is None:
        raise ValueError(f"{posting.public_id} is not published")
    education, months, either = _education_and_experience(content)
    hours = ", ".join(label(code) for code in content.schedule)
    return MarkupFacts(
        title=content.title,
        description_html=to_html(content.description),
        posted=posting.date_posted or posting.first_published_at,
        closes_at=posting.closes_at,
        employer_name=employer.name,
        employer_site=employer.site,
        url=f"{settings.SITE_URL}{posting.get_absolute_url()}",
        identifier=posting.external_identifier or posting.public_id,
        level=content.level,
        mode=content.mode,
        places=tuple(_place(place.country, place.city, names) for place in content.locations),
        applicant_countries=tuple(
            names.country(code) for code in content.applicant_areas if "-" not in code
        ),
        applicant_states=tuple(area_name(code) for code in content.applicant_subdivisions),
        employment=content.employment,
        band=base.band if base else None,
        extra_pay=tuple(f"{label(extra.kind)}: {extra.value}" for extra in content.extra_pay),
        responsibilities=content.responsibilities,
        requirements=tuple(
            " or ".join(requirement_phrase(row, names) for row in group)
            for group in requirement_groups(content)
        ),
        skills=tuple(
            MarkupSkill(names.skills[row.skill].name, names.skills[row.skill].esco_uri)
            for row in content.requirements
            if row.skill and row.skill in names.skills
        ),
        benefits=tuple(
            f"{label(benefit.kind)}: {benefit.value}" if benefit.value else label(benefit.kind)
            for benefit in content.benefits
        ),
        hours=hours,
        education=education,
        months_of_experience=months,
        experience_in_place_of_education=either,
        industry=label(content.industry) if content.industry else "",
        applies_outside=not content.applies_here,
        in_profession=posting.origin != Origin.IMPORT,
    )


def _place(country: str, city_id: int | None, names: Names) -> MarkupPlace:
    city = names.cities.get(city_id) if city_id else None
    return MarkupPlace(country, city.name, city.region) if city else MarkupPlace(country)


def _education_and_experience(
    content: PostingContent,
) -> tuple[EducationLevel | None, int | None, bool]:
    """The education and the months of experience that are a must, and whether experience may
    stand in the place of education."""
    education: EducationLevel | None = None
    months: int | None = None
    either = False
    for group in requirement_groups(content):
        if group[0].importance is not Importance.MUST:
            continue
        levels = [row.education for row in group if row.education]
        years = [row.min_years for row in group if _asks_years(row)]
        if levels:
            least = min(levels, key=lambda level: level.rank)
            education = max(education or least, least, key=lambda level: level.rank)
            either = either or bool(years)
        if years:
            months = max(months or 0, min(year or 0 for year in years) * 12)
    return education, months, either and education is not None and months is not None


def _asks_years(row: RequirementRow) -> bool:
    return row.kind is RequirementKind.EXPERIENCE and bool(row.min_years)
