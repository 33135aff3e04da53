"""Accounts from sign-up to reset, as allauth does it with our settings and templates."""

import re
from datetime import UTC, datetime

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache

from cscareers.core.models import OutgoingMail
from profiles.actions.suspension import suspend_account
from profiles.models import Employer, User
from tests.factories.people import make_employer, make_member, make_user

pytestmark = pytest.mark.django_db
PASSWORD = "correct-horse-7"


@pytest.fixture(autouse=True)
def _as_it_runs(settings):
    cache.clear()
    settings.EMAIL_BACKEND = "cscareers.core.mail.QueueBackend"


def sign_up(client, email="ann@harbour.test", **words):
    answers = {"email": email, "password1": PASSWORD, "name": "Ann Reed", **words}
    return client.post("/accounts/signup/", answers)


def sign_in(client, email="ann@harbour.test", password=PASSWORD):
    return client.post("/accounts/login/", {"login": email, "password": password})


def link(words):
    mail = OutgoingMail.objects.latest("pk")
    return re.search(rf"https?://[^/\s]+(/accounts/{words}/\S+)", mail.text).group(1)


def member(email="ann@harbour.test", **fields):
    user = make_user(email, password=PASSWORD, **fields)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def signed_in(client):
    return client.get("/me/").status_code == 200


def test_from_sign_up_to_signed_in(client, run_jobs, mailoutbox):
    response = sign_up(client)
    assert response.headers["Location"] == "/accounts/confirm-email/"
    assert client.get(response.headers["Location"]).status_code == 200
    assert run_jobs() == ["core.send_mail"]
    address = re.search(r"/accounts/confirm-email/\S+/", mailoutbox[0].body).group()
    assert mailoutbox[0].to == ["ann@harbour.test"]
    sign_in(client)
    assert not signed_in(client)
    assert client.get(address).status_code == 200
    assert not EmailAddress.objects.get().verified
    client.post(address)
    assert EmailAddress.objects.get().verified
    if not signed_in(client):
        assert sign_in(client).headers["Location"] == "/me/"
    assert signed_in(client)
    assert User.objects.get().name == "Ann Reed"


def test_a_name_is_not_asked_for(client):
    sign_up(client, name="")
    assert User.objects.get().name == ""


def test_confirming_an_address_verifies_the_employer(client):
    user = make_user("ann@elsewhere.test", password=PASSWORD)
    make_member(make_employer(site="https://harbour.test", verified=False), user)
    address = EmailAddress.objects.create(user=user, email="ann@harbour.test", verified=False)
    client.force_login(user)
    client.post("/accounts/email/", {"action_send": "", "email": address.email})
    client.post(link("confirm-email"))
    assert Employer.objects.get().verified_domain == "harbour.test"


def test_sign_up_tells_nobody_who_is_here(client):
    member("ann@harbour.test")
    known = sign_up(client, "ann@harbour.test")
    assert "/accounts/signup/" not in known.headers["Location"]
    told = OutgoingMail.objects.latest("pk")
    assert (told.recipient, User.objects.count()) == ("ann@harbour.test", 1)
    client.cookies.clear()
    unknown = sign_up(client, "bo@harbour.test")
    assert (known.status_code, known.headers["Location"]) == (
        unknown.status_code,
        unknown.headers["Location"],
    )


def test_a_wrong_password_and_an_unknown_address_look_the_same(client):
    member()

    def answer(email):
        page = sign_in(client, email, "wrong-horse-7").content.decode()
        return re.sub(r'value="[^"]*"', "", page)

    assert answer("ann@harbour.test") == answer("bo@harbour.test")


def test_a_password_is_reset_by_mail(client):
    member()
    answers = [
        client.post("/accounts/password/reset/", {"email": email}).headers["Location"]
        for email in ("nobody@harbour.test", "ann@harbour.test")
    ]
    assert answers[0] == answers[1]
    first = client.get(link("password/reset/key"))
    page = client.get(first.headers["Location"]).content.decode()
    assert 'name="password1"' in page
    answer = {"password1": "new-horse-77", "password2": "new-horse-77"}
    assert client.post(first.headers["Location"], answer).status_code == 302
    client.logout()
    assert sign_in(client).status_code == 200
    assert sign_in(client, password="new-horse-77").headers["Location"] == "/me/"


def test_a_suspended_account_reads_why_it_can_not_sign_in(client):
    user = member()
    client.force_login(user)
    staff = make_user(is_superuser=True)
    suspend_account(user=user, actor=staff, note="x", now=datetime.now(UTC))
    assert not signed_in(client)
    response = sign_in(client)
    assert response.headers["Location"] == "/accounts/inactive/"
    assert b"This account is closed" in client.get("/accounts/inactive/").content
    assert not signed_in(client)
    wrong = sign_in(client, password="wrong-horse-7")
    assert wrong.status_code == 200


def code(secret):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def test_two_steps_from_setting_up_to_signing_in(client):
    user = member()
    sign_in(client)
    asked = client.get("/accounts/2fa/totp/activate/").headers["Location"]
    assert client.get(asked).status_code == 200
    back = client.post(asked, {"password": PASSWORD}).headers["Location"]
    page = client.get(back).content.decode()
    secret = client.session["mfa.totp.secret"]
    assert secret in page
    assert client.post("/accounts/2fa/totp/activate/", {"code": "000000"}).status_code == 200
    client.post("/accounts/2fa/totp/activate/", {"code": code(secret)})
    assert user.authenticator_set.filter(type="totp").exists()
    client.logout()
    cache.clear()
    assert sign_in(client).headers["Location"] == "/accounts/2fa/authenticate/"
    assert not signed_in(client)
    client.post("/accounts/2fa/authenticate/", {"code": code(secret)})
    assert signed_in(client)


def test_many_wrong_passwords_are_slowed_down(client):
    member()
    pages = [sign_in(client, password="wrong-horse-7") for _ in range(7)]
    assert b"Too many" in pages[-1].content
    assert b"Too many" in sign_in(client).content


def test_many_sign_ups_from_one_place_are_refused(client):
    codes = [sign_up(client, f"p{number}@harbour.test").status_code for number in range(25)]
    assert codes[-1] == 429


@pytest.mark.parametrize(
    "path",
    ["login/", "signup/", "password/reset/", "inactive/", "confirm-email/", "password/reset/done/"],
)
def test_pages_before_the_login_are_public(client, path):
    assert client.get(f"/accounts/{path}").status_code == 200


@pytest.mark.parametrize("path", ["email/", "password/change/", "2fa/", "logout/"])
def test_pages_of_the_account_are_drawn(client, path):
    member()
    sign_in(client)
    assert client.get(f"/accounts/{path}").status_code == 200
