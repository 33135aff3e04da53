"""Terms that people take for one come out alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profiles.taxonomy.normalize import normalize


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Call center", "call centre"),
        ("E-mail support", "email support"),
        ("Help desk", "helpdesk"),
        ("De-escalation", "de escalation"),
        ("P&L", "P and L"),
        ("Organizational skills", "organisational skills"),
        ("Multi-site", "multisite"),
        ("cross-selling", "crossselling"),
        ("Café", "cafe"),
        ("Loyalty program", "loyalty programme"),
    ],
)
def test_spellings_meet(one: str, other: str) -> None:
    assert normalize(one) == normalize(other)


@pytest.mark.parametrize(
    ("one", "other"), [("C#", "C"), ("C++", "C"), ("A+", "A"), ("SQL", "SaaS")]
)
def test_names_that_differ_by_a_sign_stay_apart(one: str, other: str) -> None:
    assert normalize(one) != normalize(other)


@given(st.text(max_size=80))
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalize(normalize(text)) == normalize(text)
