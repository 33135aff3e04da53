"""The JobPosting of a page follows the rules of search engines, and our checks know them."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cscareers.core.salary import PayBand, PayPeriod
from postings.enums import EducationLevel, EmploymentType, Level, WorkMode
from postings.structured_data import (
    MarkupFacts,
    MarkupPlace,
    MarkupSkill,
    Problem,
    clean_title,
    job_posting,
    to_script,
    validate,
)
from tests.shared_data import ROOT, needs

TEXT = "<p>You lead the team that answers every customer of Acme, in two cities and by three "
TEXT += "channels, and you own its quality.</p>"
FACTS = MarkupFacts(
    title="Customer Service Manager",
    description_html=TEXT,
    posted=datetime(2026, 10, 1, 8, tzinfo=UTC),
    closes_at=datetime(2026, 11, 30, 8, tzinfo=UTC),
    employer_name="Acme",
    employer_site="https://acme.test/",
    employer_logo="https://board.test/media/acme.png",
    url="https://board.test/jobs/customer-service-manager-abc/",
    identifier="abc",
    level=Level.MANAGER,
    mode=WorkMode.ONSITE,
    places=(MarkupPlace("US", "Boston", "Massachusetts"),),
    employment=(EmploymentType.FULL_TIME,),
    band=PayBand(Decimal(65000), Decimal("80000.50"), "USD", PayPeriod.YEAR),
    extra_pay=("Bonus: up to 10%",),
    responsibilities=("Coach <twelve> agents", "Own CSAT"),
    requirements=("5 years of leading teams",),
    skills=(MarkupSkill("Coaching", "http://data.europa.eu/esco/skill/x"), MarkupSkill("Zendesk")),
    benefits=("Health", "25 days of leave"),
    hours="40 hours a week",
    education=EducationLevel.BACHELOR,
    months_of_experience=60,
    experience_in_place_of_education=True,
    industry="Software",
)
REMOTE = replace(FACTS, mode=WorkMode.REMOTE, applicant_countries=("United States", "Canada"))


def test_the_whole_document() -> None:
    document = job_posting(FACTS)
    assert list(document) == [
        "@context", "@type", "title", "description", "datePosted", "validThrough", "url",
        "identifier", "hiringOrganization", "jobLocation", "employmentType", "baseSalary",
        "incentiveCompensation", "jobBenefits", "workHours", "industry", "directApply",
        "educationRequirements", "experienceRequirements", "experienceInPlaceOfEducation",
        "skills", "occupationalCategory",
    ]  # fmt: skip
    assert document["datePosted"] == "2026-10-01T08:00:00+00:00"
    assert document["validThrough"] == "2026-11-30T08:00:00+00:00"
    assert document["identifier"] == {"@type": "PropertyValue", "name": "Acme", "value": "abc"}
    assert document["hiringOrganization"] == {
        "@type": "Organization",
        "name": "Acme",
        "sameAs": "https://acme.test/",
        "logo": "https://board.test/media/acme.png",
    }
    assert document["jobLocation"] == {
        "@type": "Place",
        "address": {
            "@type": "PostalAddress",
            "addressLocality": "Boston",
            "addressRegion": "Massachusetts",
            "addressCountry": "US",
        },
    }
    assert document["employmentType"] == "FULL_TIME"
    assert document["baseSalary"] == {
        "@type": "MonetaryAmount",
        "currency": "USD",
        "value": {
            "@type": "QuantitativeValue",
            "unitText": "YEAR",
            "minValue": 65000,
            "maxValue": 80000.5,
        },
    }
    assert document["jobBenefits"] == "Health; 25 days of leave"
    assert document["directApply"] is False
    assert document["educationRequirements"]["credentialCategory"] == "bachelor degree"
    assert document["experienceRequirements"]["monthsOfExperience"] == 60
    assert document["experienceInPlaceOfEducation"] is True
    assert [term["name"] for term in document["skills"]] == ["Coaching", "Zendesk"]
    assert document["skills"][0]["url"] == "http://data.europa.eu/esco/skill/x"
    assert [code["codeValue"] for code in document["occupationalCategory"]] == [
        "43-1011.00",
        "1439.3",
    ]
    assert validate(document) == []


def test_the_description_is_complete_html() -> None:
    assert job_posting(FACTS)["description"] == "\n".join(
        [
            TEXT,
            "<p>Responsibilities</p>",
            "<ul><li>Coach &lt;twelve&gt; agents</li><li>Own CSAT</li></ul>",
            "<p>Requirements</p>",
            "<ul><li>5 years of leading teams</li></ul>",
            "<p>Benefits</p>",
            "<ul><li>Health</li><li>25 days of leave</li></ul>",
            "<p>Hours: 40 hours a week</p>",
        ]
    )


def test_remote_work_names_countries_instead_of_places() -> None:
    document = job_posting(REMOTE)
    assert document["jobLocationType"] == "TELECOMMUTE"
    assert document["applicantLocationRequirements"] == [
        {"@type": "Country", "name": "United States"},
        {"@type": "Country", "name": "Canada"},
    ]
    assert "jobLocation" not in document
    assert "100% remote, for people who work from: United States, Canada" in document["description"]
    assert validate(document) == []
    in_part = job_posting(
        replace(REMOTE, applicant_countries=("Canada",), applicant_states=("Ohio, United States",))
    )
    assert in_part["applicantLocationRequirements"] == [
        {"@type": "Country", "name": "Canada"},
        {"@type": "State", "name": "Ohio, United States"},
    ]
    assert "for people who work from: Canada; Ohio, United States." in in_part["description"]
    assert validate(in_part) == []
    one = job_posting(replace(REMOTE, applicant_countries=("Canada",)))
    assert one["applicantLocationRequirements"] == {"@type": "Country", "name": "Canada"}


def test_hybrid_work_is_never_telecommuting() -> None:
    document = job_posting(replace(REMOTE, mode=WorkMode.HYBRID))
    assert "jobLocationType" not in document
    assert "applicantLocationRequirements" not in document
    assert "jobLocation" in document


def test_remote_work_without_countries_keeps_its_places() -> None:
    document = job_posting(replace(REMOTE, applicant_countries=()))
    assert "jobLocationType" not in document
    assert validate(document) == []


def test_what_is_not_known_is_left_out() -> None:
    bare = MarkupFacts(
        title="Lead",
        description_html="<p>x</p>",
        posted=date(2026, 10, 1),
        closes_at=FACTS.closes_at,
        employer_name="Acme",
        places=(MarkupPlace("US"), MarkupPlace("CA", "Toronto")),
        applies_outside=False,
    )
    document = job_posting(bare)
    assert list(document) == [
        "@context", "@type", "title", "description", "datePosted", "validThrough",
        "hiringOrganization", "jobLocation", "directApply",
    ]  # fmt: skip
    assert document["datePosted"] == "2026-10-01"
    assert len(document["jobLocation"]) == 2
    assert document["directApply"] is True


@pytest.mark.parametrize(
    "missing", [{"education": None}, {"months_of_experience": None}, {"education": "none"}]
)
def test_experience_replaces_education_only_where_both_are_named(missing: dict[str, Any]) -> None:
    if missing.get("education") == "none":
        missing = {"education": EducationLevel.NONE}
    assert "experienceInPlaceOfEducation" not in job_posting(replace(FACTS, **missing))


def test_a_single_figure_of_hourly_pay() -> None:
    band = PayBand(Decimal("24.50"), Decimal("24.50"), "EUR", PayPeriod.HOUR)
    document = job_posting(replace(FACTS, band=band))
    assert document["baseSalary"]["value"] == {
        "@type": "QuantitativeValue",
        "unitText": "HOUR",
        "value": 24.5,
    }
    assert validate(document) == []


@pytest.mark.parametrize("level", Level)
def test_each_level_has_its_occupation_and_imports_have_none(level: Level) -> None:
    document = job_posting(replace(FACTS, level=level))
    sets = [code["inCodeSet"]["name"] for code in document["occupationalCategory"]]
    assert sets == (["O*NET-SOC"] if level is Level.VP else ["O*NET-SOC", "ESCO"])
    outsider = job_posting(replace(FACTS, level=level, in_profession=False))
    assert "occupationalCategory" not in outsider


@pytest.mark.parametrize(
    ("title", "cleaned"),
    [
        ("Customer Service Manager", "Customer Service Manager"),
        ("Customer Service Manager - $65K–$80K", "Customer Service Manager"),
        ("Support Lead ($24.50/hr)", "Support Lead"),
        ("Support Lead at Acme", "Support Lead"),
        ("Acme | Support Lead", "Support Lead"),
        ("Support Lead (Req ID: 4711)", "Support Lead"),
        ("Support Lead #4711", "Support Lead"),
        ("Support Lead, 2026-10-01", "Support Lead"),
        ("Leader, Customer Experience JR-1413769", "Leader, Customer Experience"),
        ("Tier 2 Support Specialist", "Tier 2 Support Specialist"),
        ("24/7 Support Agent", "24/7 Support Agent"),
        ("Job Coach", "Job Coach"),
        ("Acme", "Acme"),
        ("$100", "$100"),
    ],
)
def test_a_title_is_the_job_alone(title: str, cleaned: str) -> None:
    assert clean_title(title, employer_name="Acme") == cleaned


def changed(**changes: Any) -> dict[str, Any]:
    document = {**job_posting(FACTS), **changes}
    return {key: value for key, value in document.items() if value is not ...}


SALARY = job_posting(FACTS)["baseSalary"]


def salary(**value: Any) -> dict[str, Any]:
    return {**SALARY, "value": {**SALARY["value"], **value}}


@pytest.mark.parametrize(
    ("changes", "pointer", "critical"),
    [
        ({"@context": "https://example.test"}, "/@context", True),
        ({"@type": "Person"}, "/@type", True),
        ({"title": ...}, "/title", True),
        ({"title": "Lead - $50K"}, "/title", False),
        ({"description": " "}, "/description", True),
        ({"description": "x" * 200}, "/description", False),
        ({"description": "<p>short</p>"}, "/description", False),
        ({"description": f"{TEXT}<script>x</script>"}, "/description", True),
        ({"datePosted": ...}, "/datePosted", True),
        ({"datePosted": "1 October"}, "/datePosted", True),
        ({"datePosted": "2026-13-01"}, "/datePosted", True),
        ({"validThrough": ...}, "/validThrough", False),
        ({"validThrough": "soon"}, "/validThrough", True),
        ({"validThrough": "2026-09-30"}, "/validThrough", True),
        ({"hiringOrganization": ...}, "/hiringOrganization", True),
        ({"hiringOrganization": {"@type": "Organization"}}, "/hiringOrganization/name", True),
        (
            {"hiringOrganization": {"name": "Acme", "sameAs": "acme"}},
            "/hiringOrganization/sameAs",
            False,
        ),
        ({"jobLocation": ...}, "/jobLocation", True),
        (
            {"jobLocation": {"address": {"addressLocality": "x"}}},
            "/jobLocation/address/addressCountry",
            True,
        ),
        (
            {"jobLocation": [{"address": {"addressLocality": "x", "addressCountry": "US"}}, "y"]},
            "/jobLocation/1/address/addressCountry",
            True,
        ),
        (
            {"jobLocation": {"address": {"addressCountry": "US"}}},
            "/jobLocation/address/addressLocality",
            False,
        ),
        ({"jobLocationType": "REMOTE"}, "/jobLocationType", True),
        ({"employmentType": ...}, "/employmentType", False),
        ({"employmentType": ["FULL_TIME", "Full-time"]}, "/employmentType/1", False),
        ({"baseSalary": ...}, "/baseSalary", False),
        ({"baseSalary": "100000"}, "/baseSalary", True),
        ({"baseSalary": {**SALARY, "currency": "$"}}, "/baseSalary/currency", True),
        ({"baseSalary": salary(unitText="year")}, "/baseSalary/value/unitText", True),
        ({"baseSalary": salary(minValue=0)}, "/baseSalary/value", True),
        ({"baseSalary": salary(minValue=90000)}, "/baseSalary/value", True),
        ({"baseSalary": salary(maxValue=None)}, "/baseSalary/value", True),
        (
            {"educationRequirements": {"credentialCategory": "MBA"}},
            "/educationRequirements/credentialCategory",
            False,
        ),
        (
            {"experienceRequirements": {"monthsOfExperience": "5 years"}},
            "/experienceRequirements/monthsOfExperience",
            False,
        ),
        ({"educationRequirements": ...}, "/experienceInPlaceOfEducation", False),
        ({"identifier": ...}, "/identifier", False),
        ({"identifier": "abc"}, "/identifier/value", False),
        ({"directApply": "no"}, "/directApply", False),
    ],
)
def test_each_broken_rule_is_found_where_it_is(
    changes: dict[str, Any], pointer: str, critical: bool
) -> None:
    found = validate(changed(**changes))
    assert [(problem.pointer, problem.critical) for problem in found] == [(pointer, critical)]


@pytest.mark.parametrize(
    ("changes", "pointer", "critical"),
    [
        ({"applicantLocationRequirements": ...}, "/applicantLocationRequirements", True),
        (
            {"applicantLocationRequirements": [{"@type": "Country"}]},
            "/applicantLocationRequirements/0/name",
            True,
        ),
        (
            {"applicantLocationRequirements": {"@type": "Place", "name": "Mars"}},
            "/applicantLocationRequirements/@type",
            True,
        ),
        ({"description": TEXT}, "/description", False),
        ({"description": f"{TEXT} remote or hybrid"}, "/jobLocationType", False),
    ],
)
def test_each_broken_rule_of_remote_work_is_found(
    changes: dict[str, Any], pointer: str, critical: bool
) -> None:
    document = {**job_posting(REMOTE), **changes}
    document = {key: value for key, value in document.items() if value is not ...}
    found = validate(document)
    assert [(problem.pointer, problem.critical) for problem in found] == [(pointer, critical)]


def test_a_description_that_only_repeats_the_title_is_no_description() -> None:
    found = validate(changed(description="<p>Customer Service  Manager</p>"))
    assert [problem.critical for problem in found] == [True, False]


def test_what_is_no_object_is_one_problem() -> None:
    assert validate([]) == [Problem("", "The markup must be an object.")]


@given(st.text())
def test_nothing_in_the_document_can_end_the_script(text: str) -> None:
    document = {"title": text, "description": f"{text}</script><!--\u2028\u2029&"}
    written = to_script(document)
    assert not set("<>&\u2028\u2029") & set(written)
    assert json.loads(written) == document


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
)


@given(st.dictionaries(st.sampled_from(sorted(job_posting(REMOTE)) + sorted(changed())),
                       json_values))  # fmt: skip
def test_no_document_makes_the_checks_fail(changes: dict[str, Any]) -> None:
    for document in ({**job_posting(FACTS), **changes}, {**job_posting(REMOTE), **changes}):
        assert all(problem.message.endswith(".") for problem in validate(document))


@needs("postings/schemaorg-examples.jsonl")
def test_the_official_examples_lack_what_search_engines_need() -> None:
    with (ROOT / "postings/schemaorg-examples.jsonl").open(encoding="utf-8") as lines:
        documents = [json.loads(line) for line in lines]
    found = [validate(document) for document in documents]
    critical = [{p.pointer for p in problems if p.critical} for problems in found]
    assert all({"/hiringOrganization"} <= pointers for pointers in critical if len(pointers) > 4)
    whole = next(i for i, document in enumerate(documents) if "baseSalary" in document)
    assert critical[whole] == {
        "/hiringOrganization",
        "/jobLocation/address/addressCountry",
        "/baseSalary",
    }
    credential = next(d for d in documents if d.get("experienceInPlaceOfEducation"))
    assert {p.pointer for p in validate(credential)}.isdisjoint(
        {
            "/educationRequirements/credentialCategory",
            "/experienceRequirements/monthsOfExperience",
            "/experienceInPlaceOfEducation",
        }
    )
