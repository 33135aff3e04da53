"""The board of these tests is made once a module and rolled back at its end."""

import pytest
from django.db import transaction

from tests.postings.search.board_world import make_board


@pytest.fixture(scope="module")
def board_rows(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_board()
        transaction.set_rollback(True)


@pytest.fixture
def board(board_rows, db):
    """The postings of `board_world`; all tests of the module see them."""
    return board_rows
