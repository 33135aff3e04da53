"""Text brought to one form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cscareers.core.fold import fold


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("München", "munchen"),
        ("  SÃO   Paulo ", "sao paulo"),
        ("St. John's", "st johns"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("Saint-Denis/Réunion", "saint denis reunion"),
        ("snake_case", "snake case"),
        ("!?", ""),
    ],
)
def test_spellings_meet(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
