"""Pages ask the database as often with 50 rows as with one. The posting, the employer page, the
API and the review queue are counted beside their own tests."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from profiles.models import Employer
from tests.factories.people import make_employer, make_member
from tests.factories.postings import published_postings

pytestmark = pytest.mark.django_db
MOST = 12


def counts(ask: Callable[[], object], employer: Employer) -> list[int]:
    """How many queries `ask` takes when `employer` has 1, 3 and 50 public postings."""
    found, made = [], 0
    for rows in (1, 3, 50):
        published_postings(rows - made, employer=employer)
        made = rows
        with CaptureQueriesContext(connection) as queries:
            ask()
        found.append(len(queries))
    return found


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/jobs/?page_size=50", 4),
        ("/jobs/?page_size=50&q=manager&country=US&pay_min=50000&currency=USD", 4),
        ("/", 4),
        ("/sitemap.xml", 4),
    ],
)
def test_public_lists_ask_the_same_number_of_times(client: Client, path: str, queries: int) -> None:
    employer = make_employer()
    found = counts(lambda: client.get(path), employer)
    assert found == [queries] * 3
    assert queries <= MOST


@pytest.mark.parametrize(("path", "queries"), [("", 5), ("postings/", 5), ("postings/new/", 4)])
def test_the_employers_lists_ask_the_same_number_of_times(
    client: Client, path: str, queries: int
) -> None:
    employer = make_employer()
    client.force_login(make_member(employer))
    url = f"/hire/{employer.slug}/{path}"
    found = counts(lambda: client.get(url), employer)
    assert found == [queries] * 3
    assert queries <= MOST
