"""Each parameter of a search as a condition on postings: the one place that says what it means.

Page, API, facets and the zero page all build on these, so a count can't differ from its page.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from functools import reduce
from math import ceil
from operator import or_

from django.contrib.postgres.search import SearchQuery, SearchQueryCombinable
from django.db.models import Q

from cscareers.core.places import country_of
from cscareers.core.rates import Rates
from postings.enums import EducationLevel, WorkMode
from postings.search.document import CONFIGURATION, SIMPLE
from postings.search.params import SearchParams
from postings.search.synonyms import Expansion, expand
from postings.search.terms import Terms

NOTHING = Q(pk__in=[])
ANY_OF: Mapping[str, str] = {
    "level": "document__level__in",
    "mode": "document__mode__in",
    "industry": "document__industry__in",
    "employment": "document__employment__overlap",
    "specialisation": "document__specialisations__overlap",
    "schedule": "document__schedule__overlap",
    "language": "document__languages__overlap",
}


@dataclass(frozen=True, slots=True)
class Context:
    """What the conditions need beside the parameters."""

    now: datetime
    terms: Terms
    rates: Rates = field(default_factory=lambda: Rates({}, None))


@dataclass(frozen=True, slots=True)
class TextQueries:
    """A text as PostgreSQL searches for it: stemmed for English texts, as it is for others."""

    english: SearchQueryCombinable
    simple: SearchQueryCombinable
    expansion: Expansion


def text_queries(params: SearchParams) -> TextQueries:
    """The words of `params` and, unless `exact`, their synonyms."""
    expansion = Expansion() if params.exact else expand(params.q)
    texts = (params.q, *expansion.searched)
    return TextQueries(
        english=_any_text(texts, CONFIGURATION),
        simple=_any_text(texts, SIMPLE),
        expansion=expansion,
    )


def _any_text(texts: tuple[str, ...], config: str) -> SearchQueryCombinable:
    queries = [SearchQuery(text, config=config, search_type="websearch") for text in texts]
    return reduce(or_, queries)


def predicates(params: SearchParams, context: Context) -> dict[str, Q]:
    """The condition of each parameter that is set, by its name.

    `place` joins `country`, `city` and `remote_from`; of `skill` and `benefit` each value is a
    condition of its own, named like `skill:zendesk`.
    """
    found: dict[str, Q] = {}
    if params.q:
        found["q"] = _text(params)
    for name, lookup in ANY_OF.items():
        if values := getattr(params, name):
            found[name] = Q(**{lookup: list(values)})
    if params.country or params.city is not None or params.remote_from:
        found["place"] = place(params, context.terms)
    if params.annual_pay_min is not None:
        found["pay"] = pay(params, context.rates)
    for slug in params.skill:
        skill = context.terms.skills.get(slug)
        found[f"skill:{slug}"] = Q(document__skills__contains=[skill.pk]) if skill else NOTHING
    for code in params.benefit:
        found[f"benefit:{code}"] = Q(document__benefits__contains=[code])
    found |= _what_i_have(params)
    found |= _posting_itself(params, context)
    return found


def _text(params: SearchParams) -> Q:
    queries = text_queries(params)
    return Q(document__text_language="en", document__text_vector=queries.english) | (
        ~Q(document__text_language="en") & Q(document__text_vector=queries.simple)
    )


def place(params: SearchParams, terms: Terms) -> Q:
    """Done there, or remote and open to people from `remote_from`: either is enough."""
    found = Q()
    if (on_site := work_place(params, terms)) is not None:
        found |= on_site
    if params.remote_from:
        found |= remote_from(params.remote_from)
    return found


def work_place(params: SearchParams, terms: Terms) -> Q | None:
    """Done in or around the city and in one of the countries; None when neither is asked.

    A city is where one goes to: remote postings have no distance and are found by `remote_from`.
    """
    found = Q()
    if params.country:
        found &= Q(document__countries__overlap=list(params.country))
    if params.city is not None:
        found &= Q(document__cities__overlap=terms.within(params))
        found &= ~Q(document__mode=WorkMode.REMOTE)
    return found or None


def remote_from(area: str) -> Q:
    """Remote, and open to people who live in `area`: in some part of a country, or in a subdivision
    (see `accepts`)."""
    remote = Q(document__mode=WorkMode.REMOTE)
    if (country := country_of(area)) == area:
        return remote & Q(document__applicant_countries__contains=[country])
    return remote & Q(document__applicant_areas__overlap=[country, area])


def accepts(area: str, *, countries: Collection[str], areas: Collection[str]) -> bool:
    """The twin of `remote_from` for a posting's `countries` and `areas`."""
    country = country_of(area)
    return country in countries if country == area else country in areas or area in areas


def pay_floors(params: SearchParams, annual: int, rates: Rates) -> dict[str, int]:
    """The least yearly top of a band that reaches `annual`, by the band's currency.

    Only the asked currency, but with `convert` every one that has a reference rate.
    """
    floors = {params.currency: annual}
    if params.convert:
        for code in rates.per_euro:
            amount = rates.convert(Decimal(annual), source=params.currency, target=code)
            if amount is not None:
                floors[code] = ceil(amount)
    return floors


def pay(params: SearchParams, rates: Rates) -> Q:
    """The top of the band reaches what is asked."""
    floors = pay_floors(params, params.annual_pay_min or 0, rates)
    return reduce(
        or_,
        (
            Q(document__currency=code, document__annual_max__gte=floor)
            for code, floor in floors.items()
        ),
    )


def _what_i_have(params: SearchParams) -> dict[str, Q]:
    """Conditions on what the reader brings: a posting that asks nothing passes."""
    found: dict[str, Q] = {}
    if params.education_max:
        rank = EducationLevel(params.education_max).rank
        found["education_max"] = Q(document__education_rank__lte=rank)
    if params.years_max is not None:
        found["years_max"] = Q(document__years__lte=params.years_max)
    if params.utc_offset is not None:
        mine = params.utc_offset
        found["utc_offset"] = (
            Q(document__utc_offset_min__isnull=True) | Q(document__utc_offset_min__lte=mine)
        ) & (Q(document__utc_offset_max__isnull=True) | Q(document__utc_offset_max__gte=mine))
    return found


def _posting_itself(params: SearchParams, context: Context) -> dict[str, Q]:
    found: dict[str, Q] = {}
    if params.visa:
        found["visa"] = Q(document__visa_sponsorship=True)
    if params.verified:
        found["verified"] = ~Q(employer__verification="")
    if params.posted_days is not None:
        since = context.now - timedelta(days=params.posted_days)
        found["posted_days"] = Q(document__published_at__gte=since)
    if params.replies_min is not None:
        found["replies_min"] = Q(document__replies_share__gte=params.replies_min)
    if params.employer:
        employer = context.terms.employers.get(params.employer)
        found["employer"] = Q(employer=employer) if employer else NOTHING
    return found
