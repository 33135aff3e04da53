"""/healthz says that the process lives, /readyz that it can serve."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError, connection

from cscareers.core.tasks import enqueue


def test_healthz_asks_nothing_of_the_database(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_readyz_with_every_migration(client):
    answer = client.get("/readyz")
    queue = {"waiting": 0, "oldest_seconds": 0, "late": False, "failed_last_day": 0}
    told = {"database": "up", "migrations_waiting": 0, "queue": queue}
    assert (answer.status_code, answer.json()) == (200, told)


@pytest.mark.django_db
def test_readyz_says_how_late_the_queue_is_and_stays_ready(client):
    for number in range(3):
        enqueue("core.send_mail", mail_id=number)
    enqueue("core.send_mail", mail_id=9, at=datetime.now(UTC) + timedelta(hours=1))
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM procrastinate_jobs ORDER BY id LIMIT 2")
        old, failed = (pk for (pk,) in cursor.fetchall())
        cursor.execute(
            "UPDATE procrastinate_events SET at = now() - interval '2 minutes' WHERE job_id = %s",
            [old],
        )
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [failed])
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE id = %s", [failed])
    answer = client.get("/readyz")
    queue = answer.json()["queue"]
    assert 120 <= queue.pop("oldest_seconds") < 130
    assert (answer.status_code, queue) == (200, {"waiting": 2, "late": True, "failed_last_day": 1})


@pytest.mark.django_db
def test_readyz_with_a_migration_missing(client):
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM django_migrations WHERE id ="
            " (SELECT max(id) FROM django_migrations WHERE app = 'postings')"
        )
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["migrations_waiting"] >= 1


@pytest.mark.django_db
def test_readyz_without_a_database(client, monkeypatch):
    def refuse(*args, **kwargs):
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection, "cursor", refuse)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"database": "down"})
    assert answer["Retry-After"] == "10"
