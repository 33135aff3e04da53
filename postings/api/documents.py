"""The shapes of the API for its OpenAPI document. They describe; `shapes` makes the answers."""

from enum import StrEnum
from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from cscareers.core.salary import PayPeriod
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
from postings.search.params import MAX_PAGE_SIZE, PAGE_SIZE, PAY_PERIODS, Sort
from profiles.enums import Industry, VerificationKind


def coded(enum: type[StrEnum], *, nullable: bool = False) -> serializers.ChoiceField:
    return serializers.ChoiceField(choices=[m.value for m in enum], allow_null=nullable)


def several(enum: type[StrEnum]) -> serializers.ListField:
    return serializers.ListField(child=coded(enum))


class CandidateDocument(serializers.Serializer[object]):
    parameter = serializers.ChoiceField(choices=["city", "country"])
    value = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # the base has an attribute so named


class ErrorDocument(serializers.Serializer[object]):
    field = serializers.CharField(allow_null=True, help_text="Parameter; null: the whole request")
    message = serializers.CharField()
    candidates = CandidateDocument(
        many=True, required=False, help_text="On near: the places that it can be"
    )


class ErrorsDocument(serializers.Serializer[object]):
    errors = ErrorDocument(many=True)  # type: ignore[assignment]  # the base has an attribute so named


class RepliesDocument(serializers.Serializer[object]):
    in_time = serializers.IntegerField(help_text="Answered within the promised time", min_value=0)
    due = serializers.IntegerField(help_text="Of so many of the last 365 days", min_value=10)
    median_days = serializers.IntegerField(allow_null=True, min_value=0)


class EmployerDocument(serializers.Serializer[object]):
    name = serializers.CharField()
    slug = serializers.CharField()
    url = serializers.URLField()
    verified = coded(VerificationKind, nullable=True)
    replies = RepliesDocument(
        allow_null=True, help_text="null: fewer than 10 applications were answered or due"
    )


class PayDocument(serializers.Serializer[object]):
    zone = serializers.ListField(
        child=serializers.CharField(), help_text="Countries; empty: everywhere"
    )
    currency = serializers.CharField()
    min = serializers.FloatField()
    max = serializers.FloatField()
    period = coded(PayPeriod)
    annual_min = serializers.IntegerField()
    annual_max = serializers.IntegerField()


class LocationDocument(serializers.Serializer[object]):
    city = serializers.CharField(allow_null=True)
    region = serializers.CharField(allow_null=True)
    country = serializers.CharField()
    latitude = serializers.FloatField(allow_null=True)
    longitude = serializers.FloatField(allow_null=True)


class SkillDocument(serializers.Serializer[object]):
    slug = serializers.CharField()
    name = serializers.CharField()
    esco_uri = serializers.URLField(allow_null=True)


class RequirementDocument(serializers.Serializer[object]):
    id = serializers.CharField()
    kind = coded(RequirementKind)
    name = serializers.CharField()
    skill = SkillDocument(allow_null=True)
    language = serializers.CharField(allow_null=True)
    min_cefr = coded(Cefr, nullable=True)
    education = coded(EducationLevel, nullable=True)
    importance = coded(Importance)
    min_level = serializers.IntegerField(allow_null=True, min_value=1, max_value=4)
    min_years = serializers.IntegerField(allow_null=True)
    any_of = serializers.CharField(allow_null=True, help_text="Rows of one group are alternatives")


class RepostsDocument(serializers.Serializer[object]):
    count = serializers.IntegerField(help_text="How often it was posted again", min_value=0)
    first_published_at = serializers.DateTimeField(help_text="Of the first posting of the chain")


class PostingDocument(serializers.Serializer[object]):
    id = serializers.CharField()
    url = serializers.URLField()
    title = serializers.CharField()
    level = coded(Level)
    employer = EmployerDocument()
    pay = PayDocument(help_text="The band that applies to the request", allow_null=True)
    pay_bands = PayDocument(many=True)
    work_mode = coded(WorkMode, nullable=True)
    locations = LocationDocument(many=True)
    applicant_countries = serializers.ListField(child=serializers.CharField())
    applicant_subdivisions = serializers.ListField(
        child=serializers.CharField(),
        help_text="ISO 3166-2; of a country that has any here only these are accepted",
    )
    employment = several(EmploymentType)
    industry = coded(Industry, nullable=True)
    specialisations = several(Specialisation)
    schedule = several(Schedule)
    benefits = several(BenefitKind)
    languages = serializers.ListField(child=serializers.CharField())
    visa_sponsorship = serializers.BooleanField(allow_null=True)
    responsibilities = serializers.ListField(child=serializers.CharField())
    requirements = RequirementDocument(many=True)
    description_html = serializers.CharField()
    published_at = serializers.DateTimeField()
    confirmed_at = serializers.DateTimeField()
    closes_at = serializers.DateTimeField()
    reply_days = serializers.IntegerField(
        allow_null=True,
        help_text="An answer is promised within so many days; null: people apply on another site",
    )
    replies = RepliesDocument(
        allow_null=True, help_text="How its employer answers; see employer.replies"
    )
    reposts = RepostsDocument()


