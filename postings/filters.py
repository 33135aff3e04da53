"""The only door from a query string to a search: what is valid is applied, the rest is named.

The fields below know shapes; `PostingFilterSet` adds what needs the database or two fields. No
filter touches the ORM: `filter_queryset` hands the parameters to `postings.search.query`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict

from cscareers.core.nearby import TypedPlace, city_words, country_name, find_place
from postings.enums import (
    BenefitKind,
    EducationLevel,
    EmploymentType,
    Level,
    Schedule,
    Specialisation,
    WorkMode,
)
from postings.models import Posting, PostingQuerySet
from postings.search import values
from postings.search.cursor import BadCursor
from postings.search.params import MAX_PAGE_SIZE, PAY_PERIODS, SearchParams, Sort
from postings.search.query import Ranker, ResultPage, check_cursor, newest, search
from postings.search.terms import Terms
from postings.search.values import shown
from profiles.enums import Industry

MAX_VALUES: Final = 100
"""Values of one parameter that are read; nobody means more."""


NEAR_KM: Final = 50
"""The radius around a typed place when none is given."""
MOST_KM: Final = 500


class PartlyValid(ValidationError):
    """Some of a field's values are wrong; `kept` are the others."""

    def __init__(self, messages: Sequence[str], kept: object) -> None:
        super().__init__(list(messages))
        self.kept = kept


class One(forms.Field):
    """One value, read by a function that raises ValueError with the message for the reader."""

    widget = forms.TextInput

    def __init__(self, read: Callable[[str], Any] = str, **options: Any) -> None:
        self.read = read
        super().__init__(**{"required": False, **options})

    def clean(self, value: Any) -> Any:
        text = values.tidy(value)
        if not text:
            return None
        try:
            return self.read(text)
        except ValueError as error:
            raise ValidationError(str(error)) from error


class Several(forms.Field):
    """Values of a repeated parameter as a tuple, each once; a bad one drops only itself."""

    widget = forms.SelectMultiple

    def __init__(self, read: Callable[[str], str] = str, **options: Any) -> None:
        self.read = read
        super().__init__(**{"required": False, **options})

    def clean(self, value: Any) -> tuple[str, ...]:
        kept: dict[str, None] = {}
        wrong: dict[str, None] = {}
        for item in list(value or ())[:MAX_VALUES]:
            if text := values.tidy(item):
                try:
                    kept[self.read(text)] = None
                except ValueError as error:
                    wrong[str(error)] = None
        if wrong:
            raise PartlyValid(list(wrong), tuple(kept))
        return tuple(kept)


class SearchForm(forms.Form):
    """Keeps the good values of a field that has bad ones too."""

    def add_error(self, field: str | None, error: Any) -> None:
        super().add_error(field, error)
        if field is not None and isinstance(error, PartlyValid):
            self.cleaned_data[field] = error.kept


