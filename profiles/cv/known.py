"""What is looked up beforehand, so that the readers of a CV need no database. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from profiles.enums import SkillKind
from profiles.taxonomy.extract import Vocabulary, vocabulary


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the taxonomy as it is called today."""

    slug: str
    name: str
    kind: SkillKind


@dataclass(frozen=True, slots=True)
class Known:
    """`terms` by the names and slugs that a CV uses; `cities` by GeoNames id; codes of countries
    and of their parts; and the words that terms go by."""

    terms: Mapping[str, Term] = field(default_factory=dict)
    cities: Collection[int] = frozenset()
    countries: Collection[str] = frozenset()
    areas: Collection[str] = frozenset()
    vocabulary: Vocabulary = field(default_factory=lambda: vocabulary({}, [], []))

    def strange(self, raw: Mapping[str, Any]) -> str:
        """What in these values leads nowhere, in words; empty when all of it is known."""
        slug, city = raw.get("slug"), raw.get("city")
        if isinstance(slug, str) and slug and slug not in self.terms:
            return "this is none of our terms"
        if type(city) is int and city not in self.cities:
            return "this is no city that we know"
        countries = raw.get("work_countries")
        if isinstance(countries, list) and set(map(str, countries)) - set(self.countries):
            return "not all of these are countries"
        home = raw.get("remote_from")
        is_area = isinstance(home, str) and (home in self.countries or home in self.areas)
        if home and not is_area:
            return "this is no country or part of one"
        return ""

    def today(self, raw: Mapping[str, Any]) -> Mapping[str, Any]:
        """The same values, with the slug that a term has today."""
        slug = raw.get("slug")
        term = self.terms.get(slug) if isinstance(slug, str) else None
        return {**raw, "slug": term.slug} if term else raw
