"""Limits of our own actions: so many hits a window, counted in PostgreSQL by all workers."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from django.db import connection

_HIT = """
INSERT INTO core_ratelimit AS kept (key, window_start, hits) VALUES (%(key)s, %(now)s, 1)
ON CONFLICT (key) DO UPDATE SET
  hits = CASE WHEN kept.window_start <= %(begun_after)s THEN 1 ELSE kept.hits + 1 END,
  window_start = CASE WHEN kept.window_start <= %(begun_after)s THEN %(now)s
                      ELSE kept.window_start END
RETURNING hits, window_start
"""


class TooMany(Exception):
    """The limit is reached; `retry_after` seconds from now it is not."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"retry after {retry_after} s")
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `hits` of `name` in each window of length `per`, counted for one subject."""

    name: str
    hits: int
    per: timedelta


def count(limit: Limit, subject: object, *, now: datetime) -> None:
    """Count one hit of `subject`, an id; raises TooMany when it is one too many.

    One statement, so that two workers can't both take the last place. Inside a transaction that
    fails, the hit is not counted.
    """
    values: dict[str, str | datetime] = {
        "key": f"{limit.name}:{subject}",
        "now": now,
        "begun_after": now - limit.per,
    }
    with connection.cursor() as cursor:
        cursor.execute(_HIT, values)
        hits, window_start = cursor.fetchone()
    if hits > limit.hits:
        raise TooMany(max(1, ceil((window_start + limit.per - now).total_seconds())))
