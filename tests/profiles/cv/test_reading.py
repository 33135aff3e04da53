"""The text of a CV as suggestions: on lines of our own, in the shapes that people use."""

import time
from datetime import date

import pytest

from profiles.cv.known import Known
from profiles.cv.reading import read_text
from profiles.cv.spans import as_date, dates_in, last_date_in
from profiles.enums import FactKind
from profiles.taxonomy.shipped import shipped_vocabulary

TODAY = date(2026, 11, 22)
KNOWN = Known(vocabulary=shipped_vocabulary())

CV = """\
Jane Doe
jane@example.com · +44 20 7946 0000

PROFILE
Customer service lead with over 8 years of experience in call centres. I coach agents. No
experience with Salesforce; I want to learn HubSpot.

EXPERIENCE
Team Lead, Acme Telecom, Leeds | Mar 2019 – present
• Workforce management with Zendesk for a team of 12
• Quality assurance of calls
Customer Service Representative
Globex Ltd, Bradford
06/2015 - 02/2019
- Answered e-mails in Zendesk
Manager, Customer Support at Foo Inc (2012–2015)
Budget planning

Education
BSc Business Administration, University of Leeds, 2008 – 2011

Skills: Advanced Excel, Jira
Certifications
ITIL Foundation, valid until 2027-04-30
Languages
English (native), Spanish – B2, German: conversational
Interests
Salesforce, hiking
"""


def said(text: str, kind: FactKind) -> list[dict[str, object]]:
    found = read_text(text, KNOWN, today=TODAY).suggestions
    return [dict(one.fact.values) for one in found if one.fact.kind is kind]


def quotes(text: str, kind: FactKind) -> list[str]:
    found = read_text(text, KNOWN, today=TODAY).suggestions
    return [one.quote for one in found if one.fact.kind is kind]


def slugs(text: str) -> list[object]:
    return sorted(str(one["slug"]) for one in said(text, FactKind.SKILL))


def test_a_whole_cv():
    assert said(CV, FactKind.EXPERIENCE) == [
        {
            "kind": "job",
            "position": "Team Lead",
            "employer_name": "Acme Telecom",
            "location": "Leeds",
            "started": "2019-03",
            "highlights": [
                "Workforce management with Zendesk for a team of 12",
                "Quality assurance of calls",
            ],
        },
        {
            "kind": "job",
            "position": "Customer Service Representative",
            "employer_name": "Globex Ltd",
            "location": "Bradford",
            "started": "2015-06",
            "ended": "2019-02",
            "highlights": ["Answered e-mails in Zendesk"],
        },
        {
            "kind": "job",
            "position": "Manager, Customer Support",
            "employer_name": "Foo Inc",
            "started": "2012",
            "ended": "2015",
            "summary": "Budget planning",
        },
    ]
    skills = {one["slug"]: one for one in said(CV, FactKind.SKILL)}
    assert skills["zendesk"] == {"slug": "zendesk", "years": "11.4", "last_used": "2026-11"}
    assert skills["contact-centre-operations"]["years"] == "8"
    assert skills["microsoft-excel"] == {"slug": "microsoft-excel", "level": 3}
    assert {"salesforce", "hubspot", "bilingual-service"} & skills.keys() == set()
    assert said(CV, FactKind.CERTIFICATE) == [{"slug": "itil-foundation", "expires": "2027-04-30"}]
    assert said(CV, FactKind.LANGUAGE) == [
        {"code": "en", "cefr": "C2"},
        {"code": "es", "cefr": "B2"},
        {"code": "de", "cefr": "B1"},
    ]
    assert said(CV, FactKind.EDUCATION) == [
        {
            "level": "bachelor",
            "study_type": "BSc",
            "area": "Business Administration",
            "institution": "University of Leeds",
            "started": "2008",
            "ended": "2011",
        }
    ]
    (about,) = said(CV, FactKind.ABOUT)
    assert str(about["summary"]).startswith("Customer service lead with over 8 years")


