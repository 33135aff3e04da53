"""What does not belong into a title."""

import pytest

from postings.wording.hints import Text
from postings.wording.titles import title_hints

GAZETTEER = frozenset({"london", "paris", "germany", "usa"})


def found(title: str) -> list[tuple[str, str]]:
    hints = title_hints(
        Text("title", title),
        employer_name="Harrow & Vale Ltd.",
        places=("Columbus", "São Paulo", "Ohio"),
        gazetteer=GAZETTEER,
    )
    return [(hint.code.value.removeprefix("title-"), hint.words) for hint in hints]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Customer service manager, $65K-$80K", [("pay", "$65K-$80K")]),
        ("Call centre agent £12 per hour", [("pay", "£12 per hour")]),
        ("Support lead 50k", [("pay", "50k")]),
        ("Support lead, 45,000 EUR", [("pay", "45,000 EUR")]),
        ("Columbus service lead", [("place", "Columbus")]),
        ("Service lead (Sao Paulo)", [("place", "Sao Paulo")]),
        ("Customer service manager, London", [("place", "London")]),
        ("Customer service manager - Germany", [("place", "Germany")]),
        ("Support agent in Paris", [("place", "Paris")]),
        ("Support agent, Paris $40k", [("pay", "$40k"), ("place", "Paris")]),
        ("Harrow and Vale support agent", []),
        ("Harrow & Vale support agent", [("employer", "Harrow & Vale")]),
        ("CUSTOMER SERVICE MANAGER", [("capitals", "CUSTOMER SERVICE MANAGER")]),
        ("Agent for REMOTE and EVENING", [("capitals", "REMOTE and EVENING")]),
        ("Support agent!!", [("exclamation", "!!")]),
        ("Agent (Ref 12345)", [("code", "Ref 12345")]),
        ("JR10234 Team lead", [("code", "JR10234")]),
        ("Associate, summer 2026", [("date", "2026")]),
        ("Agent, 3 March", [("date", "3 March")]),
        ("Urgent: agent", [("urgency", "Urgent")]),
        ("Now hiring agents", [("urgency", "Now hiring")]),
        ("Hiring: agents", [("urgency", "Hiring")]),
        ("Agent, immediate start", [("urgency", "immediate start")]),
        ("Kundenberater ab sofort", [("urgency", "ab sofort")]),
        ("Agent 🚀", [("emoji", "🚀")]),
    ],
)
def test_what_is_found(title: str, expected: list[tuple[str, str]]) -> None:
    assert found(title) == expected


@pytest.mark.parametrize(
    "title",
    [
        "Customer service manager",
        "Head of Support, EMEA",
        "SAP CRM support specialist",
        "Team lead 24/7 support",
        "Tier 2 support (B2B SaaS)",
        "401k participant services representative",
        "Hiring manager, contact centre",
        "Hiring plan analyst",
        "London",
        "French-speaking agent",
        "Bilingual agent (English/Spanish)",
        "Call center agent, 2nd shift",
        "May Smith House support worker",
        "VP Customer Experience",
    ],
)
def test_what_a_title_may_say(title: str) -> None:
    assert found(title) == []


def test_common_words_are_no_name_of_an_employer() -> None:
    hints = title_hints(Text("title", "Customer care agent"), employer_name="Customer Care Inc")
    assert list(hints) == []
