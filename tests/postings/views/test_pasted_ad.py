"""An ad pasted where a new job starts: one draft of it, each answer marked, nothing lost."""

from typing import Any

import pytest
from django.test import Client

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


ASKS = """
What you'll do
- Lead the team of the day
- Answer the hard calls
- Keep the figures

Requirements
- Fluent Spanish
"""


def test_each_step_shows_what_was_read_from_which_words_until_it_is_saved(
    client: Client, employer: Employer, owner: User
) -> None:
    pasted(client, employer, AD + ASKS)
    base = f"/hire/{employer.slug}/postings/{Posting.objects.get().public_id}/edit/"
    marks = {
        "about": ["Customer Support Team Lead", "Job type: Full-time"],
        "place": [
            "We answer by phone and chat. Hybrid, two days in the office.",
            "Location: Columbus, US",
        ],
        "pay": ["Salary: $48,000 - $55,000 per year"],
        "work": [],
        "requirements": ["Fluent Spanish"],
    }
    for step, words in marks.items():
        page = client.get(f"{base}{step}/").content.decode()
        assert page.count("Guessed from the ") == {"about": 4, "place": 2, "work": 3}.get(step, 1)
        for quoted in words:
            assert f"From the ad: “{quoted}”" in page
        assert page.count("From the ad: “") == len(words)
        client.post(f"{base}{step}/", page_form(page).send(press=("go", "leave")))
        assert "Guessed from the " not in client.get(f"{base}{step}/").content.decode()
    content = said()
    assert content.guessed == ()
    assert content.responsibilities == (
        "Lead the team of the day", "Answer the hard calls", "Keep the figures",
    )  # fmt: skip


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
