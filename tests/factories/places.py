"""A handful of countries, cities, rates and skills: the rows that contents of tests refer to.

`reference_rows` may be called by any test and any number of times.
"""

from datetime import date
from decimal import Decimal

from cscareers.core.models import City, Country, ExchangeRate
from profiles.models import Skill, SkillAlias
from profiles.taxonomy.normalize import normalize

COLUMBUS, DUBLIN, MUNICH, WARSAW = 4509177, 2964574, 2867714, 756135
AUGSBURG, INGOLSTADT, SALZBURG = 2954172, 2895992, 2766824

COUNTRIES = (
    ("US", "United States", "America/New_York", "USD", "NA"),
    ("IE", "Ireland", "Europe/Dublin", "EUR", "EU"),
    ("DE", "Germany", "Europe/Berlin", "EUR", "EU"),
    ("AT", "Austria", "Europe/Vienna", "EUR", "EU"),
    ("PL", "Poland", "Europe/Warsaw", "PLN", "EU"),
    ("GB", "United Kingdom", "Europe/London", "GBP", "EU"),
)
CITIES = (
    (COLUMBUS, "Columbus", "US", "Ohio", 39.96, -83.0, 905748, "America/New_York", ["columbus"]),
    (DUBLIN, "Dublin", "IE", "Leinster", 53.33, -6.25, 1024027, "Europe/Dublin", ["dublin"]),
    (MUNICH, "Munich", "DE", "Bavaria", 48.14, 11.58, 1260391, "Europe/Berlin",
     ["munich", "munchen"]),
    (AUGSBURG, "Augsburg", "DE", "Bavaria", 48.37154, 10.89851, 301105, "Europe/Berlin",
     ["augsburg"]),
    (INGOLSTADT, "Ingolstadt", "DE", "Bavaria", 48.76508, 11.42372, 120658, "Europe/Berlin",
     ["ingolstadt"]),
    (SALZBURG, "Salzburg", "AT", "Salzburg", 47.79941, 13.04399, 157245, "Europe/Vienna",
     ["salzburg"]),
    (WARSAW, "Warsaw", "PL", "Mazovia", 52.23, 21.01, 1702139, "Europe/Warsaw",
     ["warsaw", "warszawa"]),
)  # fmt: skip
SKILLS = (
    ("zendesk", "tool", "Zendesk", ["Zendesk Support"]),
    ("salesforce-service-cloud", "tool", "Salesforce Service Cloud", ["SFDC"]),
    ("complaint-handling", "skill", "Complaint handling", ["dealing with complaints"]),
    ("coaching", "skill", "Coaching", []),
    ("workforce-planning", "skill", "Workforce planning", []),
    ("hdi-support-center-manager", "certificate", "HDI Support Center Manager", ["HDI-SCM"]),
)
RATES = (("USD", "1.25"), ("GBP", "0.8"), ("PLN", "4"))


def reference_rows() -> None:
    """See that all of these rows are there; what is asked last is made last."""
    if SkillAlias.objects.filter(skill__slug=SKILLS[-1][0], source="").exists():
        return
    Country.objects.bulk_create(
        (
            Country(code=code, name=name, time_zone=zone, currency=currency, continent=continent)
            for code, name, zone, currency, continent in COUNTRIES
        ),
        ignore_conflicts=True,
    )
    City.objects.bulk_create(
        (
            City(
                geonames_id=key, name=name, country_id=country, region=region, latitude=latitude,
                longitude=longitude, population=population, time_zone=zone, search_names=names,
            )
            for key, name, country, region, latitude, longitude, population, zone, names in CITIES
        ),
        ignore_conflicts=True,
    )  # fmt: skip
    ExchangeRate.objects.bulk_create(
        (
            ExchangeRate(currency=code, day=date(2026, 10, 30), per_euro=Decimal(rate))
            for code, rate in RATES
        ),
        ignore_conflicts=True,
    )
    _skills()


def _skills() -> None:
    Skill.objects.bulk_create(
        (
            Skill(slug=slug, kind=kind, name=name, normalized=normalize(name))
            for slug, kind, name, _ in SKILLS
        ),
        ignore_conflicts=True,
    )
    ids = dict(Skill.objects.values_list("slug", "pk"))
    SkillAlias.objects.bulk_create(
        (
            SkillAlias(skill_id=ids[slug], name=alias, normalized=normalize(alias))
            for slug, _, _, aliases in SKILLS
            for alias in aliases
        ),
        ignore_conflicts=True,
    )
