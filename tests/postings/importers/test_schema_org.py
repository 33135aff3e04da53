"""A schema.org JobPosting becomes a draft, whatever shape its properties have."""

import json
from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cscareers.core.salary import PayBand, PayPeriod
from postings.content import PostingContent
from postings.enums import EducationLevel, EmploymentType, Level, RequirementKind, WorkMode
from postings.importers.salary_text import NoPay, PayReading
from postings.importers.schema_org import (
    DraftReason,
    PlaceText,
    PostingDraft,
    Refusal,
    Refused,
    draft_reasons,
    employment_types,
    read_line,
    read_posting,
)
from postings.importers.schema_pay import read_pay
from tests.shared_data import ROOT, needs

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
WHOLE: dict[str, Any] = {
    "@context": "https://schema.org/",
    "@type": "JobPosting",
    "title": "Customer Service Manager",
    "description": "<p>Lead a team of <b>twelve</b>.</p>",
    "identifier": {"@type": "PropertyValue", "name": "Acme", "value": "A-1"},
    "hiringOrganization": {"@type": "Organization", "name": "Acme", "sameAs": "https://acme.test"},
    "jobLocation": {"@type": "Place", "address": "Boston, MA, US"},
    "baseSalary": "$65K - $100K",
    "employmentType": "Full-time",
    "datePosted": "2026-10-01T08:00:00Z",
    "validThrough": "2026-12-31",
    "url": "https://acme.test/jobs/1",
}


def draft(**changes: Any) -> PostingDraft:
    read = read_posting({**WHOLE, **changes})
    assert isinstance(read, PostingDraft)
    return read


def pay(low: str, high: str, currency: str, period: str, hours: str | None = None) -> PayReading:
    per_week = None if hours is None else Decimal(hours)
    return PayReading(PayBand(Decimal(low), Decimal(high), currency, PayPeriod(period), per_week))


def test_a_whole_posting_is_read() -> None:
    read = draft()
    assert read.key == "A-1"
    assert (read.employer_name, read.employer_site) == ("Acme", "https://acme.test")
    assert read.places == (PlaceText(text="Boston, MA, US"),)
    assert read.date_posted == date(2026, 10, 1)
    assert read.valid_through == datetime(2026, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)
    content = read.content
    assert content.title == "Customer Service Manager"
    assert content.level is Level.MANAGER
    assert content.description == "Lead a team of **twelve**."
    assert content.pay_bands[0].band == PayBand(
        Decimal(65000), Decimal(100000), "USD", PayPeriod.YEAR
    )
    assert content.employment == (EmploymentType.FULL_TIME,)
    assert content.mode is WorkMode.ONSITE
    assert content.apply_until == date(2026, 12, 31)
    assert content.apply_url == "https://acme.test/jobs/1"
    assert content.guessed == ("level", "mode")
    assert PostingContent.from_json(content.to_json()) == content


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("", Refusal.NOT_JSON),
        ("{", Refusal.NOT_JSON),
        ("[" * 100_000, Refusal.NOT_JSON),
        ('{"@type":' * 900 + "1" + "}" * 900, Refusal.NOT_A_JOB_POSTING),
        ("[]", Refusal.NOT_AN_OBJECT),
        ("null", Refusal.NOT_AN_OBJECT),
        ("{}", Refusal.NOT_A_JOB_POSTING),
        ('{"@type": "Person", "title": "x"}', Refusal.NOT_A_JOB_POSTING),
        ('{"@type": "JobPosting"}', Refusal.NO_TITLE),
        ('{"@type": "JobPosting", "title": " <b></b> "}', Refusal.NO_TITLE),
        ('{"@type": "JobPosting", "title": {"a": 1}}', Refusal.NO_TITLE),
    ],
)
def test_a_line_that_can_be_no_posting_is_refused(line: str, reason: Refusal) -> None:
    assert read_line(line) == Refused(reason)


@pytest.mark.parametrize("kind", ["JobPosting", ["Thing", "JobPosting"],
                                  "https://schema.org/JobPosting"])  # fmt: skip
def test_the_type_may_be_an_address_or_one_of_several(kind: object) -> None:
    assert draft(**{"@type": kind}).key == "A-1"


@pytest.mark.parametrize(
    ("identifier", "key"),
    [
        ("A-2", "A-2"),
        (17, "17"),
        ([{"value": "B"}, "C"], "B"),
        ({"@type": "PropertyValue", "value": {"@value": "D"}}, "D"),
    ],
)
def test_identity_is_the_identifiers_value_or_text(identifier: object, key: str) -> None:
    assert draft(identifier=identifier).key == key


