"""How an employer answers: what is counted, from when it is public, and where it is read."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from postings.actions import lifecycle
from postings.hiring.actions import promises
from postings.hiring.actions.reply_facts import count_all_replies, count_replies
from postings.hiring.models import Application, ApplicationCopy
from postings.hiring.tasks import count_replies as counting_task
from postings.models import Posting, ReplyFacts, SearchDocument, public_facts
from postings.policy import FEWEST_FOR_FACTS
from profiles.models import Employer
from tests.factories.applications import make_application, open_posting
from tests.factories.lives import put
from tests.factories.people import make_employer, make_member, make_user
from tests.factories.postings import published_posting

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 30, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def applied(posting: Posting, days_ago: float, **columns: Any) -> Application:
    """An application that was sent so many days before NOW, with `columns` as they came about;
    its answer was promised within 7 days."""
    at = NOW - days_ago * DAY
    row = Application.objects.create(
        posting=posting,
        revision=posting.live_revision,
        candidate=make_user(),
        applied_at=at,
        moved_at=at,
        answer_due_at=at + 7 * DAY,
    )
    state = columns.pop("state", "new")
    ApplicationCopy.objects.create(application=row, name="Ann", email="ann@example.test")
    Application.objects.filter(pk=row.pk).update(**columns)
    return put(row, state)


def hiring_posting() -> Posting:
    employer = make_employer()
    author = make_member(employer)
    return open_posting(employer=employer, author=author, now=NOW - DAY, reply_days=7)


def figures(posting: Posting) -> tuple[int, int, int | None]:
    facts = count_replies(employer=posting.employer, now=NOW)
    return facts.due, facts.in_time, facts.median_hours


def test_what_is_counted_and_what_is_not() -> None:
    posting = hiring_posting()
    at = {days: NOW - days * DAY for days in (1, 5, 20, 22, 25, 29)}
    applied(posting, 6)  # waits, and its day has not come
    applied(posting, 30, state="withdrawn", moved_at=at[25])  # before its day, unanswered
    applied(posting, 30, state="closed", moved_at=at[25])  # we removed the job before its day
    applied(posting, 366, state="rejected", answered_at=at[29], moved_at=at[29])  # long ago
    assert figures(posting) == (0, 0, None)

    applied(posting, 30, state="rejected", answered_at=at[29], moved_at=at[29])
    assert figures(posting) == (1, 1, 24)  # answered in time
    applied(posting, 6, state="interview", answered_at=at[5], moved_at=at[5])
    assert figures(posting) == (2, 2, 24)  # before its day came
    applied(posting, 30)
    assert figures(posting) == (3, 2, 24)  # waits since
    applied(posting, 30, state="withdrawn", moved_at=at[22])
    assert figures(posting) == (4, 2, 24)  # withdrew after its day, unanswered
    applied(posting, 30, state="closed", moved_at=at[20])
    assert figures(posting) == (5, 2, 24)  # we removed the job after its day
    applied(posting, 30, state="withdrawn", answered_at=at[29], moved_at=at[25])
    assert figures(posting) == (6, 3, 24)  # had an answer, then withdrew
    applied(posting, 30, state="rejected", answered_at=at[20], moved_at=at[20])
    applied(posting, 30, state="rejected", answered_at=at[20], moved_at=at[20])
    applied(posting, 30, state="rejected", answered_at=at[20], moved_at=at[20])
    assert figures(posting) == (9, 3, 24)  # answered, late
    applied(posting, 30, state="rejected", answered_at=at[20], moved_at=at[20])
    assert figures(posting) == (10, 3, 240)


def test_one_employer_is_not_counted_for_another() -> None:
    applied(hiring_posting(), 30)
    assert figures(hiring_posting()) == (0, 0, None)


@pytest.mark.parametrize(
    ("due", "in_time", "hours", "words"),
    [
        (50, 47, 96, "Replied to 47 of 50 within the promised time, median 4 days"),
        (10, 10, 30, "Replied to 10 of 10 within the promised time, median 1 day"),
        (10, 10, 11, "Replied to 10 of 10 within the promised time, median less than a day"),
        (12, 0, None, "Replied to 0 of 12 within the promised time"),
        (9, 9, 24, ""),
    ],
)
def test_the_words_and_from_when_they_are_public(
    due: int, in_time: int, hours: int | None, words: str
) -> None:
    employer = Employer(name="Harrow")
    employer.reply_facts = ReplyFacts(due=due, in_time=in_time, median_hours=hours)
    facts = public_facts(employer)
    assert (facts.words if facts else "") == words


def test_the_share_is_rounded_down_so_that_all_means_all() -> None:
    assert [ReplyFacts(due=d, in_time=i).share for d, i in ((1000, 999), (3, 3), (0, 0))] == [
        99,
        100,
        0,
    ]


def test_answers_have_it_counted_and_search_reads_it() -> None:
    posting = hiring_posting()
    other = published_posting(employer=posting.employer, now=NOW)
    for _ in range(FEWEST_FOR_FACTS - 1):
        applied(posting, 20)
    sent = make_application(posting, now=NOW)
    lifecycle.close(posting=posting, actor=posting.author, now=NOW)
    sent.refresh_from_db()
    assert sent.state == "closed"
    jobs = ProcrastinateJob.objects.filter(task_name="hiring.count_replies")
    assert [job.args for job in jobs] == [{"employer_id": posting.employer_id}]  # one for all
    counting_task.func(employer_id=posting.employer_id)
    assert SearchDocument.objects.get(posting=other).replies_share == 10
    new = published_posting(employer=posting.employer, now=NOW)
    assert SearchDocument.objects.get(posting=new).replies_share == 10


def test_a_day_that_passes_is_counted_at_night_and_when_it_breaks_the_promise() -> None:
    posting = hiring_posting()
    for _ in range(FEWEST_FOR_FACTS):
        applied(posting, 8)
    promises.break_promises(now=NOW)
    assert ProcrastinateJob.objects.filter(task_name="hiring.count_replies").count() == 1
    assert count_all_replies(now=NOW) == 1
    assert SearchDocument.objects.get(posting=posting).replies_share == 0
    # A year later nothing of it is left, and nothing is said.
    assert count_all_replies(now=NOW + 400 * DAY) == 1
    assert SearchDocument.objects.get(posting=posting).replies_share is None


def test_pages_and_api_say_the_same() -> None:
    now = timezone.now()
    posting = open_posting(employer=make_employer(), now=now)
    ReplyFacts.objects.create(
        employer=posting.employer, due=50, in_time=47, median_hours=96, counted_at=now
    )
    words = "Replied to 47 of 50 within the promised time, median 4 days"
    browser = Client()
    page = reverse("postings:employer", kwargs={"slug": posting.employer.slug})
    for address in (reverse("postings:board"), "/", posting.get_absolute_url(), page):
        assert words in browser.get(address).content.decode(), address
    shape = {"in_time": 47, "due": 50, "median_days": 4}
    one = browser.get(f"/api/v1/postings/{posting.public_id}").json()
    assert (one["replies"], one["employer"]["replies"]) == (shape, shape)
    listed = browser.get("/api/v1/postings").json()["results"][0]
    assert listed["replies"] == shape
    ReplyFacts.objects.update(due=9, in_time=9)
    assert words not in browser.get(posting.get_absolute_url()).content.decode()
    assert browser.get(f"/api/v1/postings/{posting.public_id}").json()["replies"] is None
