"""Other words for what was typed."""

import pytest

from postings.search.synonyms import MOST, expand


def test_one_term_at_a_time_is_exchanged_the_longest_first():
    found = expand("Help Desk agent")
    assert found.searched[:2] == ("helpdesk agent", "service desk agent")
    assert len(found.searched) <= MOST
    assert found.terms[:2] == ("helpdesk", "service desk")


@pytest.mark.parametrize(
    "text", ["", "zebra", '"help desk"', "help desk -agent", "agent or manager", "remotely"]
)
def test_the_grammar_and_unknown_words_mean_themselves(text):
    assert expand(text).searched == ()