class FacetValueDocument(serializers.Serializer[object]):
    value = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # as above
    count = serializers.IntegerField()
    currency = serializers.CharField(required=False, help_text="On pay: pass it with pay_min")


class ResultsDocument(serializers.Serializer[object]):
    count = serializers.IntegerField()
    count_is_exact = serializers.BooleanField()
    facets = serializers.DictField(child=FacetValueDocument(many=True))
    results = PostingDocument(many=True)
    next = serializers.URLField(allow_null=True)
    other_currencies = serializers.IntegerField()
    corrected_query = serializers.CharField(allow_null=True)


# drf-spectacular resolves no dictionary of lists at the top, so this one is written out.
VOCABULARY_DOCUMENT: dict[str, Any] = {
    "type": "object",
    "additionalProperties": {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {"value": {"type": "string"}, "label": {"type": "string"}},
            "required": ["value", "label"],
        },
    },
}


def parameter(
    name: str, words: str, kind: type = str, *, many: bool = False, enum: object = None
) -> OpenApiParameter:
    values = [str(member) for member in enum] if isinstance(enum, type | tuple) else None  # type: ignore[union-attr]
    return OpenApiParameter(
        name, kind, OpenApiParameter.QUERY, description=words, many=many, enum=values
    )


SEARCH_PARAMETERS = [
    parameter("q", 'Words, "phrase", -not, or'),
    parameter("exact", "1: search for these words only, without synonyms"),
    parameter("level", "Any of them", many=True, enum=Level),
    parameter("mode", "Any of them", many=True, enum=WorkMode),
    parameter("country", "Of the place of work, ISO 3166-1; any of them", many=True),
    parameter("city", "Where one goes to work, GeoNames id; remote jobs: remote_from", int),
    parameter("near", "The same, typed, like Dublin, Ireland; within 50 km without radius_km"),
    parameter("radius_km", "Around city or near: 0 (the city itself) to 500", int),
    parameter(
        "remote_from",
        "Remote jobs that accept this country or state (US-OH); or by place",
    ),
    parameter("pay_min", "The top of the band reaches it; needs currency", float),
    parameter("pay_period", "Of pay_min; default year", enum=PAY_PERIODS),
    parameter("currency", "ISO 4217"),
    parameter("convert", "1: include other currencies at the dated reference rate"),
    parameter("skill", "Slug; all of them", many=True),
    parameter("language", "That the job asks, ISO 639-1; any of them", many=True),
    parameter("employment", "Any of them", many=True, enum=EmploymentType),
    parameter("industry", "Any of them", many=True, enum=Industry),
    parameter("specialisation", "Any of them", many=True, enum=Specialisation),
    parameter("schedule", "Any of them", many=True, enum=Schedule),
    parameter("benefit", "All of them", many=True, enum=BenefitKind),
    parameter("education_max", "Jobs that ask no more", enum=EducationLevel),
    parameter("years_max", "Jobs that ask no more years", int),
    parameter("utc_offset", "Mine, in hours, like -5 or 5:30: inside the job's window"),
    parameter("visa", "1: sponsors a visa"),
    parameter("verified", "1: of verified employers"),
    parameter("posted_days", "Published in the last days", int),
    parameter("replies_min", "Employers that answered so many per cent in time, 1 to 100", int),
    parameter("employer", "Slug"),
    parameter(
        "sort",
        "Default: relevance with q, newest without; match for whoever is signed in",
        enum=Sort,
    ),
    parameter("after", "From the last page's next"),
    parameter("page_size", f"Up to {MAX_PAGE_SIZE}; default {PAGE_SIZE}", int),
]


def only_api(endpoints: list[tuple[str, str, str, object]]) -> list[tuple[str, str, str, object]]:
    """The routes of the document: the JSON twins of pages are the same views once more."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith("/api/")]
