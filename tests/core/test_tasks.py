"""Background work: enqueued with the business transaction, by names that exist."""

import ast
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError, connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from cscareers.core.tasks import enqueue, enqueue_many

pytestmark = pytest.mark.django_db


def waiting() -> list[tuple[str, dict]]:
    return list(ProcrastinateJob.objects.order_by("id").values_list("task_name", "args"))


def test_a_job_waits_with_its_arguments():
    assert enqueue("core.send_mail", mail_id=7) is True
    assert waiting() == [("core.send_mail", {"mail_id": 7})]


def test_a_rolled_back_transaction_takes_its_jobs_along():
    @transaction.atomic
    def act():
        enqueue("core.send_mail", mail_id=7)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act()
    assert waiting() == []


def test_a_second_job_of_the_same_lock_is_dropped_and_the_transaction_lives_on():
    with transaction.atomic():
        assert enqueue("core.send_mail", queueing_lock="once", mail_id=1) is True
        assert enqueue("core.send_mail", queueing_lock="once", mail_id=2) is False
        assert enqueue("core.send_mail", mail_id=3) is True
    assert [args["mail_id"] for _, args in waiting()] == [1, 3]


@pytest.mark.parametrize(
    "ask",
    [
        lambda: enqueue("core.send_mail", mail_id=7),
        lambda: enqueue_many("core.send_mail", [{"mail_id": 7}]),
    ],
    ids=["one", "many"],
)
def test_a_connection_lost_over_a_job_is_an_outage_as_anywhere(ask: Callable[[], object]):
    def die(execute: Any, sql: str, *rest: Any) -> Any:
        if "procrastinate" in sql:
            with pytest.raises(OperationalError):
                execute("SELECT pg_terminate_backend(pg_backend_pid())", (), *rest[1:])
        return execute(sql, *rest)

    def on_a_connection_of_its_own() -> None:
        try:
            with transaction.atomic(), connection.execute_wrapper(die):
                ask()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread, pytest.raises(OperationalError):
        thread.submit(on_a_connection_of_its_own).result()


def enqueued_names() -> set[tuple[str, str]]:
    found = set()
    for package in ("cscareers", "postings", "profiles"):
        for path in (Path(settings.BASE_DIR) / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Call) or not node.args:
                    continue
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                # Periodic work is a task by its making, and goes by a name in a variable.
                if name == "enqueue" and path.name != "periods.py":
                    first = node.args[0]
                    assert isinstance(first, ast.Constant), f"{path}: name the task in plain text"
                    found.add((str(first.value), path.name))
    return found


def test_every_enqueued_name_is_a_task():
    names = enqueued_names()
    assert ("core.send_mail", "mail.py") in names
    app.perform_import_paths()
    assert {name for name, _ in names} - set(app.tasks) == set()
