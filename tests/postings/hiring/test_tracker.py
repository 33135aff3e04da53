"""The tracker's pages: adding, moving, noting, reminders, what left, and the way out of it."""

import csv
import json
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from cscareers.core.models import OutgoingMail
from postings.actions.lifecycle import close
from postings.content import PostingContent
from postings.hiring.actions import handoffs, tracker
from postings.hiring.enums import TrackedStatus as T
from postings.hiring.models import HandOff, TrackedJob
from profiles.models import User
from tests.browserless import page_form
from tests.factories.applications import bare_applications, make_application, open_posting
from tests.factories.people import make_user
from tests.factories.postings import draft_posting, published_posting

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = datetime.now(UTC).date()


@pytest.fixture
def user(client: Client) -> User:
    user = make_user()
    client.force_login(user)
    return user


def body_of(client: Client, url: str = "/me/tracker/") -> str:
    return client.get(url).content.decode()


def tracked(user: User, **fields: object) -> TrackedJob:
    return tracker.add(user=user, fields={"title": "Care lead", **fields}, now=NOW)


def test_a_job_from_elsewhere_is_written_down_once(client: Client, user: User) -> None:
    form = page_form(body_of(client, "/me/tracker/add/"))
    typed = form.send(
        title="Support manager", employer_name="Harbour", url="harbour.test/jobs/3",
        status="applied", applied_on="2026-10-01", notes="Met them at a fair",
    )  # fmt: skip
    for _ in range(2):
        assert client.post("/me/tracker/add/", typed).status_code == 302
    job = TrackedJob.objects.get(user=user)
    assert (job.title, job.employer_name, job.url, job.status, job.applied_on, job.notes) == (
        "Support manager", "Harbour", "https://harbour.test/jobs/3", "applied",
        date(2026, 10, 1), "Met them at a fair",
    )  # fmt: skip
    assert "no news since" in body_of(client)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("title", "", "Fill in “Job”"),
        ("url", "javascript:alert(1)", "Enter a web address that begins with"),
        ("url", "ftp://harbour.test/", "Enter a web address that begins with"),
        ("status", "stolen", "Choose where you stand."),
        ("applied_on", (TODAY + timedelta(days=2)).isoformat(), "Choose a day that has come."),
        ("applied_on", "soon", "Enter the day as year, month and day"),
        ("next_on", (TODAY - timedelta(days=2)).isoformat(), "Choose today or a later day."),
        ("next_what", "Call them", "Say on which day."),
        ("notes", "x" * 2001, "at most 2"),
    ],
)
def test_what_is_wrong_is_said_and_kept(
    client: Client, user: User, field: str, value: str, said: str
) -> None:
    form = page_form(body_of(client, "/me/tracker/add/"))
    typed = form.send(**{"title": "Care lead", field: value})
    answer = client.post("/me/tracker/add/", typed).content.decode()
    assert answer.count(said) == 2  # at the head of the page, and at the field
    assert field == "status" or value in answer
    assert not TrackedJob.objects.exists()


def test_a_posting_is_tracked_from_its_page_and_stays_when_it_closes(
    client: Client, user: User
) -> None:
    posting = published_posting(title="Care lead")
    url = reverse("me:track", args=[posting.public_id])
    assert url in body_of(client, posting.get_absolute_url())
    assert "Track this job?" in body_of(client, url)
    for _ in range(2):
        answer = client.post(url)
    job = TrackedJob.objects.get()
    assert answer["Location"] == reverse("me:tracked", args=[job.public_id])
    assert (job.posting, job.status) == (posting, T.INTERESTED)
    close(posting=posting, actor=None, now=NOW)
    page = body_of(client)
    assert "Care lead" in page
    assert "From the board" in page
    assert client.post(reverse("me:track", args=[draft_posting().public_id])).status_code == 404


def test_jobs_move_without_drag(client: Client, user: User) -> None:
    job = tracked(user)
    board = body_of(client, "/me/tracker/?view=board")
    url = reverse("me:tracked_move", args=[job.public_id])
    assert f'action="{url}"' in board
    back = "/me/tracker/?view=board"
    answer = client.post(url, {"status": "applied", "next": back})
    assert answer["Location"] == back
    job.refresh_from_db()
    assert (job.status, job.applied_on, job.news_on) == (T.APPLIED, TODAY, TODAY)
    client.post(url, {"status": "stolen"})
    job.refresh_from_db()
    assert job.status == T.APPLIED


