"""Pages ask the database as often with 50 rows as with one. The posting, the employer page, the
API and the review queue are counted beside their own tests."""

from collections.abc import Iterable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from profiles.models import Employer
from tests.factories.people import make_employer, make_member
from tests.factories.postings import published_postings

pytestmark = pytest.mark.django_db
MOST = 12


def counts(client: Client, paths: Iterable[str], employer: Employer) -> dict[str, list[int]]:
    """How many queries each path takes when `employer` has 1, 3 and 50 public postings."""
    found: dict[str, list[int]] = {path: [] for path in paths}
    made = 0
    for rows in (1, 3, 50):
        published_postings(rows - made, employer=employer)
        made = rows
        for path, numbers in found.items():
            with CaptureQueriesContext(connection) as queries:
                client.get(path)
            numbers.append(len(queries))
    return found


def the_same(expected: dict[str, int]) -> dict[str, list[int]]:
    """The expected number of queries of each path, whatever the number of rows."""
    assert max(expected.values()) <= MOST
    return {path: [queries] * 3 for path, queries in expected.items()}


def test_public_lists_ask_the_same_number_of_times(client: Client) -> None:
    expected = {
        "/jobs/?page_size=50": 4,
        "/jobs/?page_size=50&q=manager&country=US&pay_min=50000&currency=USD": 4,
        "/": 4,
        "/sitemap.xml": 4,
    }
    assert counts(client, expected, make_employer()) == the_same(expected)


def test_the_employers_lists_ask_the_same_number_of_times(client: Client) -> None:
    employer = make_employer()
    client.force_login(make_member(employer))
    home = f"/hire/{employer.slug}/"
    expected = {home: 7, f"{home}postings/": 6, f"{home}postings/new/": 4}
    assert counts(client, expected, employer) == the_same(expected)
