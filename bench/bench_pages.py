"""How long the main pages take, as ratios measured in one interleaved run: `make bench`.

Absolute times drift with the machine; what is compared here was measured in turn, request by
request: each page against a view that answers two letters, and against `SELECT 1`. The world is
the demo's, in its medium size.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from statistics import quantiles
from time import perf_counter

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from cscareers.demo_logins import DOMAIN, ROLES
from postings.demo.seed import seed
from postings.models import Posting

ROUNDS = 60
WARM_UP = 5


@pytest.fixture
def world(db: None) -> Posting:
    """The medium demo world; one of its open postings."""
    call_command("load_places")
    call_command("load_taxonomy")
    now = datetime.now(UTC)
    seed(logins={f"{role}@{DOMAIN}": "bench" for role in ROLES}, now=now, medium=True)
    return Posting.objects.published(now=now).order_by("pk")[0]


def select_one() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()


def test_pages_against_hello_and_select_1(world: Posting, capsys: pytest.CaptureFixture[str]):
    client = Client()

    def page(path: str) -> Callable[[], None]:
        def ask() -> None:
            assert client.get(path).status_code == 200

        return ask

    subjects = {
        "SELECT 1": select_one,
        "hello (/healthz)": page("/healthz"),
        "home": page("/"),
        "board": page("/jobs/"),
        "board, text and pay": page("/jobs/?q=service+manager&pay_min=50000&currency=USD"),
        "API, same query": page("/api/v1/postings?q=service+manager&pay_min=50000&currency=USD"),
        "posting": page(world.get_absolute_url()),
        "employer": page(f"/employers/{world.employer.slug}/"),
    }
    taken = measure(subjects)
    with capsys.disabled():
        report(taken, Posting.objects.count())


def measure(subjects: dict[str, Callable[[], None]]) -> dict[str, list[float]]:
    """Seconds of each subject, `ROUNDS` times, in turn so that all see the same machine."""
    taken: dict[str, list[float]] = {name: [] for name in subjects}
    for number in range(WARM_UP + ROUNDS):
        for name, run in subjects.items():
            began = perf_counter()
            run()
            if number >= WARM_UP:
                taken[name].append(perf_counter() - began)
    return taken


def report(taken: dict[str, list[float]], postings: int) -> None:
    """Print p50 and p95 in milliseconds, and p50 as a multiple of the two yardsticks."""
    middles = {name: quantiles(seconds, n=20)[9] for name, seconds in taken.items()}
    one, hello = middles["SELECT 1"], middles["hello (/healthz)"]
    print(f"\n{postings} postings, {ROUNDS} rounds, interleaved")
    print(f"{'':24}{'p50 ms':>9}{'p95 ms':>9}{'× hello':>9}{'× SELECT 1':>12}")
    for name, seconds in taken.items():
        p95 = quantiles(seconds, n=20)[18]
        print(
            f"{name:24}{middles[name] * 1000:9.2f}{p95 * 1000:9.2f}"
            f"{middles[name] / hello:9.1f}{middles[name] / one:12.0f}"
        )
