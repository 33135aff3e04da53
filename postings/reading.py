"""From a posting's content to words: the names behind its codes, fetched for many at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from babel import Locale

from cscareers.core.models import City, Country
from postings.content import Place, PostingContent, RequirementRow
from profiles.models import Skill

LOCALE = Locale("en")


@dataclass(frozen=True, slots=True)
class Names:
    """The rows that some contents refer to, by slug, GeoNames id and country code."""

    skills: Mapping[str, Skill] = field(default_factory=dict)
    cities: Mapping[int, City] = field(default_factory=dict)
    countries: Mapping[str, Country] = field(default_factory=dict)

    def country(self, code: str) -> str:
        """The name of a country; its code when we don't know it."""
        return self.countries[code].name if code in self.countries else code

    def place(self, place: Place) -> str:
        """A place in words: "Columbus, Ohio", "Dublin, Ireland" or "Poland"."""
        city = self.cities.get(place.city) if place.city else None
        if city is None:
            return self.country(place.country)
        if place.country in {"US", "CA", "AU"} and city.region:
            return f"{city.name}, {city.region}"
        return f"{city.name}, {self.country(place.country)}"

    def requirement(self, row: RequirementRow) -> str:
        """What a requirement row is about, in words without its importance."""
        if row.skill:
            return self.skills[row.skill].name if row.skill in self.skills else row.skill
        if row.language:
            return language_name(row.language)
        return row.name


def language_name(code: str) -> str:
    """The English name of an ISO 639-1 language."""
    return str(LOCALE.languages.get(code, code))


def names_for(contents: Iterable[PostingContent]) -> Names:
    """All rows that `contents` refer to, in three queries whatever their number."""
    contents = list(contents)
    slugs = {row.skill for content in contents for row in content.requirements if row.skill}
    city_ids = {place.city for content in contents for place in content.locations if place.city}
    codes = {place.country for content in contents for place in content.locations}
    codes |= {code for content in contents for code in content.applicant_countries}
    codes |= {code for content in contents for zoned in content.pay_bands for code in zoned.zone}
    return Names(
        skills={skill.slug: skill for skill in Skill.objects.filter(slug__in=slugs)},
        cities=City.objects.in_bulk(list(city_ids)),
        countries=Country.objects.in_bulk(list(codes)),
    )
