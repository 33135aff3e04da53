"""What the references of a search stand for: skills, a city, an employer, countries."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Self

from cscareers.core.models import City
from cscareers.core.nearby import cities_within
from postings.models import PostingLocation
from postings.search.params import SearchParams
from profiles.models import Employer, Skill


@dataclass(frozen=True, slots=True)
class Terms:
    """The rows that slugs and ids of a search name; what does not exist is not in them."""

    skills: Mapping[str, Skill] = field(default_factory=dict)
    cities: Mapping[int, City] = field(default_factory=dict)
    employers: Mapping[str, Employer] = field(default_factory=dict)
    around: Mapping[tuple[int, int], tuple[int, ...]] = field(default_factory=dict)
    """(city, radius in km) → the cities within it where any posting is."""

    @classmethod
    def look_up(
        cls,
        *,
        skills: Collection[str] = (),
        cities: Collection[int] = (),
        radius_km: int = 0,
        employers: Collection[str] = (),
    ) -> Self:
        """The rows, one query for each kind that is asked for."""
        found = City.objects.select_related("country").in_bulk(list(cities)) if cities else {}
        around = {
            (pk, radius_km): tuple(
                cities_within(city, radius_km)
                .filter(pk__in=PostingLocation.objects.values("city"))
                .order_by("pk")
                .values_list("pk", flat=True)
            )
            for pk, city in found.items()
            if radius_km
        }
        return cls(
            skills=_terms(skills) if skills else {},
            cities=found,
            around=around,
            employers={row.slug: row for row in Employer.objects.filter(slug__in=employers)}
            if employers
            else {},
        )

    def within(self, params: SearchParams) -> list[int]:
        """The cities that `params` accept, by their ids."""
        if params.city is None:
            return []
        around = self.around.get((params.city, params.radius_km), ())
        return list(dict.fromkeys((*around, params.city)))

    @classmethod
    def of(cls, params: SearchParams) -> Self:
        """The rows that `params` name."""
        return cls.look_up(
            skills=params.skill,
            cities=[params.city] if params.city is not None else [],
            radius_km=params.radius_km,
            employers=[params.employer] if params.employer else [],
        )


def _terms(slugs: Collection[str]) -> dict[str, Skill]:
    """By the asked slugs and by those that stand for the same terms today."""
    found = Skill.objects.by_slug(slugs)
    return found | {skill.slug: skill for skill in found.values()}
