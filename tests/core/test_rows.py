"""Of what there is one of, one is made, whoever comes and goes meanwhile."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from cscareers.core.models import PeriodRun
from cscareers.core.rows import get_or_make

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def run_of_noon() -> tuple[PeriodRun, bool]:
    return get_or_make(PeriodRun, name="test.work", period=NOON, defaults={"begun_at": NOON})


def test_a_row_that_is_there_for_a_moment_alone_is_made_after_all():
    tries: list[str] = []

    def another_is_faster(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith("INSERT"):
            tries.append(sql)
            if len(tries) == 1:
                execute(sql, *rest)  # and taken back with the savepoint that fails below
        return execute(sql, *rest)

    with connection.execute_wrapper(another_is_faster):
        row, new = run_of_noon()
    assert (new, len(tries)) == (True, 2)
    assert run_of_noon() == (row, False)


def test_a_row_that_can_not_be_is_refused():
    with pytest.raises(IntegrityError), transaction.atomic():
        get_or_make(PeriodRun, name="test.work", period=NOON, defaults={"begun_at": None})
