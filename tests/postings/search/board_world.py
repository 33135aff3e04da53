"""A board of postings that differ in everything that one can filter by."""

from datetime import UTC, datetime, timedelta

from django.http import QueryDict

from cscareers.core.salary import PayPeriod
from postings.content import Benefit, Place
from postings.enums import (
    BenefitKind,
    Cefr,
    EducationLevel,
    EmploymentType,
    Importance,
    Level,
    RequirementKind,
    Schedule,
    Specialisation,
    WorkMode,
)
from postings.filters import PostingFilterSet
from postings.models import Posting, ReplyFacts
from profiles.enums import Industry
from tests.factories.people import make_employer
from tests.factories.places import COLUMBUS, DUBLIN, MUNICH, WARSAW
from tests.factories.postings import asks, pay, published_posting

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def language(code: str, number: int):
    return asks(None, number, kind=RequirementKind.LANGUAGE, language=code, min_cefr=Cefr.B2)


def education(level: EducationLevel, number: int):
    return asks(None, number, kind=RequirementKind.EDUCATION, education=level)


COMPLAINTS = asks("complaint-handling", 1)
REMOTE_EU = {
    "mode": WorkMode.REMOTE,
    "locations": (),
    "applicant_countries": ("DE", "IE", "PL"),
}
VARIANTS = (
    {"title": "Customer Service Manager", "pay_bands": (pay(60_000, 75_000),)},
    {
        "title": "Customer Support Director",
        "level": Level.DIRECTOR,
        "mode": WorkMode.ONSITE,
        "pay_bands": (pay(120_000, 150_000),),
        "requirements": (COMPLAINTS, education(EducationLevel.BACHELOR, 2)),
        "visa_sponsorship": True,
        "industry": Industry.SAAS,
    },
    {
        "title": "Call centre agent",
        "level": Level.REPRESENTATIVE,
        "pay_bands": (pay("18.50", "22", period=PayPeriod.HOUR),),
        "employment": (EmploymentType.PART_TIME, EmploymentType.TEMPORARY),
        "schedule": (Schedule.EVENINGS, Schedule.WEEKENDS),
        "specialisations": (Specialisation.CONTACT_CENTRE,),
    },
    {
        "title": "Remote support lead",
        "level": Level.SUPERVISOR,
        "pay_bands": (pay(38_000, 46_000, "EUR"),),
        "requirements": (asks("zendesk", 1, min_years=3), asks("coaching", 2), language("de", 3)),
        "specialisations": (Specialisation.TECHNICAL_SUPPORT, Specialisation.DIGITAL),
        "utc_offset_min": 0,
        "utc_offset_max": 180,
        **REMOTE_EU,
    },
    {
        "title": "Kundenservice Leitung",
        "text_language": "de",
        "description": "Sie leiten den Kundenservice und betreuen Beschwerden.",
        "locations": (Place("DE", MUNICH),),
        "pay_bands": (pay(4_200, 5_100, "EUR", PayPeriod.MONTH),),
        "requirements": (asks("coaching", 1), language("de", 2), language("en", 3)),
        "industry": Industry.TELECOM,
        "benefits": (Benefit(BenefitKind.RETIREMENT), Benefit(BenefitKind.MEALS)),
    },
    {
        "title": "Customer care specialist",
        "level": Level.SPECIALIST,
        "locations": (Place("IE", DUBLIN), Place("PL", WARSAW)),
        "pay_bands": (pay(31_000, 36_000, "EUR"),),
        "requirements": (asks("zendesk", 1), asks("complaint-handling", 2)),
        "benefits": (Benefit(BenefitKind.HEALTH), Benefit(BenefitKind.MEALS)),
    },
    {
        "title": "Workforce planner",
        "level": Level.SPECIALIST,
        "locations": (Place("PL", WARSAW),),
        "pay_bands": (pay(9_000, 12_000, "PLN", PayPeriod.MONTH),),
        "requirements": (asks("workforce-planning", 1, min_years=5),),
        "specialisations": (Specialisation.WORKFORCE,),
        "industry": Industry.BPO,
        "schedule": (Schedule.SHIFTS,),
    },
    {
        "title": "Head of support, anywhere",
        "level": Level.DIRECTOR,
        "mode": WorkMode.REMOTE,
        "locations": (Place("US", COLUMBUS),),
        "applicant_countries": ("US", "DE"),
        "pay_bands": (pay(110_000, 110_000),),
        "requirements": (asks("salesforce-service-cloud", 1), asks("zendesk", 2)),
        "utc_offset_min": -480,
        "utc_offset_max": 60,
        "benefits": (Benefit(BenefitKind.HEALTH), Benefit(BenefitKind.RETIREMENT)),
    },
    {
        "title": "Guest service supervisor",
        "level": Level.SUPERVISOR,
        "mode": WorkMode.ONSITE,
        "industry": Industry.HOSPITALITY,
        "requirements": (asks("coaching", 1, importance=Importance.MUST),),
    },
)


def make_board(*, now: datetime = NOW) -> list[Posting]:
    """All variants, of two employers, first published on different days before `now`."""
    known = make_employer("Harrow Outfitters", slug="harrow")
    unknown = make_employer("Quiet Street", slug="quiet", verified=False)
    silent = make_employer("New Ferry", slug="new-ferry")
    for employer, due, in_time in ((known, 50, 47), (unknown, 10, 6), (silent, 9, 9)):
        ReplyFacts.objects.create(
            employer=employer, due=due, in_time=in_time, median_hours=100, counted_at=now
        )
    return [
        published_posting(
            employer=silent if number == 8 else unknown if number % 3 == 0 else known,
            now=now - timedelta(hours=7 * number),
            first_published_at=now - timedelta(hours=43 * number),
            **variant,
        )
        for number, variant in enumerate(VARIANTS)
    ]


def found(query: str = "", *, now: datetime = NOW):
    """The result page of a query string without errors."""
    filters = PostingFilterSet(QueryDict(query), now=now)
    assert filters.problems == {}
    return filters.results


def titles(query: str = "") -> list[str]:
    return [posting.title for posting in found(query).postings]


SORTS = ("", "q=customer+or+support", "sort=newest", "sort=closing", "sort=pay",
         "sort=pay&currency=EUR", "sort=pay&currency=USD&convert=1", "sort=replies")  # fmt: skip


ADDING = {"skill", "benefit"}
PARAMETERS = {"pay": "pay_min"}


def pages_of_facets(query: str):
    filters = PostingFilterSet(QueryDict(query), now=NOW)
    for name, values in filters.results.facets.items():
        parameter = PARAMETERS.get(name, name)
        for value in values:
            data = QueryDict(query, mutable=True)
            if name in ADDING:
                data.setlist(name, [*data.getlist(name), value.value])
            else:
                data.setlist(parameter, [value.value])
            if value.currency:
                data["currency"] = value.currency
            yield name, value, data.urlencode()


def assert_counts_are_those_of_their_pages(query: str) -> None:
    """Each value of each facet leads to a page with as many results as it says."""
    counted = {
        (name, value.value): (value.count, found(address).count)
        for name, value, address in pages_of_facets(query)
    }
    assert counted, "a search of the board has facets"
    assert {key: facet for key, (facet, _) in counted.items()} == {
        key: page for key, (_, page) in counted.items()
    }
