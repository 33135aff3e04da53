"""The shapes of the match for the OpenAPI document; `postings.matching.explanations` makes them."""

from typing import Any, Final

from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers

from cscareers.core.salary import PayPeriod
from postings.api import documents
from postings.enums import Cefr, EducationLevel, Level, RequirementKind, WorkMode
from postings.matching.eligibility import NAMES
from postings.matching.extras import MOST_KM
from postings.matching.ranking import Tier
from postings.matching.retrieval import MOST_POSTINGS
from postings.matching.signals import Status

MOST_BYTES: Final = 256 * 1024

PARAMETERS: Final = [
    *(p for p in documents.SEARCH_PARAMETERS if p.name not in ("sort", "after")),
    documents.parameter("after", "From the last page's next; send the same resume"),
]


def _object(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(required)}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


_TEXT: Final = {"type": "string"}
_EXTRAS: Final = {
    "type": "object",
    "description": "By the codes of this site; wins over the plain keys.",
    "properties": {
        "skills": _list(
            _object(
                {
                    "slug": _TEXT,
                    "level": {"type": "integer", "minimum": 0, "maximum": 4},
                    "years": {"type": "number", "minimum": 0, "maximum": 60},
                    "last_used": _TEXT,
                },
                "slug",
            )
        ),
        "languages": _list(
            _object({"code": _TEXT, "cefr": {"enum": [c.value for c in Cefr]}}, "code")
        ),
        "certificates": _list(
            _object({"slug": _TEXT, "expires": {"type": "string", "format": "date"}}, "slug")
        ),
        "education": {"enum": [e.value for e in EducationLevel]},
        "pay_floor": _object(
            {
                "amount": {"type": "number", "minimum": 0},
                "currency": _TEXT,
                "period": {"enum": [p.value for p in PayPeriod]},
            },
            *("amount", "currency"),
        ),
        "modes": _list({"enum": [m.value for m in WorkMode]}),
        "countries": _list(_TEXT),
        "remote_from": _TEXT,
        "visa_needed": {"type": "boolean"},
        "places": _list(
            _object(
                {
                    "city": {"type": "integer", "minimum": 1, "description": "GeoNames number"},
                    "radius_km": {"type": "integer", "minimum": 0, "maximum": MOST_KM},
                },
                "city",
            )
        ),
        "level_wanted": {"enum": [level.value for level in Level]},
        "level_now": {"enum": [level.value for level in Level]},
    },
}
RESUME: Final[dict[str, Any]] = {
    "type": "object",
    "description": (
        f"A JSON Resume 1.2.1 of at most {MOST_BYTES // 1024} KB. Of the plain keys we read "
        "basics.location.countryCode, work (dates), education, certificates, skills and languages."
    ),
    "properties": {"x-cscareers": _EXTRAS},
    "additionalProperties": True,
}


class MustsDocument(serializers.Serializer[object]):
    met = serializers.IntegerField()
    partial = serializers.IntegerField()  # type: ignore[assignment]  # the base has such a name
    missing = serializers.IntegerField()
    unknown = serializers.IntegerField()


class ConstraintDocument(serializers.Serializer[object]):
    name = serializers.ChoiceField(choices=NAMES)
    passed = serializers.BooleanField(allow_null=True, help_text="null: not known, excludes nobody")
    reason = serializers.CharField()


class MatchedRequirementDocument(serializers.Serializer[object]):
    id = serializers.CharField(help_text="Of an any-of group that of its best alternative")
    name = serializers.CharField()
    kind = documents.coded(RequirementKind)
    must = serializers.BooleanField()
    guessed = serializers.BooleanField(
        help_text="Read from an imported ad and confirmed by nobody: counts as a must-have"
    )


class RowChangeDocument(serializers.Serializer[object]):
    change = serializers.CharField()
    points = serializers.FloatField(help_text="Of this row after the change")


class MatchRowDocument(serializers.Serializer[object]):
    requirement = MatchedRequirementDocument()
    status = documents.coded(Status)
    points = serializers.FloatField()
    max_points = serializers.IntegerField()
    reason = serializers.CharField(help_text="What is asked and what the resume has, as a sentence")
    asks = serializers.CharField(help_text="How much is asked")
    have = serializers.CharField(help_text="What the resume has of it")
    change = RowChangeDocument(
        allow_null=True, help_text="The change that gives this row the most points"
    )


class OutcomeDocument(serializers.Serializer[object]):
    score = serializers.FloatField(help_text="Of this job after the change")
    tier = documents.coded(Tier, nullable=True)


class CounterfactualDocument(OutcomeDocument):
    change = serializers.CharField()
    opens = serializers.IntegerField(
        help_text="How many more of the jobs asked about would then meet all: eligible, all musts"
    )


class MatchDocument(serializers.Serializer[object]):
    posting = serializers.CharField()
    eligible = serializers.BooleanField()
    tier = documents.coded(Tier, nullable=True)
    musts = MustsDocument()
    score = serializers.FloatField(allow_null=True, min_value=0, max_value=100)
    score_if_confirmed = serializers.FloatField(allow_null=True, min_value=0, max_value=100)
    constraints = ConstraintDocument(many=True)
    rows = MatchRowDocument(many=True)
    counterfactuals = CounterfactualDocument(many=True)
    together = OutcomeDocument(
        allow_null=True, help_text="After both of the first two, where they are two facts"
    )


class MatchesDocument(serializers.Serializer[object]):
    spec_version = serializers.CharField()
    count = serializers.IntegerField(help_text="Jobs that were matched")
    count_is_exact = serializers.BooleanField(
        help_text=f"false: there are more than the newest {MOST_POSTINGS:,}, which were matched"
    )
    results = MatchDocument(many=True)
    next = serializers.URLField(allow_null=True, help_text="Send the same resume there")
    unrecognised = serializers.ListField(
        child=serializers.CharField(), help_text="Names that are no term of ours"
    )


RESPONSES: Final = {
    200: MatchesDocument,
    400: OpenApiResponse(
        documents.ErrorsDocument, "field is a parameter, or a JSON pointer into the resume"
    ),
    413: OpenApiResponse(documents.ErrorsDocument, f"More than {MOST_BYTES // 1024} KB"),
    415: OpenApiResponse(documents.ErrorsDocument, "Not application/json"),
    429: OpenApiResponse(documents.ErrorsDocument, "Retry-After says when"),
}
