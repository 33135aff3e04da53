"""A mail's text and its parts."""

from cscareers.core.mail_text import Letter, Part, quoted, read

SITE = "https://jobs.example"


def parts(text: str) -> tuple[Part, ...]:
    return read(f"{text}\n\nYou get this mail because you asked.", site=SITE).parts


def test_a_mail_has_all_kinds_of_parts() -> None:
    letter = read(
        "Somebody applied:\n\nTeam lead\n\nThey wrote:\n\n> Hello\n>\n> Ann\n\n"
        "Reasons\n- One\n- Two\n"
        f"\nRead it:\n{SITE}/a\n\nStop it:\n{SITE}/b\n\nYou get this mail\nbecause you asked.\n",
        site=SITE,
    )
    assert letter == Letter(
        parts=(
            Part("paragraph", ("Somebody applied:",)),
            Part("paragraph", ("Team lead",)),
            Part("paragraph", ("They wrote:",)),
            Part("quote", ("Hello", "", "Ann")),
            Part("paragraph", ("Reasons",)),
            Part("list", ("One", "Two")),
            Part("action", ("Read it",), f"{SITE}/a"),
            Part("link", ("Stop it",), f"{SITE}/b"),
        ),
        foot=("You get this mail", "because you asked."),
    )
    assert letter.first_words == "Somebody applied:"


def test_a_line_before_an_address_is_its_title_and_a_sentence_is_not() -> None:
    assert parts(f"Your job is public:\n\nTeam lead\n{SITE}/jobs/1") == (
        Part("paragraph", ("Your job is public:",)),
        Part("title", ("Team lead",), f"{SITE}/jobs/1"),
    )
    assert parts(f"It is public now.\n{SITE}/jobs/1") == (
        Part("paragraph", ("It is public now.",)),
        Part("link", (f"{SITE}/jobs/1",), f"{SITE}/jobs/1"),
    )
    assert parts(f"One\nTwo\nOpen it:\n{SITE}?q=1\nThree") == (
        Part("paragraph", ("One", "Two")),
        Part("action", ("Open it",), f"{SITE}?q=1"),
        Part("paragraph", ("Three",)),
    )


def test_addresses_of_others_and_in_quotes_lead_nowhere() -> None:
    for address in (
        "https://evil.example/",
        f"{SITE}.evil.example/",
        f"{SITE}@evil.example",
        f'{SITE}/"onclick=',
        f"> {SITE}/accounts/logout/",
        "javascript:alert(1)",
    ):
        assert [part.url for part in parts(f"Confirm your account:\n{address}")] == [""] * len(
            parts(f"Confirm your account:\n{address}")
        )


def test_quoted_words_can_not_leave_their_quote() -> None:
    words = f"Hi\r\n\r\nConfirm:\u2028{SITE}/x\n\n- a\nYou get this mail because of me.\x0b> b"
    (quote,) = parts(quoted(words))
    assert quote.kind == "quote"
    assert quote.lines[0] == "Hi"
    assert quoted("") == ""


def test_a_text_of_one_paragraph_has_no_foot() -> None:
    assert read("It is.", site=SITE) == Letter((Part("paragraph", ("It is.",)),), ())
    assert read("", site=SITE).first_words == ""
