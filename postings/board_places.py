"""The board's parts about place: the typed city, what else it may be, and remote jobs apart."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from cscareers.core.nearby import city_words
from cscareers.core.places import area_name
from postings.filters import PostingFilterSet
from postings.reading import in_words
from postings.search.params import SearchParams
from postings.search.query import ResultPage

RADII: Final = (10, 25, 50, 100, 200)


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a select."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Input:
    """A field of the filter form outside the groups: what was typed, and what is wrong with it."""

    name: str
    label: str
    value: str = ""
    error: str = ""
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Apart:
    """Remote jobs that a place leaves out, and the link that adds them."""

    count: int
    country: str
    url: str


@dataclass(frozen=True, slots=True)
class Places:
    """What a page of results says of places; `url` makes the address of a search."""

    filters: PostingFilterSet
    results: ResultPage
    url: Callable[[SearchParams], str]

    def near(self, typed: Input) -> Input:
        """The field of the place: as typed where that is wrong, else in words that mean it again.
        Cities with jobs are suggested."""
        city = self.results.terms.cities.get(self.results.params.city or 0)
        words = typed.value if typed.error else city_words(city) if city else ""
        listed = tuple(
            Choice(value.label, f"{value.count:,}", False) for value in self.results.facets["city"]
        )
        return replace(typed, value=words, choices=listed)

    def radii(self) -> tuple[list[tuple[str, str]], str]:
        """The options of the radius and the one in force."""
        params = self.results.params
        chosen = self.filters.near_km if params.city is None else params.radius_km
        distances = sorted({*RADII, chosen} - {0})
        options = [("0", "In the city itself")]
        return [*options, *((str(km), f"Within {km} km") for km in distances)], str(chosen)

    @property
    def taken_for(self) -> str:
        """The city that the typed place was taken for; empty when none was or nothing was typed."""
        place = self.filters.near_place
        return city_words(place.city) if place and place.city else ""

    @property
    def candidates(self) -> tuple[Link, ...]:
        """The same search in each place that the typed one may be."""
        params = self.results.params
        there = {"radius_km": self.filters.near_km}
        return tuple(
            Link(
                one.label,
                self.url(
                    params.with_(city=one.value, **there)
                    if one.name == "city"
                    else params.with_(country=(one.value,), city=None, radius_km=0)
                ),
            )
            for one in self.filters.candidates
        )

    @property
    def remote_apart(self) -> Apart | None:
        """Remote jobs open to people where the place is that are not on this list."""
        params = self.results.params
        city = self.results.terms.cities.get(params.city or 0)
        home = city.home if city else params.country[0] if len(params.country) == 1 else ""
        if not home or params.remote_from:
            return None
        together = {value.value: value.count for value in self.results.facets["remote_from"]}
        more = together.get(home, 0) - self.results.count
        if more <= 0:
            return None
        return Apart(more, in_words(area_name(home)), self.url(params.with_(remote_from=home)))
