"""Employers and accounts in the admin; the group of moderators; the way in."""

from datetime import UTC, datetime

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.urls import reverse

from cscareers.core.models import OutgoingMail
from postings.actions.moderators import RIGHTS, ensure_group
from postings.models import Posting
from profiles.models import User
from tests.factories.people import make_employer, make_member, make_user
from tests.factories.postings import published_posting

pytestmark = pytest.mark.django_db
EMPLOYERS, USERS = "admin:profiles_employer_changelist", "admin:profiles_user_changelist"


def decide(client, changelist, action, row, **words):
    chosen = {"action": action, "index": 0, "_selected_action": row.pk}
    assert client.post(reverse(changelist), chosen).status_code == 200
    done = client.post(reverse(changelist), {**chosen, "confirmed": "1", **words}, follow=True)
    return done.content.decode()


def public():
    return Posting.objects.published(now=datetime.now(UTC)).count()


def test_an_employer_is_suspended_and_reinstated(client, moderator):
    employer = make_employer()
    owner = make_member(employer)
    published_posting(employer=employer)
    decide(client, EMPLOYERS, "suspend", employer, note="Fake.")
    assert public() == 0
    mail = OutgoingMail.objects.get()
    assert (mail.recipient, "Fake." in mail.text) == (owner.email, True)
    page = decide(client, EMPLOYERS, "suspend", employer, note="Again.")
    assert "It is so already" in page
    decide(client, EMPLOYERS, "reinstate", employer)
    assert public() == 1


def test_an_account_is_suspended_and_reinstated(client, moderator):
    author = make_user()
    published_posting(author=author)
    decide(client, USERS, "suspend", author, note="Spam.")
    author.refresh_from_db()
    assert (author.is_active, public()) == (False, 0)
    decide(client, USERS, "reinstate", author)
    author.refresh_from_db()
    assert (author.is_active, public()) == (True, 1)


def test_moderators_suspend_neither_themselves_nor_each_other(client, moderator):
    other = make_user(is_staff=True)
    for user in (moderator, other):
        assert "not yours to decide" in decide(client, USERS, "suspend", user, note="x")
    assert User.objects.filter(suspended_at__isnull=False).count() == 0


@pytest.mark.parametrize("name", ["employer", "user"])
def test_pages_show_rows_and_let_nobody_edit(client, moderator, name):
    employer = make_employer()
    member = make_member(employer)
    row = employer if name == "employer" else member
    url = reverse(f"admin:profiles_{name}_change", args=(row.pk,))
    page = client.get(url).content.decode()
    assert ('value="suspend"' in page, "argon2" in page, 'name="email"' in page) == (
        True,
        False,
        False,
    )
    assert client.post(url, {"name": "x"}).status_code == 403


def test_the_group_has_just_these_rights():
    group = ensure_group()
    found = group.permissions.values_list("content_type__app_label", "codename")
    assert sorted(found) == sorted((app, name) for app, names in RIGHTS.items() for name in names)
    assert Group.objects.get() == group


def test_without_the_right_there_is_no_such_decision(client, moderator):
    employer = make_employer()
    moderator.groups.clear()
    from django.contrib.auth.models import Permission

    moderator.user_permissions.add(Permission.objects.get(codename="view_employer"))
    page = client.get(reverse("admin:profiles_employer_change", args=(employer.pk,)))
    assert 'value="suspend"' not in page.content.decode()
    client.post(
        reverse(EMPLOYERS),
        {
            "action": "suspend",
            "index": 0,
            "_selected_action": employer.pk,
            "confirmed": 1,
            "note": "x",
        },
    )
    employer.refresh_from_db()
    assert employer.suspended_at is None


def test_staff_without_a_second_step_are_sent_to_set_it_up(client, moderator, settings):
    settings.DEMO = False
    first = client.get("/admin/")
    assert first.headers["Location"] == "/admin/login/?next=/admin/"
    assert client.get(first.headers["Location"]).headers["Location"] == reverse("mfa_activate_totp")
    Authenticator.objects.create(user=moderator, type=Authenticator.Type.TOTP, data={})
    assert client.get("/admin/").status_code == 200


def test_recovery_codes_alone_are_no_second_step(client, moderator, settings):
    settings.DEMO = False
    settings.DEMO = False
    Authenticator.objects.create(user=moderator, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert client.get("/admin/").status_code == 302


def test_others_are_refused_and_strangers_sign_in(client):
    way_in = client.get("/admin/login/?next=/admin/").headers["Location"]
    assert way_in.startswith("/accounts/login/?next=/admin/")
    client.force_login(make_user())
    assert client.get("/admin/login/?next=/admin/").status_code == 403
