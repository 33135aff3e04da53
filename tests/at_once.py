"""Many threads that begin together, each with its own connection."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection

MANY = 20


def at_once(work: Callable[[int], Any], count: int = MANY) -> list[Any]:
    """What `work` answered or raised in each of `count` threads that start together."""
    barrier = Barrier(count)

    def run(number: int) -> Any:
        try:
            connection.ensure_connection()
            barrier.wait(timeout=30)
            return work(number)
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def kinds(answers: list[Any]) -> Counter[str]:
    """How often each type is among the answers."""
    return Counter(type(answer).__name__ for answer in answers)
