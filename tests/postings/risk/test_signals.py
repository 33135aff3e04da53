"""Each risk rule with the shipped limits: what it hits, and what it must not."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cscareers.core.tables import read_tsv
from postings.risk import limits, terms
from postings.risk.facts import Facts, Pay, Twin, UsualPay
from postings.risk.rules import TABLE
from postings.risk.score import Rule, assess
from postings.risk.signals import SIGNALS
from postings.wording.hints import Text

PARAMS = {row["code"]: json.loads(row["params"]) for row in read_tsv(TABLE)}
USUAL = UsualPay(45_000, 105_000, "USD", "US", "US, May 2025", 18)
PLAIN = Text("description", "You lead a team of twelve people who answer our customers. " * 8)


def said(title: str = "Service Manager", *, description: str = PLAIN.text) -> Facts:
    return Facts(texts=(Text("title", title), Text("description", description)))


def evidence(code: str, facts: Facts) -> tuple[str, ...]:
    found = SIGNALS[code](facts, PARAMS[code])
    return found.words if found else ()


def test_every_shipped_rule_has_a_function_and_every_function_a_rule() -> None:
    assert set(PARAMS) == set(SIGNALS)


@pytest.mark.parametrize(
    ("code", "facts", "words"),
    [
        (
            "new-employer",
            Facts(employer_days=1, employer_jobs=0),
            ("here for 1 day, no public job before",),
        ),
        ("new-employer", Facts(employer_days=1, employer_jobs=2), ()),
        ("new-employer", Facts(employer_days=15, employer_jobs=0), ()),
        ("unverified-employer", Facts(employer_verified=False), ("no verified domain",)),
        ("unverified-employer", Facts(employer_verified=True), ()),
        ("silent-employer", Facts(employer_text=" "), ("no word about the employer",)),
        ("silent-employer", Facts(employer_text="A bakery"), ("only “A bakery”",)),
        ("silent-employer", Facts(employer_text="A bakery in the harbour since 1902"), ()),
        ("no-logo", Facts(employer_logo=False), ("no logo",)),
        ("no-logo", Facts(employer_logo=True), ()),
        ("free-mail", Facts(apply_email="boss@gmail.com"), ("apply at gmail.com",)),
        (
            "free-mail",
            Facts(apply_email="jobs@harbour.test", author_email="x@yahoo.com"),
            ("submitted by yahoo.com",),
        ),
        ("free-mail", Facts(apply_email="jobs@harbour.test"), ()),
        (
            "apply-elsewhere",
            Facts(employer_domain="harbour.test", apply_domain="quick.test"),
            ("quick.test, not harbour.test",),
        ),
        (
            "apply-elsewhere",
            Facts(apply_domain="quick.test"),
            ("quick.test, and the employer names no site",),
        ),
        (
            "apply-elsewhere",
            Facts(employer_domain="harbour.test", apply_domain="harbour.test"),
            (),
        ),
        (
            "apply-elsewhere",
            Facts(employer_domain="harbour.test", apply_domain="greenhouse.io"),
            (),
        ),
        (
            "look-alike-domain",
            Facts(
                employer_domain="own.test",
                apply_domain="harb0ur.test",
                other_domains=("harbour.test", "other.test"),
            ),
            ("harb0ur.test resembles harbour.test",),
        ),
        (
            "look-alike-domain",
            Facts(employer_domain="harbour.test", apply_domain="harbour-careers.test"),
            ("harbour-careers.test resembles harbour.test",),
        ),
        (
            "look-alike-domain",
            Facts(
                employer_domain="harbour.test",
                apply_domain="harbour.test",
                other_domains=("harbours.test",),
            ),
            (),
        ),
        (
            "payment-words",
            said(description="You pay a training fee of $50 before you start."),
            ("You pay a training fee",),
        ),
        ("payment-words", said(description="We never ask for a fee."), ()),
        (
            "bank-or-identity",
            said(description="Send a copy of your passport first."),
            ("Send a copy of your passport",),
        ),
        ("private-contact", said(description="Write to ann@gmail.com."), ("ann@gmail.com",)),
        ("private-contact", said(description="Write to ann@harbour.test."), ()),
        (
            "near-duplicate",
            Facts(twins=(Twin("Service Lead", "Harbour", same_employer=False),)),
            ("“Service Lead” of Harbour",),
        ),
        ("near-duplicate", Facts(twins=(Twin("Lead", "Harbour", same_employer=True),)), ()),
        (
            "pay-unusual",
            Facts(pay=Pay(260_000, 300_000, "$260,000 a year"), usual_pay=USUAL),
            ("$260,000 a year: far above the usual 45,000–105,000 USD (US, May 2025)",),
        ),
        (
            "pay-unusual",
            Facts(pay=Pay(9_000, 12_000, "$9,000", frozenset({"US"})), usual_pay=USUAL),
            ("$9,000: far below the usual 45,000–105,000 USD (US, May 2025)",),
        ),
        (
            "pay-unusual",
            Facts(pay=Pay(9_000, 12_000, "₹750,000", frozenset({"IN"})), usual_pay=USUAL),
            (),
        ),
        (
            "pay-unusual",
            Facts(pay=Pay(260_000, 300_000, "$"), usual_pay=replace(USUAL, months=37)),
            (),
        ),
        ("reports-open", Facts(reports=2, fraud_reports=1), ("2 open reports, 1 of fraud",)),
        ("reports-open", Facts(), ()),
        (
            "reports-open",
            Facts(reports=1, fraud_elsewhere=3),
            ("1 open report", "3 reports of fraud about other jobs here"),
        ),
        (
            "promises",
            said(description="Unlimited  income! Be your own boss."),
            ("unlimited income", "be your own boss"),
        ),
        ("promises", said(description="An unlimited holiday."), ()),
        ("hurry", said(description="Don’t miss it"), ("dont miss",)),
        (
            "address-in-text",
            said(description="Call +1 202 555 0100 or write to a@b.test"),
            ("a@b.test", "+1 202 555 0100"),
        ),
        ("address-in-text", said(description="We take 2,000 calls a day, see b.test"), ()),
        ("loud-title", said("CALL CENTRE AGENT!!"), ("CALL CENTRE AGENT", "!!")),
        ("loud-title", said("Call centre agent"), ()),
        ("short-text", said(description="Call us now"), ("3 words",)),
        ("short-text", said(), ()),
    ],
)
def test_what_a_rule_hits(code: str, facts: Facts, words: tuple[str, ...]) -> None:
    assert evidence(code, facts) == words


def test_what_is_not_known_hits_nothing() -> None:
    rules = [Rule(code, code, 10, params) for code, params in PARAMS.items()]
    assert [hit.code for hit in assess(Facts(), rules).hits] == ["short-text"]


def test_learned_words_weigh_more_the_more_there_are() -> None:
    params = {"from": 1.5, "full_at": 4.0, "terms": {"cash": 1.0, "data entry": 2.0, "gas": 2.0}}
    found = [
        SIGNALS["learned-words"](said(description=text), params)
        for text in ("Cash only", "Data\nentry", "Cash for data entry", "Gas, data entry, cash")
    ]
    assert [(hit.words, hit.strength) if hit else None for hit in found] == [
        None,
        (("data entry",), 0.5),
        (("data entry", "cash"), 0.75),
        (("data entry", "gas", "cash"), 1.0),
    ]


def test_points_add_up_and_a_rule_that_is_off_is_tried_without_any() -> None:
    facts = Facts(reports=1, fraud_reports=1, employer_logo=False, employer_verified=False)
    rules = [
        Rule("no-logo", "No logo", 10, {}),
        Rule("unverified-employer", "Not verified", 30, {}, enabled=False),
        Rule("reports-open", "Reported", 60, {"reports": 1, "full_at": 3}),
    ]
    assessment = assess(facts, rules)
    assert assessment.score == 40
    assert [(hit.code, hit.points, hit.dry) for hit in assessment.hits] == [
        ("reports-open", 30, False),
        ("no-logo", 10, False),
        ("unverified-employer", 0, True),
    ]


@pytest.mark.parametrize(
    ("domain", "known", "alike"),
    [
        ("harbour.co", "harbour.test", True),
        ("harbuor.test", "harbour.test", True),
        ("harbor.test", "harbour.test", True),
        ("rnarble.test", "marble.test", True),
        ("jobs-harbour.test", "harbour.test", True),
        ("harbour.test", "harbour.test", False),
        ("arbours.test", "harbour.test", False),
        ("ab.test", "ac.test", False),
        ("north.test", "south.test", False),
    ],
)
def test_which_domains_could_be_mistaken(domain: str, known: str, alike: bool) -> None:
    assert terms.resembles(domain, known, least=5) is alike


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_text_makes_a_rule_fail_and_evidence_is_never_empty(title: str, text: str) -> None:
    rules = [Rule(code, code, 10, params) for code, params in PARAMS.items()]
    hits = assess(said(title, description=text), rules).hits
    assert all(hit.words and 0 <= hit.points <= 10 for hit in hits)


@pytest.mark.parametrize(
    ("standing", "given", "fits"),
    [
        ({"days": 14}, {"days": 30}, True),
        ({"days": 14}, {"days": -1}, False),
        ({"days": 14}, {"days": "30"}, False),
        ({"days": 14}, {"days": True}, False),
        ({"days": 14}, {"weeks": 2}, False),
        ({"days": 14}, {}, False),
        ({"days": 14}, [14], False),
        ({"phrases": ["cash"]}, {"phrases": []}, True),
        ({"phrases": ["cash"]}, {"phrases": [""]}, False),
        ({"terms": {}}, {"terms": {"cash": 1.5}}, True),
        ({"terms": {}}, {"terms": {"cash": "much"}}, False),
        ({"own": False}, {"own": True}, True),
        ({"own": False}, {"own": 1}, False),
    ],
)
def test_limits_keep_their_names_and_kinds(standing: object, given: object, fits: bool) -> None:
    assert limits.fits(standing, given) is fits
