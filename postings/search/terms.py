"""What the references of a search stand for: skills, a city, an employer, countries."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Self

from cscareers.core.models import City
from postings.search.params import SearchParams
from profiles.models import Employer, Skill


@dataclass(frozen=True, slots=True)
class Terms:
    """The rows that slugs and ids of a search name; what does not exist is not in them."""

    skills: Mapping[str, Skill] = field(default_factory=dict)
    cities: Mapping[int, City] = field(default_factory=dict)
    employers: Mapping[str, Employer] = field(default_factory=dict)

    @classmethod
    def look_up(
        cls,
        *,
        skills: Collection[str] = (),
        cities: Collection[int] = (),
        employers: Collection[str] = (),
    ) -> Self:
        """The rows, one query for each kind that is asked for."""
        return cls(
            skills={row.slug: row for row in Skill.objects.filter(slug__in=skills)}
            if skills
            else {},
            cities=City.objects.in_bulk(list(cities)) if cities else {},
            employers={row.slug: row for row in Employer.objects.filter(slug__in=employers)}
            if employers
            else {},
        )

    @classmethod
    def of(cls, params: SearchParams) -> Self:
        """The rows that `params` name."""
        return cls.look_up(
            skills=params.skill,
            cities=[params.city] if params.city is not None else [],
            employers=[params.employer] if params.employer else [],
        )
