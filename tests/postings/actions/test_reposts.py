"""What a draft that looks like others needs before it is handed in, and the chain of reposts."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from postings.actions import lifecycle, moderation, reposts
from postings.actions.postings import save_draft, start_revision
from postings.actions.reposts import Answer, CannotFollow, HeldUp
from postings.content import Place
from postings.enums import PostingState
from postings.models import Posting
from profiles.models import Employer, User
from tests.factories.people import make_employer, make_user
from tests.factories.places import DUBLIN
from tests.factories.postings import complete_content, draft_posting, published_posting

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=3)


@pytest.fixture
def employer() -> Employer:
    return make_employer("Harbour")


@pytest.fixture
def person() -> User:
    return make_user()


def submit(draft: Posting, person: User, *, at: datetime = LATER, **answer: str) -> None:
    revision = draft.revisions.latest("number")
    reposts.submit(posting=draft, revision=revision, actor=person, now=at, answer=Answer(**answer))


def approve(draft: Posting, *, at: datetime = LATER) -> Posting:
    return moderation.approve(revision=draft.revisions.latest("number"), actor=None, now=at)


def chain_of(posting: Posting) -> tuple[Any, ...]:
    row = Posting.objects.get(pk=posting.pk)
    return row.successor_of_id, row.chain_id, row.times_posted, row.chain_began_at


def test_a_copy_of_a_live_posting_waits_for_a_word(employer: Employer, person: User) -> None:
    live = published_posting(employer=employer, now=NOW)
    draft = draft_posting(employer=employer, now=NOW)
    with pytest.raises(HeldUp):
        submit(draft, person)
    draft.refresh_from_db()
    assert draft.state == PostingState.DRAFT
    submit(draft, person, explanation="A second team.")
    revision = draft.revisions.get()
    assert (draft.state, revision.explanation) == (PostingState.IN_REVIEW, "A second team.")
    approve(draft)
    live.refresh_from_db()
    assert live.state == PostingState.PUBLISHED
    assert chain_of(draft) == (None, None, 1, None)


def test_what_differs_is_handed_in_without_a_word(employer: Employer, person: User) -> None:
    published_posting(employer=employer, now=NOW)
    other = complete_content(
        title="Night desk lead",
        description="Someone has to keep the hotline awake while all the rest of the town sleeps.",
    )
    draft = draft_posting(employer=employer, now=NOW, content=other)
    submit(draft, person)
    assert draft.revisions.get().explanation == ""


def test_a_successor_ends_what_it_follows_when_it_is_approved(
    employer: Employer, person: User
) -> None:
    first = published_posting(employer=employer, now=NOW)
    second = draft_posting(employer=employer, now=NOW)
    submit(second, person, follows=first.public_id)
    first.refresh_from_db()
    assert first.state == PostingState.PUBLISHED
    approve(second)
    first.refresh_from_db()
    assert first.state == PostingState.CLOSED
    event = first.events.get(verb="close")
    assert event.details == {"successor": second.public_id}
    assert chain_of(first) == (None, first.pk, 1, NOW)
    assert chain_of(second) == (first.pk, first.pk, 2, NOW)
    third = draft_posting(employer=employer, now=LATER)
    submit(third, person, follows=second.public_id)
    approve(third)
    assert chain_of(third) == (second.pk, first.pk, 3, NOW)


@pytest.mark.parametrize("theirs", [True, False])
def test_only_an_own_look_alike_can_be_followed(
    employer: Employer, person: User, theirs: bool
) -> None:
    other = make_employer() if theirs else employer
    unlike = {} if theirs else {"title": "Night desk lead", "description": "Elsewhere. " * 30}
    live = published_posting(employer=other, now=NOW, **unlike)
    draft = draft_posting(employer=employer, now=NOW)
    with pytest.raises(HeldUp):
        submit(draft, person, follows=live.public_id)
    assert chain_of(draft) == (None, None, 1, None)


def test_a_change_of_mind_leaves_nothing_behind(employer: Employer, person: User) -> None:
    live = published_posting(employer=employer, now=NOW)
    draft = draft_posting(employer=employer, now=NOW)
    submit(draft, person, follows=live.public_id)
    lifecycle.withdraw(posting=draft, revision=draft.revisions.get(), actor=person, now=LATER)
    submit(draft, person, explanation="Another shift.")
    assert chain_of(draft) == (None, None, 1, None)
    lifecycle.withdraw(posting=draft, revision=draft.revisions.get(), actor=person, now=LATER)
    submit(draft, person, follows=live.public_id)
    assert draft.revisions.get().explanation == ""


def test_two_drafts_can_not_follow_the_same_posting(employer: Employer, person: User) -> None:
    live = published_posting(employer=employer, now=NOW)
    one, two = (draft_posting(employer=employer, now=NOW) for _ in range(2))
    for draft in (one, two):
        submit(draft, person, follows=live.public_id)
    approve(one)
    with pytest.raises(CannotFollow):
        approve(two)
    two.refresh_from_db()
    assert two.state == PostingState.IN_REVIEW


def test_what_was_taken_out_of_view_is_not_followed(employer: Employer, person: User) -> None:
    for take_out in (
        lambda posting: moderation.suspend(posting=posting, actor=person, note="No.", now=LATER),
        lambda posting: lifecycle.hold(posting=posting, actor=None, now=LATER),
    ):
        live = published_posting(employer=employer, now=NOW)
        draft = draft_posting(employer=employer, now=NOW)
        submit(draft, person, follows=live.public_id)
        take_out(live)
        with pytest.raises(CannotFollow):
            approve(draft)
    again = draft_posting(employer=employer, now=NOW)
    with pytest.raises(HeldUp):
        submit(again, person, follows=live.public_id)


def test_what_ran_out_expires_rather_than_closes(employer: Employer, person: User) -> None:
    first = published_posting(employer=employer, now=NOW)
    over = NOW + timedelta(days=61)
    second = draft_posting(employer=employer, now=over, locations=(Place("IE", DUBLIN),))
    submit(second, person, at=over, follows=first.public_id)
    approve(second, at=over)
    first.refresh_from_db()
    assert (first.state, chain_of(second)[2]) == (PostingState.EXPIRED, 2)


@pytest.mark.parametrize(
    ("days", "changes", "times"),
    [
        (1, {}, 2),
        (1, {"locations": (Place("IE", DUBLIN),)}, 1),
        (1, {"title": "Customer Service Managers"}, 1),
        (119, {}, 2),
        (121, {}, 1),
    ],
)
def test_what_certainly_repeats_an_ended_posting_follows_it_unasked(
    employer: Employer, person: User, days: int, changes: dict[str, Any], times: int
) -> None:
    first = published_posting(employer=employer, now=NOW)
    lifecycle.close(posting=first, actor=person, now=NOW)
    at = NOW + timedelta(days=days)
    second = draft_posting(employer=employer, now=at, **changes)
    submit(second, person, at=at)
    approve(second, at=at)
    assert chain_of(second)[2] == times


def test_two_ended_copies_are_not_followed_twice(employer: Employer, person: User) -> None:
    first = published_posting(employer=employer, now=NOW)
    lifecycle.close(posting=first, actor=person, now=NOW)
    for times in (2, 3):
        draft = draft_posting(employer=employer, now=LATER)
        submit(draft, person)
        again = approve(draft)
        assert chain_of(again)[1:3] == (first.pk, times)
        lifecycle.close(posting=again, actor=person, now=LATER)


def test_a_change_is_held_up_for_what_it_newly_looks_like(employer: Employer, person: User) -> None:
    published_posting(employer=make_employer(), now=NOW)
    mine = published_posting(employer=employer, now=NOW)
    for content, held in (
        (complete_content(team_size=9), False),  # it was as alike before
        (complete_content(title="Night desk lead", description="Elsewhere. " * 30), False),
        (complete_content(), True),
    ):
        revision = start_revision(posting=mine, actor=person, now=NOW)
        save_draft(
            revision=revision, actor=person, now=NOW, version=revision.version, content=content
        )
        if held:
            with pytest.raises(HeldUp):
                submit(mine, person)
        else:
            submit(mine, person)
            mine = approve(mine)


def test_the_database_keeps_one_live_posting_a_chain(employer: Employer, person: User) -> None:
    first = published_posting(employer=employer, now=NOW)
    second = draft_posting(employer=employer, now=NOW)
    submit(second, person, follows=first.public_id)
    second = approve(second)
    third = published_posting(employer=employer, now=LATER)
    rows = Posting.objects.filter(pk=third.pk)
    place = {"chain": first.pk, "chain_began_at": NOW, "times_posted": 3}
    for columns, name in (
        ({**place, "successor_of": second.pk}, "posting_live_once_in_a_chain"),
        ({**place, "successor_of": None}, "posting_place_in_its_chain"),
        ({"times_posted": 2}, "posting_place_in_its_chain"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            rows.update(**columns)
    lifecycle.close(posting=second, actor=person, now=LATER)
    with pytest.raises(IntegrityError, match="posting_succeeded_once"), transaction.atomic():
        rows.update(**place, successor_of=first.pk)