def test_an_application_here_stands_by_itself_and_takes_notes(client: Client, user: User) -> None:
    sent = make_application(candidate=user)
    page = body_of(client)
    assert reverse("me:application", args=[sent.public_id]) in page
    assert "Answer promised by" in page
    answer = client.post(reverse("me:track", args=[sent.posting.public_id]))
    form = page_form(body_of(client, answer["Location"]))
    assert sorted(form.values) == [
        "csrfmiddlewaretoken", "next_on", "next_what", "notes", "seen",
    ]  # fmt: skip
    client.post(answer["Location"], form.send(notes="Ask about shifts", status="offer"))
    job = TrackedJob.objects.get()
    assert (job.notes, job.status) == ("Ask about shifts", T.INTERESTED)
    move = reverse("me:tracked_move", args=[job.public_id])
    said = client.post(move, {"status": "offer"}, follow=True).content.decode()
    assert "your application says where you stand" in said


def test_a_quiet_one_is_ghosted_by_its_person_alone(client: Client, user: User) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=45)
    sent = make_application(candidate=user, now=long_ago)
    page = body_of(client)
    assert f"Did {sent.posting.employer.name} answer?" in page
    client.post(reverse("me:track", args=[sent.posting.public_id]), {"status": "ghosted"})
    page = body_of(client)
    assert "answer?" not in page
    assert '<span class="tag tag--warn">Ghosted</span>' in page


def test_two_windows_see_each_other_and_keep_the_text(client: Client, user: User) -> None:
    job = tracked(user)
    url = reverse("me:tracked", args=[job.public_id])
    old = page_form(body_of(client, url))
    client.post(url, old.send(notes="First"))
    answer = client.post(url, old.send(notes="Second")).content.decode()
    assert "in another window meanwhile" in answer
    form = page_form(answer)
    assert form.values["notes"] == ["Second"]
    assert "First" in answer
    assert client.post(url, form.send()).status_code == 302
    job.refresh_from_db()
    assert job.notes == "Second"


def test_a_form_changes_what_it_asks_and_nothing_else(client: Client, user: User) -> None:
    other, job = tracked(make_user()), tracked(user, next_on=TODAY)
    url = reverse("me:tracked", args=[job.public_id])
    form = page_form(body_of(client, url))
    evil = {
        "user": other.user_id, "user_id": other.user_id, "public_id": "0000000000",
        "posting_id": published_posting().pk, "reminded_for": TODAY.isoformat(),
        "news_on": "1999-12-31", "created_at": "1999-12-31",
    }  # fmt: skip
    before = TrackedJob.objects.filter(pk=job.pk).values().get()
    assert client.post(url, {**form.send(notes="Mine"), **evil}).status_code == 302
    after = TrackedJob.objects.filter(pk=job.pk).values().get()
    assert {name for name in after if after[name] != before[name]} == {"notes", "updated_at"}
    theirs = reverse("me:tracked", args=[other.public_id])
    assert client.post(theirs, form.send(notes="Mine")).status_code == 404


def test_deleting_asks_first(client: Client, user: User) -> None:
    job = tracked(user)
    url = reverse("me:untrack", args=[job.public_id])
    assert "Delete this job from your tracker?" in body_of(client, url)
    assert TrackedJob.objects.exists()
    client.post(url)
    assert not TrackedJob.objects.exists()


def test_what_is_shown_is_chosen_by_the_address(client: Client, user: User) -> None:
    tracked(user, title="Applied one", status=T.APPLIED)
    tracked(user, title="Liked one")
    page = body_of(client, "/me/tracker/?status=applied&sort=newest")
    assert ("Applied one" in page, "Liked one" in page) == (True, False)
    page = body_of(client, "/me/tracker/?status=stolen&sort=x&view=y")
    assert ("Applied one" in page, "Liked one" in page) == (True, True)
    page = body_of(client, "/me/tracker/?status=offer")
    assert "No job of yours stands there." in page


def test_the_tracker_comes_out_whole_and_no_cell_is_a_formula(client: Client, user: User) -> None:
    sent = make_application(candidate=user)
    tracked(user, title="=cmd()", notes="+1\nsecond", url="https://harbour.test/", status=T.OFFER)
    rows = list(csv.DictReader(StringIO(client.get("/me/tracker.csv").content.decode("utf-8-sig"))))
    by_source = {row["source"]: row for row in rows}
    assert by_source["elsewhere"]["title"] == "'=cmd()"
    assert by_source["elsewhere"]["notes"] == "'+1\nsecond"
    assert by_source["elsewhere"]["answered"] == "yes"
    assert by_source["here"]["answered"] == "no"
    jobs = {
        job["source"]: job for job in json.loads(client.get("/me/tracker.json").content)["jobs"]
    }
    assert (jobs["elsewhere"]["title"], jobs["elsewhere"]["status"]) == ("=cmd()", "offer")
    assert jobs["here"]["url"].endswith(sent.posting.get_absolute_url())
    assert jobs["here"]["url"].startswith("http")


