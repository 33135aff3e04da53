"""Places of an import, from text to the rows that we know."""

from collections.abc import Iterable

from cscareers.core.fold import fold
from cscareers.core.models import City
from cscareers.core.nearby import OFFERED, is_clear
from cscareers.core.places import find_cities, find_country, whereabouts
from postings.content import Place
from postings.importers.schema_org import PlaceText


class Gazetteer:
    """Resolves places of one run; each text is looked up once."""

    def __init__(self) -> None:
        self._known: dict[PlaceText, Place | None] = {}
        self._cities: dict[tuple[str, str | None], City | None] = {}
        self._zones: dict[int | None, str] = {}

    def places(self, texts: Iterable[PlaceText]) -> tuple[Place, ...]:
        """The places that are known, each once: a city, or where that is unknown the country.

        A country alone is left out beside a city in it.
        """
        found = [place for text in texts if (place := self._place(text)) is not None]
        in_cities = {place.country for place in found if place.city}
        return tuple(
            dict.fromkeys(place for place in found if place.city or place.country not in in_cities)
        )

    def countries(self, texts: Iterable[PlaceText]) -> tuple[str, ...]:
        """The countries that the texts name or lie in."""
        found = [place.country for text in texts if (place := self._place(text)) is not None]
        return tuple(dict.fromkeys(found))

    def time_zone(self, places: Iterable[Place]) -> str:
        """The time zone that places of this run share; empty when they are not in one."""
        zones = {self._zones.get(place.city, "") for place in places}
        return zones.pop() if len(zones) == 1 else ""

    def _place(self, text: PlaceText) -> Place | None:
        if text not in self._known:
            self._known[text] = self._resolve(text)
        return self._known[text]

    def _resolve(self, place: PlaceText) -> Place | None:
        named = find_country(place.country) if place.country else None
        words = place.text or ", ".join(filter(None, (place.city, place.region)))
        if not words:
            return Place(country=named) if named else None
        if not place.city and (land := find_country(words)):
            return Place(country=land)
        for reading in _readings(words):
            if city := self._city(reading, named):
                self._zones[city.geonames_id] = city.time_zone
                return Place(country=city.country_id, city=city.geonames_id)
        country = named or _country_of(words)
        return Place(country=country) if country else None

    def _city(self, words: str, country: str | None) -> City | None:
        """The city that the words clearly mean. Which Springfield it is, a member has to say."""
        asked = (words, country)
        if asked not in self._cities:
            found = find_cities(words, country=country, limit=OFFERED)
            named = [city for city in found if _names(words, city.search_names)]
            self._cities[asked] = named[0] if is_clear(words, named) else None
        return self._cities[asked]


def _readings(words: str) -> list[str]:
    """Of a whole address ("12 Jay St, Brooklyn, New York, NY, US") its city, state and country
    count first: that is what people search by. Else the words as they stand."""
    parts = words.split(",")
    city = ",".join(parts[-3:]).strip()
    return [city, words] if len(parts) > 3 else [words]


def _names(words: str, names: Iterable[str]) -> bool:
    """Whether one of the names stands in the text as whole words: a guess that only begins like
    the text is no place of work."""
    text = f" {fold(words)} "
    return any(len(name) > 1 and f" {name} " in text for name in names)


def _country_of(words: str) -> str | None:
    """The country that the last part of an address names, itself or by its state."""
    last = words.rpartition(",")[2].strip()
    parts = whereabouts(last).subdivisions
    if words.count(",") == 1 and f"US-{last.upper()}" in parts and find_country(last):
        return None  # "Smallville, IL" is not in Israel
    if country := find_country(last):
        return country
    lands = {code.partition("-")[0] for code in parts}
    return lands.pop() if len(lands) == 1 else None
