"""An ad pasted where a new job starts: one draft of it, each answer marked, nothing lost."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from postings.completeness import guesses
from postings.content import Place, PostingContent
from postings.enums import EmploymentType, Level, Origin, PostingState, WorkMode
from postings.models import ImportRun, Posting
from profiles.enums import Industry
from profiles.models import Employer, User
from tests.browserless import page_form
from tests.factories.people import make_employer, make_member
from tests.factories.places import COLUMBUS, reference_rows
from tests.postings.views.import_world import AD, JOB, line

pytestmark = pytest.mark.django_db
READ = ("go", "ad")


@pytest.fixture
def employer() -> Employer:
    reference_rows()
    return make_employer(name="Harbour Telecom", sector=Industry.TELECOM)


@pytest.fixture
def owner(client: Client, employer: Employer) -> User:
    user = make_member(employer)
    client.force_login(user)
    return user


def pasted(client: Client, employer: Employer, text: str, **more: Any) -> Any:
    new = f"/hire/{employer.slug}/postings/new/"
    sent = page_form(client.get(new).content).send(press=READ, ad=text, **more)
    return client.post(new, sent)


def said() -> PostingContent:
    return Posting.objects.get().revisions.get().value


def test_an_ad_becomes_one_draft_of_its_author(
    client: Client, employer: Employer, owner: User
) -> None:
    new = f"/hire/{employer.slug}/postings/new/"
    sent = page_form(client.get(new).content).send(press=READ, ad=AD.replace("\n", "\r\n"))
    first, second = client.post(new, sent), client.post(new, sent)
    posting = Posting.objects.get()
    begin = f"/hire/{employer.slug}/postings/{posting.public_id}/edit/begin/"
    assert first["Location"] == second["Location"] == begin
    assert (posting.state, posting.origin, posting.author) == (
        PostingState.DRAFT, Origin.FORM, owner,
    )  # fmt: skip
    assert ImportRun.objects.count() == 0
    content = said()
    assert (content.title, content.level) == ("Customer Support Team Lead", Level.SUPERVISOR)
    assert (content.mode, content.employment) == (WorkMode.HYBRID, (EmploymentType.FULL_TIME,))
    assert content.locations == (Place("US", COLUMBUS),)
    assert [band.band.minimum for band in content.pay_bands] == [48_000]
    assert content.industry == Industry.TELECOM
    marked = guesses(content)
    assert {"title", "level", "mode", "employment", "locations", "pay_bands"} <= marked.keys()


def test_a_text_that_says_nothing_is_kept_and_said_to_be_so(
    client: Client, employer: Employer, owner: User
) -> None:
    text = "We look for somebody kind who likes people, and who would stay with us for long."
    answer = pasted(client, employer, text)
    page = client.get(answer["Location"], follow=True).content.decode()
    assert "We could read no answer out of your ad." in page
    content = said()
    assert (content.title, content.description) == ("", text)
    assert {*content.guessed} <= {"text_language"}
    assert text in page


def test_what_is_asked_again_keeps_every_word(
    client: Client, employer: Employer, owner: User
) -> None:
    new = f"/hire/{employer.slug}/postings/new/"
    for sent, message in (
        ({"ad": "", "go": "ad"}, "Paste the text of your ad."),
        ({"ad": "a word " * 3_000, "go": "ad"}, "This has 20,999 characters. Paste at most 20,000"),
        ({"ad": "x*" * 9_999, "go": "ad"}, "With its marks this is longer"),
        ({"ad": "An ad", "start": "level:manager"}, "There is an ad in this field."),
        ({"ad": '{"@type": "Person"}', "go": "ad"}, "This is data, but no job."),
        ({"ad": f"[{line()}, {line()}]", "go": "ad"}, "This holds 2 jobs."),
    ):
        page = client.post(new, sent)
        assert page.status_code == 200
        assert message in page.content.decode()
        assert page_form(page.content).values["ad"] == [sent["ad"]]
    assert Posting.objects.count() == 0


def test_data_are_read_as_what_they_state(client: Client, employer: Employer, owner: User) -> None:
    pasted(client, employer, line())
    content = said()
    assert (content.title, content.description) == (JOB["title"], "Lead a team of **twelve**.")
    assert content.guessed == ("level", "mode")


def test_a_request_for_money_stops_it_as_ever(
    client: Client, employer: Employer, owner: User
) -> None:
    fee = "You pay a registration fee of $50 before you start."
    pasted(client, employer, f"{AD}\n{fee}\nWrite to us on WhatsApp: +1 555 0100.")
    posting = Posting.objects.get()
    page = client.get(f"/hire/{employer.slug}/postings/{posting.public_id}/edit/check/")
    html = page.content.decode()
    assert "asks people for money" in html
    assert "WhatsApp" in html
    assert timezone.now() >= posting.created_at