def test_each_suggestion_has_words_that_stand_in_the_cv():
    found = read_text(CV, KNOWN, today=TODAY).suggestions
    for suggestion in found:
        for words in suggestion.quote.split("/"):
            bare = words.strip(" …").split("\n")[0]
            joined = " ".join(CV.split())
            assert bare in joined or bare.replace("06", "").strip() in joined, suggestion.quote
    assert len(found) > 15


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I have worked with Zendesk and Jira.", ["jira", "zendesk"]),
        ("ZENDESK AND JIRA", ["jira", "zendesk"]),
        ("ABOUT ME\nDaily work in Zendesk", ["zendesk"]),
        ("I have not used Zendesk, only Jira", ["jira"]),
        ("I haven’t worked with Zendesk", []),
        ("Keen to learn Zendesk. I know Jira", ["jira"]),
        ("Unfamiliar with Zendesk", []),
        ("Happy to learn Zendesk", []),
        ("Languages\nDutch\nDIGITAL SKILLS\nZendesk / Jira", ["jira", "zendesk"]),
        ("References\nZendesk team lead", []),
        ("Hobbies: Zendesk", []),
    ],
)
def test_only_what_is_held_is_suggested(text, expected):
    assert [slug for slug in slugs(text) if slug in ("jira", "zendesk")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5+ years of Zendesk", {"years": "5"}),
        ("Over 12 years of experience with Zendesk", {"years": "12"}),
        ("Zendesk for the last three tickets", {}),
        ("Expert in Zendesk", {"level": 3}),
        ("Zendesk (basic), Jira", {"level": 1}),
        ("Zendesk – advanced, 3 years of Zendesk", {"level": 3, "years": "3"}),
        ("Zendesk: basic in scope and beginner in price", {}),
        ("Experience\nAgent, Acme, 2019-01 to 2020-06\nZendesk", {
            "years": "1.5", "last_used": "2020-06",
        }),
        ("Experience\nAgent, A Ltd, 2010 - 2012\nZendesk\nAgent, B Ltd, 2011 - 2013\nZendesk", {
            "years": "3", "last_used": "2013",
        }),
    ],
)  # fmt: skip
def test_levels_and_years_as_they_are_said(text, expected):
    (skill,) = [one for one in said(text, FactKind.SKILL) if one["slug"] == "zendesk"]
    assert skill == {"slug": "zendesk", **expected}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Acme\nHead of Support\nJanuary 2021 - Present (5 years 11 months)\nLondon, England",
         ("Head of Support", "Acme", "2021-01", "")),
        ("Acme Corp | Call centre agent | 2012 to 2016",
         ("Call centre agent", "Acme Corp", "2012", "2016")),
        ("2012–2016 Call centre agent, Acme", ("Call centre agent", "Acme", "2012", "2016")),
        ("03/2019 – 2020-05\nCashier at Shop & Co", ("Cashier", "Shop & Co", "2019-03", "2020-05")),
        ("Support agent @ Acme since May 2020", ("Support agent", "Acme", "2020-05", "")),
        ("Huntington Bank, Columbus, OH  Jan 2019 – Present\nCustomer Service Manager",
         ("Customer Service Manager", "Huntington Bank", "2019-01", "")),
        ("[ 01/03/2019 – Current ] Customer advisor\nAllegro – Poznań, Poland\nanswering calls",
         ("Customer advisor", "Allegro", "2019", "")),
        ("Experience\nSheep shearing, Farm, 2001-2002",
         ("Sheep shearing", "Farm", "2001", "2002")),
    ],
)  # fmt: skip
def test_shapes_of_a_job(text, expected):
    (job,) = said(text, FactKind.EXPERIENCE)
    keys = ("position", "employer_name", "started", "ended")
    assert tuple(job.get(key, "") for key in keys) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Tel 2019-2021",
        "Agent, Acme, 2031 - 2032",
        "Agent, Acme, 2020 - 2019",
        "Education\nLeeds School of Managers, 2008 - 2011",
        "I was there from 2019 to 2021, and it was good.",
    ],
)
def test_what_is_no_job(text):
    assert said(text, FactKind.EXPERIENCE) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Native English, fluent in German and French", [("en", "C2"), ("de", "C1"), ("fr", "C1")]),
        ("Languages: polish, SPANISH (Limited Working)", [("pl", None), ("es", "B1")]),
        ("I speak Dutch", [("nl", None)]),
        ("Near-native Dutch, basic Czech", [("nl", "C1"), ("cs", "A1")]),
        ("I don't speak Dutch", []),
        ("Learning Japanese. No French.", []),
        ("English teacher at a school in Leeds", []),
        ("Polish the silver; Danish pastry", []),
        ("Spanish A2\nSpanish C1", [("es", "C1")]),
        ("B2B sales in German speaking markets", [("de", None)]),
        ("Langues: Deutsch", []),
    ],
)
def test_languages(text, expected):
    found = [(one["code"], one.get("cefr")) for one in said(text, FactKind.LANGUAGE)]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MBA, Open University, 2019", [("master", "Open University", "2019")]),
        ("At Foo 2017-2019. I hold a Master's degree in History (Sorbonne, 2016). Now at Bar 2020",
         [("master", None, "2016")]),
        ("Master's degree in law (expected 2028)", [("master", None, "2028")]),
        ("Education\nUniversity of Leeds\nBA, Law, 2001\nA-levels, 1998",
         [("bachelor", "University of Leeds", "2001"), ("secondary", None, "1998")]),
        ("Education\nBA Law\nUniversity of Leeds, 1999 - 2001",
         [("bachelor", "University of Leeds", "2001")]),
        ("Scrum master, MS Office, sales associate", []),
        ("BSc Physics (not completed)", []),
        ("No high school diploma", []),
    ],
)  # fmt: skip
def test_education(text, expected):
    found = said(text, FactKind.EDUCATION)
    assert [(one["level"], one.get("institution"), one.get("ended")) for one in found] == expected


