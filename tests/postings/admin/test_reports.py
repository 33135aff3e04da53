"""The queue of reported jobs and the page on which a moderator decides."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from cscareers.core.models import OutgoingMail
from postings.actions import lifecycle, reports
from postings.enums import PostingState, ReportCategory
from postings.models import Posting, Report
from profiles.models import User
from tests.factories.people import make_employer, make_member, make_user
from tests.factories.postings import published_posting

pytestmark = pytest.mark.django_db
QUEUE = "admin:postings_reportedposting_changelist"
FAKE, OVER = ReportCategory.FAKE, ReportCategory.OVER


def tell(posting: Posting, number: int = 1, **changes: object) -> Report:
    values = {
        "category": OVER,
        "words": "",
        "email": "",
        "reporter": None,
        "now": datetime.now(UTC),
        **changes,
    }
    return reports.report(posting=posting, address=f"192.0.{number}.1", **values)


def live(title: str = "Support lead", **arguments: object) -> Posting:
    employer = make_employer()
    author = make_member(employer, make_user())
    made = published_posting(employer=employer, author=author, title=title, **arguments)
    OutgoingMail.objects.all().delete()
    return made


def page_of(posting: Posting) -> str:
    return reverse("admin:postings_reportedposting_change", args=(posting.pk,))


def decision(posting: Posting, name: str, **words: object) -> dict[str, object]:
    chosen = list(posting.reports.open().values_list("pk", flat=True))
    return {"reports": chosen, "decision": name, "note": "", "outcome": "", **words}


def test_the_queue_shows_what_is_held_first_then_fraud_then_the_oldest(
    client: Client, moderator: User
) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=3)
    old, fraud, held = (live(title, now=long_ago) for title in ("Old one", "Fraud one", "Held one"))
    live("Nobody reported this")
    tell(old, now=long_ago)
    tell(fraud, category=FAKE)
    for number in (1, 2, 3):
        tell(held, number, category=FAKE)
    page = client.get(reverse(QUEUE)).content.decode()
    titles = re.findall(r"field-job[^>]*><a[^>]*>([^<]+)</a>", page)
    assert titles == ["Held one", "Fraud one", "Old one"]
    assert "Nobody reported this" not in page
    assert "Paused, held by us since" in page
    assert ("3\N{NO-BREAK SPACE}days" in page, "The job is no longer open" in page) == (True, True)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_queue_and_the_page_ask_the_same_number_of_times(
    client: Client, moderator: User, rows: int, django_assert_num_queries: object
) -> None:
    for _ in range(rows):
        posting = live()
        for number in range(rows):
            tell(posting, number)
    with django_assert_num_queries(7):  # type: ignore[operator]
        page = client.get(reverse(QUEUE)).content.decode()
    assert page.count('class="action-select"') == 0
    assert page.count("field-job") == rows
    with django_assert_num_queries(7):  # type: ignore[operator]
        page = client.get(page_of(posting)).content.decode()
    assert page.count('name="reports"') == rows


def test_nothing_wrong_is_one_press(client: Client, moderator: User) -> None:
    posting = live()
    for number in (1, 2, 3):
        tell(posting, number, category=FAKE, email=f"r{number}@example.test")
    page = client.get(page_of(posting)).content.decode()
    assert re.findall(r'<button name="decision" value="(\S+)"', page) == [
        "dismiss",
        "none",
        "change",
        "close",
        "suspend",
    ]
    assert page.count(" checked ") == 3
    answer = client.post(page_of(posting), decision(posting, "dismiss"), follow=True)
    assert "3 reports decided. Nothing wrong." in answer.content.decode()
    posting.refresh_from_db()
    assert posting.state == PostingState.PUBLISHED
    assert OutgoingMail.objects.filter(recipient__startswith="r").count() == 3
    assert "no report waits" in client.get(page_of(posting)).content.decode()


def test_right_reports_need_words_for_the_employer(client: Client, moderator: User) -> None:
    posting = live()
    tell(posting)
    page = client.post(page_of(posting), decision(posting, "suspend", outcome="Kept"))
    assert "Tell the employer why." in page.content.decode()
    assert "Kept" in page.content.decode()
    posting.refresh_from_db()
    assert posting.state == PostingState.PUBLISHED
    client.post(page_of(posting), decision(posting, "suspend", note="It asks for money."))
    posting.refresh_from_db()
    assert posting.state == PostingState.SUSPENDED
    assert Report.objects.get().decided_by == moderator


def test_the_reports_that_are_not_ticked_wait_on(client: Client, moderator: User) -> None:
    posting = live()
    first, second = tell(posting, 1), tell(posting, 2)
    fields = {**decision(posting, "none"), "reports": [first.pk]}
    client.post(page_of(posting), fields)
    assert [r.status for r in Report.objects.order_by("pk")] == ["upheld", "open"]
    none_ticked = client.post(page_of(posting), {**fields, "reports": []}).content.decode()
    assert "Tick the reports that you decide on." in none_ticked
    # Another job's report, or one that is decided, is no choice.
    for other in (tell(live(), 3).pk, first.pk):
        page = client.post(page_of(posting), {**fields, "reports": [other]}).content.decode()
        assert "is not one of the available choices" in page
    second.refresh_from_db()
    assert second.status == "open"


def test_the_second_of_two_moderators_is_told(client: Client, moderator: User) -> None:
    posting = live()
    tell(posting)
    fields = decision(posting, "close", note="x")
    lifecycle.close(posting=posting, actor=posting.author, now=datetime.now(UTC))
    page = client.post(page_of(posting), fields).content.decode()
    assert "Select a valid choice" in page
    assert posting.reports.open().count() == 1


def test_who_reported_is_shown_to_nobody(client: Client, moderator: User) -> None:
    posting = live()
    reader = make_user("reader@example.test", name="Rhea Reader")
    tell(posting, 1, reporter=reader, email="private@example.test", words="Asked for $40.")
    tell(posting, 2)
    page = client.get(page_of(posting)).content.decode()
    assert ("Asked for $40." in page, "Wants to hear the outcome" in page) == (True, True)
    hidden = ("reader@example.test", "Rhea Reader", "private@example.test")
    assert [word for word in hidden if word in page] == []
    assert ("network A" in page, "network B" in page) == (True, True)


def test_a_hold_is_ended_by_hand(client: Client, moderator: User) -> None:
    posting = live()
    for number in (1, 2, 3):
        tell(posting, number, category=FAKE)
    url = reverse("admin:postings_posting_changelist")
    fields = {"action": "release", "index": 0, "_selected_action": [posting.pk], "confirmed": "1"}
    client.post(url, {**fields, "note": "Known to us."})
    posting.refresh_from_db()
    assert (posting.state, posting.held_at) == (PostingState.PUBLISHED, None)
    assert posting.reports.open().count() == 3


def test_who_may_only_look_decides_nothing(client: Client, moderator: User) -> None:
    from django.contrib.auth.models import Permission

    posting = live()
    tell(posting)
    moderator.groups.clear()
    assert client.get(page_of(posting)).status_code == 404
    moderator.user_permissions.add(Permission.objects.get(codename="view_reportedposting"))
    assert 'name="decision"' not in client.get(page_of(posting)).content.decode()
    assert client.post(page_of(posting), decision(posting, "dismiss")).status_code == 404
    assert posting.reports.open().count() == 1
