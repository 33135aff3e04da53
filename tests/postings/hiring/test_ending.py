"""Filling and closing from the page: the mails are read before they go, and nobody is left."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.test import Client

from cscareers.core.models import OutgoingMail
from postings.hiring.actions import decisions
from postings.hiring.enums import ReplyKind
from postings.hiring.models import Application, ReplyTemplate
from postings.models import Posting
from tests.browserless import told as messages_of
from tests.factories.applications import make_application, open_posting
from tests.factories.candidates import make_candidate
from tests.factories.people import make_employer, make_member, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def posting() -> Posting:
    employer = make_employer()
    return open_posting(employer=employer, author=make_member(employer))


@pytest.fixture
def browser(posting: Posting) -> Client:
    browser = Client()
    assert posting.author
    browser.force_login(posting.author)
    return browser


def address(posting: Posting, verb: str) -> str:
    return f"/hire/{posting.employer.slug}/postings/{posting.public_id}/{verb}/"


def named(posting: Posting, name: str) -> Application:
    person = make_user(name=name)
    make_candidate(person, skills={"complaint-handling": 3})
    return make_application(posting, candidate=person)


def sent_to(posting: Posting) -> dict[str, str]:
    """What went out since, by the address."""
    mails = OutgoingMail.objects.exclude(dedupe_key__contains="application-apply")
    return {mail.recipient: mail.text for mail in mails.order_by("pk")}


def offered(posting: Posting) -> Application:
    application = make_application(posting)
    for verb in ("interview", "offer"):
        decisions.advance(
            application=application, verb=verb, actor=posting.author, now=datetime.now(UTC)
        )
    OutgoingMail.objects.all().delete()
    return application


def test_the_mails_are_read_before_anything_happens(posting: Posting, browser: Client) -> None:
    first, second = named(posting, "Ann Lee"), named(posting, "Bo Ruiz")
    OutgoingMail.objects.all().delete()
    page = browser.get(address(posting, "close")).content.decode()
    assert "2 people who applied have no decision yet" in page
    hint = "Did you hire one of them?"
    filling = browser.get(address(posting, "fill")).content.decode()
    assert (hint in page, hint in filling) == (False, True)
    said = {"note": "Thank you, {candidate}."}
    answer = browser.post(address(posting, "close"), {**said, "step": "preview"})
    preview = answer.content.decode()
    assert "2 mails go out" in preview
    assert "The job was closed without a hire." in preview
    assert "Thank you, Ann Lee." in preview
    assert "Thank you, Bo Ruiz." in preview
    posting.refresh_from_db()
    assert (posting.state, sent_to(posting)) == ("published", {})

    told = f"{first.public_id} {second.public_id}"
    fields = {**said, "step": "send", "told": told, "key": str(uuid4())}
    clicks = [browser.post(address(posting, "close"), fields, follow=True) for _ in range(2)]
    [words] = messages_of(clicks[0].content)
    assert words.endswith(" 2 people were answered by mail.")
    assert messages_of(clicks[1].content) == [words]
    posting.refresh_from_db()
    assert posting.state == "closed"
    assert {one.state for one in posting.applications.all()} == {"closed"}
    for one in (first, second):
        assert one.candidate
        text = sent_to(posting)[one.candidate.email]
        assert f"Thank you, {one.copy.name}." in text
        assert "The job was closed without a hire." in text


@pytest.mark.parametrize("step", ["send", ""])
def test_nothing_goes_out_unread(posting: Posting, browser: Client, step: str) -> None:
    """Somebody applied while the page stood open, or it was skipped."""
    known, new = make_application(posting), make_application(posting)
    OutgoingMail.objects.all().delete()
    fields = {"note": "", "told": known.public_id, "step": step}
    answer = browser.post(address(posting, "fill"), fields)
    assert answer.status_code == 200
    assert "2 mails go out" in answer.content.decode()
    assert ("Somebody applied meanwhile" in answer.content.decode()) is (step == "send")
    posting.refresh_from_db()
    new.refresh_from_db()
    assert (posting.state, new.state, sent_to(posting)) == ("published", "new", {})


def test_whoever_has_the_offer_is_hired_and_the_others_read_that_it_is_filled(
    posting: Posting, browser: Client
) -> None:
    other = make_application(posting)
    chosen = offered(posting)
    page = browser.get(address(posting, "fill")).content.decode()
    assert f'value="{chosen.public_id}"' in page
    assert "checked" in page
    assert "Did you hire one of them?" not in page
    fields = {"note": "", "hired": chosen.public_id}
    preview = browser.post(address(posting, "fill"), {**fields, "step": "preview"})
    assert "You are hired" in preview.content.decode()
    told = f"{chosen.public_id} {other.public_id}"
    browser.post(address(posting, "fill"), {**fields, "step": "send", "told": told})
    chosen.refresh_from_db()
    other.refresh_from_db()
    posting.refresh_from_db()
    assert (chosen.state, other.state, posting.state) == ("hired", "closed", "filled")
    assert other.events.order_by("-pk")[0].reasons == ["posting-filled"]
    assert chosen.candidate
    assert "notes that you are hired" in sent_to(posting)[chosen.candidate.email]


def test_closing_with_an_offer_out_leads_to_hiring(posting: Posting, browser: Client) -> None:
    offered(posting)
    page = browser.get(address(posting, "close")).content.decode()
    assert "has your offer." in page
    assert address(posting, "fill") in page


def test_saved_replies_are_offered(posting: Posting, browser: Client) -> None:
    make_application(posting)
    saved = ReplyTemplate.objects.create(
        employer=posting.employer,
        kind=ReplyKind.CLOSE,
        name="Thanks",
        text="We thank you.",
        updated_at=datetime.now(UTC),
    )
    fields = {"step": "fill", "reply": saved.public_id, "note": "Hello."}
    page = browser.post(address(posting, "close"), fields).content.decode()
    assert "Hello.\n\nWe thank you." in page.replace("\r\n", "\n")


def test_without_applicants_one_click_is_enough(posting: Posting, browser: Client) -> None:
    assert "no decision yet" not in browser.get(address(posting, "close")).content.decode()
    done = browser.post(address(posting, "close"), follow=True)
    assert "The job is closed." in done.content.decode()
    again = browser.post(address(posting, "close"), follow=True)
    assert "Nothing was done" in again.content.decode()
