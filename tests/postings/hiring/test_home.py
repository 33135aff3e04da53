"""One's own page."""

import pytest
from django.urls import reverse

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
