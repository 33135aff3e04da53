"""A draft that looks like a live job, before it is handed in: three ways on, nothing lost."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from postings.actions import lifecycle, moderation
from postings.content import Place
from postings.enums import PostingState
from postings.models import Posting
from profiles.models import Employer, User
from tests.browserless import page_form
from tests.factories.people import make_employer, make_member, make_user
from tests.factories.places import DUBLIN
from tests.factories.postings import draft_posting, published_posting

pytestmark = pytest.mark.django_db


@pytest.fixture
def employer() -> Employer:
    return make_employer("Harbour")


@pytest.fixture
def owner(client: Client, employer: Employer) -> User:
    user = make_member(employer)
    client.force_login(user)
    return user


@pytest.fixture
def draft(employer: Employer, owner: User) -> Posting:
    return draft_posting(employer=employer, author=owner)


@pytest.fixture
def live(employer: Employer) -> Posting:
    return published_posting(employer=employer)


def check(posting: Posting) -> str:
    return f"/hire/{posting.employer.slug}/postings/{posting.public_id}/edit/check/"


def sent(client: Client, posting: Posting, **answer: str) -> dict[str, Any]:
    return page_form(client.get(check(posting)).content).send(**answer)


def state_of(posting: Posting) -> str:
    return Posting.objects.get(pk=posting.pk).state


def test_the_page_names_the_live_job_and_asks(
    client: Client, live: Posting, draft: Posting
) -> None:
    page = client.get(check(draft)).content.decode()
    published = f"{timezone.now():%-d %b %Y}"
    assert f"Published {published} at Harbour, open now." in page
    assert f'<a href="{live.get_absolute_url()}">Customer Service Manager</a>' in page
    form = page_form(page)
    assert form.options["answer"] == [f"follows:{live.public_id}", "other"]
    client.post(check(draft), form.send())
    assert state_of(draft) == PostingState.DRAFT


def test_an_answer_is_asked_for_and_what_was_typed_stays(
    client: Client, live: Posting, draft: Posting
) -> None:
    silent = client.post(check(draft), sent(client, draft, explanation="Evenings <b>"))
    page = silent.content.decode()
    assert "Say how this job and the one that is live go together." in page
    assert "<title>Error:" in page
    assert page_form(page).send()["explanation"] == ["Evenings <b>"]
    other = client.post(check(draft), sent(client, draft, answer="other", explanation="  "))
    assert b"Say why it is another job." in other.content
    long = sent(client, draft, answer="other", explanation="x" * 501)
    again = page_form(client.post(check(draft), long).content).send()
    assert (again["answer"], again["explanation"]) == (["other"], ["x" * 501])
    assert state_of(draft) == PostingState.DRAFT


def test_an_explanation_hands_it_in_and_comes_back_with_it(
    client: Client, live: Posting, draft: Posting, owner: User
) -> None:
    data = sent(client, draft, answer="other", explanation="A second team.")
    for _ in range(2):  # a double click
        assert client.post(check(draft), data)["Location"] == check(draft).removesuffix(
            "edit/check/"
        )
    assert state_of(draft) == PostingState.IN_REVIEW
    draft.refresh_from_db()
    revision = draft.revisions.get()
    assert revision.explanation == "A second team."
    assert draft.events.filter(verb="submit").count() == 1
    lifecycle.withdraw(posting=draft, revision=revision, actor=owner, now=timezone.now())
    kept = sent(client, draft)
    assert (kept["answer"], kept["explanation"]) == (["other"], ["A second team."])


def test_a_repost_follows_the_live_one(client: Client, live: Posting, draft: Posting) -> None:
    client.post(check(draft), sent(client, draft, answer=f"follows:{live.public_id}"))
    draft.refresh_from_db()
    assert (draft.state, draft.successor_of) == (PostingState.IN_REVIEW, live)
    assert state_of(live) == PostingState.PUBLISHED


def test_of_another_employer_only_what_is_public_shows(client: Client, draft: Posting) -> None:
    theirs = published_posting(employer=make_employer("Quay"))
    lifecycle.close(posting=theirs, actor=make_user(), now=timezone.now())
    draft_posting(employer=make_employer("Secret"))
    assert b"look-alikes" not in client.get(check(draft)).content
    open_one = published_posting(employer=make_employer("Pier"))
    page = client.get(check(draft)).content.decode()
    assert ("Pier" in page, "Quay" in page, "Secret" in page) == (True, False, False)
    assert page_form(page).options["answer"] == ["other"]
    forged = {**page_form(page).send(), "answer": f"follows:{open_one.public_id}"}
    assert client.post(check(draft), forged).status_code == 200
    assert state_of(draft) == PostingState.DRAFT


def test_a_job_of_the_employer_that_is_over_can_be_posted_again_or_not(
    client: Client, employer: Employer, draft: Posting, owner: User
) -> None:
    past = published_posting(employer=employer, locations=(Place("IE", DUBLIN),))
    lifecycle.close(posting=past, actor=owner, now=timezone.now())
    form = page_form(client.get(check(draft)).content)
    assert form.options["answer"] == [f"follows:{past.public_id}", "other"]
    client.post(check(draft), form.send())
    assert state_of(draft) == PostingState.IN_REVIEW


def test_who_posts_the_same_again_is_told_that_it_is_linked(
    client: Client, live: Posting, draft: Posting, owner: User
) -> None:
    lifecycle.close(posting=live, actor=owner, now=timezone.now())
    page = client.get(check(draft)).content.decode()
    assert "You posted this job before" in page
    assert "answer" not in page_form(page).options
    client.post(check(draft), page_form(page).send())
    again = moderation.approve(revision=draft.revisions.get(), actor=None, now=timezone.now())
    assert (again.successor_of, again.times_posted) == (live, 2)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_as_often_for_one_as_for_three(
    client: Client, draft: Posting, count: int, django_assert_num_queries: Any
) -> None:
    now: datetime = timezone.now()
    for _ in range(count):
        published_posting(employer=make_employer(), now=now)
    client.get(check(draft))  # the first look of a day makes its crowd
    with django_assert_num_queries(14):
        page = client.get(check(draft)).content.decode()
    assert page.count("(published ") == count
