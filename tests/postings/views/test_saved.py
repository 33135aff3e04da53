"""Saving and hiding jobs, from the board, the job's page and the list."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from postings.actions import shelf
from postings.actions.lifecycle import close
from postings.enums import Mark
from postings.models import MarkedPosting, Posting
from postings.shelf import hidden_ids
from profiles.models import User
from tests.factories.people import make_user
from tests.factories.postings import draft_posting, published_posting, published_postings

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def marks(user: User) -> dict[str, str]:
    return dict(MarkedPosting.objects.filter(user=user).values_list("posting__title", "mark"))


def press(client: Client, posting: Posting, mark: str, **typed: str):
    address = reverse("postings:mark", kwargs={"public_id": posting.public_id})
    return client.post(address, {"mark": mark, **typed})


def test_a_job_is_saved_hidden_and_taken_off(client: Client) -> None:
    user, posting = make_user(), published_posting(title="Care lead")
    client.force_login(user)
    for mark, said in (("saved", "Saved: Care lead"), ("hidden", "Hidden from your matches")):
        answer = press(client, posting, mark)
        assert (answer.status_code, answer["Location"]) == (302, posting.get_absolute_url())
        press(client, posting, mark)  # pressed twice
        assert marks(user) == {"Care lead": mark}
        assert said in client.get(posting.get_absolute_url()).content.decode()
    assert hidden_ids(user) == {posting.public_id}
    press(client, posting, "none")
    assert marks(user) == {}
    assert "Save this job?" in press(client, posting, "stolen").content.decode()


def test_the_board_marks_what_is_saved_and_leads_back(client: Client) -> None:
    user = make_user()
    saved, other = published_posting(title="First"), published_posting(title="Second")
    shelf.mark(user=user, posting=saved, as_=Mark.SAVED, now=NOW)
    client.force_login(user)
    body = client.get("/jobs/?level=manager").content.decode()
    assert body.count("take off the list: First") == body.count("Save<span") == 1
    answer = press(client, other, "saved", next="/jobs/?level=manager")
    assert answer["Location"] == "/jobs/?level=manager"
    answer = press(client, other, "saved", next="https://elsewhere.test/")
    assert answer["Location"] == other.get_absolute_url()


def test_the_list_shows_what_is_over_too(client: Client) -> None:
    user = make_user()
    first, second = published_posting(title="Over soon"), published_posting(title="Open")
    for posting in (first, second):
        shelf.mark(user=user, posting=posting, as_=Mark.SAVED, now=NOW)
    close(posting=first, actor=None, now=NOW)
    client.force_login(user)
    body = client.get("/me/saved/").content.decode()
    assert body.count("No longer open") == 1
    assert first.get_absolute_url() in body
    client.force_login(make_user())
    assert "Nothing saved yet" in client.get("/me/saved/").content.decode()


def test_lists_cost_the_same_for_one_and_three(client: Client, django_assert_num_queries) -> None:
    user = make_user()
    client.force_login(user)
    for count in (1, 2):
        for posting in published_postings(count):
            shelf.mark(user=user, posting=posting, as_=Mark.SAVED, now=NOW)
        with django_assert_num_queries(LIST_QUERIES):
            client.get("/me/saved/")


LIST_QUERIES = 5
"""Session, person, marks, cards, marks of the cards."""


def test_strangers_sign_in_first_and_come_back_to_a_question(client: Client) -> None:
    posting = published_posting(title="Care lead")
    address = reverse("postings:mark", kwargs={"public_id": posting.public_id})
    assert address in client.get(posting.get_absolute_url()).content.decode()
    assert client.post(address)["Location"] == f"/accounts/login/?next={address}"
    client.force_login(make_user())
    assert "Save this job?" in client.get(address).content.decode()


def test_what_was_never_public_can_not_be_saved(client: Client) -> None:
    client.force_login(make_user())
    assert press(client, draft_posting(), "saved").status_code == 404


def test_nobody_keeps_more_than_they_can_look_through(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "MOST", 1)
    user = make_user()
    first, second = published_postings(2)
    client.force_login(user)
    press(client, first, "saved")
    press(client, second, "saved")
    press(client, first, "hidden")
    assert list(marks(user).values()) == ["hidden"]


def test_a_mark_is_one_of_ours() -> None:
    row = MarkedPosting(user=make_user(), posting=published_posting(), mark="stolen", at=NOW)
    with pytest.raises(ValidationError):
        row.full_clean()
