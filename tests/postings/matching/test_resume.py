"""What is read of a JSON Resume: years of work, degrees, languages, and nothing about who."""

import random
from datetime import date
from decimal import Decimal
from fractions import Fraction as F

import pytest

from cscareers.core.salary import PayPeriod
from postings.enums import Cefr, EducationLevel, Level, WorkMode
from postings.matching.extras import Extras
from postings.matching.inputs import Held, PayFloor, Preferences
from postings.matching.resume import InvalidResume, Resume, read_resume

TODAY = date(2026, 6, 15)


def read(**document: object) -> Resume:
    return read_resume(document, today=TODAY)


@pytest.mark.parametrize(
    ("spans", "years"),
    [
        ([], None),
        ([(None, None)], None),
        ([(None, "2020")], None),
        ([("2018", "2021")], F(3)),
        ([("2018-01", "2020-12")], F(3)),
        ([("2013-12-01", "2014-12-01")], F(1)),
        ([("2018", "2021"), ("2019", "2020")], F(3)),
        ([("2018", "2019"), ("2020", "2021"), ("2018", "2019")], F(2)),
        ([("2020", "2020")], F(0)),
        ([("2025-06-15", None)], F(1)),
        ([("2025-06-15", "2030")], F(1)),
        ([("2030", "2031")], F(0)),
        ([("2024-02-29", "2025-03-01")], (12 + F(1, 29)) / 12),
        ([("2020-06", "2020")], F(0)),
    ],
)
def test_years_are_of_all_dated_work_each_month_once(spans, years):
    rows = [
        {name: value for name, value in zip(("startDate", "endDate"), span, strict=True) if value}
        for span in spans
    ]
    assert read(work=rows).experience == years
    assert read(work=rows[::-1] * 2).experience == years


@pytest.mark.parametrize(
    ("span", "pointer"),
    [
        ({"startDate": "2020-00"}, "/work/0/startDate"),
        ({"startDate": "2020-02-30"}, "/work/0/startDate"),
        ({"startDate": "2020-02-28", "endDate": "2021-02-29"}, "/work/0/endDate"),
        ({"startDate": "2020-02-28", "endDate": "2020-02-27"}, "/work/0/endDate"),
        ({"startDate": "2020-02", "endDate": "2020-01-31"}, "/work/0/endDate"),
    ],
)
def test_impossible_spans_are_refused(span, pointer):
    with pytest.raises(InvalidResume) as raised:
        read(work=[span])
    assert [problem.pointer for problem in raised.value.problems] == [pointer]


@pytest.mark.parametrize(
    ("rows", "level"),
    [
        (["Bachelor"], "bachelor"),
        (["B.Sc. (Hons)"], "bachelor"),
        (["Bachelor’s", "Master of Science"], "master"),
        (["MBA"], "master"),
        (["Ph.D."], "doctorate"),
        (["Associate degree"], "associate"),
        (["High School Diploma"], "secondary"),
        (["Bootcamp", ""], None),
        ([], None),
    ],
)
def test_degrees(rows, level):
    found = read(education=[{"studyType": kind} for kind in rows]).education
    assert found == (EducationLevel(level) if level else None)


def test_studies_that_go_on_are_no_degree_yet():
    rows = [{"studyType": "Master", "endDate": "2027"}, {"studyType": "Bachelor"}]
    assert read(education=rows).education is EducationLevel.BACHELOR


def test_skills_and_languages_by_their_plain_words():
    levels = ["Master", "expert", "ADVANCED", "Intermediate", "beginner", "basic", "None", "Guru"]
    found = read(
        skills=[*({"name": one, "level": one} for one in levels), {"name": "bare"}, {"name": " "}],
        languages=[
            {"language": "Spanish", "fluency": "Professional (B2)"},
            {"language": "es", "fluency": "A1"},
            {"language": "GERMAN", "fluency": "Native speaker"},
            {"language": "French", "fluency": "Fluent"},
            {"language": "Klingonish"},
        ],
    )
    assert [held.level for _, held in found.skills] == [4, 3, 3, 2, 1, 1, 0, None, None]
    assert found.languages == {"es": Cefr.B2, "de": Cefr.C2, "fr": None}
    assert found.unrecognised == ("Klingonish",)


def test_extras_are_read_by_their_codes():
    extras = {
        "skills": [{"slug": "zendesk", "level": 2.0, "years": 1.5, "last_used": "2025"}],
        "languages": [{"code": "ES", "cefr": "b1"}, {"code": "es"}],
        "certificates": [{"slug": "ccxp", "expires": "2027-01-31"}, {"slug": "itil"}],
        "education": "master",
        "pay_floor": {"amount": 31.5, "currency": "eur", "period": "hour"},
        "modes": ["remote", "hybrid", "remote"],
        "countries": ["us", "DE", "US"],
        "remote_from": "us-oh",
        "visa_needed": False,
        "level_wanted": "manager",
        "level_now": "Supervisor",
        "places": [{"city": 4509177, "radius_km": 40}, {"city": 2867714}],
        "gender": "nobody reads this",
    }
    found = read(basics={"location": {"countryCode": "PL"}}, **{"x-cscareers": extras})
    assert found.own == Extras(
        skills=(("zendesk", Held(2, F(3, 2))),),
        languages={"es": Cefr.B1},
        certificates=(("ccxp", date(2027, 1, 31)), ("itil", None)),
        education=EducationLevel.MASTER,
        preferences=Preferences(
            countries=("US", "DE"),
            remote_from="US-OH",
            modes=frozenset({WorkMode.REMOTE, WorkMode.HYBRID}),
            pay_floor=PayFloor(Decimal("31.5"), "EUR", PayPeriod.HOUR),
            visa_needed=False,
            level_wanted=Level.MANAGER,
            level_now=Level.SUPERVISOR,
        ),
        places=((4509177, 40), (2867714, 25)),
    )
    assert found.preferences == found.own.preferences


@pytest.mark.parametrize(("code", "countries"), [("pl", ("PL",)), ("ZZ", ()), ("", ())])
def test_the_country_of_the_address_is_where_somebody_may_work(code, countries):
    found = read(basics={"location": {"countryCode": code}})
    assert found.preferences.countries == countries


def test_a_thousand_other_people_with_the_same_facts_are_the_same_profile():
    """Whatever is said of who somebody is, what is read stays the same: so does every answer."""
    facts = {
        "skills": [{"name": "Zendesk", "level": "expert"}],
        "work": [{"startDate": "2018", "endDate": "2021"}],
        "languages": [{"language": "Spanish", "fluency": "B2"}],
    }
    source = random.Random(4)
    plain = read(basics={"location": {"countryCode": "US"}}, **facts)
    who = ("name", "gender", "pronouns", "birthDate", "age", "birthCountry", "nationality",
           "image", "photo", "email", "phone", "label", "summary", "maritalStatus")  # fmt: skip
    for _ in range(1_000):
        somebody = {name: f"{name} {source.random()}" for name in who}
        basics = {**somebody, "location": {"countryCode": "US", "city": str(source.random())}}
        extra = {name: somebody[name] for name in who if name not in ("image",)}
        assert read(basics=basics, **facts, **{"x-cscareers": extra}, **extra) == plain
