"""A search in words: each of its filters as chips, feeds and alerts say it."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final

from cscareers.core.languages import language_name
from cscareers.core.nearby import city_words, country_name
from cscareers.core.places import area_name
from postings.enums import EducationLevel
from postings.labels import label
from postings.reading import PERIOD_WORDS, in_words, money, utc_words
from postings.search.facets import CODED
from postings.search.params import SearchParams
from postings.search.terms import Terms


def filter_words(name: str, value: str, params: SearchParams, terms: Terms) -> str:
    """One filter of `params` in a few words."""
    if name in CODED:
        return label(CODED[name](value))
    return _WORDS[name](value, params, terms)


def search_words(params: SearchParams, terms: Terms) -> tuple[str, ...]:
    """All filters of `params`, each in a few words; none for a search of everything."""
    return tuple(filter_words(name, value, params, terms) for name, value in params.filters)


def _city(value: str, params: SearchParams, terms: Terms) -> str:
    city, radius = city_words(terms.cities[int(value)]), params.radius_km
    return f"Within {radius} km of {city}" if radius else f"In {city}"


def _pay(_: str, params: SearchParams, __: Terms) -> str:
    amount = money(params.pay_min or Decimal(0), params.currency)
    return f"{amount} or more {PERIOD_WORDS[params.pay_period]}"


_WORDS: Final[Mapping[str, Callable[[str, SearchParams, Terms], str]]] = {
    "q": lambda value, *_: f"“{value}”",
    "country": lambda value, *_: f"In {country_name(value)}",
    "city": _city,
    "remote_from": lambda value, *_: f"Remote from {in_words(area_name(value))}",
    "pay_min": _pay,
    "skill": lambda value, _, terms: terms.skills[value].name,
    "language": lambda value, *_: language_name(value),
    "education_max": lambda value, *_: f"At most: {label(EducationLevel(value))}",
    "years_max": lambda value, *_: f"Asks at most {value} years",
    "utc_offset": lambda _, params, __: f"Works at {utc_words(params.utc_offset or 0)}",
    "visa": lambda *_: "Sponsors a visa",
    "verified": lambda *_: "Verified employers",
    "posted_days": lambda value, *_: "Last 24 hours" if value == "1" else f"Last {value} days",
    "replies_min": lambda value, *_: f"Answers {value} % or more in time",
    "employer": lambda value, _, terms: terms.employers[value].name,
}