def test_lines_that_the_page_broke_are_joined():
    text = "Profile\nI answer calls of customers who have trouble with their card and\nservice"
    (about,) = said(text, FactKind.ABOUT)
    assert about["summary"] == " ".join(text.split("\n")[1:])


def test_a_stretch_of_time_may_be_broken_too():
    text = "Education\nBachelor of Arts, Tourism Management, City College, 2010 –\n2014\nZendesk"
    (one,) = said(text, FactKind.EDUCATION)
    assert (one["started"], one["ended"]) == ("2010", "2014")


def test_the_words_of_a_job_are_not_said_twice():
    text = "Experience\nCustomer service manager, Acme, 2010 - 2012"
    assert quotes(text, FactKind.SKILL) == ["Customer service manager, Acme, 2010 - 2012"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("March 2019", "2019-03"), ("Sept. 2019", "2019-09"), ("3/2019", "2019-03"),
        ("12.03.2019", "2019"), ("2019-03", "2019-03"), ("2019", "2019"), ("13/2019", "2019"),
        ("3 May 2019", "2019-05"), ("soon", ""),
    ],
)  # fmt: skip
def test_dates(words, expected):
    assert as_date(words) == expected


def test_the_last_date_of_a_line():
    assert last_date_in("Seen in 1999, passed May 2003, tel 20191234") == "2003-05"
    assert dates_in("tel 2019-20201234", today=TODAY) is None


@pytest.mark.parametrize(
    "unit",
    [
        *("a", "A ", "2019-", "Jan 2019 - ", "no not ", "English, ", "BSc ", "University "),
        *("manager | ", "want to learn ", "Experience\n2019 - 2020\n", "Aa of "),
        "Zendesk lead, Acme, 2019 - 2020\n",
    ],
)
def test_no_text_takes_long(unit):
    begun = time.process_time()
    read_text(unit * (20_000 // len(unit)), KNOWN, today=TODAY)
    assert time.process_time() - begun < 1
