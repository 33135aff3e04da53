"""Hints on the words of a draft: at each field, on the page before submission, and the wall."""

from typing import Any

import pytest
from django.test import Client

from postings.actions import lifecycle
from postings.enums import PostingState
from postings.models import Posting
from profiles.models import Employer, User
from tests.browserless import page_form
from tests.factories.people import make_employer, make_member
from tests.factories.places import reference_rows
from tests.factories.postings import draft_posting

pytestmark = pytest.mark.django_db
FEE = "Pay the training fee of $50 before you start."
SAYS = "“Pay the training fee” asks people for money."


@pytest.fixture
def employer() -> Employer:
    reference_rows()
    return make_employer(name="Harbour Telecom")


@pytest.fixture
def owner(client: Client, employer: Employer) -> User:
    user = make_member(employer)
    client.force_login(user)
    return user


def url(posting: Posting, page: str = "") -> str:
    return f"/hire/{posting.employer.slug}/postings/{posting.public_id}/edit/{page}"


def draft(employer: Employer, owner: User, **content: Any) -> Posting:
    return draft_posting(employer=employer, author=owner, **content)


def hints(client: Client, posting: Posting, step: str, at: str, **typed: str) -> str:
    response = client.post(f"{url(posting, step)}/wording/?at={at}", typed)
    assert response.status_code == 200
    return response.content.decode()


def test_a_text_is_advised_on_as_it_is_typed(
    client: Client, employer: Employer, owner: User
) -> None:
    posting = draft(employer, owner)
    before = posting.revisions.get().content
    page = hints(client, posting, "about", "title", title="Ninja of Harbour Telecom, London")
    assert [f"“{words}”" in page for words in ("Ninja", "Harbour Telecom", "London")] == [True] * 3
    assert page.count("<li") == 3
    row = hints(
        client,
        posting,
        "work",
        "responsibilities-2-text",
        **{"responsibilities-2-text": FEE, "responsibilities-1-text": "ninja"},
    )
    assert (row.count("<li"), "tip--wall" in row, "Pay the training fee" in row) == (1, True, True)
    # What stands in the form decides over what is saved; other languages have no word list.
    german = hints(client, posting, "about", "title", title="Ninja!", text_language="de")
    assert ("“!”" in german, "Ninja" in german) == (True, False)
    assert posting.revisions.get().content == before


@pytest.mark.parametrize("at", ["", "level", "csrfmiddlewaretoken", "responsibilities-9999-text"])
def test_a_control_that_holds_no_text_has_no_hints(
    client: Client, employer: Employer, owner: User, at: str
) -> None:
    posting = draft(employer, owner)
    assert hints(client, posting, "work", at, **{at or "x": "ninja"}).strip() == ""
    assert client.post(f"{url(posting, 'nowhere')}/wording/?at=title").status_code == 404


def test_the_token_is_asked_for(employer: Employer, owner: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)
    posting = draft(employer, owner)
    assert client.post(f"{url(posting, 'about')}/wording/?at=title").status_code == 403


def test_the_page_shows_the_same_hints_without_a_script(
    client: Client, employer: Employer, owner: User
) -> None:
    posting = draft(employer, owner, title="Ninja", responsibilities=("Man the phones",) * 3)
    page = client.get(url(posting, "about/")).content.decode()
    fragment = hints(client, posting, "about", "title", title="Ninja").strip()
    assert fragment.startswith("<ul>")
    assert fragment in page
    assert 'aria-describedby="id_title_hint id_title_tips"' in page
    assert 'data-hx-trigger="input delay:400ms from:#id_title"' in page
    work = client.get(url(posting, "work/")).content.decode()
    assert work.count('class="tip"') == 3


def test_all_hints_stand_on_the_check_page_and_stop_nobody(
    client: Client, employer: Employer, owner: User
) -> None:
    posting = draft(employer, owner, title="Service ninja", description="We want a rockstar.")
    tasks = client.get(url(posting)).content.decode()
    assert "Done, 2 hints" in tasks
    page = client.get(url(posting, "check/")).content.decode()
    assert "Wording: 2 hints" in page
    assert f'href="{url(posting, "about/")}#id_title"' in page
    assert f'href="{url(posting, "about/")}#id_description"' in page
    client.post(url(posting, "check/"), page_form(page.encode()).send())
    posting.refresh_from_db()
    assert posting.state == PostingState.IN_REVIEW


def test_a_request_for_a_payment_is_said_at_its_field_and_stops_submission(
    client: Client, employer: Employer, owner: User
) -> None:
    duties = ("Answer calls", "Write mails", FEE)
    posting = draft(employer, owner, responsibilities=duties)
    form = page_form(client.get(url(posting, "work/")).content)
    page = client.post(url(posting, "work/"), form.send(go="next")).content.decode()
    error = page[page.index('id="id_responsibilities-2-text_error"') :]
    assert SAYS in error[:300]
    assert "tip--wall" not in page
    check = client.get(url(posting, "check/")).content.decode()
    assert (SAYS in check, "Submit for review" in check) == (True, False)
    revision = posting.revisions.get()
    with pytest.raises(lifecycle.Incomplete) as refused:
        lifecycle.submit_for_review(
            posting=posting, revision=revision, actor=owner, now=revision.created_at
        )
    (problem,) = refused.value.problems
    assert (problem.field, problem.row, problem.message.startswith(SAYS)) == (
        "responsibilities",
        2,
        True,
    )
    posting.refresh_from_db()
    assert posting.state == PostingState.DRAFT