class Parameter(django_filters.Filter):
    """A name of the query string with the field that reads it."""

    def __init__(self, field: type[forms.Field], read: Callable[[str], Any]) -> None:
        self.field_class = field
        super().__init__(read=read)


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a typed place may stand for: a parameter with its value, in words."""

    name: str
    value: int | str
    label: str


def _near_message(place: TypedPlace) -> str:
    if place.country:
        return f"{shown(place.text)} is a country. Choose all of it, or a city."
    if place.others:
        return f"{shown(place.text)} can be several places. Choose one."
    return f"We don’t know {shown(place.text)}. Write a city and its country, like Dublin, Ireland."


def _today(slugs: Sequence[str], terms: Terms) -> tuple[str, ...]:
    """The slugs that the terms have today: one that was merged leads on."""
    return tuple(dict.fromkeys(terms.skills[slug].slug for slug in slugs if slug in terms.skills))


def one(read: Callable[[str], Any]) -> Parameter:
    return Parameter(One, read)


def several(read: Callable[[str], str] | type[StrEnum]) -> Parameter:
    if isinstance(read, type):
        return Parameter(Several, values.member_of(read))
    return Parameter(Several, read)


class PostingFilterSet(django_filters.FilterSet):
    """See the module. `params` is the search that the valid part of the query string asks for."""

    q = one(values.text)
    exact = one(values.yes)
    level = several(Level)
    mode = several(WorkMode)
    country = several(values.country)
    city = one(values.whole("Enter the number of a city.", 1, values.INT32))
    near = one(values.place)
    radius_km = one(values.whole(f"Enter a radius from 0 to {MOST_KM} km.", 0, MOST_KM))
    remote_from = one(values.area)
    pay_min = one(values.amount)
    pay_period = one(values.one_of(PAY_PERIODS))
    currency = one(values.currency)
    convert = one(values.yes)
    skill = several(values.slug)
    language = several(values.language)
    employment = several(values.member_of(EmploymentType, fold=str.upper))
    industry = several(Industry)
    specialisation = several(Specialisation)
    schedule = several(Schedule)
    benefit = several(BenefitKind)
    education_max = one(values.member_of(EducationLevel))
    years_max = one(values.whole("Enter a number of years from 0 to 60.", 0, 60))
    utc_offset = one(values.utc_offset)
    visa = one(values.yes)
    verified = one(values.yes)
    posted_days = one(values.whole("Enter a number of days from 1 to 365.", 1, 365))
    replies_min = one(values.whole("Enter a share from 1 to 100 per cent.", 1, 100))
    employer = one(values.slug)
    sort = one(values.one_of(Sort))
    after = one(str)
    page_size = one(values.whole(f"Enter a number from 1 to {MAX_PAGE_SIZE}.", 1, MAX_PAGE_SIZE))

    class Meta:
        model = Posting
        fields: Sequence[str] = []
        form = SearchForm

    def __init__(self, data: QueryDict, *, now: datetime, ranker: Ranker | None = None) -> None:
        super().__init__(data, queryset=Posting.objects.none())
        self.now = now
        self.ranker = ranker
        """Who is signed in, as an order; None for everybody else."""
        self._read: tuple[SearchParams, Terms] | None = None
        self._near: TypedPlace | None = None
        self.near_km = NEAR_KM
        """The radius that is meant around a typed place."""

    @property
    def params(self) -> SearchParams:
        """What the valid part of the query string asks for."""
        return self._parsed()[0]

    @property
    def terms(self) -> Terms:
        """The rows that `params` name."""
        return self._parsed()[1]

    @property
    def problems(self) -> Mapping[str, Sequence[str]]:
        """Messages by the name of their parameter; empty when all is valid."""
        self._parsed()
        return {name: list(messages) for name, messages in self.errors.items()}

    @property
    def near_place(self) -> TypedPlace | None:
        """What the typed place was taken for, with what else it may be; None when none was."""
        self._parsed()
        return self._near

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """What else the typed place may be, the likeliest first."""
        place = self.near_place
        if place is None:
            return ()
        cities = tuple(Candidate("city", city.pk, city_words(city)) for city in place.others)
        if not place.country:
            return cities
        return (Candidate("country", place.country, country_name(place.country)), *cities)

    def filter_queryset(self, queryset: QuerySet[Posting]) -> ResultPage:
        """The page of results; `queryset` is not asked, the search knows where to start."""
        params, terms = self._parsed()
        return search(params, now=self.now, terms=terms, ranker=self.ranker)

    @property
    def results(self) -> ResultPage:
        """The page that the valid part of the query string asks for."""
        return self.filter_queryset(self.queryset)

    @property
    def newest(self) -> PostingQuerySet:
        """All postings that the valid part of the query string asks for, whatever its order."""
        params, terms = self._parsed()
        return newest(params, now=self.now, terms=terms)

    def _parsed(self) -> tuple[SearchParams, Terms]:
        if self._read is None:
            self._read = self._parse()
        return self._read

    def _parse(self) -> tuple[SearchParams, Terms]:
        self.is_valid()
        given = self.form.cleaned_data
        self._place(given)
        terms = Terms.look_up(
            skills=given.get("skill") or (),
            cities=[given["city"]] if given.get("city") else [],
            radius_km=given.get("radius_km") or 0,
            employers=[given["employer"]] if given.get("employer") else [],
        )
        self._check_references(given, terms)
        if given.get("sort") == Sort.MATCH and self.ranker is None:
            self._refuse("sort", "Sign in to sort by your match, or choose another order.")
        if given.get("pay_min") is not None and not given.get("currency"):
            self._refuse("pay_min", "Say in which currency this is: add a currency.")
        if given.get("sort") == Sort.RELEVANCE and not given.get("q"):
            self._refuse("sort", "Enter words to search for, or choose another order.")
        params = SearchParams(**{k: v for k, v in given.items() if v is not None})
        try:
            check_cursor(params)
        except BadCursor:
            self._refuse("after", "This link to a further page is not valid. Start at the first.")
            params = params.with_()
        return params, terms

    def _place(self, given: dict[str, Any]) -> None:
        """A typed place becomes its city; one that can be several is named and left out."""
        if typed := given.pop("near", None):
            self._near = find_place(typed)
            if self._near.city is None:
                self._refuse("near", _near_message(self._near))
            elif given.get("city") not in (None, self._near.city.pk):
                self._refuse("city", "Say the place once: leave out this city, or near.")
            if given.get("radius_km") is not None:
                self.near_km = given["radius_km"]
            if self._near.city is not None:
                given.update(city=self._near.city.pk, radius_km=self.near_km)
        if given.get("city") is None:
            given["radius_km"] = None

    def _check_references(self, given: dict[str, Any], terms: Terms) -> None:
        """Skills, city and employer that don't exist: each drops only itself."""
        unknown = [slug for slug in given.get("skill") or () if slug not in terms.skills]
        if unknown:
            messages = [f"We know no skill “{slug}”." for slug in unknown]
            known = tuple(slug for slug in given["skill"] if slug in terms.skills)
            self.form.add_error("skill", PartlyValid(messages, known))
        given["skill"] = _today(given.get("skill") or (), terms)
        if given.get("city") and given["city"] not in terms.cities:
            self._refuse("city", "We know no city with this number.")
            given["radius_km"] = None
        if given.get("employer") and given["employer"] not in terms.employers:
            self._refuse("employer", "We know no such employer.")

    def _refuse(self, name: str, message: str) -> None:
        self.form.add_error(name, PartlyValid([message], None))
