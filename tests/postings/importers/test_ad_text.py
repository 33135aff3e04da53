"""An ad as people write it: its title, facts with the words that say them, and the same again."""

import time

import pytest

from postings.content import Place, PostingContent
from postings.enums import EmploymentType, Level, WorkMode
from postings.importers.ad_facts import Facts, facts_of
from postings.importers.ad_text import read_ad, words_behind_answers
from postings.importers.ad_title import find_title
from postings.importers.html_text import to_markdown
from postings.importers.schema_org import PostingDraft, read_posting

MODE = WorkMode


@pytest.mark.parametrize(
    ("text", "title", "rest"),
    [
        ("Support Lead\n\nWe answer.", "Support Lead", "We answer."),
        ("# **Support Lead**\nWe answer.", "Support Lead", "We answer."),
        ("Job title: Support Lead\nWe answer.", "Support Lead", "We answer."),
        ("About us\nWe answer.\nPosition: Support Lead", "Support Lead", None),
        ("Job description\n\nCustomer hero\nWe answer.", "", None),
        ("Customer hero\n\nWe answer.", "Customer hero", "We answer."),
        ("Harbour Telecom\nSupport Manager\nWe answer.", "Support Manager", None),
        ("We are hiring a Support Manager!\nWe answer.", "Support Manager", None),
        ("Support Manager | Leeds | £30,000\nWe answer.", "Support Manager", None),
        ("We answer the phone, all day, and like it.", "", None),
        ("Location: Leeds\nSupport Agent", "Support Agent", None),
        (f"{'A very long line ' * 9}\nWe answer.", "", None),
        ("a\nb\nc\nd\nYou report to the manager", "a", "b\nc\nd\nYou report to the manager"),
        ("", "", None),
    ],
)
def test_the_title(text, title, rest):
    found = find_title(text)
    assert (found.words, found.rest) == (title, text if rest is None else rest)


def read(text: str, title: str = "Support Agent") -> Facts:
    return facts_of(title, to_markdown(text).text)


@pytest.mark.parametrize(
    ("text", "title", "places"),
    [
        ("Location: Leeds, UK\nWe sit in our Dublin office.", "Agent", ["Leeds, UK"]),
        ("**Location:** Leeds", "Agent", ["Leeds"]),
        ("Harbour Telecom | Leeds, UK | Full-time", "Agent", ["Harbour Telecom", "Leeds, UK"]),
        ("We answer.", "Agent, Leeds", ["Leeds"]),
        ("We answer.", "Agent (Cork, Ireland)", ["Cork", "Ireland"]),
        ("We answer.", "Agent in New York", ["New York"]),
        ("We answer.", "Manager, IT (NYCSTART) - Remote", []),
        ("You are based in Cork, Ireland.", "Agent", ["Cork, Ireland"]),
        ("You work from our Leeds office.", "Agent", ["Leeds"]),
        (
            "Our office is based in Old Street, London. On top of that we pay.",
            "Agent",
            ["Old Street, London"],
        ),
        ("We are based in St. Albans, UK.", "Agent", ["St. Albans, UK"]),
        ("You are authorized to work in France. The Opportunity\nOur story", "Agent", []),
        ("ABOUT US\n\nWe answer the phone.", "Agent", []),
    ],
)
def test_places(text, title, places):
    assert [fact.value for fact in read(text, title).places] == places


@pytest.mark.parametrize(
    ("text", "title", "mode"),
    [
        ("Location: Remote (US)", "Agent", MODE.REMOTE),
        ("We answer.", "Agent (Hybrid)", MODE.HYBRID),
        ("This is a fully remote job.", "Agent", MODE.REMOTE),
        ("This is not a remote job.", "Agent", None),
        ("Work mode: not remote", "Agent", None),
        ("You work from home for two weeks a year.", "Agent", None),
        ("Be in 3 days a week in our Leeds office.", "Agent", MODE.HYBRID),
        ("Be in 5 days a week in our Leeds office.", "Agent", MODE.ONSITE),
        ("Location: in person, Leeds\n\nWork from home now and then.", "Agent", MODE.ONSITE),
        ("We run a hybrid cloud.", "Agent", None),
        ("In this hybrid support and sales role you answer.", "Agent", None),
        ("This is a hybrid role based in Leeds.", "Agent", MODE.HYBRID),
        ("We work hybrid.", "Agent", MODE.HYBRID),
        ("Work from home stipend", "Agent", None),
        ("Home-based care for children.", "Agent", None),
        ("The work is remote.", "Agent", MODE.REMOTE),
        ("We answer.", "Agent", None),
    ],
)
def test_the_way_of_working(text, title, mode):
    found = read(text, title).mode
    assert (found and found[0]) == mode


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Job type: Full-time, Permanent", ["Full-time", "Permanent"]),
        ("Leeds | Part time", ["Part time"]),
        ("This is a full-time role.", ["full-time"]),
        ("A fixed-term contract for a year.", ["fixed-term contract"]),
        ("Full-time colleagues get a bike. Two volunteer days.", []),
        ("Allowed to work on a full or part-time basis.", []),
        ("Harbour Telecom | Contract", ["Contract"]),
        ("Our contract centre, which never sleeps", []),
    ],
)
def test_the_kind_of_employment(text, kinds):
    assert [fact.value for fact in read(text).employment] == kinds


