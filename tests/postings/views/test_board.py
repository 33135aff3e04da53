"""The board as a page."""

import pytest
from django.urls import reverse

from tests.factories.postings import published_posting

pytestmark = pytest.mark.django_db


def test_an_empty_board_says_so(client):
    answer = client.get("/jobs/")
    assert answer.status_code == 200
    assert "No job is open today" in answer.content.decode()


def test_a_published_posting_stands_on_the_board(client):
    posting = published_posting(title="Head of Care")
    body = client.get(reverse("postings:board")).content.decode()
    assert "Head of Care" in body
    assert posting.get_absolute_url() in body
