"""Applying without an account to begin with: what one wrote comes along, whichever way one goes."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from cscareers.core.throttling import Limit
from postings.applying import DRAFTS_KEY
from postings.hiring.actions import drafts
from postings.hiring.models import Application, ApplicationDraft
from postings.models import Posting
from profiles.models import User
from tests.browserless import page_form
from tests.factories.applications import make_application, make_draft, open_posting
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db
PASSWORD = "a long horse battery"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def posting() -> Posting:
    return open_posting(questions=("Why us?",))


def url_of(posting: Posting, step: str = "") -> str:
    return f"{posting.get_absolute_url()}apply/{step}"


def write(client: Client, posting: Posting, note: str = "Hello") -> ApplicationDraft:
    """Begin and write a note, as somebody without an account."""
    client.post(url_of(posting))
    form = page_form(client.get(url_of(posting, "message/")).content)
    client.post(url_of(posting, "message/"), form.send(note=note, reply__1="Because."))
    return ApplicationDraft.objects.get(user=None)


def member(email: str = "ines@harbour.test") -> User:
    user = make_user(email, password=PASSWORD, name="Ines")
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def sign_in(client: Client, following: str = "") -> Any:
    typed = {"login": "ines@harbour.test", "password": PASSWORD, "next": following}
    return client.post("/accounts/login/", typed, follow=True)


def test_all_steps_but_the_last_need_no_account(client: Client, posting: Posting) -> None:
    draft = write(client, posting)
    assert (draft.note, draft.replies[0]["answer"]) == ("Hello", "Because.")
    page = client.get(url_of(posting, "check/")).content.decode()
    following = f"?next={url_of(posting, 'check/').replace('/', '%2F')}"
    assert f"/accounts/signup/{following}" in page
    assert f"/accounts/login/{following}" in page
    assert client.post(url_of(posting, "check/")).status_code == 200
    assert not Application.objects.exists()


def test_signing_up_takes_the_draft_along_whichever_browser_opens_the_link(
    client: Client,
    posting: Posting,
    run_jobs: Any,
    mailoutbox: list[Any],
    settings: Any,
) -> None:
    settings.ACCOUNT_RATE_LIMITS = False
    draft = write(client, posting)
    typed = {"email": "ines@harbour.test", "password1": PASSWORD, "name": "Ines"}
    answer = client.post("/accounts/signup/", typed, follow=True)
    assert "confirm your address, sign in, and it waits for you" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.user == User.objects.get(email="ines@harbour.test")
    assert client.session[DRAFTS_KEY] == {}

    run_jobs()
    link = re.search(r"/accounts/confirm-email/\S+/", mailoutbox[-1].body)
    assert link
    other = Client()
    check = url_of(posting, "check/")
    signing_in = other.post(link.group())["Location"]
    assert signing_in == f"/accounts/login/?next={check.replace('/', '%2F')}"
    typed = {"login": "ines@harbour.test", "password": PASSWORD}
    answer = other.post("/accounts/login/", page_form(other.get(signing_in).content).send(**typed))
    assert answer["Location"] == check
    form = page_form(other.get(check).content)
    assert other.post(url_of(posting, "check/"), form.send())["Location"] == url_of(
        posting, "sent/"
    )
    sent = Application.objects.get()
    assert (sent.copy.note, sent.copy.name) == ("Hello", "Ines")


def test_signing_in_without_a_way_back_offers_the_draft(client: Client, posting: Posting) -> None:
    make_draft(posting, member())
    page = sign_in(client).content.decode()
    assert f'<a href="{url_of(posting)}">Go on with it</a>' in page


def test_signing_in_takes_the_draft_along_and_leads_back(client: Client, posting: Posting) -> None:
    draft, person = write(client, posting), member()
    answer = sign_in(client, following=url_of(posting, "check/"))
    assert answer.redirect_chain[-1][0] == url_of(posting, "check/")
    assert "Hello" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.user == person


@pytest.mark.parametrize(("keep", "note"), [("account", "Older"), ("browser", "Hello")])
def test_of_two_drafts_one_is_chosen_and_until_then_none_is_lost(
    client: Client, posting: Posting, keep: str, note: str
) -> None:
    person = member()
    make_draft(posting, person, note="Older")
    write(client, posting)
    answer = sign_in(client, following=url_of(posting))
    page = answer.content.decode()
    assert "Both are kept: choose one." in page
    assert "Older" in page
    assert "Hello" in page
    assert client.post(url_of(posting), {"keep": "neither"}).status_code == 200
    assert ApplicationDraft.objects.count() == 2
    chosen = client.post(url_of(posting), {"keep": keep})
    assert chosen["Location"] == url_of(posting, "requirements/")
    assert ApplicationDraft.objects.values_list("user", "note").get() == (person.pk, note)


def test_whoever_applied_already_is_told_and_keeps_what_they_wrote(
    client: Client, posting: Posting
) -> None:
    person = member()
    sent = make_application(posting, candidate=person)
    write(client, posting)
    page = sign_in(client, following=url_of(posting, "check/")).content.decode()
    assert "You applied for this job" in page
    assert f"/me/applications/{sent.public_id}/" in page
    assert "Hello" in page


def test_a_draft_is_for_the_browser_that_began_it(client: Client, posting: Posting) -> None:
    write(client, posting)
    assert Client().get(url_of(posting, "message/"))["Location"] == url_of(posting)
    other = Client()
    session = other.session
    session[DRAFTS_KEY] = {posting.public_id: "0000000000"}
    session.save()
    assert other.get(url_of(posting, "message/"))["Location"] == url_of(posting)
    # Not even with the right name, once it belongs to an account.
    ApplicationDraft.objects.update(user=make_user())
    assert client.get(url_of(posting, "message/"))["Location"] == url_of(posting)


def test_one_network_begins_so_many_an_hour(
    client: Client, posting: Posting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "BY_NETWORK", Limit("draft", 1, drafts.BY_NETWORK.per))
    assert client.post(url_of(posting)).status_code == 302
    answer = Client().post(url_of(posting))
    assert answer.status_code == 429
    assert answer["Retry-After"]
    assert "Try again later" in answer.content.decode()


def test_drafts_that_nobody_will_finish_are_swept() -> None:
    over = open_posting(now=NOW - timedelta(days=130))
    later = open_posting(now=NOW)
    week, long = NOW - timedelta(days=7, minutes=1), NOW - timedelta(days=60, minutes=1)
    person = make_user()
    gone = [make_draft(later, None, week), make_draft(over, person, long)]
    kept = [
        make_draft(later, None, week + timedelta(minutes=2)),
        make_draft(later, person, long),
        make_draft(over, make_user(), long + timedelta(minutes=2)),
    ]
    assert drafts.sweep(now=NOW) == len(gone)
    assert set(ApplicationDraft.objects.all()) == set(kept)