@pytest.mark.parametrize(
    ("title", "kinds"),
    [
        ("Agent, part time", ["part time"]),
        ("Contract Manager", []),
        ("Agent (contract)", ["(contract)"]),
    ],
)
def test_the_kind_of_employment_in_a_title(title, kinds):
    assert [fact.value for fact in read("We answer.", title).employment] == kinds


@pytest.mark.parametrize(
    ("text", "pays"),
    [
        ("Pay: $20 - $25 an hour\nWe answer.", ["$20 - $25 an hour"]),
        ("Leeds | £30,000 a year", ["£30,000 a year"]),
        ("We answer.\n\n# What we offer\n\n- $20 - $25 an hour\n- Bikes", ["$20 - $25 an hour"]),
        ("We answer.\n\n# What we offer\n\n- $500 a year for books", []),
        ("We answer.\n\n# Who we are\n\n- $700K - $800K revenue a year", []),
    ],
)
def test_pay_stands_after_a_label_in_the_head_or_alone(text, pays):
    assert [fact.value for fact in read(text).pays] == pays


AD = """Senior Customer Service Manager

Harbour Telecom | Hybrid, 3 days in the office | Leeds, UK | £42,000 - £48,000 per year
**Job type:** Full-time

About us
We connect homes.

Apply at https://harbour.example/jobs/42.
"""


def test_what_is_read_is_read_again_with_its_words():
    ad = read_ad(AD)
    draft = read_posting(ad.document, untitled=True)
    assert isinstance(draft, PostingDraft)
    content = draft.content
    assert (content.title, content.level) == (
        "Senior Customer Service Manager",
        Level.SENIOR_MANAGER,
    )
    assert (content.mode, content.employment) == (MODE.HYBRID, (EmploymentType.FULL_TIME,))
    assert [place.text for place in draft.places][1:] == ["Leeds, UK", "Hybrid"]
    assert content.pay_bands[0].band.maximum == 48_000
    assert words_behind_answers(content) == {
        "level": "Senior Customer Service Manager",
        "mode": "Hybrid, 3 days in the office",
        "employment": "Job type: Full-time",
        "pay_bands": "£42,000 - £48,000 per year",
        "apply_url": "Apply at https://harbour.example/jobs/42.",
    }


def test_of_the_words_for_places_those_with_their_names_are_shown():
    content = PostingContent(
        title="Agent", description="Harbour Telecom | Leeds, UK", locations=(Place("GB", 1),)
    )
    shown = [words_behind_answers(content, names)["locations"] for names in (["Leeds"], ["Ljeds"])]
    assert shown == ["Leeds, UK", "Harbour Telecom / Leeds, UK"]


def test_words_that_say_something_else_are_not_shown():
    ad = read_ad(AD)
    draft = read_posting(ad.document)
    assert isinstance(draft, PostingDraft)
    changed = draft.content.with_(
        mode=MODE.REMOTE,
        employment=(EmploymentType.INTERN,),
        pay_bands=(),
        apply_url="",
        level=None,
    )
    assert words_behind_answers(changed) == {}
    assert words_behind_answers(PostingContent()) == {}


def test_pay_in_a_sentence_has_its_words():
    ad = read_ad("Agent\n\nWe pay well. The salary range is $40,000 to $50,000 a year, and more.")
    draft = read_posting(ad.document)
    assert isinstance(draft, PostingDraft)
    assert "$40,000 to $50,000" in words_behind_answers(draft.content)["pay_bands"]


@pytest.mark.parametrize(
    "piece",
    [
        "Location: ",
        "based in A",
        "A, ",
        "full-time ",
        "3 days a week in our ",
        "apply ",
        "| ",
        "a:\n",
    ],
)
def test_no_text_takes_longer_than_its_length(piece):
    text = (piece * (20_000 // len(piece)))[:20_000]
    before = time.process_time()
    find_title(text)
    facts_of("Agent", text)
    assert time.process_time() - before < 1.5
