"""What somebody will do, out of the lists of an ad: which lists, which lines of them."""

import time

import pytest

from postings.importers.duties import LONGEST, MOST, responsibilities_of
from postings.importers.html_text import to_markdown

FIRST = "Lead a team of twelve agents"
SECOND = "Own the service levels"
LIST = f"- {FIRST}\n- {SECOND};\n"
BOTH = (FIRST, SECOND)


@pytest.mark.parametrize(
    "head",
    [
        "Responsibilities",
        "**Key responsibilities:**",
        "## What you’ll do",
        "what you'll be doing:",
        "DUTIES AND RESPONSIBILITIES",
        "Major Responsibilities",
        "In this role, you will:",
        "Under direction of the head, the manager will be responsible for the following:",
        "The selected candidate will perform these tasks;",
        "Your day-to-day",
        "The role",
    ],
)
def test_headings_that_show_duties(head):
    assert responsibilities_of(f"We are a firm.\n\n{head}\n\n{LIST}") == BOTH


@pytest.mark.parametrize(
    "head",
    ["Requirements", "What we offer", "You will need:", "About us", "Skills and experience:", ""],
)
def test_other_lists_are_left_alone(head):
    assert responsibilities_of(f"{head}\n\n{LIST}") == ()


@pytest.mark.parametrize(
    ("below", "expected"),
    [
        (f"{LIST}\n**Requirements**\n\n- Patience with people\n", BOTH),
        (f"{LIST}- A bachelor’s degree or 4 years\n- Excellent manners\n", BOTH),
        (f"{LIST}\nWe pay well.\n\n- Free lunch on Fridays\n", BOTH),
        (f"We look after people.\n\n{LIST}", BOTH),
        (f"- People\n  - {FIRST}\n  - {SECOND}\n", BOTH),
        (f"**People:**\n\n- {FIRST}\n\n**Figures:**\n\n- {SECOND}\n", BOTH),
        (f"1. **{FIRST}**\n2. *{SECOND}*\n", BOTH),
        (f"- {FIRST}\n- Perform other related duties as assigned.\n- {SECOND}", BOTH),
        (f"- {FIRST}\n- Coaching\n- {FIRST}\n- {SECOND}", BOTH),
        (f"- {FIRST}  \n  and of two leads\n- {SECOND}", (f"{FIRST} and of two leads", SECOND)),
        (f"- {FIRST}\n- {SECOND}. {'And so on and on ' * 20}", (FIRST, f"{SECOND}.")),
        (f"- {FIRST}\n- {'on and on ' * 31}\n- {SECOND}", BOTH),
        (f"- {FIRST}", ()),
        (f"{FIRST}.\n\n{SECOND}.\n\nCoach.\n\nPlan shifts.\n\nWe are kind.",
         (f"{FIRST}.", f"{SECOND}.", "Plan shifts.")),
        (f"{FIRST}.\n\n{SECOND}.", ()),
    ],
)  # fmt: skip
def test_what_of_a_list_is_taken(below, expected):
    assert responsibilities_of(f"## What you will do\n\n{below}") == expected


def test_two_lists_are_one_and_no_more_than_fit():
    many = "".join(f"- Answer customers of kind {n}\n" for n in range(15))
    text = f"Responsibilities\n\n{many}\nRequirements\n\n- Patience with all\n\nDaily tasks:\n\n"
    found = responsibilities_of(f"{text}{LIST}{many.replace('kind', 'sort')}")
    assert len(found) == MOST
    assert found[14:17] == ("Answer customers of kind 14", *BOTH)
    assert max(map(len, found)) <= LONGEST


def test_a_heading_in_doubt_counts_only_alone():
    text = f"The role\n\n- We are nice to work with\n- Join the firm now\n\nDuties:\n\n{LIST}"
    assert responsibilities_of(text) == BOTH


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Duties include: {FIRST}; {SECOND}; and plan shifts. You report to us.",
         (*BOTH, "Plan shifts")),
        (f"Duties include, but are not limited to: {FIRST}; {SECOND}; coaching.", ()),
        (f"Tasks include {FIRST}; {SECOND}.", ()),
        (f"We include {FIRST}; {SECOND}; plan shifts.", ()),
    ],
)  # fmt: skip
def test_a_list_in_prose(text, expected):
    assert responsibilities_of(text) == expected


def test_it_reads_what_html_becomes():
    html = f"<p><b>What you'll do</b></p><ul><li>{FIRST}</li><li><p>{SECOND}</p></li></ul>"
    assert responsibilities_of(to_markdown(html).text) == BOTH


@pytest.mark.parametrize(
    "piece", ["duties:\n", "- a b\n", "will " * 40 + ":\n", "  \n", "**\n", "duties include: a b; "]
)
def test_no_text_takes_longer_than_its_length(piece):
    text = (piece * (20_000 // len(piece)))[:20_000]
    before = time.process_time()
    responsibilities_of(text)
    assert time.process_time() - before < 1