def test_without_an_identifier_identity_is_what_the_posting_says() -> None:
    base = draft(identifier=None)
    assert len(base.key) == 64
    assert draft(identifier={}, baseSalary=None).key == base.key
    others = [
        draft(identifier=None, **change).key
        for change in (
            {"title": "Other"},
            {"hiringOrganization": "Other"},
            {"jobLocation": "Other"},
            {"description": "Other"},
        )
    ]
    assert len({base.key, *others}) == 5
    assert len(draft(identifier="x" * 300).key) == 64


def test_an_edited_line_has_another_digest_and_the_order_of_keys_does_not_matter() -> None:
    assert draft().digest == draft().digest
    turned = read_posting(dict(reversed(WHOLE.items())))
    assert isinstance(turned, PostingDraft)
    assert turned.digest == draft().digest
    assert draft(baseSalary="$66K - $100K").digest != draft().digest
    assert draft(identifier="Z").says_the_same() == draft().says_the_same()
    assert draft(title="Z").says_the_same() != draft().says_the_same()


def amount(value: object, **more: object) -> dict[str, Any]:
    return {"baseSalary": {"@type": "MonetaryAmount", "currency": "USD", "value": value, **more}}


YEARLY = {"minValue": 50000, "maxValue": 70000, "unitText": "YEAR"}


@pytest.mark.parametrize(
    ("document", "reading"),
    [
        (amount(YEARLY), pay("50000", "70000", "USD", "year")),
        (amount({**YEARLY, "minValue": "50,000.00"}), pay("50000", "70000", "USD", "year")),
        (amount({"value": 15.0224, "unitText": "HOUR"}), pay("15.02", "15.02", "USD", "hour")),
        (amount({"value": 20, "unitText": "per hour"}), pay("20", "20", "USD", "hour")),
        (amount({"value": 20, "unitCode": "HUR"}), pay("20", "20", "USD", "hour")),
        (amount(60000), pay("60000", "60000", "USD", "year")),
        (amount("60000", unitText="YEAR"), pay("60000", "60000", "USD", "year")),
        (amount("50K to 60K"), pay("50000", "60000", "USD", "year")),
        (amount(None, minValue=1, maxValue=2, unitText="DAY"), pay("1", "2", "USD", "day")),
        (amount([YEARLY]), pay("50000", "70000", "USD", "year")),
        (
            {**amount({"value": 20, "unitText": "HOUR"}), "workHours": "37.5 hours per week"},
            pay("20", "20", "USD", "hour", "37.5"),
        ),
        ({"baseSalary": "100000", "salaryCurrency": "USD"}, pay("100000", "100000", "USD", "year")),
        ({"baseSalary": 100000, "salaryCurrency": "EUR"}, pay("100000", "100000", "EUR", "year")),
        ({"baseSalary": ["competitive", "$20/hr"]}, pay("20", "20", "USD", "hour")),
        (
            {**amount({**YEARLY, "minValue": 0}), "description": "Salary: $50,000 - $70,000"},
            pay("50000", "70000", "USD", "year"),
        ),
        (amount({**YEARLY, "minValue": 0}), PayReading(None, NoPay.ODD_BAND)),
        (amount({**YEARLY, "minValue": 70001}), PayReading(None, NoPay.ODD_BAND)),
        (amount({"minValue": 5, "maxValue": 60000}), PayReading(None, NoPay.NO_PERIOD)),
        (amount({"minValue": 50000, "unitText": "YEAR"}), PayReading(None, NoPay.ONE_END_ONLY)),
        (amount({"value": 500, "unitText": "ONCE"}), PayReading(None, NoPay.NO_PERIOD)),
        (amount({"value": 500}), PayReading(None, NoPay.NO_PERIOD)),
        (amount({"value": float("nan")}), PayReading(None, NoPay.NO_AMOUNT)),
        (amount({"value": True}), PayReading(None, NoPay.NO_AMOUNT)),
        (amount(YEARLY, currency="Dollars"), PayReading(None, NoPay.NO_CURRENCY)),
        ({"baseSalary": "Competitive"}, PayReading(None, NoPay.NO_AMOUNT)),
        ({}, PayReading(None, NoPay.NO_AMOUNT)),
    ],
)
def test_pay_is_read_in_every_shape(document: dict[str, Any], reading: PayReading) -> None:
    assert read_pay(document) == reading


