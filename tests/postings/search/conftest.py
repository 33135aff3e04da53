"""The board of these tests is made once a module and rolled back at its end."""

import pytest

from tests.postings.search.board_world import make_board


@pytest.fixture(scope="module")
def board_rows(kept_rows):
    return make_board()


@pytest.fixture
def board(board_rows, db):
    """The postings of `board_world`; all tests of the module see them."""
    return board_rows
