"""One's own page."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from postings.actions import lifecycle
from postings.hiring.actions import tracker
from tests.factories.applications import make_application, make_draft, open_posting
from tests.factories.people import make_employer, make_member, make_user

pytestmark = pytest.mark.django_db


def test_the_page_says_what_the_account_is(client):
    user = make_user("ann@example.test")
    make_member(make_employer("Harbour"), user)
    client.force_login(user)
    page = client.get(reverse("me:home")).content.decode()
    assert [word in page for word in ("ann@example.test", "Harbour", "owner")] == [True] * 3


def test_one_changes_ones_name(client):
    user = make_user()
    client.force_login(user)
    assert client.post(reverse("me:home"), {"name": "Ann Reed"}).status_code == 302
    user.refresh_from_db()
    assert user.label == "Ann Reed"


def test_a_name_that_is_too_long_is_kept_and_refused(client):
    user = make_user()
    client.force_login(user)
    page = client.post(reverse("me:home"), {"name": "x" * 121}).content.decode()
    assert ("x" * 121 in page, "at most 120 characters" in page) == (True, True)


def test_the_page_is_behind_the_login(client):
    assert client.get(reverse("me:home")).headers["Location"] == "/accounts/login/?next=/me/"


def test_the_page_says_what_is_open_comes_next_and_was_begun(client):
    user, now = make_user(), datetime.now(UTC)
    client.force_login(user)
    assert "Your applications" not in client.get("/me/").content.decode()
    sent = make_application(candidate=user, now=now - timedelta(days=20))
    tomorrow = now.date() + timedelta(days=1)
    fields = {"title": "Care lead", "employer_name": "Harbour", "next_on": tomorrow}
    tracker.add(user=user, fields={**fields, "next_what": "Call Ann"}, now=now)
    draft = make_draft(open_posting(title="Begun here"), user)
    over = make_draft(open_posting(title="Begun, then closed"), user)
    lifecycle.close(posting=over.posting, actor=None, now=now)
    page = client.get("/me/").content.decode()
    assert "1 open application<" in page
    assert "2 jobs in your tracker" in page
    assert page.index(f"/me/applications/{sent.public_id}/") < page.index("Call Ann")
    assert page.count(">Late<") == 1
    assert f'href="{draft.posting.get_absolute_url()}apply/"' in page
    assert "Begun, then closed" not in page