@pytest.mark.parametrize(
    ("value", "types"),
    [
        ("FULL_TIME", ["FULL_TIME"]),
        ("Full-time", ["FULL_TIME"]),
        ("full time, Contract", ["FULL_TIME", "CONTRACTOR"]),
        (["PART_TIME", "Internship", "part-time"], ["PART_TIME", "INTERN"]),
        ("Temporary or Per diem", ["TEMPORARY", "PER_DIEM"]),
        ("https://schema.org/FULL_TIME", ["FULL_TIME"]),
        ("Vanlig anställning", []),
        ({"a": 1}, []),
        (None, []),
    ],
)
def test_employment_types_are_brought_to_one_form(value: object, types: list[str]) -> None:
    assert employment_types(value) == tuple(EmploymentType(name) for name in types)


@pytest.mark.parametrize(
    ("document", "places", "applicants", "mode"),
    [
        ({"jobLocation": "Paris"}, [PlaceText(text="Paris")], [], WorkMode.ONSITE),
        (
            {"jobLocation": {"address": {"addressLocality": "Kirkland", "addressRegion": "WA"}}},
            [PlaceText(city="Kirkland", region="WA")],
            [],
            WorkMode.ONSITE,
        ),
        (
            {"jobLocation": {"address": {"addressCountry": {"@type": "Country", "name": "SE"}}}},
            [PlaceText(country="SE")],
            [],
            WorkMode.ONSITE,
        ),
        (
            {"jobLocation": "New York, NY, US / Remote (US; CA)"},
            [PlaceText(text="New York, NY, US")],
            [PlaceText(text="US"), PlaceText(text="CA")],
            WorkMode.REMOTE,
        ),
        (
            {"jobLocation": [{"address": "A"}, {"address": ["B", "A"]}, {"name": "C or D"}]},
            [PlaceText(text=name) for name in "ABCD"],
            [],
            WorkMode.ONSITE,
        ),
        ({"jobLocation": "Remote - US"}, [], [PlaceText(text="US")], WorkMode.REMOTE),
        ({"jobLocation": "Remote"}, [], [], WorkMode.REMOTE),
        (
            {
                "jobLocation": None,
                "jobLocationType": "TELECOMMUTE",
                "applicantLocationRequirements": {"@type": "Country", "name": "USA, Canada"},
            },
            [],
            [PlaceText(country="USA"), PlaceText(country="Canada")],
            WorkMode.REMOTE,
        ),
        ({"jobLocation": "Oslo (hybrid)"}, [PlaceText(text="Oslo (hybrid)")], [], WorkMode.HYBRID),
        ({"jobLocation": None}, [], [], None),
    ],
)
def test_places_stay_text_and_remote_is_told_apart(
    document: dict[str, Any], places: list[PlaceText], applicants: list[PlaceText], mode: WorkMode
) -> None:
    read = draft(**document)
    assert list(read.places) == places
    assert list(read.applicant_places) == applicants
    assert read.content.mode is mode
    assert read.remote is (mode is WorkMode.REMOTE)


def test_coded_requirements_are_read_and_marked_as_guessed() -> None:
    read = draft(
        experienceRequirements={"monthsOfExperience": "60"},
        educationRequirements={"credentialCategory": "bachelor degree"},
    ).content
    assert [(row.kind, row.min_years, row.education) for row in read.requirements] == [
        (RequirementKind.EXPERIENCE, 5, None),
        (RequirementKind.EDUCATION, None, EducationLevel.BACHELOR),
    ]
    assert read.guessed == ("level", "mode", "requirements")
    assert draft(experienceRequirements="3+ years").content.requirements[0].min_years == 3
    assert draft(experienceRequirements="Any (new grads ok)").content.requirements == ()


def test_a_text_may_stand_in_a_value_object_and_addresses_without_their_scheme() -> None:
    read = draft(
        description={"@value": ["One", 2, "Two"]},
        url=["nowhere", "javascript:alert(1)", "www.acme.test/1"],
        hiringOrganization={"name": {"@value": "Acme"}, "url": {"@id": "https://acme.test/"}},
        inLanguage={"name": "de"},
    )
    assert read.content.description == "One\n\nTwo"
    assert read.content.apply_url == "https://www.acme.test/1"
    assert (read.employer_name, read.employer_site) == ("Acme", "https://acme.test/")
    assert read.content.text_language == "de"
    deep: Any = "x"
    for _ in range(50):
        deep = {"@value": deep}
    assert draft(description=deep).content.description == ""


def test_what_other_properties_say_in_sentences_joins_the_description() -> None:
    more = "You will answer what nobody else could answer, and write it down for the next."
    read = draft(description="Lead.", responsibilities=more, qualifications="BSc")
    assert read.content.description == f"Lead.\n\n{more}"


