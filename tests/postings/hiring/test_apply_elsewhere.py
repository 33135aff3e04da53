"""Jobs that take applications on another site: the page in between, and what it counts."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cscareers.core.throttling import Limit
from postings.actions import lifecycle
from postings.hiring.actions import applications, handoffs
from postings.hiring.models import HandOff
from postings.models import Posting
from tests.browserless import page_form
from tests.factories.applications import make_draft, open_posting
from tests.factories.people import make_member, make_user
from tests.factories.postings import published_posting

pytestmark = pytest.mark.django_db
ADDRESS = "https://jobs.harbour.test/12?a=1&b=2"


@pytest.fixture
def posting() -> Posting:
    return published_posting(apply_url=ADDRESS)


def url_of(posting: Posting) -> str:
    return f"{posting.get_absolute_url()}apply/"


def leave(client: Client, posting: Posting) -> str:
    form = page_form(client.get(url_of(posting)).content).send()
    for _ in range(2):  # a double click
        answer = client.post(url_of(posting), form)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_names_the_host_and_counts_who_leaves(client: Client, posting: Posting) -> None:
    page = client.get(url_of(posting)).content.decode()
    assert "jobs.harbour.test" in page
    assert "we can’t promise that you get an answer" in page
    assert not HandOff.objects.exists()
    page = leave(client, posting)
    assert 'content="0;url=https://jobs.harbour.test/12?a=1&amp;b=2"' in page
    assert 'href="https://jobs.harbour.test/12?a=1&amp;b=2"' in page
    assert list(HandOff.objects.values_list("posting", "user", "settled")) == [
        (posting.pk, None, "")
    ]


def test_of_somebody_signed_in_one_row_asks(client: Client, posting: Posting) -> None:
    person = make_user()
    client.force_login(person)
    leave(client, posting)
    first = HandOff.objects.get().at
    leave(client, posting)
    row = HandOff.objects.get()
    assert (row.user, row.settled) == (person, "")
    assert row.at > first
    HandOff.objects.update(settled="not")
    leave(client, posting)
    assert sorted(HandOff.objects.values_list("settled", flat=True)) == ["", "not"]


def test_many_clicks_of_one_network_are_led_on_and_not_counted(
    client: Client, posting: Posting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handoffs, "BY_NETWORK", Limit("hand-off", 1, handoffs.BY_NETWORK.per))
    for _ in range(2):
        assert "jobs.harbour.test" in leave(client, posting)
    assert HandOff.objects.count() == 1


def test_a_job_that_is_over_or_names_no_address(client: Client, posting: Posting) -> None:
    owner = make_member(posting.employer)
    lifecycle.close(posting=posting, actor=owner, now=datetime.now(UTC))
    answer = client.get(url_of(posting))
    assert answer.status_code == 410
    assert ADDRESS not in answer.content.decode()
    assert client.post(url_of(posting)).status_code == 410
    assert not HandOff.objects.exists()


# ---- the button on the page of a job ----


def button(client: Client, posting: Posting) -> tuple[str, str]:
    found: Any = client.get(posting.get_absolute_url()).context["applying"]
    return found.label, found.url


def test_the_page_of_a_job_leads_on(client: Client, posting: Posting) -> None:
    here = open_posting()
    person = make_user()
    page = client.get(here.get_absolute_url()).content.decode()
    assert "Answer promised" in page
    assert "Within 14 days" in page
    assert button(client, here) == ("Apply with your profile", url_of(here))
    assert button(client, posting) == ("Apply on the employer’s site", url_of(posting))
    client.post(url_of(here))
    assert button(client, here) == ("Go on with your application", url_of(here))
    client.force_login(person)
    draft = make_draft(here, person)
    assert button(client, here) == ("Go on with your application", url_of(here))
    sent = applications.apply(draft=draft, candidate=person, now=datetime.now(UTC))
    mine = f"/me/applications/{sent.public_id}/"
    assert button(client, here) == ("See your application", mine)
    assert "You applied on" in client.get(here.get_absolute_url()).content.decode()


@pytest.mark.parametrize("here", [True, False])
def test_the_button_asks_twice_of_whoever_is_signed_in_where_people_apply_here(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, here: bool
) -> None:
    posting = open_posting() if here else published_posting(apply_url=ADDRESS)
    with django_assert_num_queries(6):
        client.get(posting.get_absolute_url())
    client.force_login(make_user())
    with django_assert_num_queries(13 if here else 11):
        client.get(posting.get_absolute_url())
