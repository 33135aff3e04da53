"""What is indexed of a posting, and what its card says."""

import pytest
from django.db import connection

from postings.content import Place
from postings.enums import EducationLevel, Importance, RequirementKind, WorkMode
from postings.models import SearchDocument
from postings.search.document import education_rank, years
from tests.factories.places import MUNICH
from tests.factories.postings import asks, complete_content, pay, published_posting


def education(level: EducationLevel, number: int, **fields):
    return asks(None, number, kind=RequirementKind.EDUCATION, education=level, **fields)


def test_an_any_of_group_demands_the_least_of_its_choices():
    content = complete_content(
        requirements=(
            education(EducationLevel.BACHELOR, 1, any_of="a"),
            education(EducationLevel.ASSOCIATE, 2, any_of="a", min_years=5),
            asks("coaching", 3, min_years=2),
            asks("zendesk", 4, min_years=9, importance=Importance.NICE),
        )
    )
    assert education_rank(content) == EducationLevel.ASSOCIATE.rank
    assert years(content) == 2


def test_nothing_asked_demands_nothing():
    assert education_rank(complete_content()) == 0
    assert years(complete_content(requirements=())) == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    "words",
    ["customer service", "munchen", "germany", "zendesk support", "settling complaints", "shift"],
)
def test_title_place_skill_by_any_name_and_text_are_found(words):
    published_posting(
        locations=(Place("DE", MUNICH),), requirements=(asks("zendesk"),), pay_bands=(pay(),)
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM postings_searchdocument"
            " WHERE text_vector @@ websearch_to_tsquery('cs_english', %s)",
            [words],
        )
        assert cursor.fetchone() == (1,)


@pytest.mark.django_db
def test_the_card_is_ready_made():
    published_posting(
        mode=WorkMode.ONSITE,
        requirements=(
            asks("complaint-handling", 1, min_level=3),
            asks("coaching", 2),
            asks("zendesk", 3, any_of="a"),
            asks("salesforce-service-cloud", 4, any_of="a"),
            asks("workforce-planning", 5),
            asks("hdi-support-center-manager", 6, importance=Importance.NICE),
        ),
    )
    assert SearchDocument.objects.get().card == {
        "place": "Columbus, Ohio",
        "mode": "On site",
        "window": "",
        "level": "manager",
        "pay": "$60,000–75,000",
        "period": "a year",
        "annual_note": "",
        "currency": "USD",
        "annual_min": 60_000,
        "annual_max": 75_000,
        "must_haves": [
            "Complaint handling, level 3",
            "Coaching",
            "Zendesk or Salesforce Service Cloud",
        ],
        "more_asks": 1,
    }
