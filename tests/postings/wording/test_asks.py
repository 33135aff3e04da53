"""Requests for money, private chats and data: what is found, what is not, and in what time."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postings.content import PostingContent
from postings.wording.asks import contact_hints, payment_hints
from postings.wording.hints import Severity, Text, WordingCode
from postings.wording.lint import hints_for, walls


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("You must pay a training fee of $50 before you start.", "You must pay a training fee"),
        ("A refundable security deposit of $100 is required.", "security deposit of $100"),
        ("Buy your own starter kit first.", "Buy your own starter kit"),
        (
            "You will need to purchase your own starter kit for $99.",
            "purchase your own starter kit",
        ),
        ("Send money to us via Western Union.", "Send money to us via Western Union"),
        ("Purchase gift cards and send us the codes", "Purchase gift cards"),
        (
            "You receive payments from our clients in your bank account and forward them.",
            "receive payments from our clients in your bank account",
        ),
        (
            "Please provide your online banking username and password.",
            "provide your online banking username",
        ),
        ("No experience required, training fee of $50 must be paid", "training fee of $50"),
        ("This is not a scam: pay the training fee.", "pay the training fee"),
        ("Candidates pay 2000 INR for registration.", "Candidates pay 2000 INR for registration"),
        ("You will be charged a non-refundable fee", "You will be charged a non-refundable fee"),
        ("Uniform deposit: $75", "Uniform deposit: $75"),
        ("Then pay **training** fees", "pay **training** fees"),
        ("Kindly pay $50 for the background check", "Kindly pay $50 for the background check"),
        ("Training fee: €120", "Training fee: €120"),
        ("The training fee of $50 is not refundable.", "training fee of $50"),
        ("The registration fee is payable on the first day.", "registration fee is payable"),
    ],
)
def test_a_request_for_a_payment_is_a_wall(text: str, words: str) -> None:
    (hint,) = payment_hints(Text("description", text))
    assert (hint.words, hint.code, hint.severity) == (words, WordingCode.PAYMENT, Severity.WALL)
    assert text[hint.start : hint.end] == words


@pytest.mark.parametrize(
    "text",
    [
        "We never ask for a fee.",
        "No training fee.",
        "There is no registration fee.",
        "You don’t pay a training fee.",
        "Beware: nobody here asks you to pay a training fee.",
        "If anyone asks you to pay a training fee of $50, tell us.",
        "Applicants pay no application fee.",
        "We do not, under any circumstance, ask candidates to pay training fees.",
        "Training fees are paid by us.",
        "We cover your visa fees of up to $500.",
        "Your background check fee of $30 is reimbursed.",
        "Collect registration fees of $20 from students.",
        "Help customers buy gift cards and pay with gift cards.",
        "You explain to tenants how they pay a refundable security deposit of $500.",
        "Direct deposit available. Pay: $20 an hour.",
        "Employees earn $100 gift cards at the end of the year.",
        "Your salary is paid into your bank account each month.",
        "You process payments, refunds and deposits.",
    ],
)
def test_what_others_pay_and_warnings_are_no_requests(text: str) -> None:
    assert list(payment_hints(Text("description", text))) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Contact us on WhatsApp +1 555 123 4567", ("chat", "Contact us on WhatsApp")),
        ("Message HR on Telegram @hrjobs", ("chat", "Message HR on Telegram")),
        ("Telegram: @hrjobs", ("chat", "Telegram: @hrjobs")),
        ("Apply via WhatsApp", ("chat", "Apply via WhatsApp")),
        ("Text your CV to https://wa.me/123456", ("chat", "wa.me/123456")),
        ("Interviews are held on Signal", ("chat", "Interviews are held on Signal")),
        ("Send it to jane.doe@gmail.com today", ("free-mail", "jane.doe@gmail.com")),
        ("To apply call 212-555-1234", ("phone-only", "apply call 212-555-1234")),
        ("Applications by phone only", ("phone-only", "Applications by phone")),
        ("Please send your bank details", ("bank-data", "send your bank details")),
        ("Send a photo of your ID card", ("id-data", "Send a photo of your ID card")),
        (
            "Provide your social security number",
            ("id-data", "Provide your social security number"),
        ),
    ],
)
def test_contact_off_the_board_and_data_are_advised_against(
    text: str, found: tuple[str, str]
) -> None:
    (hint,) = contact_hints(Text("description", text))
    assert (hint.code.value, hint.words, hint.severity) == (*found, Severity.ADVICE)


@pytest.mark.parametrize(
    "text",
    [
        "You answer customers by phone, mail and WhatsApp.",
        "Reply to customers via WhatsApp and Telegram.",
        "We will never contact you over WhatsApp.",
        "Scammers write to you: they contact you and say apply via WhatsApp.",
        "Write to jobs@harrow.example about it.",
        "You take 60 calls a day at 020 7946 0000.",
        "Help customers who send photos of a broken card.",
        "We never ask you to send your bank details.",
    ],
)
def test_the_work_itself_is_no_contact_off_the_board(text: str) -> None:
    assert list(contact_hints(Text("description", text))) == []


def test_a_wall_is_found_in_every_text_and_whatever_the_language_is_said_to_be() -> None:
    content = PostingContent(
        title="Agent",
        text_language="de",
        responsibilities=("Answer calls", "Pay the training fee of $50"),
    )
    (hint,) = walls(content)
    assert (hint.field, hint.row, hint.words) == (
        "responsibilities",
        1,
        "Pay the training fee",
    )
    assert hints_for(content, employer_name="Acme", places=()) == (hint,)


@pytest.mark.parametrize("piece", ["you must pay a ", "training fee ", "a@", "$1", "apply call 1 "])
def test_the_time_grows_with_the_text_only(piece: str) -> None:
    def seconds(size: int) -> float:
        """The processor's time for a text of this size, at best: other work does not count."""
        text = Text("description", piece * (size // len(piece)))
        times = []
        for _ in range(3):
            began = time.thread_time()
            list(payment_hints(text))
            list(contact_hints(text))
            times.append(time.thread_time() - began)
        return min(times)

    seconds(1_000)
    # Four times the text, with room for chance; squared time would be sixteen times.
    assert seconds(40_000) < 9 * max(seconds(10_000), 0.005)


PIECES = st.sampled_from(
    ("pay ", "you must ", "training fee", " $50 ", "never ", "@", "gmail.com", "t.me/x", ". ",
     "\n", "WhatsApp ", "apply ", "call ", "+1 555 123 4567", "your bank details", "send ",
     "é", "🚀", "**")
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.text(max_size=6), max_size=25).map("".join))
def test_every_hint_points_at_its_words(text: str) -> None:
    content = PostingContent(title=text, description=text, benefits=(), responsibilities=(text,))
    source = {"title": text, "description": text, "responsibilities": text}
    for hint in hints_for(content, employer_name="Acme", places=("Columbus",)):
        assert source[hint.field][hint.start : hint.end] == hint.words != ""
        assert hint.message.endswith(".")
