"""Postings and facets as the API shows them: plain dicts, for JSON."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.urls import reverse

from cscareers.core.markdown import to_html
from cscareers.core.places import country_of
from postings.content import PostingContent, RequirementRow, ZonedPay
from postings.filters import Candidate
from postings.models import Posting, public_facts
from postings.reading import Names, names_for, requirement_subject
from postings.search.facets import FacetValue
from postings.search.params import SearchParams
from profiles.models import Employer

Absolute = Callable[[str], str]


def posting_list(
    postings: Sequence[Posting], params: SearchParams, absolute: Absolute
) -> list[dict[str, Any]]:
    """Postings with their approved content: three queries for all names in them."""
    rows = [(posting, posting.live_content) for posting in postings]
    names = names_for(content for _, content in rows)
    return [posting_shape(posting, content, names, params, absolute) for posting, content in rows]


def posting_shape(
    posting: Posting,
    content: PostingContent,
    names: Names,
    params: SearchParams,
    absolute: Absolute,
) -> dict[str, Any]:
    """One posting; `pay` is the band that applies to somebody who searches with `params`."""
    applies = band_for_request(content, params)
    return {
        "id": posting.public_id,
        "url": absolute(posting.get_absolute_url()),
        "title": posting.title,
        "level": content.level,
        "employer": _employer(posting.employer, absolute),
        "pay": pay_shape(applies) if applies else None,
        "pay_bands": [pay_shape(zoned) for zoned in content.pay_bands],
        "work_mode": content.mode,
        "locations": _locations(content, names),
        "applicant_countries": sorted(content.applicant_countries),
        "applicant_subdivisions": sorted(content.applicant_subdivisions),
        "employment": list(content.employment),
        "industry": content.industry,
        "specialisations": list(content.specialisations),
        "schedule": list(content.schedule),
        "benefits": [benefit.kind for benefit in content.benefits],
        "languages": list(dict.fromkeys(row.language for row in content.language_rows)),
        "visa_sponsorship": content.visa_sponsorship,
        "responsibilities": list(content.responsibilities),
        "requirements": [requirement_shape(row, names) for row in content.requirements],
        "description_html": str(to_html(content.description)),
        "published_at": posting.first_published_at,
        "confirmed_at": posting.confirmed_at,
        "closes_at": posting.closes_at,
        "reply_days": content.reply_days if content.applies_here else None,
        "replies": replies_shape(posting.employer),
        "reposts": {
            "count": posting.times_posted - 1,
            "first_published_at": posting.chain_began_at or posting.first_published_at,
        },
    }


def band_for_request(content: PostingContent, params: SearchParams) -> ZonedPay | None:
    """The band of the country that was searched for, else the base band."""
    for country in (country_of(params.remote_from), *params.country):
        if country and (zoned := content.band_for(country)) is not None:
            return zoned
    return content.base_band


def pay_shape(zoned: ZonedPay) -> dict[str, Any]:
    """A band; an empty zone is everywhere."""
    band = zoned.band
    return {
        "zone": list(zoned.zone),
        "currency": band.currency,
        "min": number(band.minimum),
        "max": number(band.maximum),
        "period": band.period,
        "annual_min": band.annual_min,
        "annual_max": band.annual_max,
    }


def requirement_shape(row: RequirementRow, names: Names) -> dict[str, Any]:
    """A requirement row with its term of the taxonomy."""
    skill = names.skills.get(row.skill) if row.skill else None
    return {
        "id": row.id,
        "kind": row.kind,
        "name": requirement_subject(row, names),
        "skill": None
        if skill is None
        else {"slug": skill.slug, "name": skill.name, "esco_uri": skill.esco_uri or None},
        "language": row.language,
        "min_cefr": row.min_cefr,
        "education": row.education,
        "importance": row.importance,
        "min_level": row.min_level,
        "min_years": row.min_years,
        "any_of": row.any_of,
    }


def facet_shapes(
    facets: Mapping[str, Sequence[FacetValue]],
) -> dict[str, list[dict[str, Any]]]:
    """Facets by their parameter; a pay threshold names its currency."""
    return {name: [_facet(value) for value in values] for name, values in facets.items()}


def candidate_shapes(candidates: Sequence[Candidate]) -> list[dict[str, Any]]:
    """What a typed place may stand for: pass `value` as the parameter `parameter`."""
    return [{"parameter": c.name, "value": str(c.value), "label": c.label} for c in candidates]


def number(amount: Decimal) -> int | float:
    """A sum as a JSON number: whole where it is whole."""
    return int(amount) if amount == int(amount) else float(amount)


def _facet(value: FacetValue) -> dict[str, Any]:
    shape: dict[str, Any] = {"value": value.value, "label": value.label, "count": value.count}
    return shape | {"currency": value.currency} if value.currency else shape


def _employer(employer: Employer, absolute: Absolute) -> dict[str, Any]:
    return {
        "name": employer.name,
        "slug": employer.slug,
        "url": absolute(reverse("postings:employer", kwargs={"slug": employer.slug})),
        "verified": employer.verification or None,
        "replies": replies_shape(employer),
    }


def replies_shape(employer: Employer) -> dict[str, Any] | None:
    """How an employer answers whoever applies; None while that is not public."""
    facts = public_facts(employer)
    if facts is None:
        return None
    return {"in_time": facts.in_time, "due": facts.due, "median_days": facts.median_days}


def _locations(content: PostingContent, names: Names) -> list[dict[str, Any]]:
    shapes = []
    for place in content.locations:
        city = names.cities.get(place.city) if place.city else None
        shapes.append(
            {
                "city": city.name if city else None,
                "region": (city.region or None) if city else None,
                "country": place.country,
                "latitude": city.latitude if city else None,
                "longitude": city.longitude if city else None,
            }
        )
    return shapes
