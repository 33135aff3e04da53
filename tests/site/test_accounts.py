"""Account pages in our frame: every page, empty and with errors, renders strictly; mails too."""

import re
import time
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.mail import EmailMessage
from django.test import Client

from profiles.models import User

PASSWORD = "a long sentence 9"
ANONYMOUS = (
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/done/",
    "/accounts/password/reset/key/1-x/",
    "/accounts/confirm-email/",
    "/accounts/confirm-email/x/",
    "/accounts/inactive/",
)
SIGNED_IN = (
    "/accounts/logout/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/reauthenticate/",
    "/accounts/2fa/",
)


def assert_frame(html: str) -> None:
    """One language, one h1, one main, labels for all that can be filled in."""
    assert '<html lang="en"' in html
    assert html.count("<h1>") == 1
    assert html.count("<main ") == 1
    assert "placeholder=" not in html
    for box in re.findall(r"<(?:input|select|textarea)[^>]*>", html):
        if 'type="hidden"' not in box:
            name = re.search(r' id="([^"]+)"', box)
            wrapped = 'name="theme"' in box
            assert wrapped or (name and f'for="{name[1]}"' in html), box


@pytest.fixture
def user(db: None) -> User:
    person = User.objects.create_user(email="dana@example.com", password=PASSWORD)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


@pytest.fixture
def signed_in(client: Client, user: User) -> Client:
    answer = client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert answer.status_code == 302
    return client


@pytest.mark.parametrize("path", ANONYMOUS)
def test_pages_before_sign_in(client: Client, db: None, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert_frame(answer.content.decode())


@pytest.mark.parametrize("path", SIGNED_IN)
def test_pages_of_an_account(signed_in: Client, path: str) -> None:
    answer = signed_in.get(path)
    assert answer.status_code == 200
    assert_frame(answer.content.decode())


@pytest.mark.parametrize(
    ("path", "data", "kept"),
    [
        ("/accounts/login/", {"login": "dana", "password": ""}, "dana"),
        ("/accounts/signup/", {"email": "dana@", "password1": "1"}, "dana@"),
        ("/accounts/password/reset/", {"email": "dana@"}, "dana@"),
    ],
)
def test_errors_are_summed_up_and_keep_what_was_typed(
    client: Client, db: None, path: str, data: dict[str, str], kept: str
) -> None:
    html = client.post(path, data).content.decode()
    assert_frame(html)
    assert "<title>Error: " in html
    assert 'id="error-summary"' in html
    assert f'value="{kept}"' in html


def test_signing_up_sends_a_link_that_confirms(
    client: Client, db: None, run_jobs: Callable[[], list[str]], mailoutbox: list[EmailMessage]
) -> None:
    client.post("/accounts/signup/", {"email": "new@example.com", "password1": PASSWORD})
    run_jobs()
    letter = mailoutbox[0]
    assert (letter.to, letter.subject) == (["new@example.com"], "Confirm your e-mail address")
    link = re.search(r"(/accounts/confirm-email/\S+)", str(letter.body))
    assert link
    assert_frame(client.get(link[1]).content.decode())
    client.post(link[1])
    assert EmailAddress.objects.get(email="new@example.com").verified is True


def test_a_forgotten_password_is_set_anew_by_a_link(
    client: Client, user: User, run_jobs: Callable[[], list[str]], mailoutbox: list[EmailMessage]
) -> None:
    client.post("/accounts/password/reset/", {"email": user.email})
    run_jobs()
    assert mailoutbox[0].subject == "Set a new password"
    link = re.search(r"(/accounts/password/reset/key/\S+)", str(mailoutbox[0].body))
    assert link
    page = client.get(link[1], follow=True)
    assert_frame(page.content.decode())
    new = {"password1": "another sentence 7", "password2": "another sentence 7"}
    client.post(page.redirect_chain[-1][0], new)
    user.refresh_from_db()
    assert user.check_password("another sentence 7")


def test_the_second_step_is_set_up_and_asked_for(signed_in: Client, user: User) -> None:
    setup = "/accounts/2fa/totp/activate/"
    assert signed_in.get(setup)["Location"].startswith("/accounts/reauthenticate/")
    signed_in.post("/accounts/reauthenticate/", {"password": PASSWORD})
    wrong = signed_in.post(setup, {"code": "1"}).content.decode()
    assert_frame(wrong)
    assert "<title>Error: " in wrong
    secret = re.search(r'id="authenticator_secret" value="(\w+)"', wrong)
    assert secret
    code = format_hotp_value(hotp_value(secret[1], int(time.time()) // 30))
    assert signed_in.post(setup, {"code": code})["Location"] == "/accounts/2fa/recovery-codes/"
    for path in ("", "recovery-codes/", "recovery-codes/generate/", "totp/deactivate/"):
        assert_frame(signed_in.get(f"/accounts/2fa/{path}").content.decode())
    again = Client()
    again.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert_frame(again.get("/accounts/2fa/authenticate/").content.decode())
    refused = again.post("/accounts/2fa/authenticate/", {"code": "000"}).content.decode()
    assert "<title>Error: " in refused
