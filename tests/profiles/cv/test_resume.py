"""A JSON Resume in and out: nothing of ours is lost, and of others' all is taken or listed."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as budget

from profiles.cv.brought import NoCv, from_text
from profiles.cv.facts import Fact
from profiles.cv.known import Known, Term
from profiles.cv.resume_in import Reading, names_in, read_resume
from profiles.cv.resume_out import document
from profiles.enums import FactKind, SkillKind
from profiles.json_resume import SHAPE, problems
from tests.profiles.cv.drawn import KNOWN, NAMES, TERMS, profiles
from tests.shared_data import ROOT, needs

TODAY = date(2026, 11, 22)
FOLDER = ROOT / "schemas" / "jsonresume"


def read(resume: dict[str, Any], known: Known = KNOWN) -> Reading:
    assert problems(resume) == []
    return read_resume(resume, known, today=TODAY)


def facts(resume: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [(one.fact.kind.value, dict(one.fact.values)) for one in read(resume).suggestions]


def left(resume: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one.where, one.why) for one in read(resume).not_taken]


def _sorted(found: list[Fact]) -> list[str]:
    return sorted(json.dumps([fact.kind, fact.values], sort_keys=True) for fact in found)


@budget(max_examples=50)
@given(profiles())
def test_what_goes_out_comes_back_whole(said: list[Fact]):
    sent = json.loads(json.dumps(document(said, NAMES)))
    assert problems(sent) == []
    reading = read(sent)
    assert _sorted([one.fact for one in reading.suggestions]) == _sorted(said)
    assert reading.not_taken == ()
    assert all(one.quote for one in reading.suggestions)


def test_the_plain_keys_say_what_they_can():
    said = [
        Fact(FactKind.ABOUT, {"headline": "Team lead"}),
        Fact(FactKind.SKILL, {"slug": "zendesk", "level": 3, "years": "2.5"}),
        Fact(FactKind.LANGUAGE, {"code": "es", "cefr": "B2"}),
        Fact(FactKind.CERTIFICATE, {"slug": "itil", "issued": "2020", "expires": "2027-04-30"}),
        Fact(FactKind.WISH, {"pay_floor": "31.5", "pay_currency": "USD", "pay_period": "hour"}),
    ]
    assert document(said, NAMES) == {
        "$schema": "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.2.1/schema.json",
        "basics": {"label": "Team lead"},
        "certificates": [
            {
                "name": "Itil",
                "date": "2020",
                "x-cscareers": {"slug": "itil", "expires": "2027-04-30"},
            }
        ],
        "skills": [{"name": "Zendesk", "level": "Expert", "x-cscareers": {"slug": "zendesk"}}],
        "languages": [{"language": "Spanish", "fluency": "B2", "x-cscareers": {"code": "es"}}],
        "x-cscareers": {
            "skills": [{"slug": "zendesk", "level": 3, "years": 2.5}],
            "languages": [{"code": "es", "cefr": "B2"}],
            "certificates": [{"slug": "itil", "expires": "2027-04-30"}],
            "pay_floor": {"amount": 31.5, "currency": "USD", "period": "hour"},
        },
    }


@pytest.mark.parametrize(
    ("resume", "expected"),
    [
        ({"basics": {"label": " Team lead ", "summary": "I help."}}, [
            ("about", {"headline": "Team lead"}), ("about", {"summary": "I help."}),
        ]),
        ({"basics": {"location": {"countryCode": "us"}}}, [("wish", {"work_countries": ["US"]})]),
        ({"work": [{"name": "Acme", "position": "Lead", "startDate": "2019", "location": "Oz"}]}, [
            ("experience", {"kind": "job", "position": "Lead", "employer_name": "Acme",
                            "location": "Oz", "started": "2019"}),
        ]),
        ({"volunteer": [{"organization": "Club", "position": "Host", "highlights": ["a", ""]}]}, [
            ("experience", {"kind": "volunteer", "position": "Host", "employer_name": "Club",
                            "highlights": ["a"]}),
        ]),
        ({"education": [{"institution": "MIT", "studyType": "BSc", "area": "Law"}]}, [
            ("education", {"level": "bachelor", "study_type": "BSc", "area": "Law",
                           "institution": "MIT"}),
        ]),
        ({"certificates": [{"name": "ITIL", "issuer": "Axelos"}, {"name": "Itil"}]}, [
            ("certificate", {"name": "ITIL", "issuer": "Axelos"}),
            ("certificate", {"slug": "itil"}),
        ]),
        ({"skills": [{"name": "Excel", "level": "Basic"}, {"name": "excel", "level": "ADVANCED"},
                     {"name": "Office", "level": "Master", "keywords": ["Zendesk", "itil"]}]}, [
            ("certificate", {"slug": "itil"}),
            ("skill", {"slug": "excel", "level": 3}),
            ("skill", {"slug": "zendesk"}),
        ]),
        ({"languages": [{"language": "German", "fluency": "Native"}, {"language": "de"},
                        {"language": "spanish", "fluency": "DELE B2"}]}, [
            ("language", {"code": "de", "cefr": "C2"}), ("language", {"code": "es", "cefr": "B2"}),
        ]),
        ({"x-cscareers": {"education": "master", "certificates": [{"slug": "itil"}]}}, [
            ("education", {"level": "master"}), ("certificate", {"slug": "itil"}),
        ]),
    ],
)  # fmt: skip
def test_what_others_write(resume, expected):
    assert facts(resume) == expected


@pytest.mark.parametrize(
    ("resume", "expected"),
    [
        ({"basics": {"name": "Ada", "image": "", "phone": "1"}}, [
            ("/basics/name", "your account has it"),
            ("/basics/phone", "we keep no number: give it when you apply"),
        ]),
        ({"work": [{"name": "Acme"}]}, [("/work/0", "it names no position: add it by hand")]),
        ({"work": [{"position": "A", "startDate": "2020", "endDate": "2019-12"}]}, [
            ("/work/0", "it ends before it begins: add its dates by hand"),
        ]),
        ({"work": [{"position": "A", "startDate": "2020-13"}]}, [
            ("/work/0/startDate", "there is no such month"),
        ]),
        ({"work": [{"position": "A" * 161, "url": "acme"}]}, [
            ("/work/0/position", "cut after 160 characters"),
            ("/work/0/url", "this is no address of a page, or a very long one"),
        ]),
        ({"work": [{"position": "A", "salary": 3, "description": "b"}] * 2}, [
            ("/work/*/salary", "a key that we don’t know"),
            ("/work/*/description", "what a firm does is for the firm to say"),
        ]),
        ({"skills": [{"name": "Juggling", "note": 1}]}, [
            ("/skills/*/note", "a key that we don’t know"),
            ("/skills/0", "“Juggling” is none of our terms"),
        ]),
        ({"languages": [{"language": "Klingonian"}, {}]}, [
            ("/languages/0", "“Klingonian” is no language that we know"),
            ("/languages/1", "it names no language"),
        ]),
        ({"basics": {"location": {"countryCode": "UK", "city": "York"}}}, [
            ("/basics/location/countryCode", "this is no country: use two letters, like US"),
            ("/basics/location/city", "we keep no address: say where you would work"),
        ]),
        ({"awards": [{"title": "Best"}], "meta": {}, "hobby": 1}, [
            ("/awards", "add an award as evidence: what you did, and the figures"),
            ("/hobby", "a key that we don’t know"),
        ]),
        ({"x-cscareers": {"skills": [{"slug": "juggling"}, {"slug": "excel", "level": 5}],
                          "places": [{"city": 3}], "modes": ["moon"], "countries": ["XX"],
                          "pay_floor": {"amount": -3, "currency": "USD"}, "shoe_size": 44}}, [
            ("/x-cscareers/skills/0", "this is none of our terms"),
            ("/x-cscareers/skills/1/level", "this is no whole number from 0 to 4"),
            ("/x-cscareers/places/0", "this is no city that we know"),
            ("/x-cscareers/pay_floor/amount", "this is no number from 0.01 to 9,999,999,999"),
            ("/x-cscareers/modes", "not all of these are codes that we know"),
            ("/x-cscareers/countries", "not all of these are countries"),
            ("/x-cscareers/shoe_size", "a key that we don’t know"),
        ]),
        ({"x-cscareers": [1]}, []),
    ],
)  # fmt: skip
def test_what_is_not_taken_is_listed_with_its_reason(resume, expected):
    assert left(resume) == expected


def test_a_term_goes_by_the_name_that_stands_there():
    known = Known({"HDI-SCM": Term("hdi-support-center-manager", "HDI", SkillKind.CERTIFICATE)})
    reading = read({"certificates": [{"name": "HDI-SCM"}], "skills": [{"name": "HDI-SCM"}]}, known)
    assert [dict(one.fact.values) for one in reading.suggestions] == [
        {"slug": "hdi-support-center-manager"}
    ]
    assert reading.not_taken == ()


def test_what_no_column_can_hold_does_no_harm():
    said = facts({"work": [{"position": "A\0\ud800B", "highlights": ["x" * 600] * 50}]})
    assert said == [
        ("experience", {"kind": "job", "position": "AB", "highlights": ["x" * 500] * 30})
    ]


def test_names_to_look_up():
    resume = {
        "skills": [{"name": "Excel", "keywords": ["Word", ""]}],
        "certificates": [{"name": "ITIL", "x-cscareers": {"slug": "itil"}}],
        "x-cscareers": {"skills": [{"slug": "zendesk"}, {"slug": 3}], "places": [{"city": 22}]},
    }
    assert names_in(resume) == ({"Excel", "Word", "ITIL", "itil", "zendesk"}, {22})


@needs("schemas/jsonresume/schema.json")
def test_each_valid_case_of_the_schema_loads_and_all_its_keys_are_taken_or_listed():
    loaded = 0
    for path in sorted(FOLDER.glob("testsuite/*.json")) + sorted(FOLDER.glob("*.resume.json")):
        content = json.loads(path.read_text())
        cases = content if path.parent.name == "testsuite" else {"": content}
        for name, case in cases.items():
            if problems(case):
                continue
            loaded += 1
            reading = read(case, Known(TERMS, countries={"US"}))
            # What is said under a key is suggested, listed, or the same as something before it.
            for key in case.keys() & SHAPE.keys() if case else ():
                if case[key] in ([], {}, "") or key in ("basics", "skills", "languages"):
                    continue
                told = [one.where for one in reading.not_taken]
                taken = len(reading.suggestions) + sum(
                    where.startswith(f"/{key}") for where in told
                )
                assert taken >= 1, (path.name, name, key)
    assert loaded > 50


@needs("schemas/jsonresume/schema.json")
def test_each_invalid_case_of_the_schema_is_refused_with_its_pointer():
    refused = 0
    for path in sorted(FOLDER.glob("testsuite/*.json")):
        for case in json.loads(path.read_text()).values():
            # A number alone is nobody's document.
            if isinstance(case, dict | list) and (found := problems(case)):
                refused += 1
                with pytest.raises(NoCv) as caught:
                    from_text(json.dumps(case))
                told = [message.split(": ")[0] for message in caught.value.messages]
                assert told == [one.pointer or "The whole file" for one in found]
    assert refused > 50
