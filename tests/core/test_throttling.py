"""Limits of our own actions."""

from datetime import UTC, datetime, timedelta

import pytest

from cscareers.core import throttling

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LIMIT = throttling.Limit("test", hits=2, per=timedelta(hours=1))


def test_a_window_has_room_for_so_many_hits():
    throttling.count(LIMIT, 1, now=NOW)
    throttling.count(LIMIT, 1, now=NOW + timedelta(minutes=10))
    with pytest.raises(throttling.TooMany) as caught:
        throttling.count(LIMIT, 1, now=NOW + timedelta(minutes=20))
    assert caught.value.retry_after == 40 * 60


def test_each_subject_is_counted_for_itself():
    for subject in (1, 2):
        throttling.count(LIMIT, subject, now=NOW)
        throttling.count(LIMIT, subject, now=NOW)
    with pytest.raises(throttling.TooMany):
        throttling.count(LIMIT, 2, now=NOW)


def test_after_the_window_it_starts_again():
    for _ in range(2):
        throttling.count(LIMIT, 1, now=NOW)
    later = NOW + LIMIT.per
    throttling.count(LIMIT, 1, now=later)
    throttling.count(LIMIT, 1, now=later)
    with pytest.raises(throttling.TooMany):
        throttling.count(LIMIT, 1, now=later)