@pytest.mark.parametrize(
    ("value", "on"),
    [
        ("2019-12-20T00:00:00.000", date(2019, 12, 20)),
        ("2011-10-31", date(2011, 10, 31)),
        ("2019-13-40", None),
        ("New York City Residency is not required for this position", None),
        (20191220, None),
    ],
)
def test_date_posted_is_a_date_or_nothing(value: object, on: date | None) -> None:
    assert draft(datePosted=value).date_posted == on


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2026-11-21T10:00:00", datetime(2026, 11, 21, 10, tzinfo=UTC)),
        ("2026-11-21T10:00:00+02:00", datetime(2026, 11, 21, 8, tzinfo=UTC)),
        ("2026-11-21 or so", datetime(2026, 11, 21, 23, 59, 59, 999999, tzinfo=UTC)),
        ("0001-01-01T00:00:00+14:00", None),
        ("soon", None),
    ],
)
def test_the_last_moment_is_in_utc(value: str, moment: datetime | None) -> None:
    assert draft(validThrough=value).valid_through == moment


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        ({}, [DraftReason.NO_PLACE]),
        ({"baseSalary": "OTE"}, [DraftReason.NO_PAY, DraftReason.NO_PLACE]),
        ({"title": "Wizard"}, [DraftReason.NO_LEVEL, DraftReason.NO_PLACE]),
        ({"description": "<p> </p>"}, [DraftReason.NO_PLACE, DraftReason.NO_DESCRIPTION]),
        ({"validThrough": "2026-11-20"}, [DraftReason.NO_PLACE, DraftReason.OVER]),
        ({"validThrough": "2026-11-21"}, [DraftReason.NO_PLACE]),
        ({"validThrough": "2026-11-21T11:59:00Z"}, [DraftReason.NO_PLACE, DraftReason.OVER]),
        ({"validThrough": "soon"}, [DraftReason.NO_PLACE]),
    ],
)
def test_what_is_missing_keeps_a_posting_a_draft(
    changes: dict[str, Any], reasons: list[DraftReason]
) -> None:
    read = draft(**changes)
    assert list(draft_reasons(read, read.content, now=NOW)) == reasons
    placed = read.content.with_(applicant_countries=("US",))
    assert DraftReason.NO_PLACE not in draft_reasons(read, placed, now=NOW)


leaves = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
    | st.sampled_from(["$10 - $20/hr", "Remote (US)", "TELECOMMUTE", "2026-02-30", "\ud800\x00"])
)  # fmt: skip
keys = st.sampled_from(
    ["value", "minValue", "maxValue", "unitText", "currency", "name", "address", "@value", "@id",
     "addressCountry", "addressLocality", "monthsOfExperience", "credentialCategory", "sameAs"]
)  # fmt: skip
values = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4)
)


@given(st.dictionaries(st.sampled_from([*sorted(WHOLE), "workHours", "inLanguage"]), values))
def test_no_document_makes_it_fail(document: dict[str, Any]) -> None:
    read = read_posting({**document, "@type": "JobPosting"})
    if isinstance(read, PostingDraft):
        assert 0 < len(read.content.title) <= 200
        assert 0 < len(read.key) <= 200
        assert PostingContent.from_json(read.content.to_json()) == read.content
        json.dumps(read.content.to_json()).encode()
        read.key.encode()
        draft_reasons(read, read.content, now=NOW)
        read.says_the_same()


@given(st.text())
def test_no_line_makes_it_fail(line: str) -> None:
    read_line(line)


PUBLISHABLE = {"startups": 199, "nyc": 1471, "swedish": 0, "without-description": 0}


@needs("postings/startups.jsonl")
@pytest.mark.parametrize("name", ["startups", "nyc", "remote", "swedish", "without-description"])
def test_every_real_line_is_judged(name: str) -> None:
    counts: Counter[object] = Counter()
    with (ROOT / f"postings/{name}.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            read = read_line(line)
            if isinstance(read, Refused):
                counts[read.reason] += 1
                continue
            reasons = set(draft_reasons(read, read.content, now=NOW)) - {DraftReason.NO_PLACE}
            counts["whole" if not reasons else "draft"] += 1
    assert counts[Refusal.NO_TITLE] == (2 if name == "remote" else 0)
    if name in PUBLISHABLE:
        assert counts["whole"] >= PUBLISHABLE[name]


def test_pay_that_stands_in_prose_only_is_a_guess() -> None:
    prose = "The salary range is $60,000 - $70,000 a year."
    job = {"@type": "JobPosting", "title": "Agent", "description": prose}
    searched, stated = read_posting(job), read_posting({**job, "baseSalary": "$60K - $70K"})
    assert isinstance(searched, PostingDraft)
    assert isinstance(stated, PostingDraft)
    assert searched.content.pay_bands == stated.content.pay_bands != ()
    assert (searched.content.guessed, stated.content.guessed) == (
        ("level", "pay_bands"),
        ("level",),
    )