def test_reminders_go_out_once_for_each_day(user: User) -> None:
    job = tracked(user, next_on=date(2026, 11, 22), next_what="Call\nthem")
    tracked(user, next_on=date(2026, 11, 23))
    gone = make_user(is_active=False)
    tracked(gone, next_on=date(2026, 11, 22))
    assert [tracker.remind_due(now=NOW) for _ in range(2)] == [1, 0]
    mail = OutgoingMail.objects.get()
    assert (mail.recipient, mail.subject) == (user.email, "Reminder: Call them")
    assert f"/me/tracker/{job.public_id}/" in mail.text
    assert "because you set this day" in mail.text
    seen = TrackedJob.objects.get(pk=job.pk).updated_at
    tracker.change(job=job, fields={"next_on": date(2026, 11, 24)}, seen=seen, now=NOW)
    assert tracker.remind_due(now=NOW + timedelta(days=2)) == 2
    assert OutgoingMail.objects.count() == 3


def test_who_comes_back_is_asked_and_the_answer_is_kept(client: Client, user: User) -> None:
    posting = published_posting(apply_url="https://www.harbour.test/apply", title="Care lead")
    other = published_posting(apply_url="https://other.test/")
    for one in (posting, other):
        handoffs.hand_off(posting=one, user=user, address="", now=NOW)
    for path in ("/me/", "/me/applications/", "/me/tracker/", posting.get_absolute_url()):
        assert "Did you apply at harbour.test?" in body_of(client, path), path
    url = reverse("me:returned", args=[posting.public_id])
    for _ in range(2):
        answer = client.post(url, {"answer": "applied", "next": "/me/"})
    assert answer["Location"] == "/me/"
    job = TrackedJob.objects.get()
    assert (job.posting, job.status, job.applied_on) == (posting, T.APPLIED, NOW.date())
    client.post(reverse("me:returned", args=[other.public_id]), {"answer": "not"})
    settled = dict(HandOff.objects.values_list("posting__title", "settled"))
    assert settled == {"Care lead": "applied", other.title: "not"}
    assert "Did you apply" not in body_of(client)
    client.force_login(make_user())
    assert "Did you apply" not in body_of(client, posting.get_absolute_url())


def test_the_next_page_of_ones_own_asks_and_others_cost_nothing(
    client: Client, user: User, django_assert_num_queries
) -> None:
    posting = published_posting(apply_url="https://harbour.test/apply")
    with django_assert_num_queries(SAVED):
        client.get("/me/saved/")
    way_out = f"{posting.get_absolute_url()}apply/"
    client.post(way_out, page_form(body_of(client, way_out)).send())
    for path in ("/me/saved/", "/me/tracker/"):
        assert body_of(client, path).count("Did you apply at harbour.test?") == 1
    url = reverse("me:returned", args=[posting.public_id])
    client.post(url, {"answer": "not", "next": "/me/saved/"})
    assert "Did you apply" not in body_of(client, "/me/saved/")
    with django_assert_num_queries(SAVED):
        client.get("/me/saved/")


SAVED = 3
"""Session, person, marks."""


def test_the_host_of_an_address_is_what_people_know() -> None:
    addresses = ["https://www.Harbour.test:8443/x", "http://jobs.harbour.test", "mailto:a@b.test"]
    hosts = [PostingContent(apply_url=one).apply_host for one in addresses]
    assert hosts == ["harbour.test", "jobs.harbour.test", ""]


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("tracked_job_has_a_title", {"title": ""}),
        ("tracked_job_url_is_of_the_web", {"url": "javascript:alert(1)"}),
        ("tracked_job_status_known", {"status": "stolen"}),
        ("tracked_job_next_has_a_day", {"next_what": "Call"}),
    ],
)
def test_postgresql_refuses_what_no_form_lets_in(name: str, fields: dict[str, str]) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        tracked(make_user(), **fields)


def test_nobody_tracks_more_than_they_can_look_through(
    client: Client, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tracker, "MOST", 1)
    tracked(user)
    form = page_form(body_of(client, "/me/tracker/add/"))
    answer = client.post("/me/tracker/add/", form.send(title="One more"))
    assert "Delete some first" in answer.content.decode()
    client.post(reverse("me:track", args=[open_posting().public_id]))
    assert TrackedJob.objects.count() == 1


QUERIES = {
    "/me/tracker/": 5,
    "/me/tracker/?view=board": 5,
    "/me/tracker.csv": 4,
    "/me/": 7,
    "/me/applications/": 5,
}
"""Session, person, own rows, applications; on pages what they left for; at home the employers and
drafts too, and with the applications the drafts."""


def test_pages_cost_the_same_for_many(
    client: Client, user: User, django_assert_num_queries
) -> None:
    for more in (1, 2, 47):
        bare_applications(user, more)
        TrackedJob.objects.bulk_create(
            TrackedJob(user=user, title="Job", status=T.APPLIED, created_at=NOW, updated_at=NOW)
            for _ in range(more)
        )
        for path, queries in QUERIES.items():
            with django_assert_num_queries(queries):
                client.get(path)
