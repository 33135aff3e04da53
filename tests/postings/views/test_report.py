"""Reporting a job as a reader does it, and the page that says what becomes of it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from cscareers.core.forms import began_at
from cscareers.core.models import RateLimit
from postings.actions import lifecycle, reports
from postings.enums import ReportCategory
from postings.models import Posting, Report
from tests.browserless import page_form
from tests.factories.lives import CONDITIONS, Condition
from tests.factories.people import make_employer, make_member, make_moderator, make_user
from tests.factories.postings import published_posting

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
POLICY = "/about/reports/"


@pytest.fixture
def posting() -> Posting:
    return published_posting(employer=make_employer("Brightloom"), title="Support lead")


def report_url(posting: Posting) -> str:
    return posting.get_absolute_url() + "report/"


def filled(client: Client, posting: Posting, *, ago: int = 5, **typed: object) -> dict[str, object]:
    """The form of the page, begun some seconds ago, with answers."""
    form = page_form(client.get(report_url(posting)).content)
    began = began_at(datetime.now(UTC) - timedelta(seconds=ago))
    return {**form.send(), "began": began, "category": "fake", **typed}


def test_anybody_reports_a_job(client: Client, posting: Posting) -> None:
    page = client.get(posting.get_absolute_url()).content.decode()
    assert f'href="{report_url(posting)}"' in page
    fields = filled(client, posting, words="They wrote from a free address.", email="a@b.test")
    answer = client.post(report_url(posting), fields, REMOTE_ADDR="192.0.2.9")
    assert answer["Location"] == report_url(posting) + "sent/"
    row = Report.objects.get()
    assert (row.category, row.words, row.email, row.reporter) == (
        "fake",
        "They wrote from a free address.",
        "a@b.test",
        None,
    )
    # Sent twice, it is one report and the same thanks.
    assert client.post(report_url(posting), fields)["Location"] == answer["Location"]
    assert Report.objects.count() == 1
    thanks = client.get(answer["Location"]).content.decode()
    assert "Thank you. We have your report" in thanks
    # Without the form's key it is the same reader again.
    again = client.post(report_url(posting), {**fields, "key": ""}, REMOTE_ADDR="192.0.2.9")
    assert (again.status_code, "was reported from here already" in again.content.decode()) == (
        200,
        True,
    )


def test_a_reader_who_is_signed_in_is_offered_their_address(
    client: Client, posting: Posting
) -> None:
    reader = make_user("ada@example.test")
    client.force_login(reader)
    form = page_form(client.get(report_url(posting)).content)
    assert form.values["email"] == ["ada@example.test"]
    client.post(report_url(posting), filled(client, posting, email=""))
    row = Report.objects.get()
    assert (row.reporter, row.email, row.by_account) == (reader, "", False)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"category": ""}, "Choose what is wrong."),
        ({"category": "nonsense"}, "Select a valid choice"),
        ({"category": "other", "words": " "}, "Say what is wrong"),
        ({"words": "x" * 1001}, "at most 1000 characters"),
        ({"email": "nobody"}, "Enter an address like name@example.com."),
        ({"nickname": "Bot"}, "Leave this field empty: programs fill it in."),
        ({"ago": 0}, "That was very quick."),
        ({"ago": 90_000}, "This page was open for more than a day."),
        ({"began": "1:forged"}, "We could not tell how old this page is."),
        ({"began": ""}, "We could not tell how old this page is."),
        ({"words": "nul \0 byte"}, "Null characters are not allowed."),
    ],
)
def test_what_does_not_fit_is_said_and_kept(
    client: Client, posting: Posting, typed: dict[str, object], sentence: str
) -> None:
    fields = filled(client, posting, **{"email": "a@b.test", **typed})
    answer = client.post(report_url(posting), fields)
    assert (answer.status_code, Report.objects.count()) == (200, 0)
    page = answer.content.decode()
    assert sentence in page.replace("&#x27;", "'")
    assert page_form(page).values["email"] == [fields["email"]]


def test_a_page_that_is_too_old_can_be_sent_again(client: Client, posting: Posting) -> None:
    page = client.post(report_url(posting), filled(client, posting, ago=90_000)).content
    fresh = page_form(page).values["began"][0]
    assert abs(int(fresh.partition(":")[0]) - NOW.timestamp()) < 600


def test_too_many_reports_are_asked_to_wait(client: Client, posting: Posting) -> None:
    key = f"{reports.BY_POSTING.name}:{posting.public_id}"
    RateLimit.objects.create(key=key, window_start=datetime.now(UTC), hits=40)
    answer = client.post(report_url(posting), filled(client, posting))
    assert (answer.status_code, "Try again later." in answer.content.decode()) == (429, True)
    assert int(answer["Retry-After"]) > 86_000
    assert Report.objects.count() == 0


@pytest.mark.parametrize("condition", CONDITIONS, ids=lambda condition: condition.name)
def test_what_is_over_is_gone_and_what_never_was_is_missing(
    client: Client, condition: Condition
) -> None:
    posting = condition.make(datetime.now(UTC))
    codes = [client.get(report_url(posting)).status_code]
    codes.append(client.post(report_url(posting), {"category": "fake"}).status_code)
    assert codes == [condition.status] * 2
    thanks = 404 if condition.status == 404 else 200
    assert client.get(report_url(posting) + "sent/").status_code == thanks
    assert Report.objects.count() == 0


def test_a_wrong_slug_leads_to_the_right_one(client: Client, posting: Posting) -> None:
    answer = client.get(report_url(posting).replace("support-lead", "other"))
    assert (answer.status_code, answer["Location"]) == (301, report_url(posting))


def test_the_report_that_pauses_a_job_is_thanked_too(client: Client, posting: Posting) -> None:
    for number in (1, 2):
        tell(posting, f"192.0.{number}.1")
    fields = filled(client, posting)
    answer = client.post(report_url(posting), fields, follow=True)
    assert answer.status_code == 200
    assert "The job is not shown at the moment." in answer.content.decode()
    gone = client.get(posting.get_absolute_url())
    assert gone.status_code == 410
    assert "We have paused this job while we look into what readers reported." in (
        gone.content.decode()
    )


def tell(posting: Posting, address: str, category: ReportCategory = ReportCategory.FAKE) -> Report:
    return reports.report(
        posting=posting,
        category=category,
        words="",
        email="",
        reporter=None,
        address=address,
        now=datetime.now(UTC),
    )


def test_the_employer_reads_why_it_is_paused_and_can_not_open_it(client: Client) -> None:
    employer = make_employer()
    owner = make_member(employer)
    posting = published_posting(employer=employer, author=owner)
    for number in (1, 2, 3):
        tell(posting, f"192.0.{number}.1")
    client.force_login(owner)
    url = f"/hire/{employer.slug}/postings/{posting.public_id}/"
    page = client.get(url).content.decode()
    assert ("Only we can open it again" in page, "Open it again" in page) == (True, False)
    assert '<span class="tag">Paused by us</span>' in page
    refused = client.post(f"{url}resume/", follow=True).content.decode()
    assert "Only we can open it again" in refused
    posting.refresh_from_db()
    assert posting.held_at is not None


def test_the_policy_tells_figures_from_ten_on(
    client: Client, django_assert_num_queries: object
) -> None:
    employer, moderator = make_employer(), make_moderator()
    for number in range(12):
        posting = published_posting(employer=employer)
        row = tell(posting, f"192.0.{number}.1", ReportCategory.OVER)
        if number < 10:
            decided = datetime.now(UTC)
            reports.dismiss(posting=posting, reports=[row.pk], actor=moderator, now=decided)
    with django_assert_num_queries(1):  # type: ignore[operator]
        page = client.get(POLICY).content.decode()
    row = page.partition("The job is no longer open</th>")[2].partition("</tr>")[0]
    cells = [part.partition("</td>")[0] for part in row.split('<td class="r">')[1:]]
    # Two wait: 12 in all beside 10 would say so.
    assert cells == ["10", "under 10", "0", "10"]


def test_versions_of_the_policy_stay_at_their_address(client: Client) -> None:
    page = client.get(f"{POLICY}2026-11-22/").content.decode()
    assert ("When 3 people who have nothing to do with each other" in page) is True
    assert client.get(f"{POLICY}2020-01-01/").status_code == 404
    assert f'href="{POLICY}"' in client.get("/").content.decode()


def test_a_posting_paused_meanwhile_answers_410(client: Client, posting: Posting) -> None:
    fields = filled(client, posting)
    lifecycle.pause(posting=posting, actor=None, now=NOW)
    assert client.post(report_url(posting), fields).status_code == 410
